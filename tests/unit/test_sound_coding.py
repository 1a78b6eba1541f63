"""Sound through real coders: in step with what it was, as loud, and changed."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.soundscape import stage

from core.domain.errors import KnownError
from core.simulate.sound_coding import SOUND_CODERS, through_coder


@pytest.mark.parametrize("codec", SOUND_CODERS)
@pytest.mark.parametrize("rate", [48_000, 22_050])
def test_coded_sound_is_in_step_and_as_loud(codec: str, rate: int) -> None:
    samples = np.asarray(0.3 * stage(rate / 48_000, seed=2)[0], np.float32)[:rate]
    # Above 8 kHz coders leave out what they like.
    spectrum = np.fft.rfft(samples)
    spectrum[round(len(samples) * 4000 / rate) :] = 0
    samples = np.asarray(np.fft.irfft(spectrum, len(samples)), np.float32)
    coded = through_coder(samples, rate, codec, 64_000)
    assert coded.shape == samples.shape
    off = float(np.sqrt(np.mean(np.square(coded - samples))))
    assert 0 < off < 0.15 * float(np.sqrt(np.mean(np.square(samples))))


def test_coder_that_refuses_is_told_in_a_sentence() -> None:
    with pytest.raises(KnownError, match="cannot be coded as opus"):
        through_coder(np.zeros(4800, np.float32), 48_000, "opus", 1)
