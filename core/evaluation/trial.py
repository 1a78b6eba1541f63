"""What is tried: which source, damaged how, coded with what; the same list for the same seed.

Every detector is tried on damage of four severities, in as many clips each, drawn from the sources
in turn. Two things are kept out of the main figures and told apart: the form of a defect that its
injector names last (`HELD_OUT` says where it is others), and a second codec. And every source is
coded once without damage, so that precision is not measured on damaged clips alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import count
from types import MappingProxyType
from typing import Any
from zlib import crc32

import numpy as np

from core.catalog.table import DETECTORS
from core.domain.defect import DEFECTS, Medium
from core.evaluation.source import Kind, Source
from core.simulate.inject import INJECTORS, Domain

SEVERITIES = (0.25, 0.5, 0.75, 1.0)
SECONDS = 8.0
LONG_S = 14.0
LEAST_S = 4.5
LEAST_ROWS = 240
LEAST_RATE = 12
LEAST_SAMPLE_RATE = 16000
PICTURE_CODINGS = ("h264", "mpeg2")
SOUND_CODINGS = ("aac", "flac", "mp3")
CAPTION_CODINGS = ("aac",)
_HELD_OUT_SEVERITIES = (0.5, 1.0)
_HELD_OUT_EACH = 2

LENGTHS_S: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "black": (0.4, 2.6),
        "freeze": (1.0, 2.6),
        "color_frame": (0.4, 2.6),
        "silence": (2.6, 3.2),
        # Longer gaps are silence's to tell.
        "dropout": (0.08, 0.6),
        # A lost packet shows until the next key picture.
        "block_corruption": (0.4, 1.6),
        # A stuck point shows by staying while the picture moves on.
        "hot_pixel": (4.0, 5.2),
        # Several captions in a row.
        "caption_sync": (12.0, 16.0),
        "caption_missing": (5.0, 8.0),
    }
)
"""How long the damage lasts, in turn; half of it long enough for FFmpeg's own shortest lengths."""

HELD_OUT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    # Neither this way of painting nor this codec is in what the network is trained on.
    {"block_corruption": ("smeared", "av1")}
)
"""Forms kept out of the main figures, where it is not the one that the injector names last."""

LONGEST_S = 5.2
_LENGTHS_S = (1.6, 2.6)
_SHORTEST_TIMES = (1.3, 1.7)
_RATES = (Fraction(24), Fraction(25), Fraction(30), Fraction(50), Fraction(60))
_DROPS = (Fraction(1), Fraction(1001, 1000))
_NEAR = Fraction(1, 1_000_000)
_STEREO = frozenset({"phase", "channel"})
_WHOLE = frozenset({"loudness"})


class Group(StrEnum):
    """Which figures a clip counts towards."""

    MAIN = "main"
    VARIANT = "variant"
    CODEC = "codec"
    TWIN = "twin"
    DECOY = "decoy"


@dataclass(frozen=True, slots=True)
class Trial:
    """One clip that is to be made.

    Attributes:
        source: Name of the source file.
        defect: Id in the taxonomy; empty for a clean twin.
        severity: 0..1.
        seed: Chooses what chance decides.
        variant: In which form; empty is the usual one.
        coding: `h264`, `mpeg2`, `aac`, `flac` or `mp3`.
        length_s: How long the damage lasts.
        group: Which figures it counts towards.
        captioned: The clip gets captions, laid on its speech.
        seconds: How long the clip is, where its source has as much.
        whole: All of it is damaged, and it is brought to -23 LUFS before.
    """

    source: str
    defect: str
    severity: float
    seed: int
    variant: str
    coding: str
    length_s: float
    group: Group
    captioned: bool = False
    seconds: float = SECONDS
    whole: bool = False

    def as_json(self) -> dict[str, Any]:
        """For keys and reports."""
        return asdict(self)


def plan_trials(
    sources: Sequence[Source], detectors: Sequence[str], each: int, seed: int
) -> list[tuple[Source, Trial]]:
    """The clips to make.

    Args:
        sources: Clean ones.
        detectors: Ids; those whose defect has no injector get no clip.
        each: Clips for every severity of every defect.
        seed: Draws sources, forms and places.

    Returns:
        Sources and trials, grouped by source, clean twins included.
    """
    trials: list[tuple[Source, Trial]] = []
    for defect in dict.fromkeys(DETECTORS[name].defect for name in detectors):
        if defect in INJECTORS:
            trials += _of_defect(defect, usable(sources, defect), each, seed)
    twins = {
        (source.path, *twin_key(trial.as_json())): (source, _twin(trial))
        for source, trial in trials
        if trial.group is Group.MAIN
    }
    trials += twins.values()
    order = {source.name: place for place, source in enumerate(sources)}
    return sorted(trials, key=lambda item: order[item[0].name])


