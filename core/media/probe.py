"""Probing: what a media file holds, without decoding more than a first picture."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypedDict, TypeVar

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.subtitles.stream import SubtitleStream

from core.domain.errors import KnownError
from core.domain.time import MediaTime
from core.domain.title import AudioStream, CaptionStream, Stream, Title, VideoStream
from core.media.color import PRIMARIES, RANGES, SPACES, TRANSFERS
from core.media.source import MOST_PIXELS, open_container, packets_of

SIDECAR_INDEX = 1000
"""Caption files beside the title get stream indices from here on."""

SIDECAR_SUFFIXES = (".srt", ".vtt", ".ttml", ".xml", ".dfxp", ".scc", ".stl")

_CHUNK = 1 << 20
_WHOLE = 16 << 20
_SAMPLES = 16
_FIRST_PICTURE_PACKETS = 120
_VARIABLE = Fraction(1, 200)
_MILLISECOND = Fraction(1, 1000)
# What FFmpeg calls the channels of plain WAV and AVI, which only count them.
_PLAIN_LAYOUTS = {"1 channels": "mono", "2 channels": "stereo"}
_LATE = Fraction(1, 2)
# What nobody reviews: beyond these a file is damaged, or made to take the desk's memory.
_MOST_STREAMS = 64
_LONGEST_SIDE = 32768
_HIGHEST_FRAME_RATE = 1000
_SAMPLE_RATES = range(1000, 3_072_001)
_MOST_CHANNELS = 128
_LONGEST_S = 14 * 24 * 3600
_LATEST_S = 10_000 * 24 * 3600
_LONGEST_TEXT = 200

_S = TypeVar("_S", VideoStream, AudioStream)


def fingerprint(path: Path) -> str:
    """Digest of a file's content that survives renaming and copying.

    Files up to 16 MiB are hashed whole; of longer ones the length, the first and last MiB and
    sixteen pieces of 64 KiB between them, so that a file of any size takes milliseconds.

    Raises:
        OSError: The file cannot be read.
    """
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as file:
        if size <= _WHOLE:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            return digest.hexdigest()
        digest.update(file.read(_CHUNK))
        for i in range(1, _SAMPLES + 1):
            file.seek(size * i // (_SAMPLES + 1))
            digest.update(file.read(_CHUNK // 16))
        file.seek(size - _CHUNK)
        digest.update(file.read(_CHUNK))
    return digest.hexdigest()


def probe(path: Path) -> Title:
    """Look at a media file.

    Args:
        path: The file. Caption files beside it that share its stem are found too.

    Returns:
        Its streams, length and fingerprint. Streams that cannot be decoded are named in `notes`.

    Raises:
        KnownError: Missing, a folder, empty, not permitted, not media, or without picture and
            sound.
    """
    notes: list[str] = []
    with open_container(path) as container:
        video, audio, captions = streams_in(container, notes)
        if not video and not audio:
            raise KnownError(f"{path.name} holds no picture or sound that can be decoded.")
        kind = container.format.name
        claimed = Fraction(container.duration or 0, av.time_base)
        pictures = _first_pictures(container, [s.index for s in video]) if video else {}
    video = [_with_picture(s, pictures.get(s.index), notes) for s in video]
    video, audio, measured = _with_lengths(path, video, audio, claimed, "matroska" in kind)
    if not claimed and measured:
        notes.append("The container does not say how long it is; its packets were counted.")
    streams: list[Stream] = [*video, *audio]
    start = min((MediaTime(s.start_pts, s.base) for s in streams), key=lambda t: t.exact)
    longest = max(Fraction(s.duration_pts) * s.base for s in streams)
    if longest > _LONGEST_S or abs(start.exact) > _LATEST_S:
        raise KnownError(
            f"{path.name} says that it lasts {float(longest) / 3600:,.0f} hours from "
            f"{start.seconds / 3600:,.0f} hours on, which cannot be; it is damaged.",
        )
    try:
        digest, size = fingerprint(path), path.stat().st_size
    except OSError as error:
        raise KnownError(
            f"{path.name} could not be read to its end; check its drive or network.", str(error)
        ) from error
    return Title(
        path=path,
        fingerprint=digest,
        container=kind,
        size_bytes=size,
        start=start,
        duration_s=float(longest or claimed),
        video=tuple(video),
        audio=tuple(audio),
        captions=(*captions, *sidecar_captions(path)),
        notes=tuple(notes),
    )


def streams_in(
    container: InputContainer, notes: list[str]
) -> tuple[list[VideoStream], list[AudioStream], list[CaptionStream]]:
    """What an open container says that it holds.

    Args:
        container: Freshly opened.
        notes: Sentences about what is left out are added here.
    """
    video: list[VideoStream] = []
    audio: list[AudioStream] = []
    captions: list[CaptionStream] = []
    for stream in tuple(container.streams)[:_MOST_STREAMS]:
        _sort_stream(stream, video, audio, captions, notes)
    if len(container.streams) > _MOST_STREAMS:
        notes.append(
            f"The file holds {len(container.streams)} streams; those beyond the first "
            f"{_MOST_STREAMS} are left out."
        )
    return video, audio, captions


def sidecar_captions(path: Path) -> tuple[CaptionStream, ...]:
    """Caption files beside a title: same folder, name starting with the title's stem.

    `film.srt` and `film.en.vtt` belong to `film.mp4`, `film2.srt` does not. The part between stem
    and suffix is taken as language when it looks like a tag.
    """
    stem = path.stem
    found = []
    try:
        names = sorted(path.parent.iterdir())
    except OSError:
        return ()
    for file in names:
        suffix = file.suffix.lower()
        rest = file.name[len(stem) : -len(suffix)] if suffix else ""
        fits = file.name.startswith(stem) and (not rest or rest[0] in "._-")
        if suffix in SIDECAR_SUFFIXES and fits and file != path and file.is_file():
            tag = rest.strip("._-").lower()
            language = tag.split(".")[0] if 2 <= len(tag.split(".")[0].split("-")[0]) <= 3 else ""
            found.append((file, suffix[1:], language))
    return tuple(
        CaptionStream(
            index=SIDECAR_INDEX + n,
            codec={"srt": "subrip", "vtt": "webvtt", "xml": "ttml", "dfxp": "ttml"}.get(kind, kind),
            base=_MILLISECOND,
            language=language,
            title=file.name,
            file=file,
        )
        for n, (file, kind, language) in enumerate(found)
    )


def _sort_stream(
    stream: object,
    video: list[VideoStream],
    audio: list[AudioStream],
    captions: list[CaptionStream],
    notes: list[str],
) -> None:
    if isinstance(stream, av.VideoStream):
        if stream.disposition & Disposition.attached_pic:
            notes.append(f"Stream {stream.index} is a cover picture and is left out.")
        elif _decodable(stream, notes):
            video.append(_video(stream))
    elif isinstance(stream, av.AudioStream):
        if _decodable(stream, notes):
            audio.append(_audio(stream))
    elif isinstance(stream, SubtitleStream):
        captions.append(CaptionStream(**_common(stream)))


def _decodable(stream: av.VideoStream | av.AudioStream, notes: list[str]) -> bool:
    context = stream.codec_context
    if isinstance(stream, av.VideoStream):
        usable = context is not None and stream.width > 0 and stream.height > 0
        sane = (
            usable
            and max(stream.width, stream.height) <= _LONGEST_SIDE
            and stream.width * stream.height <= MOST_PIXELS
        )
        said = f"{stream.width} × {stream.height} pixels" if usable else ""
    else:
        usable = context is not None and context.format is not None
        usable = usable and stream.rate > 0 and stream.channels > 0
        sane = usable and stream.rate in _SAMPLE_RATES and stream.channels <= _MOST_CHANNELS
        said = f"{stream.rate} Hz and {stream.channels} channels" if usable else ""
    if not usable:
        notes.append(f"Stream {stream.index} cannot be decoded and is left out.")
    elif not sane:
        notes.append(f"Stream {stream.index} says that it has {said} and is left out.")
    return sane


class _Common(TypedDict):
    index: int
    codec: str
    base: Fraction
    start_pts: int
    duration_pts: int
    language: str
    title: str


def _common(stream: av.VideoStream | av.AudioStream | SubtitleStream) -> _Common:
    context = stream.codec_context
    return {
        "index": stream.index,
        "codec": context.codec.canonical_name if context is not None else "unknown",
        "base": Fraction(stream.time_base or Fraction(1, av.time_base)),
        "start_pts": stream.start_time or 0,
        "duration_pts": max(stream.duration or 0, 0),
        "language": _text(stream.language),
        "title": _text(stream.metadata.get("title")),
    }


def _text(value: str | None) -> str:
    """What a file says of itself, short and in one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in (value or "")[:1000]).split())
    return line if len(line) <= _LONGEST_TEXT else line[:_LONGEST_TEXT] + "…"


