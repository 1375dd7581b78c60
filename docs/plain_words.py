"""Makes the lists of plain words that `kiosk content check` compares texts with (`adapters/packs/advice/words`).

Run by hand, once in some years:

    sudo apt-get install unicode-data
    python -m venv /tmp/words && /tmp/words/bin/pip install wordfreq==3.1.1
    PYTHONPATH=src /tmp/words/bin/python docs/plain_words.py

* `zh.txt`: the 3,500 characters of the first table of 通用规范汉字表 (State Council, 2013), those of everyday life and
  nine years at school, as Unihan's `kTGH` numbers them; and some that everybody says but that are seldom printed.
* `en.txt`: the 3,000 English words that are used most, each with its regular forms, by wordfreq; and words of home,
  street and market that everybody knows but that newspapers and the web seldom use. Irregular forms stand beside.
"""

from __future__ import annotations

import bz2
import re
import sys
from collections import Counter
from pathlib import Path

from wordfreq import get_frequency_dict

from kiosk.adapters.packs.advice.inflection import stems

FOLDER = Path(__file__).parent.parent / "src" / "kiosk" / "adapters" / "packs" / "advice" / "words"
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
CHARACTERS = 3_500
WORDS = 3_000
RAREST = 1e-7
"""Words that are rarer are no evidence of anything: they are mostly slips and names."""
AS_OFTEN = 0.2
"""A word counts as a form of another that is at least so much as often as itself: `wedding` isn't `wed`."""

EVERYDAY = """
grandma grandpa grandmother grandfather grandson granddaughter grandchild grandchildren grandparent auntie aunt uncle
niece nephew cousin mum mummy dad neighbour neighbours gentleman madam widow stranger classmate workmate helper
visitor
ten tenth twelve thirteen thirty fourteen fifteen sixteen seventeen eighteen nineteen forty fifty sixty seventy eighty
ninety dozen
kettle saucepan spoon fork bowl teapot oven fridge stove tap bucket broom mop towel soap blanket pillow mattress sofa
stool cupboard drawer shelf lamp curtain doorbell doorstep key lock stairs lift balcony kitchen bathroom bedroom yard
rice noodle noodles dumpling dumplings bun porridge soup egg eggs cabbage carrot potato tomato onion bean peas pork
vegetable vegetables fruit apple pear peach melon banana orange biscuit cake sugar salt flour
purse wallet penny coin coins envelope stamp parcel postman postage receipt bill ticket coupon voucher refund loan
lend
lent borrow repay deposit savings banknote cashier clerk market stall grocer chemist leaflet notebook newspaper
calendar
phone dial dialled dialling rang ring mobile screen button password doorbell text message radio television
ill unwell illness cough fever pill pills tablet medicine dizzy tired ache headache knee ankle elbow toe thumb
wheelchair walking stick spectacles glasses nurse dentist clinic ward
fireman firemen policeman policemen salesman workman workmen gardener tailor barber
spring summer autumn winter abroad upstairs downstairs indoors outdoors
badge jade bracelet ring necklace jewellery vase mooncake dumpling snack powder grain gram grams massage opera
loudspeaker
rude polite shy gentle generous reliable useless frightened frightening proud stubborn
fetch pile scratch frown clap queue queuing obey congratulations laughter fright fare junk drain rent hire
slept wore worn woke woken drove driven ate eaten drank drunk rode ridden flew flown fell fallen froze frozen chose
chosen
spoke spoken stole stolen broke broken tore torn bore threw thrown blew blown grew grown drew drawn knew known shook
lent sent spent bent built burnt dealt dreamt fed felt fought forgot forgotten forgave forgiven gave given hung held
kept
knelt laid led learnt leant lit lost meant met paid rose risen sang sung sank sewn shone shot shut sat slid smelt sold
sought
sped spelt stood stuck stung swore sworn swam swum taught thought understood upset wept wound wrote written
bus coach taxi bicycle umbrella scarf gloves coat shoe shoes sock socks button
hurry worry knock knocked knocks lean rest nap chat gossip quarrel scold thank greet wave smile cry cries cried laugh
weep
borrowed lending lends swap fold sweep swept tidy wipe wash cook fry boil stir pour spill spilt shook shaken hid
hidden
yourselves ourselves theirs whoever nobody everybody unsure quarter
notary insurer allowance certificate warrant tourism receptionist digit digits catalogue signature funeral fraud
pharmacy pharmacist sweets candy vitamin calcium diabetes stroke heartbeat thermometer bandage injection operation
dentures
blink nod whisper shout yawn sneeze scream sigh kneel crawl drip leak frighten frightens clever cheerful lonely
jealous
pupil assistant hairdresser plumber electrician carpenter cleaner gatekeeper guard volunteer soldier farmer fisherman
neighbourhood furniture carpet fridge freezer microwave heater fan torch candle match matches ladder hammer nail
string
duck goose chicken pig cow goat sheep cat dog bird fish shrimp crab tofu vinegar sauce oil pepper garlic ginger tea
cooking gas pipe meter alarm battery charger cable advert poster calcium cotton silk wool thread needle
mend auction behave differ rope beg blank feast canteen hairdresser mailbox burden risk cashback fate
chess quiz dance choir gift prize lucky scam yuan centre licence practise cheque colour favour programme kilo metre
mahjong sunflower subway thermos flask lunchbox windowsill sore plaster fur embroidered homework sleeve plug
toothpick slippers apron raincoat
"""
"""Beside the list: family, numbers, household, market, money, body; the papers and offices that cases are about."""

