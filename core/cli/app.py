"""The `onglass` command: composes the commands and turns errors into exit statuses.

Exit 0 is success, 1 a known error with one sentence on standard error, 2 wrong usage, 130 an
interruption from the keyboard.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence

import typer

from core.cli import (
    agreement,
    annotate,
    assign,
    capacity,
    channels,
    compare,
    detectors,
    doctor,
    evaluate,
    export,
    intake,
    learn,
    models,
    monitor,
    review,
    sample,
    scan,
    simulate,
    spot,
    store,
    titles,
    watch,
)
from core.domain.errors import KnownError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

app = typer.Typer(
    name="onglass",
    help="Play a title, see where it is broken, decide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("review")(review.review)
app.command("scan")(scan.scan)
app.command("watch")(watch.watch)
app.command("capacity")(capacity.capacity)
app.command("detectors")(detectors.detectors)
app.command("sample")(sample.sample)
app.command("simulate")(simulate.simulate)
app.command("evaluate")(evaluate.evaluate)
app.command("agreement")(agreement.agreement)
app.command("assign")(assign.assign)
app.command("export")(export.export)
app.command("compare")(compare.compare)
app.command("import")(intake.import_list)
app.command("titles")(titles.titles)
app.command("monitor")(monitor.monitor)
app.command("channels")(channels.channels)
app.command("doctor")(doctor.doctor)
app.add_typer(learn.app, name="learn")
app.add_typer(spot.app, name="spot")
app.add_typer(annotate.app, name="annotate")
app.add_typer(store.app, name="store")
app.add_typer(models.app, name="models")


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
        app(args=arguments, prog_name="onglass")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KnownError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0
