"""Sound on its way from the source through the damage into the written file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

import av
import numpy as np
from av.codec.context import Flags
from av.container import OutputContainer

from core.domain.time import Span
from core.domain.title import AudioStream
from core.media.audio import AudioReader
from core.simulate.inject import injector
from core.simulate.kind import Sound, SoundDamage
from core.simulate.picture_lane import END, Lane
from core.simulate.plan import Coding, Planned

_LONGEST_BYTES = 512 << 20
_CHUNK = 4096
_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
_FORCED = {
    ".flac": "flac",
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".ogg": "flac",
    ".oga": "flac",
    ".opus": "libopus",
    ".webm": "libopus",
}

Block = tuple[int, Sound]
"""Number of the first sample, counted from time zero, and samples (channels, n)."""


@dataclass(slots=True)
class SoundTrace:
    """What one planned defect of sound came to.

    Attributes:
        planned: The plan.
        spans: First sample and first after, of each stretch that was reached.
        found: What the damage of the first stretch says about itself.
    """

    planned: Planned
    spans: list[tuple[int, int]] = field(default_factory=list)
    found: dict[str, float | int | str] = field(default_factory=dict)

    def samples(self, rate: int) -> list[tuple[int, int]]:
        """First sample and first after, of each stretch of the plan."""
        return [
            (floor(start * rate + Fraction(1, 2)), floor(end * rate + Fraction(1, 2)))
            for start, end in self.planned.exact_spans()
        ]

    def damaged(self, number: int, piece: int, sound: Sound, rate: int) -> Sound:
        """Damage one stretch, or one piece of a very long one."""
        planned = self.planned
        seed = planned.seed + number + 7919 * piece
        damage = injector(planned.defect).make(planned.severity, seed, planned.variant)
        assert isinstance(damage, SoundDamage)
        done = damage.apply(sound, rate)
        self.found = self.found or damage.parameters()
        return done


def damaged_sound(blocks: Iterable[Block], trace: SoundTrace, rate: int) -> Iterator[Block]:
    """Pass sound through one defect.

    Stretches are gathered whole, since damage may depend on all of one; stretches above 512 MiB
    (23 minutes of stereo at 48 kHz) are damaged in pieces of that size.

    Args:
        blocks: Without gaps or overlaps.
        trace: Which defect; takes down what was done.
        rate: Samples a second.
    """
    todo = list(enumerate(trace.samples(rate)))
    gathered: list[Sound] = []
    begun, piece = 0, 0
    for first, samples in blocks:
        at, rest = first, samples
        while rest.shape[1]:
            while todo and todo[0][1][1] <= at:
                todo.pop(0)
            number, (start, end) = todo[0] if todo else (0, (END.numerator, END.numerator))
            if at < start:
                count = min(rest.shape[1], start - at)
                yield at, rest[:, :count]
            else:
                if not gathered:
                    begun = at
                count = min(rest.shape[1], end - at)
                gathered.append(rest[:, :count])
            at, rest = at + count, rest[:, count:]
            full = sum(part.nbytes for part in gathered) >= _LONGEST_BYTES
            if gathered and (at >= end or full):
                yield begun, _whole(trace, number, piece, begun, gathered, rate)
                piece = 0 if at >= end else piece + 1
                gathered = []
    if gathered:
        yield begun, _whole(trace, todo[0][0], piece, begun, gathered, rate)


def _whole(
    trace: SoundTrace, number: int, piece: int, begun: int, gathered: list[Sound], rate: int
) -> Sound:
    sound = np.concatenate(gathered, axis=1)
    end = begun + sound.shape[1]
    if piece and trace.spans:
        trace.spans[-1] = (trace.spans[-1][0], end)
    else:
        trace.spans.append((begun, end))
    return trace.damaged(number, piece, sound, rate)


def steady_blocks(
    reader: AudioReader, span: Span | None, check: Callable[[], None]
) -> Iterator[Block]:
    """The sound of a stream without gaps: what is missing is silent, what comes twice is cut."""
    rate = reader.stream.sample_rate
    following: int | None = None
    for block in reader.blocks(span):
        check()
        at = floor(block.pts * block.base * rate + Fraction(1, 2))
        samples = block.samples
        # Coarse time stamps are off by less than this.
        if following is None or abs(at - following) <= rate * max(block.base, Fraction(1, 1000)):
            at = at if following is None else following
        elif at > following:
            yield following, np.zeros((samples.shape[0], at - following), np.float32)
        else:
            samples, at = samples[:, following - at :], following
        if samples.shape[1]:
            yield at, samples
            following = at + samples.shape[1]


@dataclass(frozen=True, slots=True)
class SoundJob:
    """All about the sound stream that is damaged.

    Attributes:
        reader: Open on the stream.
        traces: One a defect, in the order in which they are made.
        span: The part that is written; None is all.
        coding: How.
        shift: Seconds that are taken from every time stamp.
        check: Raises when the work shall stop.
        progress: Told the seconds of the source that are done.
    """

    reader: AudioReader
    traces: Sequence[SoundTrace]
    span: Span | None
    coding: Coding
    shift: Fraction
    check: Callable[[], None]
    progress: Callable[[Fraction], None]


class SoundLane:
    """Writes the damaged sound stream: without loss, unless a codec is asked for.

    Args:
        job: What and how.
        container: The file.
        suffix: Of the file.
    """

    def __init__(self, job: SoundJob, container: OutputContainer, suffix: str) -> None:
        self._job = job
        source = job.reader.stream
        self._rate = source.sample_rate
        self._codec, self._format = _codec_for(source, job.coding, suffix)
        self._layout = _layout(source)
        added = container.add_stream(self._codec, rate=self._rate, layout=self._layout)
        if not isinstance(added, av.AudioStream):
            raise ValueError(f"{self._codec} does not code sound")
        self.stream = added
        self.stream.codec_context.flags |= Flags.bitexact
        if self._format:
            self.stream.codec_context.format = self._format
        if job.coding.sound_bitrate is not None:
            self.stream.bit_rate = job.coding.sound_bitrate
        for key, value in (("language", source.language), ("title", source.title)):
            if value:
                self.stream.metadata[key] = value

    def __iter__(self) -> Iterator[Lane]:
        """Packets, as they come."""
        job = self._job
        blocks: Iterator[Block] = steady_blocks(job.reader, job.span, job.check)
        for trace in job.traces:
            blocks = damaged_sound(blocks, trace, self._rate)
        shift = floor(job.shift * self._rate + Fraction(1, 2))
        for first, samples in blocks:
            for low in range(0, samples.shape[1], _CHUNK):
                piece = samples[:, low : low + _CHUNK]
                frame = self._frame(piece)
                frame.sample_rate, frame.time_base = self._rate, Fraction(1, self._rate)
                frame.pts = first + low - shift
                reached = Fraction(first + low + piece.shape[1], self._rate)
                yield reached, list(self.stream.encode(frame))
                job.progress(reached)
        yield END, list(self.stream.encode(None))

    def written(self, sample: int) -> int:
        """The time stamp that a sample has in the file, once that is closed."""
        shift = floor(self._job.shift * self._rate + Fraction(1, 2))
        base = Fraction(self.stream.time_base or Fraction(1, self._rate))
        return floor(Fraction(sample - shift, self._rate) / base + Fraction(1, 2))

    def _frame(self, sound: Sound) -> av.AudioFrame:
        packed = np.ascontiguousarray(sound.T).reshape(1, -1)
        if self._format in ("s16", "s32"):
            bits = 15 if self._format == "s16" else 31
            scaled = np.rint(packed.astype(np.float64) * (1 << bits))
            whole = np.clip(scaled, -(1 << bits), (1 << bits) - 1)
            if bits == 15:
                return av.AudioFrame.from_ndarray(whole.astype(np.int16), "s16", self._layout)
            return av.AudioFrame.from_ndarray(whole.astype(np.int32), "s32", self._layout)
        return av.AudioFrame.from_ndarray(packed, "flt", self._layout)


def _codec_for(source: AudioStream, coding: Coding, suffix: str) -> tuple[str, str]:
    """Encoder and sample format; an empty format leaves the encoder's own."""
    forced = _FORCED.get(suffix.lower(), "")
    name = coding.sound_codec or forced
    plain = source.sample_format.removesuffix("p")
    if not name:
        name = {"u8": "pcm_s16le", "s16": "pcm_s16le", "s32": "pcm_s24le"}.get(plain, "pcm_f32le")
        if name == "pcm_s16le" and suffix.lower() == ".mkv":
            name = "flac"
    if name == "pcm_f32le":
        return name, "flt"
    if name == "flac":
        return name, "s16" if plain in ("u8", "s16") else "s32"
    formats = {"pcm_s16le": "s16", "pcm_s24le": "s32", "pcm_s32le": "s32"}
    return name, formats.get(name, "")


def _layout(source: AudioStream) -> str:
    named = source.layout if source.layout and "channels" not in source.layout else ""
    layout = named or _LAYOUTS.get(source.channels, "")
    if not layout:
        raise ValueError(f"sound with {source.channels} channels cannot be written")
    return layout
