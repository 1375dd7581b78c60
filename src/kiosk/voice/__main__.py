"""`python -P -m kiosk.voice --folder DIR …`: commands in, news out, a line each; the first command is a `Repertoire`.

DIR must not be there yet: it is made for this process alone, and goes with it. The program ends when its standard
input does, at any moment and whatever it is doing, so that it never outlives the kiosk.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import NoReturn

from kiosk.core.settings import Player
from kiosk.core.speech import News, Playing, decode, encode
from kiosk.voice.program import Options, Program
from kiosk.voice.spoken import Stuck

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


class Channel:
    """Writes news on a thread of its own: the sound card's thread must not wait for a reader."""

    def __init__(self, descriptor: int, folder: Path) -> None:
        self._descriptor = descriptor
        self._folder = folder
        self._news: SimpleQueue[News | Playing | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="news", daemon=True)
        self._thread.start()

    def tell(self, news: News | Playing) -> None:
        """Write it soon."""
        self._news.put(news)

    def close(self) -> None:
        """Everything told is written."""
        self._news.put(None)
        self._thread.join(1.0)

    def _write(self) -> None:
        while (news := self._news.get()) is not None:
            rest = json.dumps(encode(news)).encode() + b"\n"
            try:
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
            except OSError:
                leave(self._folder, 0)


def leave(folder: Path, code: int) -> NoReturn:
    """End at once: a shutdown in order hangs while a sound device is open."""
    # The engine may be writing into the folder, and would complain in its callback that it is gone.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # By another name first: the main thread may be about to write into it.
    gone = folder.with_name(folder.name + ".gone")
    with suppress(OSError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
    os._exit(code)


def read_commands(program: Program, folder: Path) -> None:
    """Obey until the kiosk closes its end."""
    with open(0, "rb", closefd=False) as lines:
        for line in lines:
            try:
                program.obey(decode(json.loads(line)))
            except (ValueError, TypeError) as error:
                print(f"voice: {error}", file=sys.stderr, flush=True)
    leave(folder, 0)


def keep_terminal_clean() -> int:
    """Give the protocol a descriptor of its own, and point 1 to nowhere; 2 as well, where it is a terminal.

    pyttsx3 prints to standard output, and ALSA writes pages to standard error.
    """
    channel = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if os.isatty(2):
        os.dup2(nowhere, 2)
    os.close(nowhere)
    return channel


def die_with_parent(folder: Path) -> None:
    """Where the system can, be told of the kiosk's death by a signal too; a thread waits for it.

    A handler would run on the main thread, which may be deep inside the engine.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def wait() -> None:
        signal.sigwait({signal.SIGTERM})
        leave(folder, 0)

    threading.Thread(target=wait, name="signal", daemon=True).start()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM, 0, 0, 0)


def arguments() -> argparse.Namespace:
    """What it was started with."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.voice", description="Speaks for the kiosk.")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--device", default="")
    parser.add_argument("--headphones", default="")
    parser.add_argument("--player", type=Player, default=Player.AUTO)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--cache-megabytes", type=int, default=0)
    parser.add_argument("--piper", metavar="LANGUAGE=FILE", action="extend", nargs="+", default=[])
    return parser.parse_args()


def main() -> NoReturn:
    """Run until the standard input ends."""
    options = arguments()
    models = {language: Path(path) for language, _, path in (model.partition("=") for model in options.piper)}
    descriptor = keep_terminal_clean()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The sound card's thread must not wait for another one's 5 ms.
    sys.setswitchinterval(0.001)
    die_with_parent(options.folder)
    options.folder.mkdir(mode=0o700)
    channel = Channel(descriptor, options.folder)
    program = Program(
        options.folder,
        Options(options.device, options.headphones, options.player, options.cache, options.cache_megabytes, models),
        channel.tell,
    )
    threading.Thread(target=read_commands, args=(program, options.folder), name="commands", daemon=True).start()
    try:
        program.run()
    except Stuck as error:
        print(f"voice: {error}", file=sys.stderr, flush=True)
    except BaseException:  # noqa: BLE001 - whatever it is, this process must end, and the kiosk be told why
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    channel.close()
    leave(options.folder, 1)


if __name__ == "__main__":
    main()
