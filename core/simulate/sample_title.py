"""The sample title: a minute and a half of clean scenes with known defects of many kinds.

It is what a newcomer sees first and what the end-to-end tests measure against. Everything in it
is made by code of this package, so it is the same everywhere and nobody else's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from core.config.paths import cache_dir
from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.media.writer import VideoSettings, write_title
from core.simulate import scene, score
from core.simulate.conversion import from_rgb, packed
from core.simulate.decode_error import damage_packets
from core.simulate.in_order import in_order
from core.simulate.inject import Domain, inject_cues, inject_pictures, inject_sound
from core.simulate.kind import Picture, Sound
from core.simulate.plan import Planned
from core.simulate.truth import Truth, TruthSet, read_truth, truth_path, write_truth

VERSION = 3
"""Grows whenever the sample changes, so that an old one in a cache is made anew."""

RATE = 25
SEED = 20
_GOP = 50
_MOST_HANDS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A scene of the sample.

    Attributes:
        seconds: How long.
        draw: Makes the scene.
        sound: Makes its sound, given a source of randomness and the seconds.
        caption: What is said or heard.
    """

    seconds: int
    draw: Callable[[], scene.Scene]
    sound: Callable[[np.random.Generator, float], Sound]
    caption: str


def _song(rng: np.random.Generator, seconds: float) -> Sound:
    return score.music(rng, seconds, drums=False)


def _hills(rng: np.random.Generator, seconds: float) -> Sound:
    return 0.7 * score.music(rng, seconds, drums=False) + score.wind(rng, seconds)


def _concert(rng: np.random.Generator, seconds: float) -> Sound:
    return 0.8 * score.music(rng, seconds, drums=True) + score.cheering(rng, seconds)


def _street(rng: np.random.Generator, seconds: float) -> Sound:
    return 0.5 * score.music(rng, seconds, drums=True) + 0.5 * score.wind(rng, seconds)


PARTS: tuple[Part, ...] = (
    Part(
        6,
        lambda: scene.Slate(SEED, ("Onglass", "Sample title", "made by code, broken on purpose")),
        _song,
        "Six kinds of defects\nare hidden in this title.",
    ),
    Part(14, lambda: scene.Hills(SEED), _hills, "Morning. The wind comes\nover the ridge."),
    Part(12, lambda: scene.Crowd(SEED), _concert, "[music and cheering]\nThe crowd is dancing."),
    Part(11, lambda: scene.City(SEED), _street, "The city never sleeps.\nIt is dark, not black."),
    Part(11, lambda: scene.Train(SEED), score.rumble, "[the train rattles]"),
    Part(11, lambda: scene.Water(SEED), _song, "Evening light on the water."),
    Part(12, lambda: scene.Rain(SEED), score.rain, "[rain]"),
    Part(7, lambda: scene.Hills(SEED + 1), score.room_tone, "Quiet, but not silent."),
    Part(
        6,
        lambda: scene.Slate(SEED + 1, ("Thank you", "Did you find them all?")),
        _song,
        "That was all. Did you find them?",
    ),
)

DEFECTS: tuple[Planned, ...] = (
    Planned("black", ((12.0, 12.8),)),
    Planned("hot_pixel", ((14.0, 19.0),), 0.9),
    Planned("line_dropout", ((21.0, 22.0),), 0.8, variant="noise"),
    Planned("clipping", ((25.0, 26.6),), 0.5),
    Planned("combing", ((29.0, 30.6),), 0.9),
    Planned("color_frame", ((33.0, 33.12),)),
    Planned("clicks", ((34.0, 35.4),), 0.8),
    Planned("decode_error", ((36.0, 36.2),)),
    Planned("dropout", ((44.4, 44.7),), 0.9),
    Planned("freeze", ((47.0, 49.4),)),
    Planned("stutter", ((51.0, 53.0),), 0.9),
    Planned("caption_readability", ((54.0, 58.0),), 0.8),
    Planned("silence", ((58.0, 60.6),)),
    Planned("phase", ((61.6, 64.6),), 0.9),
    Planned("blockiness", ((69.0, 71.0),), 0.9),
    Planned("levels", ((73.0, 75.4),), 0.8),
    Planned("hum", ((78.4, 82.6),), 0.8),
    Planned("caption_encoding", ((77.0, 80.0),), 0.8, variant="lost"),
)
"""Apart from each other in time, or at least in what they damage."""


