"""Small clean files in every container and with every codec that this build writes.

They are what hostile files are made from: a few kB each, the same bytes on every run with the same
libraries. What cannot be written, or is not a title to the product, is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.media.codec import can_encode
from core.media.probe import probe

PICTURES = 10
RATE = 25
_SIDES = {"h261": (176, 144), "h263": (128, 96), "dnxhd": (256, 128), "dvvideo": (720, 576)}
_SIDES |= {"libsvtav1": (64, 64), "dxv": (64, 64), "cinepak": (64, 48)}
_FORMATS = {"dnxhd": "yuv422p", "mjpeg": "yuvj420p", "ljpeg": "yuvj420p", "amv": "yuvj420p"}
_SPEECH = frozenset({"g722", "g723_1", "libopencore_amrnb", "real_144", "nellymoser", "dfpwm"})
_OPTIONS = {
    "libx264": {"preset": "ultrafast", "x264-params": "threads=1:keyint=4:bframes=1"},
    "libx264rgb": {"preset": "ultrafast", "x264-params": "threads=1"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none:pools=1:keyint=4"},
    "libsvtav1": {"preset": "12", "svtav1-params": "lp=1:keyint=4"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "dnxhd": {"profile": "dnxhr_sq"},
}


@dataclass(frozen=True, slots=True)
class Base:
    """A kind of clean file.

    Attributes:
        suffix: Of the file, with its dot.
        muxer: FFmpeg's name of the container.
        video: Encoder of the picture, empty for none.
        audio: Encoder of the sound, empty for none.
        options: For the muxer.
    """

    suffix: str
    muxer: str
    video: str = ""
    audio: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Says what it is in one word, for a report and for repeating a case."""
        coded = "+".join(filter(None, (self.video, self.audio)))
        extra = "".join(f",{k}={v}" for k, v in self.options)
        return f"{self.muxer}{self.suffix}:{coded}{extra}"


def _bases(text: str) -> Iterator[Base]:
    for line in text.split():
        where, coded = line.split(":")
        muxer, dot, suffix = where.partition(".")
        video, _, audio = coded.partition("+")
        yield Base(dot + suffix, muxer, video, audio)


