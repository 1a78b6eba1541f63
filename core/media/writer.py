"""Writing titles: pictures, sound and captions, streamed, the same bytes on every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, count
from math import floor
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.codec.context import Flags
from av.container import OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.subtitles.stream import SubtitleStream
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.media import Cue

Picture = NDArray[np.uint8] | NDArray[np.uint16]
Sound = NDArray[np.float32]

_AUDIO_CHUNK = 4096
_MOST_PLANES = 7
_MS = Fraction(1, 1000)
_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
_CAPTION_CODECS = {".mp4": "mov_text", ".mov": "mov_text", ".m4v": "mov_text", ".mkv": "subrip"}
_QSCALE_CODECS = frozenset({"mpeg2video", "mpeg4", "mpeg1video", "msmpeg4v3", "mjpeg"})
_CLOSED_BY_FLAG = frozenset({"mpeg1video", "mpeg2video"})
# Bit-exact and rounded accurately, so that every processor gives the same picture.
_SCALING = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
# mov_text's encoder insists on a style header, although packets are made here.
_ASS_HEADER = (
    b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, "
    b"Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, "
    b"Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\r\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1\r\n"
    b"\r\n[Events]\r\n"
    b"Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)


@dataclass(frozen=True, slots=True)
class VideoSettings:
    """How pictures are coded.

    Attributes:
        codec: FFmpeg encoder, for example `libx264`, `libx265`, `ffv1`, `mpeg2video`, `mpeg4`.
        pixel_format: What is stored.
        source_format: Layout of the arrays; None takes `rgb24` for (h, w, 3), `gray` for (h, w).
            `yuv420p` arrays have the shape (h * 3/2, w).
        crf: Constant quality, where the encoder knows it; None leaves its default.
        bitrate: Bits a second; None leaves the choice to the quality.
        gop: Pictures between key pictures; None leaves the encoder's default.
        b_frames: Consecutive B pictures; None leaves the encoder's default.
        open_gop: Let pictures before a key picture refer past it (libx264 and libx265).
        preset: Encoder preset, where it knows one.
        options: Further encoder options, taken last.
        color: Colour description that is stored and used for converting: `bt709` or `bt601`.
        full_range: Store full-range luma.
        pixel_aspect: Sample aspect ratio.
        rotation: Degrees clockwise that a player shall turn the picture.
    """

    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    source_format: str | None = None
    crf: float | None = None
    bitrate: int | None = None
    gop: int | None = None
    b_frames: int | None = None
    open_gop: bool = False
    preset: str | None = "veryfast"
    options: Mapping[str, str] = field(default_factory=dict)
    color: str = "bt709"
    full_range: bool = False
    pixel_aspect: Fraction = Fraction(1)
    rotation: int = 0


def write_title(
    path: Path,
    video_frames: Iterable[Picture] | None,
    rate: Fraction | int,
    audio: Sound | Iterable[Sound] | None = None,
    sample_rate: int = 48000,
    *,
    video_codec: str = "libx264",
    crf: float | None = None,
    bitrate: int | None = None,
    settings: VideoSettings | None = None,
    audio_codec: str = "aac",
    audio_bitrate: int | None = None,
    captions: Sequence[Cue] = (),
    pts: Iterable[int] | None = None,
    time_base: Fraction | None = None,
    start_s: Fraction | int = 0,
    container_options: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write a media file; the suffix of `path` names the container.

    Frames and sound are taken as they are needed and interleaved, so that an hour costs no more
    memory than a second. The same input gives the same bytes (with the same library versions).

    Args:
        path: Where; an existing file is replaced, a half-written one is removed on failure.
        video_frames: Arrays as `settings.source_format` says; None for sound alone.
        rate: Frames a second.
        audio: float32 (channels, n), or an iterable of such pieces; None for pictures alone.
        sample_rate: Samples a second.
        video_codec: Shorthand for `settings.codec`.
        crf: Shorthand for `settings.crf`.
        bitrate: Shorthand for `settings.bitrate`.
        settings: All about coding pictures; the three shorthands win when given.
        audio_codec: FFmpeg encoder: `aac`, `flac`, `pcm_s16le`, `pcm_s24le`, `mp2`, `libmp3lame`.
        audio_bitrate: Bits a second for lossy codecs.
        captions: Cues for a text track (MP4 and MOV: mov_text; Matroska: subrip).
        pts: Time stamp of each frame in units of `time_base`; None gives a constant rate.
        time_base: Seconds per unit of `pts`; 1/`rate` by default.
        start_s: Shift of everything, in seconds.
        container_options: FFmpeg muxer options.
        progress: Told the number of frames written, every frame.

    Raises:
        KnownError: The path cannot be written, or the codec or container refuses.
    """
    coding = settings or VideoSettings(codec=video_codec)
    coding = replace(
        coding,
        crf=coding.crf if crf is None else crf,
        bitrate=coding.bitrate if bitrate is None else bitrate,
    )
    sound = AudioSettings(audio_codec, sample_rate, audio_bitrate)
    shift = Fraction(start_s)
    rate = Fraction(rate)
    base = time_base or 1 / rate
    try:
        with _open(path, container_options or {}) as container:
            lanes: list[Iterator[Lane]] = []
            if video_frames is not None:
                source = _timed(video_frames, pts, shift, base)
                lanes.append(_video_lane(container, source, coding, rate, base, progress))
            if audio is not None:
                lanes.append(_audio_lane(container, _pieces(audio), sound, shift))
            if captions:
                lanes.append(_caption_lane(container, captions, path.suffix.lower(), shift))
            _interleave(container, lanes)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, FFmpegError | OSError | ValueError):
            raise KnownError(f"{path.name} cannot be written.", str(error)) from error
        raise


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """How sound is coded.

    Attributes:
        codec: FFmpeg encoder.
        sample_rate: Samples a second.
        bitrate: Bits a second for lossy codecs; None leaves the encoder's default.
    """

    codec: str
    sample_rate: int
    bitrate: int | None = None