def usable(sources: Sequence[Source], defect: str) -> list[Source]:
    """The sources that a defect can be made in; photographs only where there is no film."""
    domain = INJECTORS[defect].domain
    if domain in (Domain.PICTURE, Domain.STREAM):
        filmed = [s for s in sources if s.kind is Kind.FILMED and _has_pictures(s)]
        if DEFECTS[defect].medium is Medium.SYNC:
            return [s for s in filmed if _has_sound(s)]
        return filmed or [s for s in sources if s.kind is Kind.PHOTO]
    heard = [s for s in sources if _has_sound(s)]
    if defect in _WHOLE:
        heard = [s for s in heard if s.seconds >= LONG_S]
    if domain is Domain.CUES:
        return [s for s in heard if s.speaks]
    if defect in _STEREO:
        heard = [s for s in heard if s.title is not None and s.title.audio[0].channels == 2]
    return [s for s in heard if s.kind is Kind.SOUND] or heard


def _has_pictures(source: Source) -> bool:
    if source.title is None or not source.title.video or source.seconds < LEAST_S:
        return False
    stream = source.title.video[0]
    return (
        not stream.variable_rate
        and stream.rate >= LEAST_RATE
        and min(stream.height, stream.width) >= LEAST_ROWS
    )


def _has_sound(source: Source) -> bool:
    if source.title is None or not source.title.audio or source.seconds < LEAST_S:
        return False
    return source.title.audio[0].sample_rate >= LEAST_SAMPLE_RATE


def _has_broadcast_rate(source: Source) -> bool:
    """MPEG-2 knows these rates alone."""
    if source.title is None:
        return True
    rate = source.title.video[0].rate
    return any(abs(rate - nominal / drop) < _NEAR for nominal in _RATES for drop in _DROPS)


def _of_defect(
    defect: str, sources: Sequence[Source], each: int, seed: int
) -> list[tuple[Source, Trial]]:
    if not sources:
        return []
    chance = np.random.default_rng([seed, crc32(defect.encode())])
    order = [sources[int(i)] for i in chance.permutation(len(sources))]
    variants = INJECTORS[defect].variants
    held_out = HELD_OUT.get(defect, variants[-1:] if len(variants) > 1 else ())
    usual = tuple(variant for variant in variants if variant not in held_out)
    codings, other = _codings(defect)
    number = count()
    seconds = LONG_S if defect in _WHOLE else SECONDS

    def draw(group: Group, severity: float, variant: str, coding: str) -> tuple[Source, Trial]:
        n = next(number)
        lengths = lengths_of(defect)
        fitting = [s for s in order if coding != "mpeg2" or _has_broadcast_rate(s)] or order
        source = fitting[n % len(fitting)]
        own_seed = crc32(f"{seed}|{n}|{defect}|{source.name}".encode()) % 1_000_000
        return source, Trial(
            source.name,
            defect,
            severity,
            own_seed,
            variant,
            coding,
            lengths[n % len(lengths)],
            group,
            INJECTORS[defect].domain is Domain.CUES,
            seconds,
            defect in _WHOLE,
        )

    found = [
        draw(
            Group.MAIN,
            severity,
            usual[(turn + skipped) % len(usual)] if usual else "",
            codings[turn % len(codings)],
        )
        for severity, skipped in zip(SEVERITIES, _skips(usual, each), strict=True)
        for turn in range(each)
    ]
    held = min(each, _HELD_OUT_EACH)
    for severity in _HELD_OUT_SEVERITIES:
        for turn in range(held):
            if held_out:
                variant = held_out[turn % len(held_out)]
                found.append(draw(Group.VARIANT, severity, variant, codings[turn % len(codings)]))
            if other:
                found.append(draw(Group.CODEC, severity, usual[0] if usual else "", other))
    return found


def _skips(usual: Sequence[str], each: int) -> list[int]:
    """With which form each severity begins: where not all fit one severity, they go on in turn."""
    return [each * place if len(usual) > each else 0 for place in range(len(SEVERITIES))]


def lengths_of(defect: str) -> tuple[float, float]:
    """How long the damage lasts, in turn: longer than what its detector is set to pass over."""
    usual = LENGTHS_S.get(defect, _LENGTHS_S)
    shortest = max(
        (
            threshold.default
            for spec in DETECTORS.values()
            if spec.defect == defect
            for threshold in spec.thresholds
            if threshold.name == "min_length_s"
        ),
        default=0.0,
    )
    first, second = (
        max(length, min(times * shortest, LONGEST_S))
        for length, times in zip(usual, _SHORTEST_TIMES, strict=True)
    )
    return first, second


def _codings(defect: str) -> tuple[tuple[str, ...], str]:
    """Codings of the main figures, and the one that is held out."""
    match INJECTORS[defect].domain:
        case Domain.PICTURE | Domain.STREAM:
            return PICTURE_CODINGS[:-1], PICTURE_CODINGS[-1]
        case Domain.SOUND:
            return SOUND_CODINGS[:-1], SOUND_CODINGS[-1]
        case _:
            return CAPTION_CODINGS, ""


def _twin(trial: Trial) -> Trial:
    return replace(
        trial, defect="", severity=0.0, seed=0, variant="", length_s=0.0, group=Group.TWIN
    )


def twin_key(trial: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a damaged clip and its clean twin share."""
    return tuple(trial[name] for name in ("source", "coding", "captioned", "seconds", "whole"))
