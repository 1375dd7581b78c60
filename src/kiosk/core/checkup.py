"""What `kiosk doctor` makes of what it saw: one finding a line, and what to do about each that is not right.

A line is bad where the main job would not work: a visitor walks up, reads and hears the kiosk in every language that
it offers, and is counted. Whatever only makes it worse is a note. A remedy is for the system that was looked at: a
command as Debian and Ubuntu have it, on Windows and macOS a way through the settings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from kiosk.core import choose
from kiosk.core.catalogue import Catalogue, Entry, offered_languages, varieties
from kiosk.core.characters import spoken_as
from kiosk.core.glyphs import Bitmap, draw
from kiosk.core.items import Kind, Verdict
from kiosk.core.layout import SMALLEST, size_name
from kiosk.core.pace import by_character
from kiosk.core.settings import Player, RoundSize, Settings
from kiosk.core.speech import DEVICE_LOST, NO_DEVICE, NO_ESPEAK, WHY_JOINT, Described, Voicing
from kiosk.core.wording import Wording

DRAWN = ("welcome-drawn", "idle-drawn", "fraud-drawn", "genuine-drawn", "goodbye-drawn")
"""The messages that are drawn large."""

DIGITS = "0123456789"

HAN = "骗看问比"
HAN_TRADITIONAL = "騙問"
"""What a font for Chinese has."""

BLOCKS = "▀█▄"
"""What drawn words are made of."""

FIRST_YEAR = 2026
"""No clock that is right shows an earlier one."""

SOON = timedelta(days=60)
"""So long before it lapses an item should be reviewed."""

NULL_DEVICE = "null"

_MEGABYTE = 1_000_000
_LITTLE, _TOO_LITTLE = 200 * _MEGABYTE, 20 * _MEGABYTE
"""Bytes free: for a note, and too few to count anybody."""

_WINDOWS, _MACOS = "win32", "darwin"

_DATE_SETTINGS = {
    _WINDOWS: "Settings → Time & language → Date & time",
    _MACOS: "System Settings → General → Date & Time",
}

_CONSOLE = "linux"
"""What TERM is on Linux' text console."""

_NAMED = 5
"""Sound devices told by name."""

_UNHEARD = (
    *("Plugin", "plugin", "Open Sound System", "JACK", "PulseAudio Sound Server", "PipeWire Sound Server"),
    *("Discard all samples", "Dummy Output"),
)
"""In the names of what ALSA and sound servers list beside the devices: it is none, or leads to none by itself."""

_FEW_SENTENCES = 100
"""Ready: fewer than one visit says."""

_SMALL_CACHE = 1000
"""Megabytes: not enough for what the shipped packs say in two languages."""

_PLENTY = 1200
"""Megabytes to keep what is synthesised."""

_BUSY = re.compile(r"\bbusy\b", re.IGNORECASE)
_NO_SERVER = re.compile(r"\b(?:connection (?:failure|refused)|pa_context|timed? ?out)\b", re.IGNORECASE)


