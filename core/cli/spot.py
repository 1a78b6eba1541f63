"""`onglass spot`: spot checks, which say what detectors miss."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.defect import DEFECTS
from core.domain.errors import KnownError
from core.domain.spot import SpotAnswer, SpotPlan
from core.domain.timecode import format_clock
from core.media.probe import probe
from core.review.reviewer import current_user
from core.review.spot import Estimate, clips_needed, reach_of
from core.review.spot_check import CLIP_S, SILENCE, STRATA, Miss, estimate, outcomes, plan_spots
from core.store.store import Store

app = typer.Typer(
    name="spot",
    help="Look at clips drawn at random, and learn what detectors miss.",
    no_args_is_help=True,
)
JsonFlag = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
PlanArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The spot check, or how its id begins.")
]


@app.command("plan")
def plan_command(
    clips: Annotated[int, typer.Option("--clips", help="How many clips to draw.")] = 60,
    clip_s: Annotated[float, typer.Option("--clip-s", help="Seconds of a clip.")] = CLIP_S,
    by: Annotated[
        str, typer.Option("--by", help=f"Strata, by commas: {', '.join((*STRATA, SILENCE))}.")
    ] = SILENCE,
    name: Annotated[str, typer.Option("--name", help="What to call it.")] = "",
    seed: Annotated[int, typer.Option("--seed", help="Draws the same clips again.")] = 1,
    titles: Annotated[
        list[str] | None, typer.Option("--title", help="Only this file; may be repeated.")
    ] = None,
    store: StoreOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Draw clips from the library; the desk shows them without the detectors' opinion."""
    wanted = [probe(Path(title)).fingerprint for title in titles or ()]
    strata = tuple(filter(None, (part.strip() for part in by.split(","))))
    with Store.open(where_store(store)) as opened:
        plan = plan_spots(
            opened,
            count=clips,
            by=current_user(),
            name=name,
            clip_s=clip_s,
            strata=strata,
            seed=seed,
            fingerprints=wanted,
        )
        names = _names(opened)
    if as_json:
        write_json(_plan_document(plan, names))
        return
    table = Table("Clip", "Title", "From", "To", "Stratum", title=f"Spot check {plan.id[:12]}")
    for place, clip in enumerate(plan.clips, 1):
        times = (format_clock(clip.span.start_s), format_clock(clip.span.end_s))
        title = names.get(clip.fingerprint, clip.fingerprint[:12])
        table.add_row(str(place), escape(title), *times, escape(clip.stratum))
    report_console().print(table)


@app.command("list")
def list_command(store: StoreOption = "", as_json: JsonFlag = False) -> None:
    """List spot checks, and how far people have come with them."""
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        plans = [(p, {a.place for a in opened.spots.answers(p.id)}) for p in opened.spots.all()]
        names = _names(opened)
    if as_json:
        documents = [
            {**_plan_document(plan, names), "looked": len(looked)} for plan, looked in plans
        ]
        write_json({"spot_checks": documents})
        return
    table = Table("Id", "Name", "By", "At (UTC)", "Looked at")
    for plan, looked in plans:
        cells = (plan.id[:12], plan.name, plan.by, f"{plan.at:%F %H:%M}")
        table.add_row(*map(escape, cells), f"{len(looked)} of {len(plan.clips)}")
    report_console().print(table if plans else "No spot check was planned yet.")


@app.command("answer")
def answer_command(
    plan_id: PlanArgument,
    clip: Annotated[int, typer.Argument(help="Number of the clip, from 1.")],
    seen: Annotated[
        str, typer.Option("--seen", help="Ids of the defects that were seen, by commas.")
    ] = "",
    clean: Annotated[bool, typer.Option("--clean", help="All is well.")] = False,
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who looked.")] = "",
    store: StoreOption = "",
) -> None:
    """Say what was seen in a clip; the last answer of a person counts."""
    defects = frozenset(filter(None, (part.strip() for part in seen.split(","))))
    unknown = sorted(defects - set(DEFECTS))
    if unknown:
        raise KnownError(f"There is no defect named {unknown[0]}.")
    if bool(defects) == clean:
        raise KnownError("Say what was seen with --seen, or that all is well with --clean.")
    with Store.open(where_store(store)) as opened:
        plan = opened.spots.get(plan_id)
        if not 1 <= clip <= len(plan.clips):
            raise KnownError(f"This spot check has the clips 1 to {len(plan.clips)}.")
        who = reviewer or current_user()
        opened.spots.answer(SpotAnswer(plan.id, clip - 1, who, datetime.now(UTC), defects))


