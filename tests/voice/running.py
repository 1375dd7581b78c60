"""The voice's program as a process of its own, spoken to as the kiosk does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from kiosk.core.speech import Command, Repertoire, Say, Utterance, decode, encode

N = TypeVar("N")

LIMIT = 15.0

BOTH = Repertoire((("zh", "zh"), ("en", "en")))

SENTENCE = "孙子打来电话，说他开车撞了人，要二十万现金，等一下有人上门来取，千万别告诉家里人。"


class Running:
    """Started at once; every message that it tells is kept with the moment it came."""

    def __init__(self, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """`folder` is one that the process may make; on the device that plays to nowhere unless told otherwise."""
        given = [argument.partition("=")[0] for argument in arguments]
        device = [] if "--device" in given else ["--device=null"]
        self.folder = folder
        self.told: list[tuple[float, Any]] = []
        self._news: SimpleQueue[tuple[float, Any]] = SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kiosk.voice", f"--folder={folder}", *device, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
        )
        self.complaints: list[str] = []
        self._threads = [threading.Thread(target=target, daemon=True) for target in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(LIMIT)
        finally:
            self.process.kill()
            self.process.wait()
            for thread in self._threads:
                thread.join(LIMIT)
            for pipe in (self.process.stdout, self.process.stderr):
                assert pipe is not None
                pipe.close()

    def send(self, *commands: Command) -> float:
        """When they were sent."""
        assert self.process.stdin is not None
        now = time.monotonic()
        self.process.stdin.write(b"".join(json.dumps(encode(command)).encode() + b"\n" for command in commands))
        self.process.stdin.flush()
        return now

    def say(self, id_: int, *utterances: Utterance | str, speed: int = 100, volume: int = 80) -> float:
        """Mandarin, where only texts are given."""
        said = [Utterance(each, "zh", 0.05) if isinstance(each, str) else each for each in utterances]
        return self.send(Say(id_, tuple(said), speed, volume))

    def until(self, kind: type[N], *wanted: Any, limit: float = LIMIT) -> tuple[float, N]:
        """When the next message of that kind, with these first fields, came, and the message."""
        until = time.monotonic() + limit
        while True:
            try:
                at, news = self._news.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                last = [str(news) for _, news in self.told[-10:]]
                raise AssertionError(f"no {kind.__name__}{wanted}; told {last}, {self.complaints}") from None
            self.told.append((at, news))
            if isinstance(news, kind) and tuple(news)[: len(wanted)] == wanted:  # type: ignore[arg-type]
                return at, news

    def kinds(self) -> Sequence[str]:
        """Of everything told so far."""
        return [type(news).__name__ for _, news in self.told]

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._news.put((time.monotonic(), decode(json.loads(line))))

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.complaints.append(line.decode(errors="replace").rstrip())