# The usual pairs, container by container.
_PAIRS = """
mp4.mp4:libx264+aac mp4.mp4:libx265+ac3 mp4.mp4:libsvtav1+libopus mp4.mp4:mpeg4+libmp3lame
mp4.mp4:libvpx-vp9+flac mp4.m4v:libx264+alac mp4.mp4:mjpeg+eac3 ipod.m4a:+aac ipod.m4a:+alac
mov.mov:prores_ks+pcm_s24le mov.mov:libx264+pcm_s16be mov.mov:mjpeg+adpcm_ima_qt mov.mov:png+aac
mov.mov:qtrle+pcm_f32le mov.mov:dnxhd+pcm_s16le mov.mov:cfhd+pcm_s32be mov.mov:v210+pcm_u8
mov.mov:rpza+pcm_mulaw mov.mov:svq1+pcm_alaw mov.mov:rawvideo+pcm_s24be mov.mov:libx265+aac
mov.mov:mpeg2video+ac3 mov.mov:jpeg2000+pcm_s16le mov.mov:gif+pcm_s16le
3gp.3gp:libx264+aac 3gp.3gp:h263+aac 3g2.3g2:mpeg4+aac f4v.f4v:libx264+aac psp.mp4:libx264+aac
ismv.ismv:libx264+aac
matroska.mkv:libx264+aac matroska.mkv:libx265+flac matroska.mkv:ffv1+pcm_s24le
matroska.mkv:mpeg2video+ac3 matroska.mkv:libsvtav1+libopus matroska.mkv:mpeg4+libmp3lame
matroska.mkv:libvpx+vorbis matroska.mkv:rawvideo+pcm_s16le matroska.mkv:prores+wavpack
matroska.mkv:mjpeg+tta matroska.mkv:libx264rgb+eac3 matroska.mka:+flac matroska.mka:+libopus
webm.webm:libvpx+libopus webm.webm:libvpx-vp9+vorbis webm.webm:libsvtav1+libopus
avi.avi:mpeg4+libmp3lame avi.avi:mjpeg+pcm_s16le avi.avi:rawvideo+pcm_u8 avi.avi:libx264+ac3
avi.avi:huffyuv+adpcm_ms avi.avi:msmpeg4+mp2 avi.avi:ffv1+adpcm_ima_wav avi.avi:utvideo+wmav2
avi.avi:cinepak+pcm_mulaw avi.avi:dvvideo+pcm_s16le avi.avi:magicyuv+pcm_s24le
mpegts.ts:libx264+aac mpegts.ts:mpeg2video+mp2 mpegts.ts:libx265+ac3 mpegts.m2ts:libx264+eac3
mpegts.mts:mpeg2video+ac3 mpegts.ts:libx264+libopus mpegts.ts:mpeg4+libmp3lame
mpegts.ts:jpeg2000+aac mpegts.m2ts:libx264+pcm_bluray mpegts.ts:vc2+aac
mpeg.mpg:mpeg1video+mp2 vob.vob:mpeg2video+ac3 dvd.mpeg:mpeg2video+mp2 svcd.mpg:mpeg2video+mp2
vcd.mpg:mpeg1video+mp2 vob.vob:mpeg2video+pcm_dvd
mxf.mxf:mpeg2video+pcm_s16le mxf.mxf:dnxhd+pcm_s24le mxf.mxf:libx264+pcm_s16le
mxf.mxf:jpeg2000+pcm_s16le mxf.mxf:prores_ks+pcm_s16le mxf.mxf:ffv1+pcm_s16le mxf_opatom.mxf:dnxhd+
asf.wmv:wmv2+wmav2 asf.wma:+wmav1 asf.wmv:wmv1+libmp3lame asf.asf:msmpeg4+wmav2
flv.flv:flv+libmp3lame flv.flv:libx264+aac flv.flv:flashsv+nellymoser flv.flv:flashsv2+adpcm_swf
flv.flv:libx265+aac flv.flv:libvpx-vp9+libopus
ogg.ogv:+libopus ogg.ogg:+vorbis ogg.oga:+flac ogg.ogv:libvpx+vorbis opus.opus:+libopus
ogg.ogv:vc2+vorbis
nut.nut:mpeg4+libmp3lame nut.nut:rawvideo+pcm_s16le nut.nut:ffv1+flac
wav.wav:+pcm_s16le wav.wav:+pcm_f32le wav.wav:+adpcm_ms wav.wav:+pcm_s24le wav.wav:+pcm_mulaw
wav.wav:+libmp3lame w64.w64:+pcm_s16le wav.wav:+pcm_f64le
aiff.aiff:+pcm_s16be aiff.aif:+pcm_s24be au.au:+pcm_s16be caf.caf:+alac caf.caf:+pcm_s16le
flac.flac:+flac mp3.mp3:+libmp3lame adts.aac:+aac ac3.ac3:+ac3 eac3.eac3:+eac3 mp2.mp2:+mp2
latm.latm:+aac tta.tta:+tta wv.wv:+wavpack amr.amr:+libopencore_amrnb voc.voc:+pcm_u8
spx.spx:+libspeex sox.sox:+pcm_s32le ircam.sf:+pcm_s16le oma.oma:+aptx
h264.264:libx264+ h264.h264:libx264+ hevc.hevc:libx265+ hevc.265:libx265+ ivf.ivf:libvpx+
ivf.ivf:libsvtav1+ ivf.ivf:libvpx-vp9+ obu.obu:libsvtav1+ mpeg2video.m2v:mpeg2video+
mpeg1video.m1v:mpeg1video+ m4v.m4v:mpeg4+ yuv4mpegpipe.y4m:rawvideo+ mjpeg.mjpg:mjpeg+
dv.dv:dvvideo+ gxf.gxf:mpeg2video+pcm_s16le wtv.wtv:mpeg2video+mp2 rm.rm:rv10+ac3 rm.rm:rv20+
swf.swf:flv+libmp3lame gif.gif:gif+ apng.apng:apng+ amv.amv:amv+adpcm_ima_amv
dirac.drc:vc2+ dnxhd.dnxhd:dnxhd+ h261.h261:h261+ h263.h263:h263+ roq.roq:roqvideo+
filmstrip.flm:rawvideo+ smjpeg.mjpg:mjpeg+pcm_s16le film_cpk.cpk:cinepak+pcm_s16be
avif.avif:libsvtav1+ webp.webp:libwebp_anim+
"""

