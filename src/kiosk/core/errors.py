"""The errors a person can do something about.

KioskError            one line with place, cause and remedy; exit code 1
├── UsageError        a wrong path, option or setting; exit code 2
├── PackError         no usable pack
├── LogError          the participation log can't be read or written
│   ├── LogBusy       another kiosk holds this data folder
│   └── LogTooNew     the log was written by a newer version
└── SpeechError       nothing could be spoken or synthesised
"""

from __future__ import annotations


class KioskError(Exception):
    """What went wrong, where, and what to do, in one line."""

    exit_code = 1


class UsageError(KioskError):
    """The call itself is wrong, or there is nothing to read."""

    exit_code = 2


class PackError(KioskError):
    """No pack can be shown."""


class LogError(KioskError):
    """The participation log can't be read or written."""


class LogBusy(LogError):  # noqa: N818 - it names the state of the log
    """Another kiosk holds this data folder."""


class LogTooNew(LogError):  # noqa: N818 - it names the state of the log
    """The log was written by a newer version of the kiosk and is left alone."""


class SpeechError(KioskError):
    """Nothing could be spoken or synthesised."""
