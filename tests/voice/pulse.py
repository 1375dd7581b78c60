"""A private PulseAudio with sinks that play to nowhere, for tests that need devices which come and go."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

LIMIT = 10.0

needs_pulse = pytest.mark.skipif(
    not (shutil.which("pulseaudio") and shutil.which("pactl")),
    reason="pulseaudio or pactl is not installed (Debian: apt install pulseaudio pulseaudio-utils)",
)


class Pulse:
    """Not started until `start`; its clients need `environment`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("home", "run", "state"):
            (folder / name).mkdir(mode=0o700)
        self._socket = folder / "native"
        self.environment = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(folder / "run"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "HOME": str(folder / "home"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *sinks: str) -> None:
        """With these sinks, in this order: the first is the default."""
        modules = [f"module-native-protocol-unix socket={self._socket} auth-anonymous=1", *map(_sink, sinks)]
        self._process = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("--disable-shm=yes", "--high-priority=no"),
                *(part for module in modules for part in ("--load", module)),
            ],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + LIMIT
        while self._ask("info").returncode:
            assert time.monotonic() < until, "pulseaudio does not start"
            assert self._process.poll() is None, "pulseaudio has ended"

    def kill(self) -> None:
        """As if it had crashed."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
            self._socket.unlink(missing_ok=True)

    def stop(self, signal: int) -> None:
        assert self._process
        self._process.send_signal(signal)

    def plug_in(self, name: str) -> str:
        """The module that a later `pull_out` needs."""
        return self._ask("load-module", *_sink(name).split()).stdout.decode().strip()

    def load(self, *module: str) -> str:
        return self._ask("load-module", *module).stdout.decode().strip()

    def pull_out(self, module: str) -> None:
        self._ask("unload-module", module)

    def modules(self) -> dict[str, str]:
        """The modules of the sinks by the name of the sink."""
        rows = self._ask("list", "short", "modules").stdout.decode().splitlines()
        found = {}
        for row in rows:
            number, name, *rest = row.split("\t")
            if name == "module-null-sink":
                found[rest[0].split()[0].removeprefix("sink_name=")] = number
        return found

    def streams(self) -> list[str]:
        """The sinks that are being played to."""
        sinks = dict(row.split("\t")[:2] for row in self._ask("list", "short", "sinks").stdout.decode().splitlines())
        rows = self._ask("list", "short", "sink-inputs").stdout.decode().splitlines()
        return [sinks[row.split("\t")[1]] for row in rows]

    def _ask(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["pactl", *command],
            env={**os.environ, **self.environment},
            capture_output=True,
            check=False,
            timeout=LIMIT,
        )


def _sink(name: str) -> str:
    """Without rewinding: a sink that nobody plays to has rendered two seconds of silence ahead."""
    return f"module-null-sink sink_name={name} norewinds=1 sink_properties=device.description={name}"
