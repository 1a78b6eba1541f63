"""The sample title: a minute and a half of clean scenes with a known defect for every detector.

It is what a newcomer sees first and what the end-to-end tests measure against. Everything in it
is made by code of this package, so it is the same everywhere and nobody else's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
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
from core.simulate.inject import Domain, inject_pictures, inject_sound, injector
from core.simulate.kind import Picture, Sound
from core.simulate.truth import Truth, TruthSet, read_truth, truth_path, write_truth

VERSION = 2
"""Grows whenever the sample changes, so that an old one in a cache is made anew."""

RATE = 25
SEED = 20
_GOP = 50


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


@dataclass(frozen=True, slots=True)
class Planned:
    """A defect of the sample: what, when (seconds), how strong."""

    defect: str
    start_s: float
    end_s: float
    severity: float


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
    Part(14, lambda: scene.Hills(SEED), _hills, "Morning. The wind comes over the ridge."),
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
    Planned("black", 12.0, 12.8, 1.0),
    Planned("clipping", 25.0, 26.6, 0.5),
    Planned("decode_error", 36.0, 36.2, 1.0),
    Planned("freeze", 47.0, 49.4, 1.0),
    Planned("silence", 58.0, 60.6, 1.0),
    Planned("blockiness", 69.0, 71.0, 0.9),
)


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
        sound, heard = _sound()
        shown: list[Truth] = []
        write_title(
            partial,
            map(packed, _damaged(_pictures(), shown)),
            RATE,
            sound,
            score.RATE,
            # The number of encoder threads shows in the bits, so it is the same everywhere.
            settings=VideoSettings(
                source_format="yuv420p", crf=22, gop=_GOP, options={"threads": "4"}
            ),
            audio_bitrate=256_000,
            captions=_captions(),
            progress=lambda frame: progress(frame / total),
        )
        broken = [
            damage_packets(partial, partial, [(d.start_s, d.end_s)], d.severity, SEED)
            for d in DEFECTS
            if injector(d.defect).domain is Domain.STREAM
        ]
        truths = sorted((*shown, *heard, *broken), key=lambda truth: truth.spans[0])
        write_truth(truth_path(path), TruthSet(tuple(truths)))
        partial.replace(path)
    except (OSError, KnownError) as error:
        details = error.details if isinstance(error, KnownError) else str(error)
        raise KnownError(f"The sample title cannot be written to {path}.", details) from error
    finally:
        # Where the disk is read-only, nothing was left over, and trying to remove it fails.
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _pictures() -> Iterator[Picture]:
    for part in PARTS:
        drawn = part.draw()
        yield from from_rgb(drawn.draw(frame) for frame in range(part.seconds * RATE))


def _damaged(frames: Iterator[Picture], truths: list[Truth]) -> Iterator[Picture]:
    """Put in the defects of pictures; what was done is added to `truths`."""
    for planned in DEFECTS:
        if injector(planned.defect).domain is Domain.PICTURE:
            span = (round(planned.start_s * RATE), round(planned.end_s * RATE))
            frames = inject_pictures(frames, planned.defect, [span], planned.severity, SEED)
            truths.append(_truth(planned))
    return frames


def _sound() -> tuple[Sound, list[Truth]]:
    rng = np.random.default_rng(SEED)
    mix = np.concatenate([part.sound(rng, part.seconds) for part in PARTS], axis=1)
    # Headroom: nothing but the planned defect may reach full scale.
    sound: Sound = np.asarray(mix * (0.7 / np.abs(mix).max()), np.float32)
    truths = []
    for planned in DEFECTS:
        if injector(planned.defect).domain is Domain.SOUND:
            span = (round(planned.start_s * score.RATE), round(planned.end_s * score.RATE))
            sound = inject_sound(sound, planned.defect, [span], score.RATE, planned.severity, SEED)
            truths.append(_truth(planned))
    return sound, truths


def _truth(planned: Planned) -> Truth:
    return Truth(planned.defect, ((planned.start_s, planned.end_s),), planned.severity, SEED)


def _captions() -> tuple[Cue, ...]:
    cues, start = [], Fraction(0)
    for part in PARTS:
        begin, end = start + Fraction(1, 2), start + min(part.seconds - 1, 5)
        cues.append(Cue(Span.from_seconds(begin, end, Fraction(1, 1000)), part.caption))
        start += part.seconds
    return tuple(cues)


def _ignore(_share: float) -> None:
    pass
