"""Who speaks each language, what plays, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kiosk.core.characters import spoken_as
from kiosk.core.checkup.finding import Finding, State, quoted
from kiosk.core.checkup.seen import (
    MACOS,
    MEGABYTE,
    NULL_DEVICE,
    WINDOWS,
    DiskSeen,
    LogSeen,
    Offer,
    SoundSeen,
    System,
    VoiceSeen,
)
from kiosk.core.counting import count
from kiosk.core.pace import by_character
from kiosk.core.settings import Player, Settings
from kiosk.core.speech import DEVICE_LOST, NO_DEVICE, NO_ESPEAK, WHY_JOINT, Described, Voicing

_PIPER = "piper"
_PIPER_REMEDY = "correct or remove it in voice.piper: docs/CONFIGURATION.md says what a voice needs"

_NOT_MEASURED = ", not measured yet (how fast it speaks, it is when the kiosk has nothing else to do)"

_FEW_SENTENCES = 100
"""Ready: fewer than one visit says."""

_SMALL_CACHE = 1000
"""Megabytes: not enough for what the shipped packs say in two languages."""

_PLENTY = 1200
"""Megabytes to keep what is synthesised."""

_CACHE_REMEDY = f"set voice.cache_megabytes to {_PLENTY}"

_NAMED = 5
"""Sound devices told by name."""

_UNHEARD = (
    *("Plugin", "plugin", "Open Sound System", "JACK", "PulseAudio Sound Server", "PipeWire Sound Server"),
    *("Discard all samples", "Dummy Output"),
)
"""In the names of what ALSA and sound servers list beside the devices: it is none, or leads to none by itself."""

_BUSY = re.compile(r"\bbusy\b", re.IGNORECASE)
_NO_SERVER = re.compile(r"\b(?:connection (?:failure|refused)|pa_context|timed? ?out)\b", re.IGNORECASE)


def is_quiet(config: Settings) -> bool:
    """Whether visits begin without sound because the site wants it so."""
    return config.muted or not config.volume


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
        beside = f"; {count(recorded, 'recording')}" if recorded else ""
        if own and offer.language == offer.written != spoken:
            found.append(Finding("voice", State.OK, f"{offer.language}: spoken as {spoken}{beside}"))
        elif own and (offer.language == offer.written or not stand_in or own.voice != stand_in.voice):
            found.append(Finding("voice", State.OK, f"{offer.language}: {_told_voice(own)}{beside}"))
        elif offer.language != offer.written and stand_in:
            text = f"{offer.language}: {count(recorded, 'recording')}, all else in the voice of {spoken}"
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
            f"{count(number, 'file')} among the recordings {'is' if number == 1 else 'are'} never played",
            f"kiosk voice check {quoted(folder)}",
        )
        for folder, number in seen.unplayed.items()
        if number
    ]


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
    size = f"{described.cache_bytes / MEGABYTE:.0f} of at most {config.voice_cache_megabytes} MB"
    text = f"{count(described.cache_files, 'sentence')} ready, {size}, in {config.cache}"
    few = described.cache_files < _FEW_SENTENCES
    remedy = "kiosk voice render (speech then begins at once)" if few else ""
    found = [Finding("cache", State.NOTE if few else State.OK, text, remedy)]
    if config.voice_cache_megabytes < _SMALL_CACHE:
        text = f"voice.cache_megabytes = {config.voice_cache_megabytes}: too little to keep all that is said"
        found.append(Finding("cache", State.NOTE, text, _CACHE_REMEDY))
    return found


def _not_of_sound(why: str) -> str:
    """What of the voice's reasons is about synthesis: the sound device has lines of its own."""
    return WHY_JOINT.join(part for part in why.split(WHY_JOINT) if not part.startswith((NO_DEVICE, DEVICE_LOST)))


def _named(voicing: Voicing) -> str:
    return f"{voicing.engine} {voicing.name or voicing.voice}"


def _told_voice(voicing: Voicing) -> str:
    unit = "characters" if by_character(voicing.language) else "words"
    rate = f", {round(voicing.per_minute)} {unit} a minute" if voicing.per_minute else _NOT_MEASURED
    name = f" ({voicing.name})" if voicing.name and voicing.name != voicing.voice else ""
    return f"{voicing.engine} {voicing.voice}{name}{rate}"


def _voice_remedy(language: str, why: str, system: System) -> str:
    named = {"zh": "Chinese (Simplified)", "en": "English"}.get(language, language or "Chinese (Simplified)")
    if system.name == WINDOWS:
        return f"Settings → Time & language → Speech → Add voices: {named}"
    if system.name == MACOS:
        return f"System Settings → Accessibility → Spoken Content → System Voice → Manage Voices: {named}"
    if NO_ESPEAK in why:
        return f"{quoted(system.python)} -m pip install espeakng-loader"
    return "kiosk voice list (it tells what each voice did)"


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
    if system.name == WINDOWS:
        return "plug in a loudspeaker and choose it in Settings → System → Sound → Output"
    if system.name == MACOS:
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