# Codecs that no pair above holds are tried in these, the first that takes them.
_CARRIERS = (("matroska", ".mkv"), ("nut", ".nut"), ("avi", ".avi"), ("mov", ".mov"))
_MORE_VIDEO = """
asv1 asv2 apng avrp bitpacked bmp cljr dpx exr ffvhuff fits h263p hdr jpegls ljpeg msmpeg4v2 msrle
msvideo1 pam pbm pcx pfm pgm pgmyuv phm ppm qoi r10k r210 sgi smc snow speedhq sunrast targa tiff
v308 v408 v410 vbn wbmp xbm xface xwd y41p yuv4 zlib zmbv libwebp alias_pix dxv
""".split()  # noqa: SIM905 - a list of quoted names is harder to read
_MORE_AUDIO = """
ac3_fixed adpcm_adx adpcm_argo adpcm_yamaha aptx_hd dfpwm g722 g723_1 g726 g726le mp2fixed
pcm_f32be pcm_f64be pcm_s16le_planar pcm_s32le pcm_s64be pcm_s64le pcm_s8 pcm_u16be pcm_u16le
pcm_u24be pcm_u24le pcm_u32be pcm_u32le pcm_vidc real_144 roq_dpcm sbc opus pcm_s24daud
""".split()  # noqa: SIM905 - a list of quoted names is harder to read
_FRAGMENTED = (("movflags", "frag_keyframe+empty_moov"),)


@cache
def bases() -> tuple[Base, ...]:
    """All kinds that are tried, in a fixed order."""
    found = [*_bases(_PAIRS), Base(".mp4", "mp4", "libx264", "aac", _FRAGMENTED)]
    for video in _MORE_VIDEO:
        found += [Base(suffix, muxer, video) for muxer, suffix in _CARRIERS]
    for audio in _MORE_AUDIO:
        found += [Base(suffix, muxer, "", audio) for muxer, suffix in _CARRIERS]
    return tuple(found)


def make_bases(folder: Path, kinds: Sequence[str] = ()) -> dict[str, Path]:
    """Write every kind that this build can write and the product takes for a title.

    Args:
        folder: Where; an empty folder.
        kinds: Only those of these names; empty means all.

    Returns:
        Files by the name of their kind.
    """
    made: dict[str, Path] = {}
    held: set[str] = set()
    extra = {*_MORE_VIDEO, *_MORE_AUDIO}
    for number, base in enumerate(bases()):
        codec = base.video or base.audio
        if (codec in extra and codec in held) or (kinds and base.name not in kinds):
            continue
        path = folder / f"{number:03d}{base.suffix}"
        if write_base(base, path) and _is_title(path):
            made[base.name] = path
            held.add(codec)
        else:
            path.unlink(missing_ok=True)
    return made


def write_base(base: Base, path: Path) -> bool:
    """Write one kind; whether this build can."""
    if not all(can_encode(codec) for codec in filter(None, (base.video, base.audio))):
        return False
    options = {"fflags": "+bitexact", **dict(base.options)}
    try:
        with av.open(str(path), "w", format=base.muxer, options=options) as container:
            packets = []
            video = _video_stream(container, base.video) if base.video else None
            audio = _audio_stream(container, base.audio) if base.audio else None
            if video is not None:
                for picture in _pictures(video):
                    packets += video.encode(picture)
                packets += video.encode(None)
            if audio is not None:
                for block in _blocks(audio):
                    packets += audio.encode(block)
                packets += audio.encode(None)
            for packet in sorted(packets, key=_when):
                container.mux(packet)
    except (FFmpegError, ValueError, NotImplementedError, OverflowError, KeyError):
        return False
    return path.stat().st_size > 0


