"""The kiosk over a disk that takes two seconds for every commit: `python slow_commits.py run …`."""

from __future__ import annotations

import sys
import time

from sqlalchemy import Connection, Engine, event

from kiosk.__main__ import main

SECONDS = 2.0


def _wait(_: Connection) -> None:
    time.sleep(SECONDS)


if __name__ == "__main__":
    event.listen(Engine, "commit", _wait)
    sys.exit(main())