class State(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"
    """The main job would not work."""


class Finding(NamedTuple):
    """One line; the fields are the keys of `--format json`."""

    area: str
    state: State
    text: str
    remedy: str = ""
    """The one thing to do: a command, or a sentence. Empty where nothing is to be done."""


def works(findings: Iterable[Finding]) -> bool:
    """Whether the main job would work."""
    return not any(finding.state is State.BAD for finding in findings)


class System(NamedTuple):
    """What is looked at."""

    name: str
    """As `sys.platform` has it."""
    python: str
    """The command that is the Python of this kiosk."""
    about: str
    """Both versions and the system's, for people."""


class Offer(NamedTuple):
    """A language or spoken variety that visitors can choose."""

    language: str
    written: str
    """The language it is written in: itself, but for a variety."""
    name: str = ""
    """What its speakers call it; empty for a language that is no variety."""


class TerminalSeen(NamedTuple):
    """What the doctor was started in."""

    attached: bool
    """Whether any of its three standard streams is a terminal; else nothing of the rest can be told but `remote`."""
    columns: int = 0
    rows: int = 0
    kind: str = ""
    """TERM."""
    colours: int = 0
    """0 where they are switched off by NO_COLOR."""
    encoding: str = ""
    remote: bool = False
    """Whether it is shown by another computer (SSH)."""


class FontsSeen(NamedTuple):
    """The fonts here."""

    told: bool
    """Whether there is a way to tell."""
    han: tuple[str, ...] = ()
    """Families that have the Chinese characters asked for."""
    blocks: bool = True
    """Whether any font has the half blocks."""
    why: str = ""
    """Why it can't be told."""


class SoundSeen(NamedTuple):
    """What there is for sound, without opening any of it."""

    cards: tuple[str, ...] | None = None
    """Names; None where only the player can tell."""
    allowed: bool = True
    """Whether this user may use the cards."""
    players: tuple[str, ...] = ()
    """Programs and libraries that could play: `miniaudio`, `paplay`, `aplay`."""


class DiskSeen(NamedTuple):
    """The data folder's place."""

    exists: bool
    why: str
    """Why nothing can be written there; empty where it can."""
    free: int
    """Bytes; -1 where that can't be told."""


class LogState(Enum):
    """What the data folder's log is like."""

    NONE = auto()
    GOOD = auto()
    DUE = auto()
    """Of an earlier version."""
    TOO_NEW = auto()
    DAMAGED = auto()
    UNREADABLE = auto()


class LogSeen(NamedTuple):
    """The participation log, which was only read."""

    state: LogState
    visits: int = 0
    """Those that have ended."""
    holder: int | None = None
    """The process of the kiosk that uses it now, 0 where its number isn't known; None for none."""
    why: str = ""
    """What was wrong with it."""


class VoiceSeen(NamedTuple):
    """What the voice says of itself."""

    described: Described | None
    why: str = ""
    """Why it could not be asked."""
    recordings: Mapping[str, int] = {}
    """How many are played, by language."""
    unplayed: Mapping[str, int] = {}
    """How many files in the audio folder of a pack, by its folder, are never played."""


def offers(config: Settings, known: Sequence[str], catalogue: Catalogue) -> tuple[Offer, ...]:
    """What visitors can choose; `known` are the languages that the interface has texts in."""
    names = {variety.id: variety.name for variety in varieties(catalogue.packs)}
    codes = offered_languages(config.languages, known, catalogue.packs)
    return tuple(Offer(code, catalogue.written(code), names.get(code, "")) for code in codes)


def is_quiet(config: Settings) -> bool:
    """Whether visits begin without sound because the site wants it so."""
    return config.muted or not config.volume


# The lines


def settings(
    file: str, places: Sequence[str], config: Settings, known: Sequence[str], offers: Sequence[Offer]
) -> list[Finding]:
    """The settings, which could be read; `known` are all languages and spoken varieties that there are."""
    found = [Finding("settings", State.OK, file or f"defaults: there is no {' and no '.join(places)}")]
    where = f"in {file}" if file else "in the settings"
    unknown = [code for code in config.languages if code not in known]
    if unknown:
        text = f"languages.offered: there is no {', '.join(unknown)}"
        makeable = all(spoken_as(code) != code for code in unknown)
        remedy = "install OpenCC (opencc), then the kiosk again: it makes the characters" if makeable else ""
        found.append(Finding("settings", State.BAD, text, remedy or f"choose of {', '.join(known)} {where}"))
    offered = [offer.language for offer in offers]
    if config.language and config.language not in (*config.languages, *offered):
        text = f"languages.first: {config.language} is not offered"
        found.append(Finding("settings", State.BAD, text, f"choose of {', '.join(offered)} {where}"))
    return found


def packs(
    catalogue: Catalogue,
    config: Settings,
    known: Sequence[str],
    offers: Sequence[Offer],
    paths: Sequence[str],
    today: date,
) -> list[Finding]:
    """What visitors can be shown; `paths` are where the packs are, `known` the languages of the interface."""
    check = content_check(paths)
    found = [
        Finding("packs", State.OK, f"{pack.id} {pack.version}: {_contents(catalogue.entries, pack.id)}")
        for pack in catalogue.packs
    ]
    if catalogue.faults:
        found.append(Finding("packs", State.NOTE, f"{_count(catalogue.faults, 'item')} left out for mistakes", check))
    written = tuple(dict.fromkeys(offer.written for offer in offers))
    found += [_complete(code, catalogue.entries, check) for code in written]
    offered = {offer.language for offer in offers}
    left_out = [code for code in config.languages if code in known and code not in offered]
    if left_out:
        text = f"{', '.join(left_out)} is not offered, because not every pack is in it"
        found.append(Finding("packs", State.NOTE, text, "add the texts, or take it out of languages.offered"))
    found += [
        Finding("packs", State.OK, f"{offer.language}: {offer.name}, spoken, with the texts of {offer.written}")
        for offer in offers
        if offer.language != offer.written
    ]
    return found + _round(catalogue, written, config.round_size, today, check)


def content_check(paths: Iterable[str]) -> str:
    """The command that tells what is wrong with the packs there."""
    return " ".join(["kiosk content check", *map(_quoted, paths)])


def _contents(entries: Iterable[Entry], pack: str) -> str:
    own = [entry for entry in entries if entry.id.startswith(f"{pack}/")]
    verdicts = Counter(entry.verdict for entry in own)
    kinds = Counter(entry.kind for entry in own)
    scams = f"{_count(verdicts[Verdict.FRAUD], 'scam')}, {verdicts[Verdict.GENUINE]} real"
    cases = f"{_count(kinds[Kind.SCENARIO], 'case')} ({scams})"
    return f"{cases}, {_count(kinds[Kind.STORY], 'story', 'stories')}, {_count(kinds[Kind.FACT], 'fact')}"


def _complete(code: str, entries: Sequence[Entry], check: str) -> Finding:
    there = sum(code in entry.languages for entry in entries)
    if there == len(entries):
        return Finding("packs", State.OK, f"{code}: complete")
    return Finding("packs", State.NOTE, f"{code}: {there} of {_count(len(entries), 'item')} are complete", check)


def _round(catalogue: Catalogue, written: tuple[str, ...], size: RoundSize, today: date, check: str) -> list[Finding]:
    """Whether there is enough for a learn visit, and for how long."""
    found = []
    round_ = choose.programme(catalogue, choose.Draw(0, today.isoformat(), written, size))
    if round_ is None:
        text = "no learn visit: it needs one scam and one real case, complete in every language"
        found.append(Finding("packs", State.BAD, text, check))
    else:
        parts = len(round_.before), 2 * len(round_.practice), len(round_.after)
        found.append(Finding("packs", State.OK, f"enough for a learn visit ({' + '.join(map(str, parts))} items)"))
    expiring = [entry.expires for entry in catalogue.entries if entry.expires]
    lapsed = sum(day < today.isoformat() for day in expiring)
    soon = sum(today.isoformat() <= day <= (today + SOON).isoformat() for day in expiring)
    if lapsed:
        shown = "some are shown, because too few others are left" if round_ and round_.lapsed else "they are not shown"
        text = f"{_count(lapsed, 'item')} lapsed: {shown}"
        found.append(Finding("packs", State.NOTE, text, f"have them reviewed: {check}"))
    if soon:
        text = f"{_count(soon, 'item')} will lapse within {SOON.days} days"
        found.append(Finding("packs", State.NOTE, text, f"have them reviewed: {check}"))
    return found


def voice(seen: VoiceSeen, offers: Sequence[Offer], config: Settings, system: System) -> list[Finding]:
    """Who speaks each language. Where the settings keep the kiosk quiet, a missing voice is only a note."""
    missing = State.NOTE if is_quiet(config) else State.BAD
    found = []
    if is_quiet(config):
        setting, remedy = (
            ("voice.muted = true", "set voice.muted to false, if they should begin with it")
            if config.muted
            else ("voice.volume = 0", "set voice.volume to 80, if they should begin with it")
        )
        found.append(Finding("voice", State.NOTE, f"{setting}: visits begin without sound", remedy))
    if seen.described is None:
        return [
            *found,
            Finding("voice", missing, seen.why or "the voice said nothing", _voice_remedy("", seen.why, system)),
        ]
    used = {voicing.language: voicing for voicing in seen.described.voices if voicing.used}
    for offer in offers:
        spoken = spoken_as(offer.written)
        recorded = sum(seen.recordings.get(code, 0) for code in {offer.language, spoken_as(offer.language)})
        own, stand_in = used.get(offer.language), used.get(spoken)
        beside = f"; {_count(recorded, 'recording')}" if recorded else ""
        if own and offer.language == offer.written != spoken:
            found.append(Finding("voice", State.OK, f"{offer.language}: spoken as {spoken}{beside}"))
        elif own and (offer.language == offer.written or not stand_in or own.voice != stand_in.voice):
            found.append(Finding("voice", State.OK, f"{offer.language}: {_speaker(own)}{beside}"))
        elif offer.language != offer.written and stand_in:
            text = f"{offer.language}: {_count(recorded, 'recording')}, all else in the voice of {spoken}"
            remedy = "" if recorded else "record it: kiosk voice record-list PACK --lang " + offer.language
            found.append(Finding("voice", State.OK if recorded else State.NOTE, text, remedy))
        else:
            tried = [each.why for each in seen.described.voices if each.language == offer.language and each.why]
            why = "; ".join(dict.fromkeys(tried)) or _not_of_sound(seen.described.why) or "no voice speaks it"
            remedy = _voice_remedy(spoken, seen.described.why, system)
            found.append(Finding("voice", missing, f"{offer.language}: no voice: {why}{beside}", remedy))
    offered = {offer.language for offer in offers}
    found += [
        Finding("voice", State.NOTE, f"{voicing.language}: {_named(voicing)} is not used: {voicing.why}", _PIPER_REMEDY)
        for voicing in seen.described.voices
        if voicing.engine == _PIPER and not voicing.used and voicing.why and voicing.language in offered
    ]
    return found + [
        Finding(
            "voice",
            State.NOTE,
            f"{_count(number, 'file')} among the recordings {'is' if number == 1 else 'are'} never played",
            f"kiosk voice check {_quoted(folder)}",
        )
        for folder, number in seen.unplayed.items()
        if number
    ]


_PIPER = "piper"
_PIPER_REMEDY = "correct or remove it in voice.piper: docs/CONFIGURATION.md says what a voice needs"


def _not_of_sound(why: str) -> str:
    """What of the voice's reasons is about synthesis: the sound device has lines of its own."""
    return WHY_JOINT.join(part for part in why.split(WHY_JOINT) if not part.startswith((NO_DEVICE, DEVICE_LOST)))


def _named(voicing: Voicing) -> str:
    return f"{voicing.engine} {voicing.name or voicing.voice}"


_NOT_MEASURED = ", not measured yet (how fast it speaks, it is when the kiosk has nothing else to do)"


def _speaker(voicing: Voicing) -> str:
    unit = "characters" if by_character(voicing.language) else "words"
    rate = f", {round(voicing.per_minute)} {unit} a minute" if voicing.per_minute else _NOT_MEASURED
    name = f" ({voicing.name})" if voicing.name and voicing.name != voicing.voice else ""
    return f"{voicing.engine} {voicing.voice}{name}{rate}"


def _voice_remedy(language: str, why: str, system: System) -> str:
    named = {"zh": "Chinese (Simplified)", "en": "English"}.get(language, language or "Chinese (Simplified)")
    if system.name == _WINDOWS:
        return f"Settings → Time & language → Speech → Add voices: {named}"
    if system.name == _MACOS:
        return f"System Settings → Accessibility → Spoken Content → System Voice → Manage Voices: {named}"
    if NO_ESPEAK in why:
        return f"{_quoted(system.python)} -m pip install espeakng-loader"
    return "kiosk voice list (it tells what each voice did)"


def sound(seen: SoundSeen, heard: VoiceSeen, log: LogSeen, config: Settings, system: System) -> list[Finding]:
    """What plays, and what else could. A kiosk that runs may have the card for itself."""
    described = heard.described
    devices = described.devices if described else ()
    found = [_playing(seen, heard, config, system)]
    if found[0].state is State.BAD and log.holder is not None and seen.cards != ():
        found[0] = found[0]._replace(state=State.NOTE, remedy="nothing, if the kiosk that runs here is heard")
    if config.headphones and described:
        there = any(config.headphones.lower() in device.lower() for device in devices)
        text = f"headphones {config.headphones!r}: {'plugged in' if there else 'not there now'}"
        remedy = "" if there else "plug them in, or correct voice.headphones"
        found.append(Finding("sound", State.OK if there else State.NOTE, text, remedy))
    likely = _likely(devices)
    if likely and config.sound_device != NULL_DEVICE and found[0].state is State.OK:
        more = f" and {len(likely) - _NAMED} more" if len(likely) > _NAMED else ""
        found.append(Finding("sound", State.OK, f"for voice.device: {', '.join(likely[:_NAMED])}{more}"))
    return found


def _likely(devices: Iterable[str]) -> list[str]:
    """The names of what may be heard."""
    return [
        name for name in devices if name.partition(":")[0] != NULL_DEVICE and not any(sign in name for sign in _UNHEARD)
    ]


def _playing(seen: SoundSeen, heard: VoiceSeen, config: Settings, system: System) -> Finding:
    if config.sound_device == NULL_DEVICE:
        text = f'voice.device = "{NULL_DEVICE}": nobody hears it'
        return Finding("sound", State.NOTE, text, 'set voice.device to "" for the system\'s own device')
    described = heard.described
    if described and described.player:
        device = described.device or "the system's own device"
        return Finding("sound", State.OK, f"{described.player} plays on {device}")
    state = State.NOTE if is_quiet(config) else State.BAD
    devices = described.devices if described else ()
    likely = _likely(devices)
    there = any(config.sound_device.lower() in name.lower() for name in devices)
    if config.sound_device and likely and not there:
        text = f"voice.device: there is no {config.sound_device!r}"
        return Finding("sound", state, text, f'set voice.device to "" or to one of: {", ".join(likely[:_NAMED])}')
    text, remedy = _silence(described.why if described else heard.why, bool(likely), seen, config, system)
    if config.sound_device and not there:
        text += f", and so none for voice.device = {config.sound_device!r}"
    return Finding("sound", state, text, remedy)


def _silence(why: str, likely: bool, seen: SoundSeen, config: Settings, system: System) -> tuple[str, str]:
    """Why nothing plays, in plain words, and what to do."""
    remedy = _sound_remedy(seen, config, system)
    if seen.cards == () and not likely:
        return NO_DEVICE, remedy
    programs = _programs(seen, config)
    if not programs:
        return why or "nothing plays", remedy
    if config.player not in (Player.AUTO, *seen.players):
        return f"voice.player: {config.player} is not installed", remedy
    name = " and ".join(programs)
    if not seen.allowed:
        return f"{name}: no sound device that this user may use", remedy
    otherwise = "" if config.player == Player.AUTO else 'set voice.player to "auto", or '
    if _BUSY.search(why):
        return f"{name}: another program has the sound card", f"{otherwise}end that program"
    if config.player == Player.PAPLAY and _NO_SERVER.search(why):
        return f"{name}: no sound server runs (PulseAudio or PipeWire)", f"{otherwise}start one"
    lists = "pactl list sinks" if config.player == Player.PAPLAY else "aplay -l"
    return f"{name}: nothing to play on", f"{otherwise}choose in voice.device what is told by: {lists}"


def _programs(seen: SoundSeen, config: Settings) -> tuple[str, ...]:
    """The programs that are to play, whose own complaints nobody can read; none where the library is to."""
    if config.player in (Player.PAPLAY, Player.APLAY):
        return (config.player,)
    without_library = config.player == Player.AUTO and Player.MINIAUDIO not in seen.players
    return seen.players if without_library else ()


def _sound_remedy(seen: SoundSeen, config: Settings, system: System) -> str:
    if system.name == _WINDOWS:
        return "plug in a loudspeaker and choose it in Settings → System → Sound → Output"
    if system.name == _MACOS:
        return "plug in a loudspeaker and choose it in System Settings → Sound → Output"
    if config.player not in (Player.AUTO, *seen.players):
        package = {Player.APLAY: "alsa-utils", Player.PAPLAY: "pulseaudio-utils"}.get(config.player)
        return f"sudo apt install {package}" if package else 'set voice.player to "auto"'
    if not seen.players:
        return "sudo apt install alsa-utils"
    if seen.cards == ():
        return "plug in a loudspeaker, headphones or a USB sound card"
    if not seen.allowed:
        return "sudo usermod -aG audio $USER, then log in again"
    return "aplay -l (from alsa-utils: it lists the sound cards), then set voice.device"


def cache(disk: DiskSeen, described: Described | None, config: Settings) -> list[Finding]:
    """What is kept of compiled packs and of synthesised speech."""
    if disk.why:
        text = f"{config.cache} can't be written: {disk.why}: each start and each sentence is slower"
        return [Finding("cache", State.NOTE, text, "let the kiosk write there, or set data.cache to another folder")]
    if not config.voice_cache_megabytes:
        text = "voice.cache_megabytes = 0: each sentence is synthesised again"
        return [Finding("cache", State.NOTE, text, _CACHE_REMEDY)]
    if described is None:
        return [Finding("cache", State.OK, config.cache)]
    size = f"{described.cache_bytes / _MEGABYTE:.0f} of at most {config.voice_cache_megabytes} MB"
    text = f"{_count(described.cache_files, 'sentence')} ready, {size}, in {config.cache}"
    few = described.cache_files < _FEW_SENTENCES
    remedy = "kiosk voice render (speech then begins at once)" if few else ""
    found = [Finding("cache", State.NOTE if few else State.OK, text, remedy)]
    if config.voice_cache_megabytes < _SMALL_CACHE:
        text = f"voice.cache_megabytes = {config.voice_cache_megabytes}: too little to keep all that is said"
        found.append(Finding("cache", State.NOTE, text, _CACHE_REMEDY))
    return found


_CACHE_REMEDY = f"set voice.cache_megabytes to {_PLENTY}"


def han(offers: Iterable[Offer]) -> str:
    """Chinese characters of which a font must have every one."""
    return HAN + (HAN_TRADITIONAL if any(offer.written == "zh-Hant" for offer in offers) else "")


def fonts(seen: FontsSeen, terminal: TerminalSeen, offers: Iterable[Offer], system: System) -> list[Finding]:
    """Whether the screen can show what is on it; the terminal's own font is the terminal's."""
    offers = tuple(offers)
    chinese = any(spoken_as(offer.written) == "zh" for offer in offers)
    if terminal.kind == _CONSOLE and chinese:
        remedy = "start the kiosk in a terminal window on a desktop"
        return [Finding("fonts", State.BAD, "this is Linux' text console, which can't show Chinese", remedy)]
    if terminal.kind == _CONSOLE:
        return [Finding("fonts", State.OK, "those of Linux' text console, which has what English needs")]
    package = "sudo apt install fonts-noto-cjk"
    if not seen.told:
        return [Finding("fonts", State.NOTE, f"can't be told: {seen.why}", f"if {han(offers)} are boxes: {package}")]
    found = []
    if chinese and not seen.han:
        elsewhere = terminal.remote
        text = f"no font with Chinese characters ({han(offers)})" + (" on this side of SSH" if elsewhere else "")
        remedy = "Settings → System → Optional features: Chinese (Simplified) Supplemental Fonts"
        remedy = remedy if system.name == _WINDOWS else package
        found.append(Finding("fonts", State.NOTE if elsewhere else State.BAD, text, remedy))
    elif chinese:
        more = f" and {len(seen.han) - 1} more" if len(seen.han) > 1 else ""
        found.append(Finding("fonts", State.OK, f"Chinese: {seen.han[0]}{more}"))
    if not seen.blocks:
        text = f"no font with {BLOCKS}, of which large words are drawn"
        found.append(Finding("fonts", State.NOTE, text, "sudo apt install fonts-dejavu-core"))
    return found or [Finding("fonts", State.OK, f"large words can be drawn ({BLOCKS})")]


def glyphs(words: Wording, languages: Iterable[str], numbers: Iterable[str], bitmap: Bitmap) -> list[Finding]:
    """Whether what should be drawn large can be: the drawn messages, digits and the numbers to dial."""
    texts = [words.write(code, message) for code in languages for message in DRAWN]
    wanted = dict.fromkeys([*texts, *DIGITS, *numbers])
    small = [text for text in wanted if not draw(text, bitmap, SMALLEST[0] - 2)]
    if small:
        text = f"written small, not drawn: {', '.join(small)}"
        return [Finding("glyphs", State.NOTE, text, "add their characters in docs/glyphs.py, then make glyphs")]
    return [Finding("glyphs", State.OK, f"{len(wanted)} words and numbers can be drawn large")]


def terminal(seen: TerminalSeen, system: System) -> list[Finding]:
    """Whether the screen can be shown here. Mouse and touch can't be told."""
    if not seen.attached:
        return [
            Finding(
                "terminal",
                State.NOTE,
                "this is none: its size and colours can't be told",
                "run kiosk doctor in the terminal that will show the kiosk",
            )
        ]
    found = []
    if not (seen.columns and seen.rows):
        text = "its size can't be told"
        found.append(Finding("terminal", State.NOTE, text, "kiosk run (it says so where the window is too small)"))
    elif seen.columns < SMALLEST[0] or seen.rows < SMALLEST[1]:
        text = f"{seen.columns}×{seen.rows} cells, and {SMALLEST[0]}×{SMALLEST[1]} are needed"
        remedy = "make the window full screen, or its letters smaller (Ctrl and -)"
        found.append(Finding("terminal", State.BAD, text, remedy))
    else:
        grid = size_name(seen.columns, seen.rows).replace("x", "×")
        found.append(Finding("terminal", State.OK, f"{seen.columns}×{seen.rows} cells: the kiosk uses {grid}"))
    if system.name != _WINDOWS and seen.kind in ("", "dumb"):
        remedy = "start the kiosk in a terminal window, such as xterm or GNOME Terminal"
        found.append(Finding("terminal", State.BAD, f"TERM={seen.kind or '(empty)'}: it can't show a screen", remedy))
    elif not seen.colours:
        found.append(Finding("terminal", State.NOTE, "NO_COLOR is set: no colours", "unset NO_COLOR"))
    elif seen.colours < 256:
        text = f"TERM={seen.kind}: {seen.colours} colours, with weaker contrasts"
        console = "use a terminal window on a desktop"
        remedy = console if seen.kind == _CONSOLE else "export TERM=xterm-256color, if the terminal can"
        found.append(Finding("terminal", State.NOTE, text, remedy))
    else:
        name = f"TERM={seen.kind}: " if seen.kind else ""
        many = "16 million" if seen.colours > 256 else "256"
        found.append(Finding("terminal", State.OK, f"{name}{many} colours"))
    if seen.encoding.lower().replace("-", "") != "utf8":
        text = f"the locale says {seen.encoding or 'nothing'}; the kiosk writes UTF-8"
        found.append(Finding("terminal", State.NOTE, text, "export LC_ALL=C.UTF-8, if characters are wrong"))
    return found


def data(disk: DiskSeen, log: LogSeen, config: Settings) -> list[Finding]:
    """Whether visitors are counted."""
    if disk.why:
        remedy = "let the kiosk write there, or set data.folder to a folder where it can"
        return [Finding("data", State.BAD, f"{config.data} can't be written: {disk.why}", remedy)]
    text = config.data + ("" if disk.exists else " (will be made)")
    if disk.free < 0:
        found = [Finding("data", State.OK, text)]
    elif disk.free < _LITTLE:
        state = State.BAD if disk.free < _TOO_LITTLE else State.NOTE
        remedy = "delete what isn't needed on that disk, or set data.folder to a folder on another"
        found = [Finding("data", state, f"{text}: {disk.free // _MEGABYTE} MB free", remedy)]
    else:
        found = [Finding("data", State.OK, f"{text}: {disk.free / 1000 / _MEGABYTE:.1f} GB free")]
    if log.holder is not None:
        process = f" (process {log.holder})" if log.holder else ""
        found.append(Finding("data", State.OK, f"a kiosk is running here{process}"))
    return [*found, _log(log)]


def _log(log: LogSeen) -> Finding:
    match log.state:
        case LogState.NONE:
            return Finding("log", State.OK, "none yet: it is begun at the first start")
        case LogState.GOOD:
            return Finding("log", State.OK, f"{_count(log.visits, 'visit')} so far")
        case LogState.DUE:
            return Finding("log", State.OK, "of an earlier version: the next start brings it up to date")
        case LogState.DAMAGED:
            text = "damaged: the next start sets it aside and begins a new one"
            return Finding("log", State.NOTE, text, "copy the data folder first: most of it can be saved")
        case LogState.TOO_NEW:
            text = "of a newer version of the kiosk: nobody would be counted"
            return Finding("log", State.BAD, text, "install the newer kiosk, or set data.folder to another folder")
        case LogState.UNREADABLE:
            text = f"can't be read, so nobody would be counted: {log.why}"
            return Finding("log", State.BAD, text, "let the kiosk read and write its data folder")


def clock(now: datetime, system: System) -> list[Finding]:
    """Whether rows get the right day and hour; `now` knows its zone."""
    text = f"{now:%Y-%m-%d %H:%M}, {now.tzname() or 'no zone'} (UTC{now:%z})"
    if now.year < FIRST_YEAR:
        remedy = (
            f"{_DATE_SETTINGS[system.name]}"
            if system.name in _DATE_SETTINGS
            else ("sudo timedatectl set-ntp true (with a network; else: sudo date -s 'YYYY-MM-DD HH:MM')")
        )
        return [Finding("clock", State.BAD, f"{text}: the clock is wrong", remedy)]
    if now.tzname() == "UTC":
        remedy = _DATE_SETTINGS.get(system.name, "sudo timedatectl set-timezone Asia/Shanghai (or what it is here)")
        return [Finding("clock", State.NOTE, f"{text}: no time zone is set", remedy)]
    return [Finding("clock", State.OK, text)]


def keyboard() -> list[Finding]:
    """What nothing but trying tells."""
    text = "number pad, mouse and touch can't be told from here"
    return [Finding("keyboard", State.NOTE, text, "kiosk run --rehearse, and press every key once")]


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
