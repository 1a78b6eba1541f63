"""`onglass simulate`: puts a defect into a clean title, or makes a data set by a recipe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as ProgressBars

from core.catalog.table import DETECTORS
from core.cli.output import progress_console, report_console, write_json
from core.cli.scan import parse_range
from core.domain.errors import KnownError
from core.domain.finding import Region
from core.domain.timecode import format_clock
from core.scan.plan import find_titles

if TYPE_CHECKING:
    from core.domain.title import Title
    from core.simulate.plan import Coding
    from core.simulate.truth import TruthSet

_USUAL_S = 4.0
_USUAL_PART = 3
_OF = {"picture": "pictures", "sound": "sound", "cues": "captions", "stream": "coded streams"}


def simulate(
    file: Annotated[
        Path | None, typer.Argument(help="The clean title.", show_default=False)
    ] = None,
    defect: Annotated[
        str, typer.Option("--defect", metavar="ID", help="What to put in; see --list.")
    ] = "",
    severity: Annotated[
        float, typer.Option("--severity", help="0, hardly there, to 1, unmistakable.", min=0, max=1)
    ] = 1.0,
    seed: Annotated[int, typer.Option("--seed", help="Chooses what chance decides.", min=0)] = 0,
    variant: Annotated[
        str, typer.Option("--variant", help="In which form; the first of --list by default.")
    ] = "",
    span: Annotated[
        list[str] | None,
        typer.Option(
            "--span",
            metavar="A-B",
            help="Where: seconds or H:MM:SS.mmm on the title's time line; may be given again. "
            "Without it four seconds in the middle, at most a third; all for captions, loudness.",
            show_default=False,
        ),
    ] = None,
    region: Annotated[
        str,
        typer.Option(
            "--region",
            metavar="L,T,R,B",
            help="Where in the picture: left, top, right, bottom as fractions 0..1.",
        ),
    ] = "",
    stretch: Annotated[
        str, typer.Option("--range", metavar="A-B", help="Write only this part of the title.")
    ] = "",
    from_zero: Annotated[
        bool, typer.Option("--from-zero", help="Let the part begin at 0 instead of at its place.")
    ] = False,
    codec: Annotated[
        str,
        typer.Option(
            "--codec",
            help="Code pictures as h264, hevc, mpeg2, vp9, av1 or with an FFmpeg encoder; "
            "without loss by default.",
        ),
    ] = "",
    crf: Annotated[
        float | None, typer.Option("--crf", help="Constant quality of a lossy codec.")
    ] = None,
    bitrate: Annotated[
        int | None, typer.Option("--bitrate", help="Bits a second of a lossy codec.", min=1)
    ] = None,
    sound_codec: Annotated[
        str, typer.Option("--sound-codec", help="FFmpeg encoder for damaged sound.")
    ] = "",
    recipe: Annotated[
        str,
        typer.Option("--recipe", metavar="R", help="Make a data set: a recipe, or a TOML file."),
    ] = "",
    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data", help="Clean titles, or folders of them, for a recipe.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="The damaged title; for a recipe the folder.", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List what can be put in, and the recipes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Put a defect into a clean title, with exact truth about it; or make a data set.

    OUT.truth.json says what was damaged and where, OUT.mask.mkv which pixels. What is not
    damaged stays as it was: pictures are stored without loss, other streams are copied.
    """
    if listed:
        _list(as_json)
        return
    if out is None:
        raise typer.BadParameter("say where to with --out", param_hint="--out")
    if recipe:
        if file is not None or defect:
            raise typer.BadParameter("a recipe takes --data instead of a file and a defect")
        _make_set(recipe, data or [], out, as_json)
        return
    if data:
        raise typer.BadParameter("--data goes with --recipe", param_hint="--data")
    if file is None or not defect:
        raise typer.BadParameter("name a title and a --defect, or a --recipe, or ask for --list")
    from core.simulate.plan import Coding

    coding = Coding(codec, crf, bitrate, sound_codec)
    spans = [_bounds(text, "--span") for text in span or ()]
    part = _bounds(stretch, "--range") if stretch else None
    where = _region(region) if region else None
    truth = _damage(
        file, out, (defect, severity, seed, variant), spans, part, where, coding, from_zero, force
    )
    if as_json:
        write_json({"path": str(out), "truth": truth.as_json()})
    else:
        _print(report_console(), out, truth)


def _damage(
    file: Path,
    out: Path,
    what: tuple[str, float, int, str],
    spans: list[tuple[Fraction | None, Fraction | None]],
    part: tuple[Fraction | None, Fraction | None] | None,
    region: Region | None,
    coding: Coding,
    from_zero: bool,
    force: bool,
) -> TruthSet:
    from core.media.probe import probe
    from core.simulate.inject import injector
    from core.simulate.plan import Planned, title_bounds
    from core.simulate.title import Options, simulate_title

    defect, severity, seed, variant = what
    injector(defect)
    title = probe(file)
    first, last = title_bounds(title)
    bounds = None if part is None else _closed(part, first, last)
    chosen = tuple(_closed(span, first, last) for span in sorted(spans, key=_start))
    if not chosen:
        chosen = (_usual(title, defect, bounds),)
    planned = Planned(defect, chosen, severity, seed, variant, region)
    options = Options(coding, bounds, from_zero, overwrite=force)
    with _bar(out.name) as (bars, task):
        return simulate_title(
            file, out, [planned], options, progress=lambda share: bars.update(task, completed=share)
        )


