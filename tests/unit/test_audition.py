"""What is heard without a defect is the sound without it; what is heard alone is the defect."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.soundscape import talk
from numpy.typing import NDArray

from core.domain.errors import CancelledError, KnownError
from core.domain.finding import Band
from core.jobs.progress import CancelToken
from core.media.audition import (
    Hearing,
    audition,
    heard_name,
    reason_against,
    within,
    without_clicks,
    without_lines,
    without_plateaus,
)
from core.media.noise_gate import without_floor
from core.media.sound_evidence import clicks_of, plateaus_of

RATE = 48000


def tone(hertz: float, seconds: float = 2.0, height: float = 0.5) -> NDArray[np.float32]:
    time = np.arange(round(seconds * RATE)) / RATE
    return (height * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def level_db(samples: NDArray[np.floating], hertz: float) -> float:
    """Level of a sine in the middle of the samples, in dB."""
    middle = np.asarray(samples[len(samples) // 4 : -len(samples) // 4], np.float64)
    time = np.arange(len(middle)) / RATE
    window = np.hanning(len(middle))
    part = np.sum(middle * window * np.exp(-2j * np.pi * hertz * time)) / window.sum()
    return float(20 * np.log10(2 * abs(part) + 1e-12))


def rms_db(samples: NDArray[np.floating]) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


@pytest.fixture(scope="module")
def speech() -> NDArray[np.float32]:
    return np.asarray(talk(2.0, seed=3)[0], np.float32)


def test_notches_take_the_mains_and_leave_the_programme() -> None:
    both = tone(50.0, height=0.1) + tone(100.0, height=0.1) + tone(1000.0)
    made = without_lines(both, RATE, (50.0, 100.0))
    for hertz in (50.0, 100.0):
        assert level_db(made, hertz) < level_db(both, hertz) - 30.0
    assert level_db(made, 1000.0) == pytest.approx(level_db(both, 1000.0), abs=0.1)
    assert level_db(without_lines(tone(75.0), RATE, (50.0, 100.0)), 75.0) == pytest.approx(
        level_db(tone(75.0), 75.0), abs=0.1
    )


def test_a_mains_frequency_that_is_a_little_off_is_taken_too() -> None:
    assert (
        level_db(without_lines(tone(50.2), RATE, (50.0,)), 50.2) < level_db(tone(50.2), 50.2) - 30
    )


def test_a_band_is_kept_and_nothing_beside_it() -> None:
    made = within(tone(1000.0) + tone(6000.0), RATE, Band(4000.0, 8000.0))
    assert level_db(made, 6000.0) == pytest.approx(level_db(tone(6000.0), 6000.0), abs=0.1)
    assert level_db(made, 1000.0) < -80.0


def test_clicks_in_a_sine_are_replaced_by_the_sine() -> None:
    clean = tone(440.0)
    broken = clean.copy()
    broken[30_000] = -0.9
    broken[60_000:60_030] += 0.4
    made = without_clicks(broken, RATE, clicks_of(broken, RATE))
    assert np.abs(made - clean).max() < 0.01


def test_clicks_in_speech_are_taken_and_speech_stays(speech: NDArray[np.float32]) -> None:
    broken = speech.copy()
    broken[9_000:90_000:5_000] += 0.3
    made = without_clicks(broken, RATE, clicks_of(broken, RATE))
    assert rms_db(made - speech) < rms_db(broken - speech) - 15.0


def test_what_was_clipped_comes_back_nearly() -> None:
    clean = tone(440.0)
    flat = np.clip(clean, -0.4, 0.4)
    made = without_plateaus(flat, plateaus_of(flat, RATE))
    assert rms_db(made - clean) < rms_db(flat - clean) - 10.0
    assert (np.abs(made) >= np.abs(flat) - 1e-6).all()


def test_the_noise_floor_goes_and_what_lies_above_stays() -> None:
    noise = np.random.default_rng(1).standard_normal(3 * RATE).astype(np.float32) * 0.01
    burst = tone(3000.0, 3.0, 0.3) * (np.arange(3 * RATE) // 12_000 % 2).astype(np.float32)
    made = without_floor(noise + burst, RATE, 1000.0)
    quiet = slice(2 * 12_000 + 4000, 3 * 12_000 - 4000)
    loud = slice(3 * 12_000 + 4000, 4 * 12_000 - 4000)
    assert rms_db(made[quiet]) < rms_db(noise[quiet]) - 10.0
    assert rms_db(made[loud]) == pytest.approx(rms_db(burst[loud]), abs=0.5)
    assert len(made) == len(noise)


def test_low_sound_passes_the_gate_as_it_is() -> None:
    low = tone(200.0)
    assert np.abs(without_floor(low, RATE, 2000.0) - low)[5000:-5000].max() < 1e-3


def test_only_the_channels_concerned_change() -> None:
    both = np.stack((tone(50.0, height=0.1) + tone(800.0), tone(50.0, height=0.1)))
    made = audition(both, RATE, "hum", Hearing.WITHOUT, (0,))
    assert level_db(made.samples[0], 50.0) < -50.0
    assert (made.samples[1] == both[1]).all()
    alone = audition(both, RATE, "hum", Hearing.SOLO, (0,))
    assert not alone.samples[1].any()
    assert level_db(alone.samples[0], 800.0) < -50.0


def test_what_is_faint_is_turned_up_to_be_heard_alone() -> None:
    faint = (tone(60.0, height=1e-3) + tone(800.0))[None]
    alone = audition(faint, RATE, "hum", Hearing.SOLO, (0,), Band(60.0, 480.0))
    assert alone.gain_db == pytest.approx(30.0, abs=0.01)
    assert np.abs(alone.samples).max() <= 0.91


def test_mended_peaks_stay_below_full_scale() -> None:
    flat = np.clip(tone(440.0, height=2.0), -0.9, 0.9)[None]
    made = audition(flat, RATE, "clipping", Hearing.WITHOUT, (0,))
    assert np.abs(made.samples).max() <= 1.0
    assert made.gain_db < -1.0


def test_hiss_and_clicks_alone_are_high(speech: NDArray[np.float32]) -> None:
    broken = (speech + tone(300.0, height=0.3))[None]
    broken[0, 20_000] += 0.4
    for defect in ("clicks", "hiss"):
        made = audition(broken, RATE, defect, Hearing.SOLO, (0,))
        assert level_db(made.samples[0], 300.0) - made.gain_db < -80.0


def test_where_nothing_is_found_a_sentence_says_so() -> None:
    clean = tone(997.0)[None]
    for defect, hearing in (
        ("clicks", Hearing.WITHOUT),
        ("clicks", Hearing.SOLO),
        ("distortion", Hearing.WITHOUT),
        ("hum", Hearing.WITHOUT),
    ):
        with pytest.raises(KnownError, match=r"w(as|ere) found"):
            audition(clean, RATE, defect, hearing, (0,))


def test_reasons_are_given_for_what_has_no_meaning() -> None:
    assert reason_against("clipping", Hearing.SOLO)
    assert reason_against("silence", Hearing.WITHOUT)
    assert not reason_against("clipping", Hearing.WITHOUT)
    assert not reason_against("silence", Hearing.ORIGINAL)
    assert heard_name("clicks", Hearing.WITHOUT) == "without clicks"
    assert heard_name("hum", Hearing.SOLO) == "only hum"
    assert heard_name("hum", Hearing.ORIGINAL) == "the original"


def test_it_tells_how_far_it_is_and_stops_when_asked(speech: NDArray[np.float32]) -> None:
    shares: list[float] = []
    two = np.stack((speech, speech))
    audition(two, RATE, "hiss", Hearing.WITHOUT, (0, 1), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        audition(two, RATE, "hiss", Hearing.WITHOUT, (0, 1), cancel=token)
