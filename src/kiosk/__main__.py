"""`python -m kiosk`: the same as the command `kiosk`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code."""
    from kiosk.cli.root import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