Lane: TypeAlias = "tuple[Fraction, list[Packet[Stream]]]"
"""Seconds up to which a stream is written now, and its new packets."""


def _open(path: Path, options: Mapping[str, str]) -> OutputContainer:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Bit-exact: neither library versions nor times of day get into the file.
    return av.open(
        f"file:{path.absolute()}", "w", container_options={"fflags": "+bitexact", **options}
    )


def _interleave(container: OutputContainer, lanes: list[Iterator[Lane]]) -> None:
    """Take from whichever stream is behind, so that none has to wait in memory.

    Each lane first yields nothing, having added its stream: all must stand before the header.
    """
    reached = {lane: next(lane)[0] for lane in lanes}
    while reached:
        lane = min(reached, key=lambda item: reached[item])
        step = next(lane, None)
        if step is None:
            del reached[lane]
            continue
        reached[lane] = step[0]
        for packet in step[1]:
            container.mux(packet)


def _timed(
    frames: Iterable[Picture], pts: Iterable[int] | None, shift: Fraction, base: Fraction
) -> Iterator[tuple[int, Picture]]:
    offset = floor(shift / base + Fraction(1, 2))
    for stamp, frame in zip(pts if pts is not None else count(), frames, strict=False):
        yield stamp + offset, frame


def _video_lane(
    container: OutputContainer,
    frames: Iterator[tuple[int, Picture]],
    coding: VideoSettings,
    rate: Fraction,
    base: Fraction,
    progress: Callable[[int], None] | None,
) -> Iterator[Lane]:
    first = next(frames, None)
    if first is None:
        raise ValueError("there are no pictures to write")
    source = coding.source_format or ("gray" if first[1].ndim == 2 else "rgb24")
    size = _raw(first[1], source)
    stream = _add_video(container, coding, rate, base, size.width, size.height)
    yield Fraction(-1), []
    scaler = VideoReformatter()
    for number, (stamp, picture) in enumerate(chain([first], frames), 1):
        frame = _convert(scaler, _raw(picture, source), coding)
        frame.pts, frame.time_base = stamp, base
        yield (stamp + 1) * base, list(stream.encode(frame))
        if progress is not None:
            progress(number)
    yield Fraction(1 << 40), list(stream.encode(None))


def _raw(picture: Picture, source: str) -> av.VideoFrame:
    whole: Picture = np.ascontiguousarray(picture)  # type: ignore[assignment]
    return av.VideoFrame.from_ndarray(whole, source)


def _convert(
    scaler: VideoReformatter, frame: av.VideoFrame, coding: VideoSettings
) -> av.VideoFrame:
    space = Colorspace.ITU709 if coding.color == "bt709" else Colorspace.ITU601
    range_ = ColorRange.JPEG if coding.full_range else ColorRange.MPEG
    if frame.format.name == coding.pixel_format:
        return frame
    return scaler.reformat(
        frame,
        format=coding.pixel_format,
        src_colorspace=space,
        dst_colorspace=space,
        src_color_range=ColorRange.JPEG if frame.format.is_rgb else range_,
        dst_color_range=range_,
        interpolation=_SCALING,
        threads=1,
    )


