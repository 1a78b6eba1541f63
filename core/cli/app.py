"""The `onglass` command: runs the command that was asked for, turns errors into exit statuses.

Exit 0 is success, 1 a known error with one sentence on standard error, 2 wrong usage, 130 an
interruption from the keyboard.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.cli.desk import start_desk
from core.domain.errors import KnownError

if TYPE_CHECKING:
    import typer

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def __getattr__(name: str) -> typer.Typer:
    """`app`, all commands in one program; made when somebody asks for it."""
    if name == "app":
        from core.cli.program import app

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; None takes those of the process.

    Returns:
        Exit status.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--worker"]:
        # A frozen program has no interpreter to run `-m core.worker` with.
        from core.worker.__main__ import main as serve

        return serve()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of files may hold what the terminal's encoding cannot say.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output left (`| head`); what Python flushes on exit goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        print("The disk that the output goes to is full.", file=sys.stderr)
        # What is still to be flushed has no room either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(arguments: list[str]) -> int:
    try:
        if _names_files_only(arguments):
            # There is nothing to understand, so nobody waits for what understands options.
            return start_desk(arguments[1:])
        _program(arguments)(args=arguments, prog_name="onglass")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KnownError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


def _names_files_only(arguments: list[str]) -> bool:
    return arguments[:1] == ["review"] and not any(a.startswith("-") for a in arguments)


def _program(arguments: list[str]) -> typer.Typer:
    """All commands, or the desk alone: who opens it waits for nothing that others need."""
    if arguments[:1] == ["review"]:
        from core.cli.review import alone

        return alone()
    from core.cli.program import app

    return app