SPOKEN = "驿殡攒攥镯沓咚嗯噢咦哼嘞呗咋俩仨甭瞅唠嗑拎揣馍饺馄饨芫荽茄蒜葱薯藕虾饼粽糕腌秤膝踝胳膊瘸喘噎晕痒痣"
"""Characters outside the first table that everybody says."""

CRUDE = re.compile(r"(?:^ass|bitch|crap$|damn|^dick$|fuck|nigg|porn|pussy|^sex|shit|slut|whore|^rape)")
"""No word of these stems need stand in a list that ships with the program."""


def characters() -> str:
    """The characters of the first table, in its order, and those that are spoken."""
    if not UNIHAN.is_file():
        sys.exit(f"{UNIHAN} is missing; on Debian: sudo apt-get install unicode-data")
    found = {}
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            if match := re.match(r"U\+([0-9A-F]+)\tkTGH\t2013:(\d+)$", line.rstrip()):
                found[int(match[2])] = chr(int(match[1], 16))
    first = "".join(found[number] for number in range(1, CHARACTERS + 1))
    return first + "".join(sign for sign in dict.fromkeys(SPOKEN) if sign not in first)


def words() -> list[str]:
    """The words, in the order of the alphabet."""
    every = get_frequency_dict("en", "large")
    often = {word: share for word, share in every.items() if share > RAREST and re.fullmatch("[a-z]+", word)}
    families = Counter[str]()
    for word, share in often.items():
        families[root(word, often)] += share
    most = [word for word, _ in families.most_common(WORDS) if not CRUDE.search(word)]
    return sorted({*most, *EVERYDAY.split()})


def root(word: str, often: dict[str, float]) -> str:
    """The word that this one is a regular form of, or itself."""
    while True:
        among = [stem for stem in stems(word) if often.get(stem, 0.0) >= often[word] * AS_OFTEN]
        if not among:
            return word
        longer, word = word, max(among, key=lambda stem: often[stem])
        if len(word) >= len(longer):  # a stem that ends in e is no longer than a word in -er
            return longer


def main() -> None:
    """Write both files."""
    plain, common = characters(), words()
    (FOLDER / "zh.txt").write_text(
        "\n".join(plain[at : at + 50] for at in range(0, len(plain), 50)) + "\n", encoding="utf-8"
    )
    (FOLDER / "en.txt").write_text("\n".join(common) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(plain)} characters, {len(common)} words: {FOLDER}\n")


if __name__ == "__main__":
    main()
