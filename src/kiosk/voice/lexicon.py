"""What espeak-ng 1.52 reads wrong although it knows the characters, and how it is to be read.

Found by comparing its phonemes, over all that the kiosk says and the words that are frequent in Chinese, with those of
the pinyin. Texts stay as they are written for every other engine.
"""

from __future__ import annotations

import re
from functools import cache

_WORDS = {
    "便宜": "pian2 yi5",
    "孙子": "sun1 zi5",
    "大爷": "da4 ye5",
    "相册": "xiang4 -",
    "几点": "ji3 -",
    "尽早": "jin3 -",
    "倒计时": "dao4 - -",
    "不得了": "- - liao3",
    "差一点": "cha4 - -",
    "弹窗": "tan2 -",
    "拍卖行": "- - hang2",
    "典当行": "- - hang2",
    "商行": "- hang2",
    "支行": "- hang2",
    "农行": "- hang2",
    "建行": "- hang2",
    "检察长": "- - zhang3",
    "处长": "- zhang3",
    "店长": "- zhang3",
    "区长": "- zhang3",
    "馆长": "- zhang3",
    "连长": "- zhang3",
    "楼长": "- zhang3",
    "栋长": "- zhang3",
    "群长": "- zhang3",
    "单元长": "- - zhang3",
    "网格长": "- - zhang3",
    "血压计": "xue4 - -",
    "骨折": "- zhe2",
    "稽查": "ji1 -",
    "稽核": "ji1 -",
    "滑稽": "- ji1",
    "看护": "kan1 -",
    "琢磨": "zuo2 mo5",
    "巴不得": "ba1 bu5 de5",
}
"""By word, the pinyin of each character with its tone; `-` where espeak reads it right."""

_NO_MUST = (
    r"(?![罪逞胜益以空闲]|了(?!解)|到(?![^，。！？；、]{1,7}[去办问查取交领签找存])|过(?![几一两来去年目问户关])|奖|意(?!思)"
    r"|病(?![人历房])|知(?!道)|救(?![人助火])|分(?![钱开清给一两三几多批期次])|手(?![写动工机])|体(?![检谅会])"
    r"|利(?!用)|出(?![去门来钱示具])|中(?!途)|失(?![去望])|不[到着了出偿]|第[一二三])"
)
"""What 得 is read dé before: to get, not must."""

_TO_DO = (
    "问先去要有交花补看等找查让叫给再把用办防留想赶拿带换回记进排配打买写签填装搬住请听说讲做算改开按备守盯防靠来走报选"
)
"""What 得 is must before, wherever it isn't behind a verb."""

_DONE = (
    "问找查印编写对追用帮比听做拿走赶跑进回配付住租装拆办交退收借接寄认学"
    "猜摸顾治养扛背抬睡站穿拍考选称算叫说看见讲买答打"
)
"""Verbs that 得 makes possible (问得到)."""

_NO_TEACHING = (
    r"(?![师授](?!傅)|[室育材堂义徒案官唆诲条辅务职廷士皇龄坛益宗研旨程区友九头子]|训|导|学(?![生员])|员(?!工)|科(?!学)"
    r"|会(?![您你我他她老人大孩了])|养(?!老|生|鱼|花)|练(?!习|太极|操)|化(?![学妆])|改(?![密名成])|父(?!母)|母(?!亲)"
    r"|派(?!出)|具(?!体)|规(?!矩)|工(?![作人])|参(?!加)|门(?!路)|主(?!动)|管(?!账)|委)"
)
"""What 教 is read jiào before: a word about teaching or faith."""

_ORDINAL = "[第十百千万零幺二三四五六七八九统唯专单周期初其之逐合如]"
"""What 一 keeps its tone after."""

_SOMEONE = "(?:[您你我他她咱]|大家|老人|奶奶|爷爷|孩子)"

