"""Which detectors measure which streams of a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.analysis.view import AUDIO, CUES, EVENTS, is_picture
from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.detectors.registry import detector_class
from core.domain.batch import Part
from core.domain.errors import KnownError
from core.domain.profile import Profile
from core.domain.title import AudioStream, CaptionStream, Stream, Title, VideoStream

_DECODER_SETTLES = Fraction(1)
_BLOCK_S = Fraction(1, 10)
_SLOWEST_RATE = Fraction(10)
# Captions that are pictures have no text to measure.
_UNREADABLE = frozenset({"unknown", "hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decoded and measured.

    Attributes:
        video: The picture stream, when any detector needs it.
        audio: The sound streams that are needed.
        captions: The caption streams that are needed.
        specs: Detectors by stream index.
        beside: The sound that detectors of pictures are given too; None when none asks for it, or
            the title has none. It is the first sound stream that can be decoded.
        warmup: Seconds to decode before a piece that starts in the middle, so that decoders have
            settled (overlapping transforms, bit reservoirs) and detectors have their history.
    """

    video: VideoStream | None
    audio: tuple[AudioStream, ...]
    captions: tuple[CaptionStream, ...]
    specs: dict[int, tuple[DetectorSpec, ...]]
    beside: AudioStream | None
    warmup: Fraction

    @property
    def streams(self) -> tuple[Stream, ...]:
        """The streams that are measured."""
        video = (self.video,) if self.video is not None else ()
        return (*video, *self.audio, *self.captions)


def choose(profile: Profile, wanted: Sequence[str] = ()) -> tuple[DetectorSpec, ...]:
    """The detectors to run, with those whose tracks they read.

    Args:
        profile: Leaves some out.
        wanted: Ids; empty means all that the profile leaves enabled.

    Raises:
        KnownError: There is no detector of that name, or none is left.
    """
    unknown = [name for name in wanted if name not in DETECTORS]
    if unknown:
        raise KnownError(
            f"There is no detector named {unknown[0]}; there are {', '.join(DETECTORS)}."
        )
    ids = list(wanted) or [name for name in DETECTORS if name not in profile.disabled]
    if not ids:
        raise KnownError(f"The profile {profile.title} leaves no detector enabled.")
    ids.extend(_read_by(ids))
    return tuple(DETECTORS[name] for name in DETECTORS if name in ids)


def able(
    specs: Sequence[DetectorSpec],
) -> tuple[tuple[DetectorSpec, ...], dict[str, str]]:
    """The detectors that can measure on this machine, and a sentence about each other, by id.

    Raises:
        KnownError: None of them can.
    """
    left_out = {
        spec.id: f"{spec.title} was left out. {missing}"
        for spec in specs
        if (missing := detector_class(spec.id).missing())
    }
    kept = tuple(spec for spec in specs if spec.id not in left_out)
    if not kept:
        sentence, *others = left_out.values()
        raise KnownError(sentence, "\n".join(others))
    return kept, left_out


def _read_by(ids: Iterable[str]) -> list[str]:
    found: list[str] = []
    todo = list(ids)
    while todo:
        for name in DETECTORS[todo.pop()].after:
            if name not in found:
                found.append(name)
                todo.append(name)
    return found


def plan(title: Title, specs: Sequence[DetectorSpec], part: Part = Part.ALL) -> Plan:
    """Share the detectors out among the streams of a title.

    A detector that looks at pictures measures the first picture stream, one that listens each
    sound stream, one that does both the first picture stream beside the first sound stream. One
    that reads measures each caption stream, and one that needs only events every stream that is
    decoded. A detector that reads the track of another is left out where that one has nothing to
    measure.

    Args:
        title: As probed.
        specs: The detectors.
        part: Which streams are measured; what a detector needs of the others is given to it.

    Raises:
        KnownError: The title has nothing that these detectors could measure.
    """
    streams = [
        stream
        for stream in (*title.video[:1], *title.audio, *title.captions)
        if stream.codec not in _UNREADABLE
    ]
    usable = _usable(streams, specs)
    chosen = {
        stream.index: tuple(spec for spec in usable if _suits(spec, stream)) for stream in streams
    }
    beside = _beside(streams, chosen)
    chosen = {
        stream.index: chosen[stream.index]
        for stream in streams
        if chosen[stream.index] and is_in(stream, part)
    }
    if not chosen:
        raise KnownError(f"{title.name} has nothing that these detectors can measure.")
    return Plan(
        next((s for s in title.video[:1] if s.index in chosen), None),
        tuple(s for s in title.audio if s.index in chosen),
        tuple(s for s in title.captions if s.index in chosen),
        chosen,
        beside if part is not Part.REST else None,
        _DECODER_SETTLES
        + max(
            spec.warmup * _sample_length(title.stream(index)) + spec.warmup_s
            for index, some in chosen.items()
            for spec in some
        ),
    )


def is_in(stream: Stream, part: Part) -> bool:
    """Whether a stream belongs to a part of its title."""
    return part is Part.ALL or isinstance(stream, VideoStream) == (part is Part.PICTURES)


def _beside(
    streams: Sequence[Stream], chosen: Mapping[int, tuple[DetectorSpec, ...]]
) -> AudioStream | None:
    """The sound for detectors of pictures that ask for it."""
    asked = any(
        AUDIO in spec.views
        for stream in streams
        if isinstance(stream, VideoStream)
        for spec in chosen.get(stream.index, ())
    )
    return next((s for s in streams if asked and isinstance(s, AudioStream)), None)


def _usable(streams: Sequence[Stream], specs: Sequence[DetectorSpec]) -> list[DetectorSpec]:
    """The detectors that find a stream, and the tracks that they read."""
    usable = [spec for spec in specs if any(_suits(spec, stream) for stream in streams)]
    while True:
        ids = {spec.id for spec in usable}
        kept = [spec for spec in usable if ids.issuperset(spec.after)]
        if len(kept) == len(usable):
            return kept
        usable = kept


def _suits(spec: DetectorSpec, stream: Stream) -> bool:
    if CUES in spec.views:
        return isinstance(stream, CaptionStream)
    if isinstance(stream, AudioStream):
        return not any(is_picture(view) for view in spec.views)
    if isinstance(stream, CaptionStream):
        return False
    sees = any(map(is_picture, spec.views))
    return sees or (EVENTS in spec.views and AUDIO not in spec.views)


def _sample_length(stream: Stream) -> Fraction:
    """A generous guess of how long one frame or sound block lasts, in seconds."""
    if isinstance(stream, VideoStream):
        return 1 / min(stream.rate, _SLOWEST_RATE) if stream.rate > 0 else 1 / _SLOWEST_RATE
    return _BLOCK_S
