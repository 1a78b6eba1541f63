"""`onglass annotate`: masks over video, in the store and in the formats of others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.markup import escape
from rich.table import Table

from core.annotation.book import FrameTimes, MaskBook, MaskCount
from core.annotation.click import SECONDS_A_CLICK, labelling_clicks
from core.annotation.exchange.coco import read_coco, write_coco
from core.annotation.exchange.cvat import read_cvat, write_cvat
from core.annotation.exchange.mask_video import read_mask_video
from core.annotation.exchange.png import read_png, write_png
from core.annotation.exchange.sheet import Sheet, color_of
from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.errors import KnownError
from core.domain.mask import FrameState, MaskClass, MaskProject
from core.media.packet_index import PacketIndex
from core.media.probe import probe
from core.review.reviewer import current_user
from core.store.store import Store

app = typer.Typer(help="Masks over video: what is where in each frame.", no_args_is_help=True)

JsonFlag = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="The id of the masks, or how it begins.")
]


class MaskFormat(StrEnum):
    """How others write masks."""

    COCO = "coco"
    CVAT = "cvat"
    PNG = "png"
    VIDEO = "video"


_WRITERS: dict[MaskFormat, Callable[[Sheet, Path], None]] = {
    MaskFormat.COCO: write_coco,
    MaskFormat.CVAT: write_cvat,
    MaskFormat.PNG: write_png,
}


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
        sheet = _read(source, form or _format_of(source), class_name or project.classes[0].name)
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
    write = _WRITERS.get(form)
    if write is None:
        raise KnownError("Masks cannot be written as a video; choose coco, cvat or png.")
    if out.exists():
        raise KnownError(f"{out} is there already; nothing was replaced.")
    with Store.open(where_store(store)) as opened:
        project = opened.masks.get(project_id)
        sheet = MaskBook(opened).sheet(project, _times(opened, project), only_done)
    part = out.with_name(out.name + ".part")
    try:
        write(sheet, part)
        part.replace(out)
    except OSError as error:
        raise KnownError(f"The masks cannot be written to {out}.", str(error)) from error
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
    print(f"{len(sheet.frames)} frames are in {out}.")


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


def _format_of(source: Path) -> MaskFormat:
    if source.is_dir():
        return MaskFormat.PNG
    return {".json": MaskFormat.COCO, ".xml": MaskFormat.CVAT}.get(
        source.suffix.lower(), MaskFormat.VIDEO
    )


def _read(source: Path, form: MaskFormat, class_name: str) -> Sheet:
    if form is MaskFormat.VIDEO:
        return read_mask_video(source, class_name)
    return {
        MaskFormat.COCO: read_coco,
        MaskFormat.CVAT: read_cvat,
        MaskFormat.PNG: read_png,
    }[form](source)


def _times(store: Store, project: MaskProject) -> FrameTimes:
    """Times of the title's frames; they number them, so the title has to be there."""
    title = store.titles.get(project.fingerprint)
    if title is None or not title.path.exists():
        name = title.name if title is not None else project.name
        raise KnownError(f"{name} is not where it was; open it once in the desk, or put it back.")
    return np.asarray(PacketIndex.build(title.path, project.stream).frame_pts, np.int64)
