"""The command `kiosk`: its groups are imported when they are called, so that `kiosk run` loads only its own."""

from __future__ import annotations

import importlib
import sys
from typing import cast

import click

from kiosk import __version__
from kiosk.core.errors import KioskError

_COMMANDS = {
    "run": ("kiosk.cli.run", "Open the kiosk in this terminal."),
    "content": ("kiosk.cli.content", "Check, list and compile content packs."),
    "voice": ("kiosk.cli.voice", "Try the voice, prepare it, record your own."),
    "export": ("kiosk.cli.export", "Print the participation log."),
    "config": ("kiosk.cli.config", "Show the settings in force."),
    "doctor": ("kiosk.cli.doctor", "Tell what works on this machine."),
    "log": ("kiosk.cli.log", ""),
}
"""By name: the module whose `command` it is, and one line of help, known without importing it; hidden without one."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in order."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        return cast("click.Command", importlib.import_module(_COMMANDS[cmd_name][0]).command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items() if line])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kiosk")
def command() -> None:
    """See·Ask·Compare (看·问·比): learn to tell fraud from the real thing."""


def run(arguments: list[str] | None = None) -> int:
    """Carry out a command line; the exit code. Errors a person can mend are one line on stderr."""
    try:
        result = command.main(arguments, prog_name="kiosk", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("kiosk: stopped", file=sys.stderr)
        return 1
    except KioskError as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001 - the edge: whatever nobody foresaw is one line here, and whole in a file
        print(f"kiosk: {type(error).__name__}: {error}: this is a fault of the kiosk; {_noted()}", file=sys.stderr)
        return 1
    return result if isinstance(result, int) else 0


def _noted() -> str:
    """Write the exception being handled to a file; where that is."""
    import tempfile
    import traceback
    from pathlib import Path

    note = Path(tempfile.gettempdir(), "kiosk-fault.log")
    try:
        note.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError as error:
        return f"it could not be noted: {error}"
    return f"what is known is in {note}"
