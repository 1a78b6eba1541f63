"""`onglass capacity`: what a catalogue or a number of channels takes, from measured costs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from core.analysis.plan import choose
from core.catalog.profile_file import load_profile
from core.cli.output import ProfileOption, write_json, write_text
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.scan.capacity import Catalogue, plan_catalogue, plan_channels
from core.scan.capacity_page import (
    catalogue_document,
    catalogue_text,
    channels_document,
    channels_text,
    scale_page,
    with_tables,
)
from core.scan.cost import Content, load_costs
from core.scan.pace import reference_speed

_SIZE = re.compile(r"([1-9]\d{1,4})x([1-9]\d{1,4})(?:@([1-9]\d{0,2}(?:\.\d+)?))?")


def capacity(
    titles: Annotated[
        int, typer.Option("--titles", min=0, max=100_000_000, help="How many titles.")
    ] = 0,
    hours: Annotated[
        float, typer.Option("--hours", min=0.001, max=100, help="Mean length of a title, in hours.")
    ] = 1.0,
    channels: Annotated[
        int, typer.Option("--channels", min=0, max=10_000_000, help="How many live channels.")
    ] = 0,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=0, max=100_000, help="How many workers, each with a core of its own."
        ),
    ] = 0,
    days: Annotated[
        float, typer.Option("--days", min=0, help="By when; finds the fewest workers for it.")
    ] = 0.0,
    size: Annotated[
        str, typer.Option("--size", metavar="WxH[@RATE]", help="Of the pictures.")
    ] = "1920x1080@25",
    mbit: Annotated[
        float, typer.Option("--mbit", min=0.01, max=10_000, help="Megabits a second of the media.")
    ] = 8.0,
    detectors: Annotated[
        str, typer.Option("--detectors", help="Only these, with commas between.")
    ] = "",
    profile: ProfileOption = "",
    here: Annotated[
        bool,
        typer.Option(
            "--here", help="Measure how fast a core of this machine decodes, and scale by it."
        ),
    ] = False,
    costs: Annotated[
        str, typer.Option("--costs", metavar="FILE", help="Measured costs of your own.")
    ] = "",
    page: Annotated[
        str,
        typer.Option("--page", metavar="FILE", help="Write the tables into docs/scale.md."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON to standard output.")] = False,
) -> None:
    """Say what a catalogue or live channels take: cores, hours, disk, and what gives out first."""
    table = load_costs(Path(costs) if costs else None)
    judged_by = load_profile(profile) if profile else DEFAULT_PROFILE
    wanted = tuple(filter(None, (name.strip() for name in detectors.split(","))))
    names = tuple(spec.id for spec in choose(judged_by, wanted))
    speed = reference_speed() / table.reference if here else 1.0
    if page:
        target = Path(page)
        former = target.read_text("utf-8") if target.is_file() else ""
        write_text(target, with_tables(former, scale_page(table, names)))
        return
    if bool(titles) == bool(channels):
        raise KnownError("Say either how many titles (--titles) or how many channels (--channels).")
    content = _content(size, mbit)
    document: dict[str, Any]
    if titles:
        planned = plan_catalogue(
            table, Catalogue(titles, hours, content=content), names, workers, days, speed
        )
        document, text = catalogue_document(planned), catalogue_text(planned)
    else:
        live = plan_channels(table, channels, content, names, speed=speed)
        document, text = channels_document(live), channels_text(live)
    if as_json:
        write_json({"speed": speed, "machine": table.machine, **document})
    else:
        typer.echo(text)


def _content(size: str, mbit: float) -> Content:
    found = _SIZE.fullmatch(size)
    if found is None:
        raise typer.BadParameter(f"{size!r} is not a size such as 1920x1080@25")
    width, height, rate = found.groups()
    return Content(int(width), int(height), float(rate or 25), mbit * 1e6)