def _add_video(
    container: OutputContainer,
    coding: VideoSettings,
    rate: Fraction,
    base: Fraction,
    width: int,
    height: int,
) -> av.VideoStream:
    stream = container.add_stream(coding.codec, rate=rate, options=_video_options(coding))
    if not isinstance(stream, av.VideoStream):
        raise ValueError(f"{coding.codec} does not code pictures")
    context = stream.codec_context
    stream.width, stream.height = width, height
    stream.pix_fmt = coding.pixel_format
    stream.time_base = context.time_base = base
    stream.codec_context.sample_aspect_ratio = coding.pixel_aspect
    # The output depends on the number of threads, which must not depend on the machine.
    stream.thread_count = 2
    # Under slice threading libx264 gives other bytes on every run.
    stream.codec_context.thread_type = "FRAME"
    context.flags |= Flags.bitexact
    if not coding.open_gop and coding.codec in _CLOSED_BY_FLAG:
        context.flags |= Flags.closed_gop
    if coding.bitrate is not None:
        stream.bit_rate = coding.bitrate
    if coding.gop is not None:
        context.gop_size = coding.gop
    if coding.b_frames is not None:
        context.max_b_frames = coding.b_frames
    number = 1 if coding.color == "bt709" else 6
    context.colorspace = context.color_primaries = context.color_trc = number
    context.color_range = 2 if coding.full_range else 1
    if coding.rotation:
        stream.set_display_rotation(-coding.rotation)
    return stream


def _video_options(coding: VideoSettings) -> dict[str, str]:
    options: dict[str, str] = {}
    if coding.crf is not None:
        options["crf"] = str(coding.crf)
    elif coding.bitrate is None and coding.codec in _QSCALE_CODECS:
        options |= {"qmin": "2", "qmax": "3"}
    if coding.preset is not None and coding.codec in ("libx264", "libx265"):
        options["preset"] = coding.preset
    if not coding.open_gop and coding.codec in _CLOSED_BY_FLAG:
        # Their encoder refuses closed GOPs while it may also start one at a scene change.
        options["sc_threshold"] = "1000000000"
    own = dict(coding.options)
    if coding.codec in ("libx264", "libx265"):
        key = coding.codec[3:] + "-params"
        params = [f"open-gop={int(coding.open_gop)}"]
        if coding.codec == "libx264":
            # With macroblock trees small pictures come out differently on every run.
            params.append("mbtree=0")
        else:
            params += ["log-level=none", "pools=2", "frame-threads=2"]
        options[key] = ":".join([*params, *filter(None, [own.pop(key, "")])])
    return options | own


def _audio_lane(
    container: OutputContainer, pieces: Iterator[Sound], sound: AudioSettings, shift: Fraction
) -> Iterator[Lane]:
    first = next(pieces, None)
    if first is None:
        raise ValueError("there is no sound to write")
    layout = _LAYOUTS.get(first.shape[0])
    if layout is None:
        raise ValueError(f"sound with {first.shape[0]} channels cannot be written")
    stream = container.add_stream(sound.codec, rate=sound.sample_rate, layout=layout)
    if not isinstance(stream, av.AudioStream):
        raise ValueError(f"{sound.codec} does not code sound")
    stream.codec_context.flags |= Flags.bitexact
    if sound.bitrate is not None:
        stream.bit_rate = sound.bitrate
    base = Fraction(1, sound.sample_rate)
    yield Fraction(-1), []
    at = floor(shift / base + Fraction(1, 2))
    for piece in chain([first], pieces):
        for low in range(0, piece.shape[1], _AUDIO_CHUNK):
            samples = np.ascontiguousarray(piece[:, low : low + _AUDIO_CHUNK], np.float32)
            frame = _sound_frame(samples, layout)
            frame.sample_rate, frame.pts, frame.time_base = sound.sample_rate, at, base
            at += samples.shape[1]
            yield at * base, list(stream.encode(frame))
    yield Fraction(1 << 40), list(stream.encode(None))


def _sound_frame(samples: Sound, layout: str) -> av.AudioFrame:
    if samples.shape[0] <= _MOST_PLANES:
        return av.AudioFrame.from_ndarray(samples, "fltp", layout)
    # PyAV cannot fill more planes.
    return av.AudioFrame.from_ndarray(samples.T.copy().reshape(1, -1), "flt", layout)


def _pieces(audio: Sound | Iterable[Sound]) -> Iterator[Sound]:
    if isinstance(audio, np.ndarray):
        yield audio
    else:
        yield from audio


def _caption_lane(
    container: OutputContainer, captions: Sequence[Cue], suffix: str, shift: Fraction
) -> Iterator[Lane]:
    codec = _CAPTION_CODECS.get(suffix)
    if codec is None:
        raise ValueError(f"captions cannot be written into {suffix} files")
    stream = container.add_stream(codec)
    assert isinstance(stream, SubtitleStream)
    stream.codec_context.subtitle_header = _ASS_HEADER
    stream.codec_context.time_base = stream.time_base = _MS
    yield Fraction(-1), []
    for cue in sorted(captions, key=lambda c: c.span.start_time):
        text = cue.text.encode()
        packet: Packet[Stream] = Packet(
            len(text).to_bytes(2, "big") + text if codec == "mov_text" else text
        )
        start = cue.span.start_time.exact + shift
        packet.stream, packet.time_base = stream, _MS
        packet.pts = packet.dts = round(start / _MS)
        packet.duration = round((cue.span.end_time.exact + shift) / _MS) - packet.pts
        packet.is_keyframe = True
        yield start, [packet]
