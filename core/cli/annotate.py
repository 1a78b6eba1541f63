"""`onglass annotate`: masks over video, in the store and in the formats of others."""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.markup import escape
from rich.table import Table

from core.annotation.book import FrameTimes, MaskBook, MaskCount
from core.annotation.click import SECONDS_A_CLICK, labelling_clicks
from core.annotation.exchange.file import MaskFormat, check_target, read_sheet, write_sheet
from core.annotation.exchange.sheet import color_of
from core.cli.mask_experiment import experiment
from core.cli.output import StoreOption, report_console, where_store, write_json
from core.cli.progress import told
from core.domain.errors import KnownError
from core.domain.mask import FrameState, MaskClass, MaskProject
from core.domain.time import Span
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.jobs.request import MaskRoundRequest
from core.media.packet_index import PacketIndex
from core.media.probe import probe
from core.review.reviewer import current_user
from core.store.mask_round import round_document
from core.store.store import Store

app = typer.Typer(help="Masks over video: what is where in each frame.", no_args_is_help=True)
app.command("experiment")(experiment)

JsonFlag = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="The id of the masks, or how it begins.")
]


@app.command("new")
def new(
    title: Annotated[Path, typer.Argument(help="The title.")],
    classes: Annotated[
        str,
        typer.Option(
            "--classes",
            help="Names with commas between, each with a colour if you like: corrupt=#e69f00,logo.",
        ),
    ] = "corrupt",
    name: Annotated[str, typer.Option("--name", help="What to call it.")] = "",
    store: StoreOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Begin the masks of a title."""
    wanted = parse_classes(classes)
    with Store.open(where_store(store)) as opened:
        project = MaskBook(opened).make(probe(title), wanted, current_user(), name=name)
    if as_json:
        write_json(describe(project))
    else:
        print(project.id)


@app.command("list")
def list_projects(store: StoreOption = "", as_json: JsonFlag = False) -> None:
    """List all masks, with how far they are."""
    with Store.open(where_store(store)) as opened:
        book = MaskBook(opened)
        found = [(project, book.count(project)) for project in opened.masks.all()]
    if as_json:
        write_json({"projects": [{**describe(p), **_counted(c)} for p, c in found]})
        return
    table = Table("Masks", "Name", "Size", "Classes", "Done", "Partly", "Predicted", "Clicks", "kB")
    for project, count in found:
        table.add_row(
            project.id[:8],
            escape(project.name),
            f"{project.width} x {project.height}",
            escape(", ".join(one.name for one in project.classes)),
            *(str(count.frames.get(state, 0)) for state in _SHOWN),
            str(count.clicks),
            f"{count.bytes / 1000:.0f}",
        )
    report_console().print(table if found else "There are no masks in this store.")


_SHOWN = (FrameState.DONE, FrameState.PARTLY, FrameState.PREDICTED)


@app.command("import")
def import_masks(
    project_id: ProjectArgument,
    source: Annotated[Path, typer.Argument(help="A file, or a folder of PNGs.")],
    form: Annotated[
        MaskFormat | None,
        typer.Option("--format", help="Of the file.", show_default="by its name"),
    ] = None,
    class_name: Annotated[
        str,
        typer.Option(
            "--class", help="What a video of masks shows.", show_default="the first class"
        ),
    ] = "",
    store: StoreOption = "",
) -> None:
    """Lay the masks of a file over those there are; all of them, or none."""
    with Store.open(where_store(store)) as opened:
        project = opened.masks.get(project_id)
        sheet = read_sheet(source, class_name or project.classes[0].name, form)
        times = _times(opened, project)
        count = MaskBook(opened).take_in(project, sheet, times, current_user(), source.name)
    print(f"{count} frames of {source.name} lie over {project.name} now.")


@app.command("export")
def export_masks(
    project_id: ProjectArgument,
    form: Annotated[MaskFormat, typer.Option("--format", help="Which.")],
    out: Annotated[Path, typer.Option("--out", help="The file, or the folder of PNGs.")],
    only_done: Annotated[
        bool, typer.Option("--only-done", help="Leave out frames that nobody finished.")
    ] = False,
    store: StoreOption = "",
) -> None:
    """Write masks for others; nothing that is there is replaced."""
    check_target(form, out)
    with Store.open(where_store(store)) as opened:
        project = opened.masks.get(project_id)
        sheet = MaskBook(opened).sheet(project, _times(opened, project), only_done)
    write_sheet(sheet, form, out)
    print(f"{len(sheet.frames)} frames are in {out}.")


@app.command("round")
def run(
    project_id: ProjectArgument,
    granularity: Annotated[
        str,
        typer.Option("--granularity", help="What to ask about: frame, 16x16, superpixel:24."),
    ] = "16x16",
    rule: Annotated[
        str, typer.Option("--rule", help="How to choose: hvsa, uncertainty, diversity, random.")
    ] = "hvsa",
    budget: Annotated[int, typer.Option("--budget", help="About how many pieces to ask.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="Decides what chance decides.")] = 0,
    span: Annotated[
        str, typer.Option("--range", help="Only these seconds, as 12.5-22.5.", show_default="all")
    ] = "",
    store: StoreOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Learn from what people said so far, predict every frame, and say what to look at next."""
    # torch comes with it, which the other commands do without.
    from core.learning.mask.round import run_round

    where = where_store(store)
    with Store.open(where) as opened, told() as progress:
        project = opened.masks.get(project_id)
        request = MaskRoundRequest(
            store_url=opened.url,
            path=_title_of(opened, project).path,
            project_id=project.id,
            granularity=granularity,
            rule=rule,
            budget=budget,
            seed=seed,
            span=_span(span, project) if span else None,
        )
        done = run_round(opened, request, lambda p: progress(p.fraction, p.stage), CancelToken())
    if as_json:
        write_json(round_document(done))
        return
    known = "learned" if done.curves.steps else "nobody has said anything yet"
    print(
        f"Round {done.number} of {project.name}: {len(done.uncertainty)} frames in "
        f"{done.seconds:.0f} s, {known}. Look at these next:"
    )
    table = Table("Seconds", "Left", "Top", "Width", "Height")
    for one in done.asked:
        table.add_row(f"{float(one.pts * project.base):.3f}", *map(str, one.box))
    report_console().print(table if done.asked else "Everything is answered.")


@app.command("clicks")
def clicks(project_id: ProjectArgument, store: StoreOption = "", as_json: JsonFlag = False) -> None:
    """Say what masks cost, and what drawing every frame from nothing would have."""
    with Store.open(where_store(store)) as opened:
        project = opened.masks.get(project_id)
        frames = list(MaskBook(opened).frames(project))
        seconds = sum(layer.seconds for frame in frames for layer in frame.layers)
    spent = sum(frame.clicks for frame in frames)
    drawing = sum(labelling_clicks(frame.labels) for frame in frames)
    if as_json:
        write_json(
            {
                "project": project.id,
                "frames": len(frames),
                "clicks": spent,
                "seconds": seconds,
                "clicks_from_nothing": drawing,
                "seconds_from_nothing": drawing * SECONDS_A_CLICK,
                "assumed_seconds_a_click": SECONDS_A_CLICK,
            }
        )
        return
    print(
        f"{project.name}: {len(frames)} frames for {spent} clicks in {seconds:.0f} s.\n"
        f"Drawing each frame from nothing: {drawing} clicks, about "
        f"{drawing * SECONDS_A_CLICK:.0f} s at {SECONDS_A_CLICK} s a click."
    )


def parse_classes(text: str) -> tuple[MaskClass, ...]:
    """Classes of `name=#rrggbb,name`, numbered from 1.

    Raises:
        KnownError: One has no name, or a colour that is none.
    """
    found = []
    for number, part in enumerate(filter(None, (p.strip() for p in text.split(","))), 1):
        name, _, color = (piece.strip() for piece in part.partition("="))
        try:
            found.append(MaskClass(number, name, color.lower() or color_of(number)))
        except ValueError as error:
            raise KnownError(f"{part!r} names no class.", str(error)) from error
    return tuple(found)


def describe(project: MaskProject) -> dict[str, Any]:
    """A project as plain JSON values."""
    return {
        "id": project.id,
        "name": project.name,
        "fingerprint": project.fingerprint,
        "stream": project.stream,
        "width": project.width,
        "height": project.height,
        "classes": [asdict(one) for one in project.classes],
        "by": project.by,
        "at": project.at.isoformat(),
    }


def _counted(count: MaskCount) -> dict[str, Any]:
    return {
        "frames": {str(state): number for state, number in count.frames.items()},
        "clicks": count.clicks,
        "bytes": count.bytes,
    }


def _span(text: str, project: MaskProject) -> Span:
    start, _, end = text.partition("-")
    try:
        return Span.from_seconds(Fraction(start), Fraction(end), project.base)
    except ValueError as error:
        raise KnownError(f"{text!r} is no range of seconds.", str(error)) from error


def _times(store: Store, project: MaskProject) -> FrameTimes:
    """Times of the title's frames; they number them."""
    title = _title_of(store, project)
    return np.asarray(PacketIndex.build(title.path, project.stream).frame_pts, np.int64)


def _title_of(store: Store, project: MaskProject) -> Title:
    """The title, which has to be there."""
    title = store.titles.get(project.fingerprint)
    if title is None or not title.path.exists():
        name = title.name if title is not None else project.name
        raise KnownError(f"{name} is not where it was; open it once in the desk, or put it back.")
    return title
