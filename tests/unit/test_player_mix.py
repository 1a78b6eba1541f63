"""The downmix, the sample buffer and what the device callback makes of them."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest

from core.domain.errors import KnownError
from core.media.stretch import TimeStretch
from gui.player import audio_out
from gui.player.audio_out import AudioOutput, BlockSource, PortAudioDevice
from gui.player.clock import MediaClock
from gui.player.mix import Mixer, channel_names, downmix_matrix
from gui.player.sample_fifo import Chunk, SampleFifo

RATE = 48000


class FakeDevice:
    latency_s = 0.02
    active = True

    def __init__(self, rate: int, source: BlockSource, _name: str) -> None:
        self.rate = rate
        self.source = source
        self.closed = False

    def close(self) -> None:
        self.closed = True


def chunk(values: list[float], run_s: float = 0.0, generation: int = 1) -> Chunk:
    samples = np.array(values, np.float32).reshape(-1, 1)
    return Chunk(samples, run_s, 1 / RATE, generation)


def ramp(count: int, run_s: float = 0.0, generation: int = 1) -> Chunk:
    """Samples whose value says their number."""
    return chunk([n / 100000 for n in range(count)], run_s, generation)


def test_surround_is_mixed_after_bs775() -> None:
    matrix = downmix_matrix("5.1", 6)
    assert matrix[2] == pytest.approx([0.7071, 0.7071], abs=1e-4)
    assert matrix[3] == pytest.approx([0.0, 0.0])
    assert matrix[4] == pytest.approx([0.7071, 0.0], abs=1e-4)


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8, 16])
def test_every_channel_but_the_lfe_is_heard_in_any_layout(channels: int) -> None:
    matrix = downmix_matrix("nonsense", channels)
    assert matrix.shape == (channels, 2)
    assert (matrix.sum(axis=1) > 0).all()
    assert len(channel_names("nonsense", channels)) == channels


def test_solo_silences_the_others_and_lets_the_lfe_be_heard() -> None:
    mixer = Mixer("5.1", 6)
    mixer.set_solo(3, True)
    assert mixer.matrix[3].sum() > 0
    assert not mixer.matrix[[0, 1, 2, 4, 5]].any()
    mixer.set_solo(3, False)
    assert (mixer.matrix == downmix_matrix("5.1", 6)).all()


def test_mute_gain_and_master_multiply() -> None:
    mixer = Mixer("stereo", 2)
    mixer.set_gain(0, 0.5)
    mixer.set_gain(None, 0.5)
    mixer.set_muted(1, True)
    assert mixer.matrix == pytest.approx(np.array([[0.25, 0.0], [0.0, 0.0]]))
    mixer.set_muted(None, True)
    assert not mixer.matrix.any()


def test_the_buffer_gives_what_was_put_in_and_then_silence() -> None:
    fifo = SampleFifo(1, 4)
    fifo.push(chunk([1, 2, 3], run_s=5.0))
    fifo.push(chunk([4, 5], run_s=5.0 + 3 / RATE))
    assert fifo.full
    first = fifo.pull(2)
    assert first.samples[:, 0].tolist() == [1, 2]
    assert first.run_s == 5.0
    second = fifo.pull(5)
    assert second.samples[:, 0].tolist() == [3, 4, 5, 0, 0]
    assert second.filled == 3
    assert second.run_s == pytest.approx(5.0 + 2 / RATE)
    assert fifo.pull(1).run_s is None


def make_output(clock: MediaClock, now: list[float]) -> AudioOutput:
    output = AudioOutput(clock, FakeDevice, lambda: now[0])
    output.open(RATE, Mixer("mono", 1))
    return output


def filled(output: AudioOutput, count: int, latency_s: float = 0.0) -> np.ndarray:
    out = np.full((count, 2), 9.0, np.float32)
    output.fill(out, latency_s)
    return out


def test_nothing_is_heard_before_the_gate_opens() -> None:
    now = [0.0]
    clock = MediaClock(lambda: now[0])
    output = make_output(clock, now)
    output.fifo.push(ramp(1000))
    assert not filled(output, 100).any()
    assert output.fifo.count == 1000
    assert output.reports[-1].media_s is None


def test_the_first_sample_is_put_where_the_clock_says() -> None:
    now = [0.0]
    clock = MediaClock(lambda: now[0])
    output = make_output(clock, now)
    output.fifo.push(ramp(5000, run_s=2.0))
    clock.start(2.0, 1.0, at_s=0.0 + 300 / RATE)
    output.open_gate()
    out = filled(output, 1000)
    assert not out[:300].any()
    assert out[999, 0] == pytest.approx(699 / 100000, abs=1e-6)


def test_samples_that_come_too_late_are_skipped() -> None:
    now = [0.0]
    clock = MediaClock(lambda: now[0])
    output = make_output(clock, now)
    clock.start(2.0, 1.0, at_s=0.0)
    output.fifo.push(ramp(9000, run_s=2.0))
    output.open_gate()
    now[0] = 1000 / RATE
    out = filled(output, 1000, latency_s=500 / RATE)
    assert out[999, 0] == pytest.approx((1500 + 999) / 100000, abs=1e-6)
    report = output.reports[-1]
    assert report.media_s == pytest.approx(2.0 + 1500 / RATE)
    assert report.heard_s == pytest.approx(1500 / RATE)


def test_closing_the_gate_fades_within_one_block() -> None:
    now = [0.0]
    clock = MediaClock(lambda: now[0])
    output = make_output(clock, now)
    clock.start(0.0, 1.0, at_s=0.0)
    output.fifo.push(chunk([0.5] * 5000))
    output.open_gate()
    filled(output, 1000)
    output.close_gate()
    out = filled(output, 1000)[:, 0]
    assert out[0] > 0.4
    assert abs(np.diff(out)).max() < 0.01
    assert not out[300:].any()
    assert not filled(output, 1000).any()


def test_a_missing_portaudio_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real_import = builtins.__import__

    def refuse(name: str, *args: object, **kwargs: object) -> object:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real_import(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(KnownError) as caught:
        PortAudioDevice(RATE, lambda _out, _latency: None)
    assert "PortAudio is missing" in caught.value.sentence
    assert audio_out.__name__ == "gui.player.audio_out"


class GoneError(Exception):
    """What PortAudio raises when asked about a device that was pulled out."""


def fake_portaudio(starts: bool) -> tuple[ModuleType, list[object]]:
    """A sound library whose device goes: before its start, or while it plays."""
    closed: list[object] = []

    class Stream:
        latency = 0.1

        def __init__(self, **_how: object) -> None: ...

        def start(self) -> None:
            if not starts:
                raise GoneError("Device unavailable [PaErrorCode -9985]")

        @property
        def active(self) -> bool:
            raise GoneError("Unanticipated host error [PaErrorCode -9999]")

        def close(self, ignore_errors: bool) -> None:
            assert ignore_errors
            closed.append(self)

    def ask(*_what: object, **_how: object) -> dict[str, float]:
        raise GoneError("Error querying device -1")

    module = ModuleType("sounddevice")
    vars(module).update(PortAudioError=GoneError, OutputStream=Stream, query_devices=ask)
    return module, closed


def test_a_device_that_goes_before_it_starts_is_a_sentence_and_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module, closed = fake_portaudio(starts=False)
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    with pytest.raises(KnownError, match="follows the system clock"):
        PortAudioDevice(RATE, lambda _out, _latency: None)
    assert closed
    assert audio_out.output_devices() == ()


def test_a_device_that_goes_while_it_plays_is_not_active_and_can_be_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module, closed = fake_portaudio(starts=True)
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    device = PortAudioDevice(RATE, lambda _out, _latency: None)
    assert not device.active
    device.close()
    assert len(closed) == 1


@pytest.mark.parametrize(("speed", "channels"), [(0.5, 2), (0.75, 1), (1.5, 6), (2.0, 8)])
def test_stretching_changes_the_length_and_keeps_the_pitch(speed: float, channels: int) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE).astype(np.float32)
    stretch = TimeStretch(channels, RATE, speed)
    parts = [
        stretch.push(np.tile(tone[at : at + 2048], (channels, 1))) for at in range(0, RATE, 2048)
    ]
    out = np.concatenate([*parts, stretch.flush()], axis=1)
    assert out.shape[0] == channels
    assert out.shape[1] == pytest.approx(RATE / speed, rel=0.02)
    spectrum = np.abs(np.fft.rfft(out[0] * np.hanning(out.shape[1])))
    assert np.fft.rfftfreq(out.shape[1], 1 / RATE)[spectrum.argmax()] == pytest.approx(440, abs=2)


def test_resampling_without_stretching_keeps_the_duration() -> None:
    stretch = TimeStretch(2, RATE, 1.0, 44100)
    out = np.concatenate([stretch.push(np.ones((2, RATE), np.float32)), stretch.flush()], axis=1)
    assert out.shape[1] == pytest.approx(44100, abs=64)


@pytest.mark.parametrize("speed", [0.49, 2.01, 0.0, -1.0])
def test_speeds_that_are_not_heard_are_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        TimeStretch(2, RATE, speed)