_PLACES: dict[str, tuple[tuple[str, str], ...]] = {
    "得": (
        # must: after what is no verb, and not after one
        (rf"(?:(?<=[都还才又])|(?<=[一两这那]句)|(?<=[，。！？；：、])|^)得(?=[{_TO_DO}])(?!到|用不|看不)", "dei3"),
        (rf"(?<=[都还又您咱这矩])得{_NO_MUST}", "dei3"),
        (r"(?<=[人事证卡款])得(?=[先再等让按]|[问找查交](?!得))", "dei3"),
        (
            rf"(?:(?<=[今明后每]天)|(?<=[今明当]晚)|(?<=家家|户户|人人|天天|样样)|(?<=[家手]里|以后))得(?=[{_TO_DO}])",
            "dei3",
        ),
        (r"(?<=还)得(?=[清完]|起(?![来床诉草身早]))", "de5"),
        # got
        (r"(?<=[我你您他她们])得(?=[了到过奖病知])", "de2"),
        (r"(?<=[也就又总])得(?=[了过知](?![几一两道解])|奖|到(?![^，。！？；、]{1,7}[去办问查取交领签找存]))", "de2"),
        (r"(?<=该)得(?=[的到奖])|(?<=人)得(?=的)", "de2"),
        # so as to, able to
        (r"(?<=[做算过分照待赚显])得", "de5"),
        (rf"(?<=[{_DONE}])得(?=[到上出起下来])|(?<=取)得(?=出[一两来钱])|(?<=[问查找买管])得(?=着)", "de5"),
        (rf"(?<=[{_DONE}等点管受花去])得(?=了)", "de5"),
        (r"(?<=[留小细关担耐粗]心)得|(?<=要)得(?=更)", "de5"),
    ),
    # 着, 了 and 的 that end a word; espeak joins them to what follows
    "着": (
        (r"(?<=[拿带挂写戴瞒陪跟抱坐站盯守对看拉握牵举扶等听笑哭隔穿盖印贴空])着(?=[家手眼色地])", "zhe5"),
        (r"(?<=[拿带挂写戴瞒陪跟抱坐站盯守看举穿盖印贴想变沿])着(?=法|装(?!饰)|重(?!点)|力|陆|数)", "zhe5"),
        (r"(?<=打)着", "zhe5"),
        (r"(?<=穿)着(?![打讲朴得整的])(?=\w)", "zhe5"),
        (r"(?<=接)着(?=用)", "zhe5"),
        (r"(?<=合)着|(?<=附)着(?=一?[张份封]|[照名])", "zhe5"),
        (r"(?<=[查看摸碰够问遇赶轮挨]不)着(?=[，。！？；了的您你我他她它人]|$)|(?<=[问查找买管]得)着", "zhao2"),
        (r"(?<=没[见买赶捞遇碰])着(?=[，。！？；您你我他她]|$)", "zhao2"),
    ),
    "了": (
        (r"(?<=[出办完做误坏闹惹犯成])了(?=事)", "le5"),
        (r"了(?=手[印续机里表])|(?<=离)了(?=手)", "le5"),
        (r"(?<![直截])(?<!简单)了(?=当[面初场时天年日晚众])|(?<=上)了(?=当)", "le5"),
        (rf"(?<=[{_DONE}等点管受花去]得)了", "liao3"),
    ),
    "的": (
        (r"(?<=打)的(?=电话|[是人，。！？、]|$)", "de5"),
        (r"的(?=当[面初场时天年日晚])", "de5"),
        (r"(?<=[数项节题账栏曲]目)的", "de5"),
    ),
    "当": (
        (r"(?<=[的了])当(?=[面初场时])|(?<=上)当(?=[面场众])", "dang1"),
        (r"(?<=上了)当(?![面初场时])|(?<=心上)当(?![面场众])", "dang4"),
    ),
    # one reading before these words, another elsewhere
    "还": (
        (
            r"还(?=[钱款贷息]|[房车]贷|利息|清(?!楚)|[您你我他她](?:[，。！？；]|$)|了|得起(?![来床诉草身早])|得清|不起)",
            "huan2",
        ),
        (r"还(?=[您你我他她](?:[一二两三四五六七八九十百千万几半钱本吧]|的[，。！？；]))", "huan2"),
        (r"还(?=清楚|了得)", "hai2"),
        (r"还(?=[，。！？；]|$)|(?<=[就会要])还(?=的)", "huan2"),
        (
            r"还(?=上(?:[，。！？；就才再]|了?[，。！？；]|了?$))|还(?=不上(?![班课学车门网床山楼当街菜税火药]))",
            "huan2",
        ),
        (r"(?<=[看问管][他她您])还(?=不还)|(?<=[看问管])还(?=不还)", "huan2"),
        (
            r"还(?=给(?:[您你我他她咱]们?|老人|大家|孩子|孙子|家里|客户|会员|别人)"
            r"[留送打发办算看买做倒介讲说找寄捎带开装写存报加排安配准搭挑选补教唱介])",
            "hai2",
        ),
    ),
    # before these, espeak leaves it the tone that it has in counting
    "一": (
        (rf"(?<!{_ORDINAL})(?<!看)一(?=[袋寄问大进夜放掉课页倍站去过付念认怪上唱]|看(?!二))", "yi2"),
        (
            rf"(?<!{_ORDINAL})一(?=[关收黑箱刮滴估开屋成停盒叠学查填盆转走晚桶组讲缓捅嗓急押交]|分(?!钱)|加(?!一))",
            "yi4",
        ),
    ),
    "给": ((r"(?<=不)给(?![予与养])|(?<=[补月配])给(?=[您你我他她咱谁人钱老])", "gei3"),),
    "没": (
        (
            r"没(?=收(?:[到过着回齐满完没]|[费礼]|钱(?![财款])))|(?<=[分毛块]钱)没(?=收)|(?<=[分毛块点角还也从并])没(?=收)",
            "mei2",
        ),
        (r"(?<=([收出落]))没(?=\1)|(?<=出)没(?=[多有几人出收])", "mei2"),
    ),
    "觉": ((r"(?<=[一懒大好])觉(?![得悟察])", "jiao4"),),
    "发": ((r"(?<=直)发(?=[慌抖愁麻冷热呆毛])", "fa1"),),
    "中": (
        (r"中(?=了?[一二三头大]?等?奖|了[招计彩签毒])", "zhong4"),
        (r"(?<=[也己您我你他她])中(?=[了过][一二两三四五六七八九十百千万几头大]|的)", "zhong4"),
    ),
    "调": (
        (r"(?<![曲声语腔强格])调(?=声音|音量|[大小高低快慢亮暗])", "tiao2"),
        (r"(?<=[金资率价额])调(?=[了过](?!查))", "tiao2"),
    ),
    "量": (
        (r"(?<![商数质重大容能力])量(?=血压|身高|体重|血糖|一下|个血压)", "liang2"),
        (r"(?<![商数质重大])量(?=不量|来量去)|(?<=量[不来])量|(?<=[您你我他她们])量(?=[，。！？；]|$)", "liang2"),
    ),
    "数": (
        (r"(?<![人次总份位参分指函双单基倍系岁半多少无有算计字变小整大])数(?=[来了着完]|钱|得[清出完])", "shu3"),
        (r"(?<=只)数(?=[来了])|(?<![人次总份位分指岁])数(?=落(?!后))", "shu3"),
    ),
    "教": (
        # to teach, except in the words about teaching and faith
        (
            r"(?<![请指求讨领受调管劝执赐见宗说佛道督胎文任助幼早邪传信主儒礼特支外私德身兰度正家电回宣政高职科])"
            rf"(?<![从劳嘛孔异旧新施普殉释魔莲稣耶物神屡])(?<!犹太)教{_NO_TEACHING}",
            "jiao1",
        ),
        (rf"(?<=[说文任助幼早传信主特外私身度正家电回高科])教(?={_SOMEONE})", "jiao1"),
        (rf"(?<=[大人专]家|主任|[知街]道|[微短]信)教{_NO_TEACHING}", "jiao1"),
    ),
    "种": ((r"(?<![一这那各两几多何每品某三四五此同])种(?=[菜花树地田瓜豆草庄粮])", "zhong4"),),
    "重": ((r"(?<![很病沉轻严超过体稳贵])重(?=[办装启做买签填打写发登选算置])", "chong2"),),
    "只": ((r"(?<=[三四五六七八九十几每])只(?=[鸡鸭猫狗手眼耳羊鸟鞋袜箱桶碗杯表])", "zhi1"),),
    "打": (
        (
            r"(?<=一)打(?=[听开电盹扮过心响通完就他她您你我错])|(?<=打一)打|(?<=[号码话板鼓针]一)打(?=[，。！？；]|$)",
            "da3",
        ),
    ),
    "挣": ((r"挣(?!扎)", "zheng4"),),
    "哄": (
        (r"(?<![起闹哄乱一])哄(?![堂抢抬动传笑闹哄骗然场])", "hong3"),
        (r"哄(?=抢)", "hong1"),
    ),
    "脏": ((r"(?<![心内肾肝脾五])脏(?![器腑])", "zang1"),),
    "个": ((r"个(?=人(?:信息|账|资料|情况|隐私|名义))", "ge4"),),
    "为": ((r"(?<=是)为(?![难期止首主由人])", "wei4"),),
    "看": ((r"看(?=门诊)", "kan4"),),
    "来": ((r"(?<=不看)来(?=了)", "lai2"),),
    "转": ((r"转(?=一转就[还退返])|(?<=转一)转(?=就[还退返])", "zhuan3"),),
    "沓": ((r"(?<=[一二两三四五六七八九十几厚大这那每])沓", "da2"),),
    "择": ((r"(?<![选抉])择(?=[菜豆韭葱芹])", "zhai2"),),
    "卷": ((r"(?<![试考问案阅答书画开上])卷(?=[进入走起款])", "juan3"),),
    "干": ((r"干(?=[过了完]活)", "gan4"),),
    "空": (
        (r"空(?=着(?![手肚]))", "kong4"),
        (r"(?<=没)空(?=[，。！？；吗呢来去管理陪接问]|$)", "kong4"),
        (r"(?<![半太天真高低航])空(?=出)", "kong4"),
    ),
    "处": ((r"(?<![好坏用到各何别益害短长远深相办事证])处(?=几天|对象|朋友)", "chu3"),),
    "露": ((r"露(?=[个了过][脸面头])", "lou4"),),
    "行": (
        (r"(?<=[一二两三四五六七八九十几这那每头末首])行(?=[小大红黑细粗]?字)", "hang2"),
        (r"(?<=干[这那哪])行|(?<=[这那哪]一|第[一二三四五六七八九十几])行(?![人程动为政])", "hang2"),
    ),
    "地": ((r"(?<=远远|慢慢|轻轻|悄悄|静静|牢牢|狠狠|偷偷|默默|细细|早早|紧紧|好好|白白)地", "de5"),),
    "扮": ((r"(?<!打)扮(?=[着成])", "ban4"),),
    "场": ((r"(?<=一)场(?=空)", "chang2"),),
    "兴": ((r"(?<![高新复时振])兴(?=许)", "xing1"),),
    "闷": ((r"闷(?=[着声头])", "men1"),),
    "住": ((r"(?<=记)住(?=址)", "zhu4"),),
    "头": ((r"(?<=看)头(?=像)", "tou2"),),
}
"""By character, the patterns of what is around it and its pinyin there; a later one overrules an earlier."""

