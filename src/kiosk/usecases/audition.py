"""What is wrong with a pack's recordings: by where they lie, and by listening to each."""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from kiosk.core.problems import Problem, Severity
from kiosk.core.recordings import FOLDER, KIOSK, SUFFIXES, AudioFile, Heard, Place, place_of, played, suffix_of
from kiosk.ports import Recordings
from kiosk.usecases.record import Part

_LEAST, _MOST = 0.4, 2.5
"""Times what a text takes at the default rate: people differ, and dialects do."""
_LEAST_SLACK, _MOST_SLACK = 0.3, 1.0
"""Seconds; a short word can't be measured more exactly."""
_LONGEST_SILENCE = 1.5
"""Seconds at either end."""
_SILENT, _SOFT = -50.0, -24.0
"""Decibels of full scale: nothing to hear, and more than the kiosk makes up for (12 dB) below the other voice."""
_MOST_CLIPPED = 2
"""Once or twice is not heard."""
_FEW = 40
"""Characters of a text that is quoted."""


def audition(
    pack: str,
    recordings: Recordings,
    parts: Mapping[str, Sequence[Part]],
    known: Collection[str],
    faulty: Collection[str] = (),
    tick: Callable[[], object] = lambda: None,
) -> Iterator[Problem]:
    """The problems of a pack's recordings; paths are relative to the pack.

    `known` are the languages and varieties of the pack, `parts` those of each that is to be looked at; whatever is in
    none of the pack is looked at, too. `faulty` are items that are not shown because of errors. `tick` is called after
    each file.
    """
    files = recordings.files()
    chosen = played(files)
    by_name = {language: {part.part: part for part in of_it} for language, of_it in parts.items()}
    strays: Counter[str] = Counter()
    for file in files:
        language = _language_of(file)
        place = place_of(file)
        if language and language not in known:
            strays[language] += 1
        elif language and language not in parts:
            pass
        elif place is None:
            yield _misplaced(file)
        elif chosen[place] != file:
            name = PurePosixPath(chosen[place].path).name
            yield _warning(file.path, "two-files", f"{name} is played, so this one never is", "delete one of them")
        else:
            part = by_name[place.language].get(place.name(pack))
            if part is None:
                yield _left_over(file, place, pack, parts[place.language], faulty)
            else:
                yield from _wrong(file.path, part, recordings.listen(file.path))
        tick()
    for language, count in strays.items():
        yield _unknown_language(language, count, known)


def spoiled(recordings: Recordings, parts: Sequence[Part]) -> frozenset[str]:
    """The paths of recordings in which nothing can be heard, listening to all of them."""
    return frozenset(
        part.recorded
        for part in parts
        if part.recorded
        and any(
            problem.severity is Severity.ERROR
            for problem in _wrong(part.recorded, part, recordings.listen(part.recorded))
        )
    )


def misplaced(path: str) -> Problem:
    """That a recording lies where none is looked for."""
    message = "a recording here is never played"
    return _warning(path, "wrong-place", message, f"it lies in {FOLDER}/<language>/<item>/<part>{suffix_of(path)}")


def missing(parts: Sequence[Part], language: str, *, each: bool) -> Iterator[Problem]:
    """What is not recorded yet: in one line, or part by part."""
    unrecorded = [part for part in parts if not part.recorded]
    if each:
        for part in unrecorded:
            yield Problem(part.file, 0, 0, Severity.INFO, "missing", f"not recorded yet: “{_short(part.text)}”")
    elif unrecorded:
        message = f"{len(parts) - len(unrecorded)} of {len(parts)} parts are recorded; the others are synthesised"
        yield Problem(f"{FOLDER}/{language}", 0, 0, Severity.INFO, "missing", message)


def _language_of(file: AudioFile) -> str:
    """Of the folder that it lies in; empty where it lies in none."""
    path = PurePosixPath(file.path)
    return path.parts[1] if len(path.parts) > 2 else ""


