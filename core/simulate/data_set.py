"""A data set from a folder of clean titles: damaged clips, their truth, clean twins, a manifest.

Everything follows from the recipe and the sources: the same clips come out wherever and however
often it is made, and what is there already is not made again. Clips are split by source title.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.domain.errors import KnownError
from core.domain.title import Title
from core.media.probe import probe
from core.simulate.inject import Domain, injector
from core.simulate.plan import Coding, Planned, title_bounds
from core.simulate.recipe import Dish, Ingredient, Recipe, expanded
from core.simulate.split import Side, split_of
from core.simulate.title import DAMAGED_CODING, Options, copy_title, simulate_title
from core.simulate.truth import mask_path, read_truth, truth_path

VERSION = 1
"""Grows whenever the same recipe gives other clips."""

MANIFEST = "manifest.json"

_MARGIN_S = 0.4
_TRIES = 3
_NEEDS = {Domain.PICTURE: "video", Domain.SOUND: "audio", Domain.CUES: "captions"}


@dataclass(frozen=True, slots=True)
class Clip:
    """One file of a data set that is to be made.

    Attributes:
        source: The clean title.
        side: Which side of the split.
        start_s: Where in the source it begins.
        seconds: How long it is.
        coding: How.
        pictures: With pictures, where the source has them.
        plan: Defects, in seconds of the source; none for a clean twin.
        held_out: Why it may only be on the test side: variants and codecs.
        file: Where, relative to the data set.
    """

    source: Path
    side: Side
    start_s: float
    seconds: float
    coding: Coding
    pictures: bool
    plan: tuple[Planned, ...]
    held_out: tuple[str, ...]
    file: Path


@dataclass(slots=True)
class Made:
    """What came of a recipe.

    Attributes:
        manifest: As it is in `manifest.json`.
        fresh: Clips that were made now; the others were there.
    """

    manifest: dict[str, Any] = field(default_factory=dict)
    fresh: int = 0


def make_data_set(
    recipe: Recipe,
    sources: Sequence[Path],
    out: Path,
    *,
    progress: Callable[[float, str], None] | None = None,
    check: Callable[[], None] | None = None,
) -> Made:
    """Make all clips of a recipe that are not there yet, and the manifest.

    Args:
        recipe: What to make.
        sources: Clean titles; those that cannot be read are skipped, with a sentence in the
            manifest.
        out: The folder of the data set.
        progress: Told the share that is done and what is being made.
        check: Called often; what it raises ends the work. What is complete stays.

    Raises:
        KnownError: The folder cannot be written.
    """
    made = Made()
    skipped: list[dict[str, str]] = []
    clips: list[Clip] = []
    for source in sources:
        try:
            clips += planned_clips(recipe, probe(source))
        except KnownError as error:
            skipped.append({"source": str(source), "sentence": error.sentence})
    rows: list[dict[str, Any]] = []
    for number, clip in enumerate(clips):
        if progress is not None:
            progress(number / len(clips), clip.file.name)
        try:
            fresh, row = _make(clip, out, check or _nothing)
        except KnownError as error:
            if not os.access(out if out.exists() else out.parent, os.W_OK):
                raise
            skipped.append({"source": str(clip.source), "sentence": error.sentence})
            continue
        made.fresh += fresh
        rows.append(row)
    _link_twins(rows)
    made.manifest = {
        "recipe": recipe.name,
        "title": recipe.title,
        "version": VERSION,
        "seed": recipe.seed,
        "held_out": sorted([*recipe.held_variants, *recipe.held_codecs]),
        "clips": [row for row in rows if row["defects"]],
        "clean": [row for row in rows if not row["defects"]],
        "skipped": skipped,
    }
    _write_manifest(out, made.manifest)
    if progress is not None:
        progress(1.0, "")
    return made


def planned_clips(recipe: Recipe, title: Title) -> list[Clip]:
    """The clips that one source gives, clean twins first."""
    side = split_of(title.path.stem)
    start, end = (float(bound) for bound in title_bounds(title))
    rng = _rng(recipe, title, "excerpts")
    seconds = min(recipe.seconds, end - start)
    if seconds < 2 * _MARGIN_S + 0.2:
        raise KnownError(f"{title.name} is too short to be damaged.")
    room = max(end - start - seconds, 0.0)
    starts = sorted(round(start + float(rng.uniform(0, room)), 3) for _ in range(recipe.excerpts))
    if room == 0.0:
        starts = starts[:1]
    codings = recipe.codings_for(side)
    damaged = [
        clip
        for number, dish in enumerate(expanded(recipe.dishes))
        if _fits(dish, title)
        for clip in _clips_of(recipe, dish, number, title, side, (starts, seconds), codings)
    ]
    if not recipe.twins:
        return damaged
    twins = {
        (clip.start_s, clip.coding, clip.pictures): _named(
            replace(clip, plan=(), held_out=()), title, "clean"
        )
        for clip in damaged
    }
    return [*twins.values(), *damaged]


def _clips_of(
    recipe: Recipe,
    dish: Dish,
    number: int,
    title: Title,
    side: Side,
    places: tuple[list[float], float],
    codings: tuple[Coding, ...],
) -> Iterator[Clip]:
    """The clips that one source gives of one dish."""
    starts, seconds = places
    offset = int(_rng(recipe, title, f"{number}").integers(1 << 16))
    for turn in range(dish.count):
        rng = _rng(recipe, title, f"{number}/{turn}")
        start = starts[(offset + turn) % len(starts)]
        coding = codings[(offset + turn) % len(codings)]
        plan: list[Planned] = []
        held = [coding.codec] if coding.codec in recipe.held_codecs else []
        for ingredient in dish.ingredients:
            variants = recipe.variants_for(ingredient, side)
            if not variants:
                break
            variant = variants[(offset + turn) % len(variants)]
            # Another stride than the variants', so that each meets each.
            severity = ingredient.severities[
                (offset + turn + turn // len(variants)) % len(ingredient.severities)
            ]
            if f"{ingredient.defect}:{variant}" in recipe.held_variants:
                held.append(f"{ingredient.defect}:{variant}")
            plan.append(
                Planned(
                    ingredient.defect,
                    (_span(rng, ingredient, start, seconds),),
                    severity,
                    int(rng.integers(1 << 31)),
                    variant,
                )
            )
        if plan:
            domains = {planned.domain for planned in plan}
            if Domain.STREAM in domains and coding.lossless:
                coding = DAMAGED_CODING
            seen = recipe.pictures or not domains <= {Domain.SOUND, Domain.CUES}
            clip = Clip(
                title.path, side, start, seconds, coding, seen, tuple(plan), tuple(held), Path()
            )
            yield _named(clip, title, plan[0].defect)


def _span(
    rng: np.random.Generator, ingredient: Ingredient, start: float, seconds: float
) -> tuple[float, float]:
    """Where in a clip a defect lies; some belong into all of it."""
    if injector(ingredient.defect).whole:
        return round(start, 3), round(start + seconds, 3)
    longest = seconds - 2 * _MARGIN_S
    length = min(float(rng.uniform(*ingredient.seconds)), longest)
    first = start + _MARGIN_S + float(rng.uniform(0, longest - length))
    return round(first, 3), round(first + length, 3)


def _fits(dish: Dish, title: Title) -> bool:
    """Whether a source has all the streams that a dish damages."""
    for ingredient in dish.ingredients:
        needed = _NEEDS.get(injector(ingredient.defect).domain)
        if needed is not None and not getattr(title, needed):
            return False
    return True


def _rng(recipe: Recipe, title: Title, purpose: str) -> np.random.Generator:
    text = f"{VERSION}/{recipe.name}/{recipe.seed}/{title.path.stem}/{purpose}"
    digest = hashlib.sha256(text.encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _named(clip: Clip, title: Title, label: str) -> Clip:
    """Give a clip a name that changes with anything that would change its content."""
    place = (title.fingerprint, clip.start_s, clip.seconds, clip.pictures)
    content = (VERSION, place, clip.coding, clip.plan)
    digest = hashlib.sha256(repr(content).encode()).hexdigest()[:10]
    folder = Path(clip.side) / title.path.stem
    return replace(clip, file=folder / f"{label}-{digest}.mkv")


# Making


def _make(clip: Clip, out: Path, check: Callable[[], None]) -> tuple[bool, dict[str, Any]]:
    """Make a clip unless it is there; whether it was made, and its line of the manifest."""
    path = out / clip.file
    fresh = not path.exists() or (bool(clip.plan) and not truth_path(path).exists())
    if fresh:
        _write(clip, path, check)
    truths = read_truth(truth_path(path)) if clip.plan else ()
    return fresh, {
        "file": clip.file.as_posix(),
        "truth": truth_path(clip.file).as_posix() if clip.plan else None,
        "mask": mask_path(clip.file).as_posix() if mask_path(path).exists() else None,
        "source": str(clip.source),
        "side": clip.side,
        "start_s": clip.start_s,
        "seconds": clip.seconds,
        "pictures": clip.pictures,
        "codec": clip.coding.codec or "ffv1",
        "crf": clip.coding.crf,
        "bitrate": clip.coding.bitrate,
        "held_out": list(clip.held_out),
        "defects": [truth.as_json() for truth in truths],
    }


def _write(clip: Clip, path: Path, check: Callable[[], None]) -> None:
    options = Options(
        clip.coding,
        (clip.start_s, clip.start_s + clip.seconds),
        from_zero=True,
        pictures=clip.pictures,
        overwrite=True,
    )
    if not clip.plan:
        copy_title(clip.source, path, options, check=check)
        return
    plan = clip.plan
    for attempt in range(_TRIES):
        try:
            simulate_title(clip.source, path, plan, options, check=check)
            return
        except KnownError:
            # Chance may put damage where it cannot be seen, such as a block into black.
            if attempt == _TRIES - 1:
                raise
            plan = tuple(replace(planned, seed=planned.seed + 1) for planned in plan)


def _link_twins(rows: Sequence[dict[str, Any]]) -> None:
    """Name the clean twin of each damaged clip."""
    keys = ("source", "start_s", "pictures", "codec", "crf", "bitrate")
    clean = {tuple(row[key] for key in keys): row["file"] for row in rows if not row["defects"]}
    for row in rows:
        if row["defects"]:
            row["twin"] = clean.get(tuple(row[key] for key in keys))


def _write_manifest(out: Path, manifest: dict[str, Any]) -> None:
    path = out / MANIFEST
    partial = path.with_name(f".{MANIFEST}.{os.getpid()}")
    try:
        out.mkdir(parents=True, exist_ok=True)
        partial.write_text(
            json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        partial.replace(path)
    except OSError as error:
        raise KnownError(f"The data set cannot be written to {out}.", str(error)) from error


def _nothing() -> None:
    """Nobody wants to stop."""
