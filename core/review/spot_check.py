"""Spot checks of a store: clips are drawn, people look, and the answers meet the findings."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from core.domain.check import is_check
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.run import RunState
from core.domain.spot import Clip, SpotPlan
from core.domain.time import Span
from core.domain.title import Title
from core.review.incident import KINS
from core.review.spot import Estimate, Outcome, draw, found_share, missed_share

if TYPE_CHECKING:
    from core.store.store import Store

CLIP_S = 20.0
_SHORTEST_S, _LONGEST_S = 1.0, 600.0
_FLAGGED, _SILENT, _UNKNOWN = "flagged", "silent", "not analysed"
_KIN_OF = {defect: kin.defects for kin in KINS for defect in kin.defects}


def _codec(title: Title) -> str:
    streams = (*title.video, *title.audio)
    return streams[0].codec if streams else "none"


STRATA: Mapping[str, Callable[[Title], str]] = {
    "codec": _codec,
    "folder": lambda title: title.path.parent.name or "/",
    "size": lambda title: f"{title.video[0].height} lines" if title.video else "no picture",
    "language": lambda title: next((a.language for a in title.audio if a.language), "unknown"),
}
"""What a title can be told apart by; `silence`, whether detectors said nothing, is of the clip."""

SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Claims:
    """What detectors say about a title.

    Attributes:
        analysed: They have looked at all of it.
        findings: Their findings; neither questions of the profile nor imported flags.
    """

    analysed: bool
    findings: tuple[Finding, ...] = ()

    def within(self, span: Span) -> frozenset[str]:
        """Defects that findings name in a stretch."""
        return frozenset(
            f.defect
            for f in self.findings
            if f.span.start_time < span.end_time and span.start_time < f.span.end_time
        )


@dataclass(frozen=True, slots=True)
class Miss:
    """What a spot check says about one defect.

    Attributes:
        defect: Its id; empty for all together.
        missed: Share of the library's clips in which detectors miss it.
        recall: Share of the clips with it in which they find it; None when no clip had it.
    """

    defect: str
    missed: Estimate
    recall: Estimate | None


def claims_about(store: Store, fingerprint: str) -> Claims:
    """What detectors say about a title: the newest finished run of all of it.

    Raises:
        KnownError: The store cannot be read.
    """
    whole = [r for r in store.runs.of(fingerprint) if r.state is RunState.DONE and r.span is None]
    if not whole:
        return Claims(False)
    found = store.findings.of(whole[-1].id)
    return Claims(True, tuple(f for f in found if not is_check(f.detector)))


def plan_spots(
    store: Store,
    *,
    count: int,
    by: str,
    name: str = "",
    clip_s: float = CLIP_S,
    strata: Collection[str] = (SILENCE,),
    seed: int = 1,
    fingerprints: Collection[str] = (),
) -> SpotPlan:
    """Draw clips from the library and keep the plan.

    Args:
        store: The library.
        count: How many clips; a few more where strata are small.
        by: Who draws.
        name: What people call it; empty takes the day.
        clip_s: Length of a clip in seconds.
        strata: Names of `STRATA`, and `silence`.
        seed: The same seed draws the same clips from the same library.
        fingerprints: Only of these titles; empty means all.

    Raises:
        KnownError: There is nothing to draw from, a number or name makes no sense, or the store
            cannot be written.
    """
    unknown = sorted(set(strata) - {*STRATA, SILENCE})
    if unknown:
        known = ", ".join((*STRATA, SILENCE))
        raise KnownError(f"Clips cannot be told apart by {unknown[0]}; there are {known}.")
    if not _SHORTEST_S <= clip_s <= _LONGEST_S:
        raise KnownError(f"A clip has {_SHORTEST_S:g} to {_LONGEST_S:g} s.")
    if count < 1:
        raise KnownError("At least one clip has to be drawn.")
    titles = [
        t for t in store.titles.all() if not fingerprints or t.fingerprint in set(fingerprints)
    ]
    population = [clip for title in titles for clip in _clips_of(store, title, clip_s, strata)]
    if not population:
        raise KnownError("The library holds no title that is long enough for a clip.")
    sizes: dict[str, int] = {}
    for clip in population:
        sizes[clip.stratum] = sizes.get(clip.stratum, 0) + 1
    now = datetime.now(UTC)
    plan = SpotPlan(
        uuid.uuid4().hex,
        name or f"{now:%Y-%m-%d}",
        by,
        now,
        clip_s,
        seed,
        sizes,
        draw(population, count, seed),
    )
    store.spots.put(plan)
    return plan


def _clips_of(store: Store, title: Title, clip_s: float, strata: Collection[str]) -> Iterator[Clip]:
    """A title cut into clips; what is left at its end is none."""
    streams = (*title.video, *title.audio)
    if not streams:
        return
    told = [of(title) for name, of in STRATA.items() if name in strata]
    claims = claims_about(store, title.fingerprint) if SILENCE in strata else Claims(False)
    base, length = streams[0].base, Fraction(str(clip_s))
    for i in range(int(Fraction(title.duration_s) / length)):
        start = title.start.exact + i * length
        span = Span.from_seconds(start, start + length, base)
        heard = [_heard(claims, span)] if SILENCE in strata else []
        yield Clip(title.fingerprint, span, ", ".join((*told, *heard)) or "all")


def _heard(claims: Claims, span: Span) -> str:
    if not claims.analysed:
        return _UNKNOWN
    return _FLAGGED if claims.within(span) else _SILENT


def outcomes(store: Store, plan: SpotPlan) -> tuple[Outcome, ...]:
    """What came of the clips that somebody has looked at, of titles that were analysed.

    Where several looked, what any of them saw counts. A defect is found where a finding of it, or
    of one that tells of the same thing (`core.review.incident.KINS`), lies in the clip.

    Raises:
        KnownError: The store cannot be read.
    """
    seen: dict[int, set[str]] = {}
    for answer in store.spots.answers(plan.id):
        seen.setdefault(answer.place, set()).update(answer.seen)
    claims: dict[str, Claims] = {}
    came = []
    for place, defects in sorted(seen.items()):
        clip = plan.clips[place]
        if clip.fingerprint not in claims:
            claims[clip.fingerprint] = claims_about(store, clip.fingerprint)
        about = claims[clip.fingerprint]
        if not about.analysed:
            continue
        named = about.within(clip.span)
        found = frozenset(d for d in defects if named & (_KIN_OF.get(d, frozenset()) | {d}))
        came.append(Outcome(clip.stratum, frozenset(defects) - found, found))
    return tuple(came)


def estimate(plan: SpotPlan, came: Sequence[Outcome]) -> tuple[Miss, ...]:
    """What detectors miss: all together first, then every defect that somebody saw.

    Args:
        plan: The draw.
        came: What came of the clips that were looked at.
    """
    defects = sorted({defect for outcome in came for defect in outcome.missed | outcome.found})
    return (
        Miss("", missed_share(came, plan.sizes), None),
        *(Miss(d, missed_share(came, plan.sizes, d), found_share(came, d)) for d in defects),
    )
