"""`onglass learn`: trains detectors and measures what they learned."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from core.cli.experiment import experiment
from core.cli.learned import LEARNED, Examining, Teaching
from core.cli.output import report_console, write_json, write_text
from core.cli.progress import told
from core.cli.retrain import add_to as add_retraining
from core.cli.teach import add_to
from core.config import paths

app = typer.Typer(help="Train detectors, and measure what they learned.", no_args_is_help=True)
app.command("experiment")(experiment)
add_to(app)


class Learned(StrEnum):
    """Detectors that learn."""

    BLOCK_CORRUPTION = "block_corruption"
    AUDIO_ARTIFACT = "audio_artifact"
    LIPSYNC = "lipsync"


class Runtime(StrEnum):
    """What the network runs in."""

    AUTO = "auto"
    ONNX_INT8 = "onnx_int8"
    ONNX_FP32 = "onnx_fp32"
    TORCH = "torch"
    TORCH_CUDA = "torch_cuda"


class Body(StrEnum):
    """What hears the mel spectrum of audio artifacts."""

    YAMNET = "yamnet"
    PANNS_MOBILENET_V1 = "panns_mobilenet_v1"
    PANNS_CNN10 = "panns_cnn10"
    LOG_MEL_CNN = "log_mel_cnn"
    NONE = "none"


DetectorArgument = Annotated[Learned, typer.Argument(help="Which detector.")]
DataOption = Annotated[
    list[Path],
    typer.Option(
        "--data",
        metavar="DIR",
        help="A folder of clean titles, photographs or recordings; may be repeated.",
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
        help="Where pools and checkpoints are kept; a run that was interrupted goes on.",
        show_default="below the cache folder",
    ),
]
ProcessesOption = Annotated[
    int, typer.Option("--processes", min=1, help="How many make the pool at a time.")
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
    name: Annotated[
        str, typer.Option("--name", help="Of the weights.", show_default="the detector's first")
    ] = "",
    lesson: LessonOption = None,
    work: WorkOption = None,
    start: Annotated[
        Path | None,
        typer.Option("--start", metavar="FILE", help="Weights to begin with (safetensors)."),
    ] = None,
    start_licence: Annotated[
        str, typer.Option("--start-licence", help="Theirs, and where they are from; for the card.")
    ] = "",
    device: Annotated[
        str,
        typer.Option("--device", help="cpu or cuda.", show_default="a GPU when there is one"),
    ] = "",
    processes: ProcessesOption = 2,
    body: Annotated[
        Body | None,
        typer.Option(
            "--body",
            help="Audio artifacts: what hears the mel spectrum.",
            show_default=Body.YAMNET.value,
        ),
    ] = None,
    fine: Annotated[
        bool | None,
        typer.Option(
            "--fine/--no-fine",
            help="Audio artifacts: with the branch for what no mel spectrum shows, or without.",
            show_default="with",
        ),
    ] = None,
    keep_body: Annotated[
        bool | None,
        typer.Option(
            "--keep-body/--teach-body",
            help="Audio artifacts: leave the body as it is, which is several times quicker.",
            show_default="teach",
        ),
    ] = None,
    context: Annotated[
        bool | None,
        typer.Option(
            "--context/--no-context",
            help="Audio artifacts: with a head that hears each second among those around it.",
            show_default="with",
        ),
    ] = None,
    only_context: Annotated[
        bool | None,
        typer.Option(
            "--only-context",
            help="Audio artifacts: teach nothing but that head, to the network of --start.",
            show_default="all",
        ),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            "--minutes",
            min=0.0,
            help="Block corruption, audio artifacts: train for so long.",
            show_default="as the lesson says",
        ),
    ] = None,
) -> None:
    """Make what is to be learned from clean sources, train, and write weights with their card.

    Pools and checkpoints are kept, so that an interrupted run goes on where it was.
    """
    entry = LEARNED[detector.value]
    own = _own(
        detector,
        entry.of_training,
        {
            "body": body and body.value,
            "fine": fine,
            "keep_body": keep_body,
            "context": context,
            "only_context": only_context,
            "minutes": minutes,
        },
    )
    asked = Teaching(
        tuple(data),
        name or f"{detector.value}.r1",
        out,
        lesson,
        _work(work, detector),
        start,
        start_licence,
        device,
        processes,
        own,
    )
    with told() as progress:
        said = entry.teach(asked, progress)
    report_console().print(said)


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
        float | None,
        typer.Option(
            "--line",
            min=0.0,
            max=1.0,
            help="Probability from which something counts as flagged.",
            show_default="the detector's",
        ),
    ] = None,
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
    real: Annotated[
        list[Path] | None,
        typer.Option(
            "--real",
            metavar="DIR",
            help="Audio artifacts: a folder of really damaged recordings; may be repeated.",
        ),
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            metavar="DIR",
            help="For the same tables: audio artifacts, a folder of other weights, may be "
            "repeated; lip sync, the published file of Light-ASD.",
        ),
    ] = None,
) -> None:
    """Measure weights on sources that were never learned from."""
    entry = LEARNED[detector.value]
    own = _own(detector, entry.of_examination, {"real": real or None, "against": against or None})
    asked = Examining(
        tuple(data),
        weights,
        runtime.value,
        line,
        lesson,
        _work(work, detector),
        card,
        processes,
        own,
    )
    with told() as progress:
        figures = entry.examine(asked, progress)
    if json_to:
        write_json(figures.values, json_to)
    if markdown is not None:
        write_text(markdown, figures.markdown)
    if json_to != "-":
        report_console().print(figures.sentence)


def _own(detector: Learned, fit: frozenset[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given, all of which have to fit the detector."""
    chosen = {name: value for name, value in given.items() if value is not None}
    if strange := sorted(set(chosen) - fit):
        raise typer.BadParameter(f"--{strange[0]} is no option of {detector.value}.")
    return chosen


def _work(work: Path | None, detector: Learned) -> Path:
    if work is not None:
        return work
    folder = paths.cache_dir() / "learning"
    return folder if detector is Learned.BLOCK_CORRUPTION else folder / detector.value


add_retraining(app, told)