def _when(packet: av.Packet[Any]) -> tuple[float, int]:
    stamp = packet.dts if packet.dts is not None else packet.pts or 0
    return float(stamp * (packet.time_base or Fraction(1))), packet.stream_index


def _video_stream(container: av.container.OutputContainer, codec: str) -> av.VideoStream:
    stream = container.add_stream(codec, rate=RATE, options=_OPTIONS.get(codec, {}))
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = _SIDES.get(codec, (64, 48))
    formats = stream.codec_context.codec.video_formats or []
    names = [each.name for each in formats]
    usual = _FORMATS.get(codec, "yuv420p")
    stream.pix_fmt = usual if usual in names or not names else names[0]
    stream.codec_context.thread_count = 1
    stream.codec_context.gop_size = 4
    stream.codec_context.flags |= av.codec.context.Flags.bitexact
    if codec not in {"libx264", "libx264rgb", "libx265"}:
        stream.bit_rate = 100_000
    return stream


def _audio_stream(container: av.container.OutputContainer, codec: str) -> av.AudioStream:
    coder = av.Codec(codec, "w")
    rates = list(coder.audio_rates or [])
    few = codec in _SPEECH
    rate = next((r for r in (48000, 44100, 22050) if r in rates), min(rates or [16000]))
    rate = 48000 if container.format.name in {"mxf", "gxf"} else rate
    if few or codec.startswith("g726"):
        rate = 16000 if codec == "g722" else 8000
    if codec.startswith("wma") or codec in {"adpcm_swf", "adpcm_ima_amv", "roq_dpcm"}:
        rate = 22050
    stream = container.add_stream(codec, rate=rate)
    assert isinstance(stream, av.AudioStream)
    stream.codec_context.thread_count = 1
    stream.codec_context.flags |= av.codec.context.Flags.bitexact
    mono = few or codec.startswith(("g726", "adpcm_ima_amv", "pcm_vidc"))
    stream.layout = "mono" if mono else "stereo"
    names = [each.name for each in coder.audio_formats or []]
    stream.format = names[0] if names else "s16"
    if codec.startswith("wma"):
        stream.bit_rate = 64_000
    if codec in {"vorbis", "opus"}:
        stream.codec_context.options = {"strict": "-2"}
    return stream


def _pictures(stream: av.VideoStream) -> Iterator[av.VideoFrame]:
    scene = np.random.default_rng(5).integers(30, 220, (1200, 1500, 3)).astype(np.uint8)
    scene[::2] = scene[1::2]
    for number in range(PICTURES):
        area = scene[number * 3 :, number * 5 :][: stream.height, : stream.width]
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(area // 4 + 90), "rgb24")
        frame = frame.reformat(format=stream.pix_fmt)
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        yield frame


def _blocks(stream: av.AudioStream) -> Iterator[av.AudioFrame]:
    rate = stream.rate
    channels = len(stream.layout.channels)
    total = math.ceil(rate * PICTURES / RATE)
    tone: NDArray[np.float64] = np.sin(np.arange(total) * 2 * np.pi * 440 / rate) * 0.4
    sound = np.repeat(tone[None].astype(np.float32), channels, 0)
    resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=rate)
    size = stream.codec_context.frame_size or 1024
    for at in range(0, total, size):
        piece = sound[:, at : at + size]
        if piece.shape[1] < size and stream.codec_context.frame_size:
            piece = np.pad(piece, ((0, 0), (0, size - piece.shape[1])))
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece), "fltp", stream.layout.name)
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        yield from resampler.resample(frame)


def _is_title(path: Path) -> bool:
    try:
        title = probe(path)
    except KnownError:
        return False
    return bool(title.video or title.audio)