def _wrong(path: str, part: Part, heard: Heard) -> Iterator[Problem]:
    """What is wrong with the sound."""
    if heard.why:
        yield _error(path, "unreadable", heard.why)
        return
    level = 20 * math.log10(max(heard.level, 1e-6))
    if level < _SILENT:
        message = f"nothing can be heard in it: its loudest is {level:.0f} dB of full scale"
        yield _error(path, "silent", message, "record it again, or delete it")
        return
    if level < _SOFT:
        message = f"it is very soft: its loudest is {level:.0f} dB of full scale"
        yield _warning(path, "soft", message, "record it again, nearer to the microphone")
    if heard.clipped > _MOST_CLIPPED:
        message = f"it was too loud for the microphone and is cut off {heard.clipped} times"
        yield _warning(path, "clipped", message, "record it again, softer or further from the microphone")
    lengths = f"{heard.spoken:.1f} s for a text of about {part.seconds:.1f} s: “{_short(part.text)}”"
    if heard.spoken < _LEAST * part.seconds - _LEAST_SLACK:
        yield _warning(path, "too-short", lengths, "listen whether it is cut off, or of another text")
    elif heard.spoken > _MOST * part.seconds + _MOST_SLACK:
        yield _warning(path, "too-long", lengths, "listen whether there is more in it, or another text")
    for seconds, where in ((heard.before, "beginning"), (heard.after, "end")):
        if seconds > _LONGEST_SILENCE:
            message = f"{seconds:.1f} s of silence at the {where}"
            yield _warning(path, "long-silence", message, "leave at most half a second")


def _misplaced(file: AudioFile) -> Problem:
    path = PurePosixPath(file.path)
    if file.is_link:
        message = "this is a link, and links are not followed"
        return _error(file.path, "link", message, "put the file itself here")
    if path.suffix in SUFFIXES:
        return misplaced(file.path)
    if path.suffix.lower() in SUFFIXES:
        message = "names of recordings end in small letters, so this one is never played"
        return _warning(file.path, "not-played", message, f"rename it to {path.stem}{path.suffix.lower()}")
    message = f"{f'a file that ends in {path.suffix}' if path.suffix else 'a file without an ending'} is never played"
    return _warning(file.path, "not-played", message, f"save it as one of {', '.join(SUFFIXES)}")


def _left_over(file: AudioFile, place: Place, pack: str, parts: Sequence[Part], faulty: Collection[str]) -> Problem:
    if place.item in faulty:
        message = f"'{place.item}' has errors, so it is not shown and this is not played"
        return Problem(file.path, 0, 0, Severity.INFO, "left-over", message, "see `kiosk content check`")
    siblings = [PurePosixPath(part.file).stem for part in parts if part.item == place.item]
    if siblings:
        what = "the kiosk has no phrase" if place.item == KIOSK else f"'{place.item}' has no part"
        message = f"{what} '{place.part}', so this is never played"
        return _warning(file.path, "left-over", message, _nearest(place.part, siblings))
    message = f"there is no '{place.item}' in {pack}, so this is never played"
    return _warning(file.path, "left-over", message, _nearest(place.item, [part.item for part in parts]))


def _unknown_language(language: str, count: int, known: Collection[str]) -> Problem:
    files = "1 file in it is" if count == 1 else f"{count} files in it are"
    message = f"'{language}' is no language or variety of this pack, so the {files} never played"
    hint = _nearest(language, known)
    if hint == _NOTHING_NEAR:
        hint = f"pack.yaml has {', '.join(known)}; a variety is named there"
    return _warning(f"{FOLDER}/{language}", "unknown-language", message, hint)


_NOTHING_NEAR = "delete it, or rename it"


def _nearest(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(dict.fromkeys(known)), 1, 0.6)
    return f"did you mean '{near[0]}'?" if near else _NOTHING_NEAR


def _short(text: str) -> str:
    return text if len(text) <= _FEW else text[: _FEW - 1] + "…"


def _warning(path: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(path, 0, 0, Severity.WARNING, code, message, hint)


def _error(path: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(path, 0, 0, Severity.ERROR, code, message, hint)