@app.command("estimate")
def estimate_command(
    plan_id: PlanArgument, store: StoreOption = "", as_json: JsonFlag = False
) -> None:
    """Say what detectors miss, by defect, with its interval."""
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        plan = opened.spots.get(plan_id)
        came = outcomes(opened, plan)
    if not came:
        raise KnownError("Nobody has looked at a clip of an analysed title yet.")
    misses = estimate(plan, came)
    if as_json:
        write_json(
            {
                "plan": plan.id,
                "clip_s": plan.clip_s,
                "clips": sum(plan.sizes.values()),
                "drawn": len(plan.clips),
                "estimates": [_miss_document(miss) for miss in misses],
            }
        )
        return
    table = Table("Defect", "Clips with a miss", "95 %", "Found of those with it", "95 %")
    for miss in misses:
        title = DEFECTS[miss.defect].title if miss.defect in DEFECTS else miss.defect or "Any"
        table.add_row(title, *_cells(miss.missed), *_cells(miss.recall))
    report_console().print(table)
    hours = sum(plan.sizes.values()) * plan.clip_s / 3600
    report_console().print(
        f"{len(came)} of {len(plan.clips)} clips looked at, drawn from {hours:.1f} h in "
        f"{sum(plan.sizes.values())} clips of {plan.clip_s:g} s."
    )


@app.command("precision")
def precision_command(
    share: Annotated[
        float, typer.Option("--share", help="Expected share of clips with a miss, 0 to 1.")
    ] = 0.0,
    reach: Annotated[
        float, typer.Option("--reach", help="How far the interval may reach to each side.")
    ] = 0.05,
    as_json: JsonFlag = False,
) -> None:
    """Say how many clips give which precision."""
    try:
        needed = clips_needed(share, reach)
    except ValueError as error:
        raise KnownError("Share and reach are numbers between 0 and 1.", str(error)) from error
    counts = sorted({30, 60, 120, 240, 480, 960, needed})
    if as_json:
        rows = [{"clips": n, "reach": reach_of(n, share)} for n in counts]
        write_json({"share": share, "reach": reach, "clips": needed, "precision": rows})
        return
    table = Table("Clips", "Upper end if none is found" if not share else "Reach to each side")
    for n in counts:
        table.add_row(str(n), f"{reach_of(n, share):.2%}")
    report_console().print(table)
    report_console().print(f"{needed} clips reach {reach:.2%}.")


def _names(store: Store) -> dict[str, str]:
    return {title.fingerprint: title.name for title in store.titles.all()}


def _cells(found: Estimate | None) -> tuple[str, str]:
    if found is None:
        return "–", ""
    return (
        f"{found.share:.1%} ({found.with_it} of {found.looked})",
        f"{found.low:.1%} … {found.high:.1%}",
    )


def _plan_document(plan: SpotPlan, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": plan.id,
        "name": plan.name,
        "by": plan.by,
        "at": plan.at.isoformat(),
        "clip_s": plan.clip_s,
        "seed": plan.seed,
        "sizes": dict(plan.sizes),
        "clips": [
            {
                "clip": place,
                "fingerprint": clip.fingerprint,
                "title": names.get(clip.fingerprint),
                "start_s": clip.span.start_s,
                "end_s": clip.span.end_s,
                "stratum": clip.stratum,
            }
            for place, clip in enumerate(plan.clips, 1)
        ],
    }


def _miss_document(miss: Miss) -> dict[str, Any]:
    def document(found: Estimate | None) -> dict[str, Any] | None:
        if found is None:
            return None
        ends = {"low": found.low, "high": found.high}
        return {"share": found.share, **ends, "looked": found.looked, "with_it": found.with_it}

    missed, recall = document(miss.missed), document(miss.recall)
    return {"defect": miss.defect or None, "missed": missed, "recall": recall}
