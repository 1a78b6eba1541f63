"""Sound through a real coder and back, in step with what it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.error import FFmpegError
from numpy.typing import NDArray

from core.domain.errors import KnownError

Channel = NDArray[np.float32]
"""float32, shape (n,)."""

_LATEST_S = 0.15
_PROBE_S = 0.5
_EDGE = 1152


@dataclass(frozen=True, slots=True)
class SoundCoder:
    """One lossy format of sound.

    Attributes:
        encoder: FFmpeg's name.
        decoder: FFmpeg's name.
        format: Of the samples that the encoder takes.
        rates: Sampling rates that it takes, from high to low.
        options: Of the encoder: quick ones, since much is coded.
    """

    encoder: str
    decoder: str
    format: str
    rates: tuple[int, ...]
    options: Mapping[str, str]


SOUND_CODERS: Mapping[str, SoundCoder] = MappingProxyType(
    {
        "mp3": SoundCoder(
            "libmp3lame",
            "mp3float",
            "fltp",
            (48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 8_000),
            {"compression_level": "7"},
        ),
        "aac": SoundCoder(
            "aac",
            "aac",
            "fltp",
            (48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 8_000),
            {"aac_coder": "fast"},
        ),
        "opus": SoundCoder(
            "libopus",
            "opus",
            "flt",
            (48_000, 24_000, 16_000, 12_000, 8_000),
            {"compression_level": "4"},
        ),
        "ac3": SoundCoder("ac3", "ac3", "fltp", (48_000, 44_100, 32_000), {}),
        "mp2": SoundCoder("mp2", "mp2float", "s16", (48_000, 44_100, 32_000, 24_000, 16_000), {}),
    }
)
"""Formats by their short names."""


def through_coder(samples: Channel, rate: int, codec: str, bits: int, hz: int = 0) -> Channel:
    """One channel, coded and decoded again.

    Args:
        samples: Shape (n,); full scale is ±1.
        rate: Samples a second.
        codec: Key of `SOUND_CODERS`.
        bits: Bits a second.
        hz: Sampling rate inside the coder; 0 is the lowest that keeps the whole band, if any.

    Returns:
        As many samples, in step with what went in.

    Raises:
        KnownError: The coder refuses.
    """
    inside = hz or _inside(codec, rate)
    late = _lateness(codec, rate, inside, bits)
    # Coders settle in: what stands before and after is the sound mirrored, not silence.
    edge = min(_EDGE, len(samples) - 1)
    padded = np.pad(samples, edge, "reflect")
    coded = _coded(padded, rate, codec, bits, inside)[late + edge : late + edge + len(samples)]
    return np.pad(coded, (0, len(samples) - len(coded)))


def _inside(codec: str, rate: int) -> int:
    rates = SOUND_CODERS[codec].rates
    return min((known for known in rates if known >= rate), default=rates[0])


def _coded(samples: Channel, rate: int, codec: str, bits: int, inside: int) -> Channel:
    known = SOUND_CODERS[codec]
    try:
        coder = cast("AudioCodecContext", av.CodecContext.create(known.encoder, "w"))
        coder.format, coder.layout = known.format, "mono"
        coder.sample_rate, coder.bit_rate = inside, bits
        coder.time_base = Fraction(1, inside)
        coder.options = dict(known.options)
        coder.open()
        decoder = cast("AudioCodecContext", av.CodecContext.create(known.decoder, "r"))
        decoder.layout, decoder.sample_rate = "mono", inside
        if coder.extradata is not None:
            decoder.extradata = coder.extradata
        # Coders keep some samples back: silence after the end pushes them out.
        padded = np.append(samples, np.zeros(round(_LATEST_S * rate), np.float32))
        given = _frames(padded, rate, known.format, inside, coder.frame_size)
        packets = [packet for part in (*given, None) for packet in coder.encode(part)]
        decoded = [part for packet in (*packets, None) for part in decoder.decode(packet)]
        if inside != rate:
            back = av.AudioResampler("fltp", "mono", rate)
            decoded = [part for each in (*decoded, None) for part in back.resample(each)]
        parts = [part.to_ndarray().reshape(-1) for part in decoded]
    except (FFmpegError, ValueError) as error:
        raise KnownError(f"The sound cannot be coded as {codec}.", str(error)) from error
    if not parts:
        raise KnownError(f"Nothing of the sound is left after coding it as {codec}.")
    return np.concatenate([np.asarray(part, np.float32) for part in parts])


def _frames(samples: Channel, rate: int, form: str, inside: int, size: int) -> list[av.AudioFrame]:
    """Frames of the size that a coder takes, at its rate."""
    if inside != rate or form not in ("flt", "fltp"):
        resampler = av.AudioResampler(form, "mono", inside, size or None)
        return [
            part
            for each in (_frame(samples, rate, "fltp"), None)
            for part in resampler.resample(each)
        ]
    size = size or len(samples)
    return [
        _frame(samples[at : at + size], rate, form, at)
        for at in range(0, len(samples) // size * size, size)
    ]


def _frame(samples: Channel, rate: int, form: str, at: int = 0) -> av.AudioFrame:
    row = np.ascontiguousarray(samples[None], np.float32)
    frame = av.AudioFrame.from_ndarray(row, format=form, layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
    return frame


@lru_cache(maxsize=256)
def _lateness(codec: str, rate: int, inside: int, bits: int) -> int:
    """By how many samples a coder comes late, found with noise of the lower band."""
    count = round(_PROBE_S * rate)
    spectrum = np.fft.rfft(np.random.default_rng(5).normal(size=count))
    spectrum[round(0.08 * len(spectrum)) :] = 0
    noise = np.fft.irfft(spectrum, count)
    noise *= 0.25 / np.abs(noise).max()
    coded = _coded(noise.astype(np.float32), rate, codec, bits, inside)
    size = 1 << (len(noise) + len(coded)).bit_length()
    cross = np.fft.rfft(coded, size) * np.conj(np.fft.rfft(noise, size))
    return int(np.argmax(np.fft.irfft(cross, size)[: round(_LATEST_S * rate) + 1]))
