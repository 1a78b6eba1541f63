"""`onglass learn`: trains detectors and measures what they learned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBars

from core.cli.output import progress_console, report_console, write_json, write_text
from core.config import paths

if TYPE_CHECKING:
    from core.learning.block_corruption.course import Order, Progress

app = typer.Typer(help="Train detectors, and measure what they learned.", no_args_is_help=True)


class Learned(StrEnum):
    """Detectors that learn."""

    BLOCK_CORRUPTION = "block_corruption"


class Runtime(StrEnum):
    """What the network runs in."""

    AUTO = "auto"
    ONNX_INT8 = "onnx_int8"
    ONNX_FP32 = "onnx_fp32"
    TORCH = "torch"
    TORCH_CUDA = "torch_cuda"


DetectorArgument = Annotated[Learned, typer.Argument(help="Which detector.")]
DataOption = Annotated[
    list[Path],
    typer.Option(
        "--data", metavar="DIR", help="A folder of clean titles and photographs; may be repeated."
    ),
]
LessonOption = Annotated[
    Path | None,
    typer.Option(
        "--lesson",
        metavar="FILE",
        help="What is taught and what is held out, as TOML.",
        show_default="the one that ships",
    ),
]
WorkOption = Annotated[
    Path | None,
    typer.Option(
        "--work",
        metavar="DIR",
        help="Where pieces and checkpoints are kept; a run that was interrupted goes on.",
        show_default="below the cache folder",
    ),
]
ProcessesOption = Annotated[
    int, typer.Option("--processes", min=1, help="How many make pieces at a time.")
]


@app.command("train")
def train(
    detector: DetectorArgument,
    data: DataOption,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where weights and card go.",
            show_default="the user's own weights",
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Of the weights.")] = "block_corruption.r1",
    lesson: LessonOption = None,
    work: WorkOption = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--start", metavar="FILE", help="Weights of the backbone to begin with (safetensors)."
        ),
    ] = None,
    start_licence: Annotated[
        str, typer.Option("--start-licence", help="Theirs, and where they are from; for the card.")
    ] = "",
    device: Annotated[
        str,
        typer.Option("--device", help="cpu or cuda.", show_default="a GPU when there is one"),
    ] = "",
    processes: ProcessesOption = 2,
) -> None:
    """Make what is to be learned from clean titles, train, and write weights with their card.

    Pieces and checkpoints are kept, so that an interrupted run goes on where it was.
    """
    from core.learning.block_corruption.course import teach

    order = _order(data, lesson, work, out, name, start, start_licence, device, processes)
    with _bars() as progress:
        weights = teach(order, progress)
    report_console().print(f"{weights.card.name} is in {weights.folder}.")


@app.command("evaluate")
def evaluate(
    detector: DetectorArgument,
    data: DataOption,
    weights: Annotated[
        str,
        typer.Option("--weights", help="Name of the weights.", show_default="the newest"),
    ] = "",
    runtime: Annotated[
        Runtime, typer.Option("--runtime", help="What the network runs in.")
    ] = Runtime.AUTO,
    line: Annotated[
        float,
        typer.Option(
            "--line", min=0.0, max=1.0, help="Probability that calls a picture corrupted."
        ),
    ] = 0.9,
    lesson: LessonOption = None,
    work: WorkOption = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Write the tables.")
    ] = None,
    json_to: Annotated[
        str, typer.Option("--json", metavar="FILE|-", help="Write JSON; - is standard output.")
    ] = "",
    card: Annotated[
        bool, typer.Option("--card/--no-card", help="Write the chief figures onto the card.")
    ] = False,
    processes: ProcessesOption = 2,
) -> None:
    """Measure weights picture by picture on sources that were never learned from."""
    from core.learning.block_corruption.course import put_to_the_test
    from core.learning.block_corruption.report import as_sentence
    from core.learning.block_corruption.report import markdown as as_markdown
    from core.models.weights import find

    found = find(weights or str(detector))
    order = _order(data, lesson, work, found.folder, found.card.name, None, "", "", processes)
    with _bars() as progress:
        figures = put_to_the_test(order, found, runtime.value, line, progress, card=card)
    if json_to:
        write_json(figures, json_to)
    if markdown is not None:
        write_text(markdown, as_markdown(figures, found.card.name))
    if json_to != "-":
        report_console().print(as_sentence(figures, found.card.name))


def _order(
    data: list[Path],
    lesson: Path | None,
    work: Path | None,
    out: Path | None,
    name: str,
    start: Path | None,
    start_licence: str,
    device: str,
    processes: int,
) -> Order:
    from core.learning.block_corruption.course import Order
    from core.learning.block_corruption.lesson import read_lesson
    from core.models.weights import own_folder

    return Order(
        lesson=read_lesson(lesson),
        data=tuple(data),
        work=work or paths.cache_dir() / "learning",
        out=out or own_folder(),
        name=name,
        start=start,
        start_licence=start_licence,
        device=device,
        processes=processes,
    )


@contextmanager
def _bars() -> Iterator[Progress]:
    console = progress_console()
    bars = ProgressBars(
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bars:
        task = bars.add_task("", total=1.0)
        yield lambda share, what: bars.update(task, completed=share, description=what)
