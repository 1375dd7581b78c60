"""What the screen's process loads for the log, and when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCREEN = """
import queue, sys
from kiosk import wiring
from kiosk.core.settings import Settings

def loaded(*names):
    return sorted(name for name in names if name in sys.modules)

log, why = wiring.open_log(Settings(data=sys.argv[1]))
assert why == "", why
print("before the first frame:", *loaded("sqlite3", "sqlalchemy", "alembic", "subprocess", "yaml", "pydantic"))
told = queue.SimpleQueue()
log.start(told.put)
assert told.get(timeout=30).counted
print("afterwards:", *loaded("sqlite3", "sqlalchemy", "sqlalchemy.orm", "alembic", "mako", "yaml", "pydantic"))
log.close()
"""


def test_the_screens_process_never_loads_alembic_and_sqlalchemy_only_after_the_first_frame(tmp_path: Path) -> None:
    child = subprocess.run([sys.executable, "-c", SCREEN, str(tmp_path)], capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr
    assert child.stdout.splitlines() == ["before the first frame:", "afterwards: sqlalchemy sqlite3"]
    assert child.stderr == ""