def _usual(title: Title, defect: str, bounds: tuple[float, float] | None) -> tuple[float, float]:
    """Where a defect goes when nothing is said."""
    from core.simulate.inject import injector
    from core.simulate.plan import title_bounds

    first, last = bounds or tuple(float(bound) for bound in title_bounds(title))
    if injector(defect).whole:
        return first, last
    length = min(_USUAL_S, (last - first) / _USUAL_PART)
    middle = (first + last) / 2
    return round(middle - length / 2, 3), round(middle + length / 2, 3)


def _bounds(text: str, option: str) -> tuple[Fraction | None, Fraction | None]:
    try:
        bounds = parse_range(text)
    except typer.BadParameter as error:
        raise typer.BadParameter(error.message, param_hint=option) from error
    if bounds == (None, None):
        raise typer.BadParameter("the range is empty", param_hint=option)
    return bounds


def _start(span: tuple[Fraction | None, Fraction | None]) -> Fraction:
    return span[0] if span[0] is not None else Fraction(-1)


def _closed(
    span: tuple[Fraction | None, Fraction | None], first: Fraction, last: Fraction
) -> tuple[float, float]:
    """Both ends in seconds; an open one is that of the title."""
    start, end = span
    return float(first if start is None else start), float(last if end is None else end)


def _region(text: str) -> Region:
    try:
        left, top, right, bottom = (float(part) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is not four fractions such as 0.5,0,1,0.5", param_hint="--region"
        ) from error
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise typer.BadParameter(
            f"{text!r} is no part of the picture: left before right, top before bottom, all 0..1",
            param_hint="--region",
        )
    return Region(left, top, right, bottom)


@contextmanager
def _bar(name: str) -> Iterator[tuple[ProgressBars, TaskID]]:
    """A progress bar of one task, for as long as something is written."""
    console = progress_console()
    bars = ProgressBars(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bars:
        yield bars, bars.add_task(escape(name), total=1.0)


# Data sets


def _make_set(name: str, data: list[Path], out: Path, as_json: bool) -> None:
    from core.simulate.data_set import MANIFEST, make_data_set
    from core.simulate.recipe import load_recipe

    recipe = load_recipe(name)
    if not data:
        raise typer.BadParameter("a recipe needs clean titles", param_hint="--data")
    if out.exists() and not out.is_dir():
        raise KnownError(f"{out} is a file; a data set needs a folder.")
    sources = find_titles(data)
    with _bar(out.name) as (bars, task):
        made = make_data_set(
            recipe,
            sources,
            out,
            progress=lambda share, clip: bars.update(
                task, completed=share, description=escape(clip or out.name)
            ),
        )
    manifest = made.manifest
    for row in manifest["skipped"]:
        typer.echo(f"{row['source']}: {row['sentence']}", err=True)
    if as_json:
        write_json(manifest)
    else:
        console = report_console()
        sides = [row["side"] for row in (*manifest["clips"], *manifest["clean"])]
        console.print(
            f"{len(manifest['clips'])} damaged and {len(manifest['clean'])} clean clips, "
            f"{sides.count('dev')} of them to learn from and {sides.count('test')} to test with; "
            f"{made.fresh} were made now. {escape(str(out / MANIFEST))}",
            highlight=False,
        )
    if not manifest["clips"]:
        raise KnownError("No clip came out of it; see the sources that were skipped.")


# Listing


def _list(as_json: bool) -> None:
    from core.simulate.describe import descriptions
    from core.simulate.recipe import load_recipe, shipped_recipes

    recipes = {name: load_recipe(path).title for name, path in shipped_recipes().items()}
    found = descriptions()
    if as_json:
        write_json(
            {
                "defects": [
                    {**asdict(item), "detectors": _detectors(item.defect)} for item in found
                ],
                "recipes": recipes,
            }
        )
        return
    console = report_console()
    for item in found:
        console.print(f"[bold]{item.defect}[/bold]  {escape(item.title)}, of {_OF[item.domain]}")
        if item.variants:
            console.print(f"  forms: {escape(', '.join(item.variants))}", highlight=False)
        console.print(f"  {escape(item.summary)}", highlight=False)
        answer = ", ".join(_detectors(item.defect)) or f"none. {item.unanswered}"
        console.print(f"  detector: {escape(answer)}\n", highlight=False)
    for name, title in recipes.items():
        console.print(f"recipe [bold]{name}[/bold]: {escape(title)}")


def _detectors(defect: str) -> list[str]:
    return [spec.id for spec in DETECTORS.values() if defect in spec.defects]


def _print(console: Console, out: Path, truth: TruthSet) -> None:
    for made in truth:
        places = ", ".join(f"{format_clock(a)} to {format_clock(b)}" for a, b in made.spans)
        form = f" ({made.variant})" if made.variant else ""
        console.print(
            escape(f"{out}: {made.defect}{form}, severity {made.severity:g}, {places}"),
            highlight=False,
        )