def _video(stream: av.VideoStream) -> VideoStream:
    context = stream.codec_context
    average = Fraction(stream.average_rate or 0)
    guessed = Fraction(stream.guessed_rate or 0)
    # Without time stamps the base rate is that of the clock.
    basic = guessed if stream.start_time is None else Fraction(stream.base_rate or 0) or guessed
    rate = average or guessed
    rate = rate if rate <= _HIGHEST_FRAME_RATE else Fraction(0)
    format_ = context.format
    return VideoStream(
        **_common(stream),
        width=context.width,
        height=context.height,
        pixel_format=format_.name if format_ else "",
        bit_depth=format_.components[0].bits if format_ and format_.components else 8,
        rate=rate,
        variable_rate=_is_variable(average, basic),
        pixel_aspect=Fraction(stream.sample_aspect_ratio or 1) or Fraction(1),
        # FFmpeg's AVFieldOrder: 0 unknown, 1 progressive, above that fields.
        interlaced=int(context.field_order) > 1,
        color_range=RANGES.get(int(context.color_range), ""),
        color_space=SPACES.get(int(context.colorspace), ""),
        color_primaries=PRIMARIES.get(int(context.color_primaries), ""),
        color_transfer=TRANSFERS.get(int(context.color_trc), ""),
    )


