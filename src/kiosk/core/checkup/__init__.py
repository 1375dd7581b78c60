"""What `kiosk doctor` makes of what it saw: one finding a line, and what to do about each that is not right.

A line is bad where the main job would not work: a visitor walks up, reads and hears the kiosk in every language that
it offers, and is counted. Whatever only makes it worse is a note. A remedy is for the system that was looked at: a
command as Debian and Ubuntu have it, on Windows and macOS a way through the settings.
"""

from kiosk.core.checkup.content import content_check, offers, packs, settings
from kiosk.core.checkup.finding import AREAS, Finding, State, works
from kiosk.core.checkup.hearing import cache, is_quiet, sound, voice
from kiosk.core.checkup.machine import FIRST_YEAR, clock, data, keyboard
from kiosk.core.checkup.screen import BLOCKS, DIGITS, DRAWN, HAN, HAN_TRADITIONAL, fonts, glyphs, han, terminal
from kiosk.core.checkup.seen import (
    NULL_DEVICE,
    DiskSeen,
    FontsSeen,
    LogSeen,
    LogState,
    Offer,
    SoundSeen,
    System,
    TerminalSeen,
    VoiceSeen,
)

__all__ = [
    "AREAS",
    "BLOCKS",
    "DIGITS",
    "DRAWN",
    "FIRST_YEAR",
    "HAN",
    "HAN_TRADITIONAL",
    "NULL_DEVICE",
    "DiskSeen",
    "Finding",
    "FontsSeen",
    "LogSeen",
    "LogState",
    "Offer",
    "SoundSeen",
    "State",
    "System",
    "TerminalSeen",
    "VoiceSeen",
    "cache",
    "clock",
    "content_check",
    "data",
    "fonts",
    "glyphs",
    "han",
    "is_quiet",
    "keyboard",
    "offers",
    "packs",
    "settings",
    "sound",
    "terminal",
    "voice",
    "works",
]