_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))

_COUNTED = re.compile(f"{_ORDINAL}$")

_LETTER = re.compile(r"(?<![A-Za-z])([A-Z]) (?=[A-Z](?![A-Za-z]))")


@cache
def _places(character: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Its patterns, compiled when it is first met."""
    return tuple((re.compile(pattern), reading) for pattern, reading in _PLACES[character])


def joined_letters(piece: str) -> str:
    """The same text with hyphens between spelled letters (`A-T-M`): alone, `A` is read as the article."""
    return _LETTER.sub(r"\1-", piece)


def readings(piece: str) -> dict[int, str]:
    """By the place of each character that espeak would read wrong, its pinyin with the tone (`ji3`; 5 for none)."""
    found = {
        match.start(): reading
        for character in _PLACES.keys() & set(piece)
        for pattern, reading in _places(character)
        for match in pattern.finditer(piece)
    }
    for match in _WORD.finditer(piece):
        for place, reading in enumerate(_WORDS[match.group()].split(), match.start()):
            if reading != "-":
                found[place] = reading
    return found | _changed_before(found, piece)


def _changed_before(found: dict[int, str], piece: str) -> dict[int, str]:
    """一 and 不 as they are said before those syllables: espeak changes their tone only before a character."""
    changed = {}
    for place, reading in found.items():
        before = piece[place - 1 : place]
        if before == "不" and reading[-1] == "4":
            changed[place - 1] = "bu2"
        elif before == "一" and reading[-1] != "5" and not _COUNTED.search(piece, 0, place - 1):
            changed[place - 1] = "yi2" if reading[-1] == "4" else "yi4"
    return changed