def make_sample(
    out: Path | None = None, progress: Callable[[float], None] | None = None
) -> tuple[Path, TruthSet]:
    """Make the sample title, or find the one made before.

    Args:
        out: Where to; by default among the caches, where it is made only once.
        progress: Told the share that is done, 0..1.

    Returns:
        The file, and the truth about its defects (also in `FILE.truth.json`).

    Raises:
        KnownError: It cannot be written there.
    """
    cached = cache_dir() / "sample" / f"onglass-sample-{_fingerprint()}.mp4"
    if not (cached.exists() and truth_path(cached).exists()):
        _make(cached, progress or _ignore)
    if out is None or out.absolute() == cached:
        return cached, read_truth(truth_path(cached))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(cached, out)
        shutil.copyfile(truth_path(cached), truth_path(out))
    except OSError as error:
        raise KnownError(f"The sample title cannot be written to {out}.", str(error)) from error
    return out, read_truth(truth_path(out))


def _fingerprint() -> str:
    """Names the plan, so that a change of it makes a new file."""
    plan = repr((VERSION, SEED, DEFECTS, [(p.seconds, p.caption) for p in PARTS]))
    return hashlib.sha256(plan.encode()).hexdigest()[:8]


def _make(path: Path, progress: Callable[[float], None]) -> None:
    total = sum(part.seconds for part in PARTS) * RATE
    partial = path.with_name(f"partial-{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        cues, read = _captions()
        write_title(
            partial,
            map(packed, _damaged(_pictures())),
            RATE,
            _sound(),
            score.RATE,
            # The number of encoder threads shows in the bits, so it is the same everywhere.
            settings=VideoSettings(
                source_format="yuv420p", crf=22, gop=_GOP, options={"threads": "4"}
            ),
            audio_bitrate=256_000,
            captions=cues,
            progress=lambda frame: progress(frame / total),
        )
        broken = [
            damage_packets(partial, partial, d.spans, d.severity, SEED)
            for d in _planned(Domain.STREAM)
        ]
        made = [_truth(d) for kind in (Domain.PICTURE, Domain.SOUND) for d in _planned(kind)]
        truths = sorted((*made, *read, *broken), key=lambda truth: truth.spans[0])
        write_truth(truth_path(path), TruthSet(tuple(truths)))
        partial.replace(path)
    except (OSError, KnownError) as error:
        details = error.details if isinstance(error, KnownError) else str(error)
        raise KnownError(f"The sample title cannot be written to {path}.", details) from error
    finally:
        # Where the disk is read-only, nothing was left over, and trying to remove it fails.
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _planned(domain: Domain) -> list[Planned]:
    return [planned for planned in DEFECTS if planned.domain is domain]


def _pictures() -> Iterator[Picture]:
    """All clean pictures in order; several are drawn at once, and the next scene is built."""
    hands = min(os.cpu_count() or 1, _MOST_HANDS)
    with ThreadPoolExecutor(hands) as pool:
        following = pool.submit(PARTS[0].draw)
        for number, part in enumerate(PARTS):
            drawn = following.result()
            if number + 1 < len(PARTS):
                following = pool.submit(PARTS[number + 1].draw)
            frames = range(part.seconds * RATE)
            yield from from_rgb(in_order(pool, drawn.draw, frames, 2 * hands))


def _damaged(frames: Iterator[Picture]) -> Iterator[Picture]:
    """Put in the defects of pictures."""
    for planned in _planned(Domain.PICTURE):
        spans = [(round(start * RATE), round(end * RATE)) for start, end in planned.spans]
        frames = inject_pictures(
            frames, planned.defect, spans, planned.severity, SEED, variant=planned.variant
        )
    return frames


def _sound() -> Sound:
    rng = np.random.default_rng(SEED)
    mix = np.concatenate([part.sound(rng, part.seconds) for part in PARTS], axis=1)
    # Headroom: nothing but the planned defect may reach full scale.
    sound: Sound = np.asarray(mix * (0.7 / np.abs(mix).max()), np.float32)
    for planned in _planned(Domain.SOUND):
        spans = [
            (round(start * score.RATE), round(end * score.RATE)) for start, end in planned.spans
        ]
        sound = inject_sound(
            sound,
            planned.defect,
            spans,
            score.RATE,
            planned.severity,
            SEED,
            variant=planned.variant,
        )
    return sound


def _truth(planned: Planned, spans: Sequence[tuple[float, float]] = ()) -> Truth:
    return Truth(
        planned.defect,
        tuple(spans) or planned.spans,
        planned.severity,
        SEED,
        variant=planned.variant,
    )


def _captions() -> tuple[list[Cue], list[Truth]]:
    """The captions with their defects, and the truth about those."""
    cues, start = list[Cue](), Fraction(0)
    for part in PARTS:
        begin, end = start + Fraction(1, 2), start + min(part.seconds - 1, 5)
        cues.append(Cue(Span.from_seconds(begin, end, Fraction(1, 1000)), part.caption))
        start += part.seconds
    truths = []
    for planned in _planned(Domain.CUES):
        cues, shown = inject_cues(
            cues, planned.defect, planned.spans, planned.severity, SEED, variant=planned.variant
        )
        truths.append(_truth(planned, shown))
    return cues, truths


def _ignore(_share: float) -> None:
    pass