def _audio(stream: av.AudioStream) -> AudioStream:
    return AudioStream(
        **_common(stream),
        sample_rate=stream.rate,
        channels=stream.channels,
        layout=_PLAIN_LAYOUTS.get(stream.layout.name, stream.layout.name),
        sample_format=stream.format.name,
    )


def _is_variable(average: Fraction, basic: Fraction) -> bool:
    """Whether pictures come less often than the finest step between them allows."""
    # Where fields are counted the base rate is twice the rate of pictures.
    steady = any(abs(average - rate) <= rate * _VARIABLE for rate in (basic, basic / 2))
    return bool(average and basic) and not steady


def _with_picture(
    stream: VideoStream, frame: av.VideoFrame | None, notes: list[str]
) -> VideoStream:
    """Fill in what only a decoded picture tells: rotation, field flag, colour of the bitstream."""
    if frame is None:
        notes.append(f"No picture of stream {stream.index} could be decoded at its start.")
        return stream
    full = stream.pixel_format.startswith("yuvj")
    return replace(
        stream,
        rotation=round(-frame.rotation / 90) * 90 % 360,
        interlaced=stream.interlaced or frame.interlaced_frame,
        color_range=RANGES.get(int(frame.color_range), stream.color_range) or ("pc" * full),
        color_space=SPACES.get(int(frame.colorspace), stream.color_space),
        color_primaries=PRIMARIES.get(int(frame.color_primaries), stream.color_primaries),
        color_transfer=TRANSFERS.get(int(frame.color_trc), stream.color_transfer),
    )


def _first_pictures(container: InputContainer, indices: list[int]) -> dict[int, av.VideoFrame]:
    """The first picture of each stream that has one near the start of a freshly opened file."""
    found: dict[int, av.VideoFrame] = {}
    packets = 0
    # A damaged start ends the search; the probe then says what the container alone knows.
    with suppress(FFmpegError):
        for packet in packets_of(container, *(container.streams[i] for i in indices)):
            packets += 1
            if packet.stream_index not in found:
                with suppress(FFmpegError):
                    for frame in packet.decode():
                        if isinstance(frame, av.VideoFrame):
                            found.setdefault(packet.stream_index, frame)
            if len(found) == len(indices) or packets > _FIRST_PICTURE_PACKETS * len(indices):
                break
    return found


def _with_lengths(
    path: Path,
    video: list[VideoStream],
    audio: list[AudioStream],
    claimed: Fraction,
    matroska: bool,
) -> tuple[list[VideoStream], list[AudioStream], bool]:
    """Give each stream a length: its own, the container's, or one counted from its packets."""
    streams: list[VideoStream | AudioStream] = [*video, *audio]
    unknown = [s.index for s in streams if not s.duration_pts]
    counted: dict[int, tuple[int, int]] = {}
    first = min(MediaTime(s.start_pts, s.base).exact for s in streams)
    # Matroska's length is the last time stamp with some writers: with a late start it says nothing.
    vague = matroska and first > _LATE
    if unknown and (vague or not claimed):
        counted = _count(path, {s.index: s for s in streams if s.index in unknown})

    def length(stream: _S) -> _S:
        if stream.duration_pts:
            return stream
        if stream.index in counted:
            start, duration = counted[stream.index]
            return replace(stream, start_pts=start, duration_pts=duration)
        end = first + claimed
        return replace(stream, duration_pts=max(int(end / stream.base) - stream.start_pts, 0))

    return [length(s) for s in video], [length(s) for s in audio], bool(counted)


def _count(path: Path, streams: dict[int, VideoStream | AudioStream]) -> dict[int, tuple[int, int]]:
    """Start and length in PTS units of streams in a file that does not say, by one demux."""
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    number: dict[int, int] = dict.fromkeys(streams, 0)
    with open_container(path) as container, suppress(FFmpegError):  # Counted up to the damage.
        for packet in packets_of(container, *(container.streams[i] for i in streams)):
            index = packet.stream_index
            number[index] += packet.size > 0
            if packet.pts is not None:
                low[index] = min(low.get(index, packet.pts), packet.pts)
                end = packet.pts + (packet.duration or 0)
                high[index] = max(high.get(index, end), end)
    result = {}
    for index, stream in streams.items():
        if index in low:
            result[index] = (low[index], high[index] - low[index])
        elif isinstance(stream, VideoStream) and stream.rate:
            result[index] = (0, round(number[index] / stream.rate / stream.base))
    return result
