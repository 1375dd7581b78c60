"""The data folder, the clock and the keyboard."""

from __future__ import annotations

from datetime import datetime

from kiosk.core.checkup.finding import Finding, State
from kiosk.core.checkup.seen import MACOS, MEGABYTE, WINDOWS, DiskSeen, LogSeen, LogState, System
from kiosk.core.counting import count
from kiosk.core.settings import Settings

FIRST_YEAR = 2026
"""No clock that is right shows an earlier one."""

_LITTLE, _TOO_LITTLE = 200 * MEGABYTE, 20 * MEGABYTE
"""Bytes free: for a note, and too few to count anybody."""

_DATE_SETTINGS = {
    WINDOWS: "Settings → Time & language → Date & time",
    MACOS: "System Settings → General → Date & Time",
}


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
        found = [Finding("data", state, f"{text}: {disk.free // MEGABYTE} MB free", remedy)]
    else:
        found = [Finding("data", State.OK, f"{text}: {disk.free / 1000 / MEGABYTE:.1f} GB free")]
    if log.holder is not None:
        process = f" (process {log.holder})" if log.holder else ""
        found.append(Finding("data", State.OK, f"a kiosk is running here{process}"))
    return [*found, _log(log)]


def _log(log: LogSeen) -> Finding:
    match log.state:
        case LogState.NONE:
            return Finding("log", State.OK, "none yet: it is begun at the first start")
        case LogState.GOOD:
            return Finding("log", State.OK, f"{count(log.visits, 'visit')} so far")
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
