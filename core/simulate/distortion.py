"""Distortion: too hot, too warm, coded too small, or with peaks between the samples."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from core.simulate.kind import Sound, SoundDamage

_LEAST_SHARE, _MOST_SHARE = 0.01, 0.4
_FULL_SCALE = 0.98
_LEAST_DRIVE_DB, _MOST_DRIVE_DB = 6.0, 36.0
_LEAST_OVER_DB, _MOST_OVER_DB = 1.0, 12.0
_CODER, _DECODER = "libmp3lame", "mp3"
_CODEC_HZ = 24_000
_CODEC_BITS = (64_000, 48_000, 32_000, 24_000, 16_000, 8_000)
_LATEST_S = 0.15


class Distortion(SoundDamage):
    """Adds frequencies that were not there.

    * `hard`: turned up until 1 % (severity 0) to 40 % (1) of the samples are cut off flat.
    * `soft`: driven by 6 to 36 dB into a curve, as of a tube or tape; the peak stays what it was.
    * `codec`: coded as MP3 at 24 kHz and 64 kbit/s a channel (0) to 8 kbit/s (1), and decoded.
    * `intersample`: turned up by 1 to 12 dB and limited sample by sample, so that peaks between the
      samples pass full scale, and then cut off there, as a converter does.
    """

    VARIANTS = ("hard", "soft", "codec", "intersample")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Distort the stretch; silence stays silence."""
        peak = float(np.abs(sound).max(initial=0.0))
        if peak <= 0.0:
            return np.array(sound, np.float32)
        if self.variant == "hard":
            ceiling = max(float(np.quantile(np.abs(sound), 1.0 - self._share)), peak * 1e-3)
            made = np.clip(sound / ceiling, -1.0, 1.0) * _FULL_SCALE
        elif self.variant == "soft":
            drive = 10.0 ** (self._drive_db / 20.0) / peak
            # Lopsided, as valves are: even harmonics beside the odd ones.
            made = np.tanh(drive * sound + 0.2) - np.tanh(0.2)
            made *= peak / np.abs(made).max()
        elif self.variant == "codec":
            made = np.stack([_coded(channel, rate, self._bits) for channel in sound])
        else:
            made = _cut_between(sound * (10.0 ** (self._over_db / 20.0) / peak))
        return np.asarray(np.clip(made, -1.0, 1.0), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """How much of what the variant does."""
        if self.variant == "hard":
            return {"share": self._share}
        if self.variant == "soft":
            return {"drive_db": self._drive_db}
        if self.variant == "codec":
            return {"codec": _DECODER, "bits_a_second": self._bits}
        return {"over_db": self._over_db}

    @property
    def _share(self) -> float:
        return _LEAST_SHARE + (_MOST_SHARE - _LEAST_SHARE) * self.severity

    @property
    def _drive_db(self) -> float:
        return _LEAST_DRIVE_DB + (_MOST_DRIVE_DB - _LEAST_DRIVE_DB) * self.severity

    @property
    def _over_db(self) -> float:
        return _LEAST_OVER_DB + (_MOST_OVER_DB - _LEAST_OVER_DB) * self.severity

    @property
    def _bits(self) -> int:
        return _CODEC_BITS[round(self.severity * (len(_CODEC_BITS) - 1))]


def _cut_between(sound: Sound) -> Sound:
    """Samples limited to full scale, then what lies between them, too, at four times the rate."""
    limited = np.clip(sound, -1.0, 1.0).astype(np.float64)
    count = limited.shape[1]
    finer = np.fft.irfft(np.fft.rfft(limited) * 4, 4 * count)
    cut = np.fft.rfft(np.clip(finer, -1.0, 1.0))[:, : count // 2 + 1] / 4
    return np.asarray(_FULL_SCALE * np.fft.irfft(cut, count), np.float32)


def _coded(samples: Sound, rate: int, bits: int) -> Sound:
    """One channel through the coder and back, in step with what it was."""
    coder = cast("AudioCodecContext", av.CodecContext.create(_CODER, "w"))
    coder.format, coder.layout = "fltp", "mono"
    coder.sample_rate, coder.bit_rate = _CODEC_HZ, bits
    coder.time_base = Fraction(1, _CODEC_HZ)
    decoder = cast("AudioCodecContext", av.CodecContext.create(_DECODER, "r"))
    resampler = av.AudioResampler("fltp", "mono", rate)
    latest = round(_LATEST_S * rate)
    # Coders keep some samples back: silence after the end pushes them out.
    padded = np.append(samples, np.zeros(latest, np.float32))[None]
    frame = av.AudioFrame.from_ndarray(padded, format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    packets = [*coder.encode(frame), *coder.encode(None)]
    decoded = [f for packet in (*packets, None) for f in decoder.decode(packet)]
    parts = [p for f in (*decoded, None) for p in resampler.resample(f)]
    coded = np.concatenate([np.asarray(p.to_ndarray()[0], np.float32) for p in parts])
    late = _lateness(samples, coded, latest)
    aligned = coded[late : late + len(samples)]
    return np.pad(aligned, (0, len(samples) - len(aligned)))


def _lateness(before: Sound, after: Sound, latest: int) -> int:
    """By how many samples `after` comes late, up to `latest`."""
    size = 1 << (len(before) + len(after)).bit_length()
    cross = np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size))
    return int(np.argmax(np.fft.irfft(cross, size)[: latest + 1]))
