"""What the campaign of hostile files found, each as the least that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest
from helpers.clip import make_clip
from numpy.typing import NDArray

from core.analysis.measure import measure_title
from core.domain.errors import KnownError
from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.title import Title
from core.media.audio import AudioReader, tame
from core.media.caption import read_cues
from core.media.cut import ranges_of
from core.media.decode_pass import DecodePass
from core.media.probe import probe
from core.media.source import MOST_PIXELS, open_container, packets_of


def sound_file(path: Path, codec: str, samples: NDArray[np.float32], form: str) -> Path:
    """A file of mono sound at 8 kHz, as it is."""
    with av.open(str(path), "w") as container:
        stream = cast("av.AudioStream", container.add_stream(codec, rate=8000, layout="mono"))
        frame = av.AudioFrame.from_ndarray(samples[None], form, "mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def wild_samples() -> NDArray[np.float32]:
    samples: NDArray[np.float32] = (np.sin(np.arange(8000) * 0.3) * 0.3).astype(np.float32)
    samples[3000:3004] = (np.nan, np.inf, -np.inf, 1e30)
    return samples


def test_sound_that_is_no_number_is_told_and_measured_all_the_same(tmp_path: Path) -> None:
    title = probe(sound_file(tmp_path / "a.wav", "pcm_f32le", wild_samples(), "flt"))
    items = list(DecodePass(title, None, title.audio))
    told = [i for i in items if isinstance(i, DecodeEvent)]
    assert [(e.fault, e.message[:9]) for e in told] == [(DecodeFault.DECODER_ERROR, "4 samples")]
    heard = np.concatenate([i.samples for i in items if isinstance(i, AudioBlock)], 1)
    assert heard.shape == (1, 8000)
    assert np.isfinite(heard).all()
    assert measure_title(title, ["silence", "clipping", "hiss", "phase"]).faults == ()
    with AudioReader(title.path, title.audio[0]) as reader:
        assert np.isfinite(reader.read_at(0, 8000)).all()


def test_taming_leaves_sound_as_it_is_however_loud() -> None:
    loud = np.array([[-40.0, 0.0, 7.5]], np.float32)
    same, changed = tame(loud)
    assert same is loud
    assert changed == 0


def test_sound_of_64_bits_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.nut"
    tone = (np.sin(np.arange(8000) * 0.3) * 0.5 * 2**62).astype(np.int64)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s64le", rate=8000, layout="mono")
        frame = av.AudioFrame(format="s64", layout="mono", samples=8000)
        frame.planes[0].update(tone.tobytes())
        frame.sample_rate, frame.pts = 8000, 0
        container.mux(stream.encode(frame))
    title = probe(path)
    blocks = [i for i in DecodePass(title, None, title.audio) if isinstance(i, AudioBlock)]
    heard = np.concatenate([block.samples for block in blocks], 1)[0]
    np.testing.assert_allclose(heard, tone / 2.0**63, atol=1e-6)


def test_sound_whose_codec_gives_no_format_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "a.mkv", 1.0)
    data = title.path.read_bytes()
    assert data.count(b"A_AAC") == 1
    broken = tmp_path / "b.mkv"
    broken.write_bytes(data.replace(b"A_AAC", b"A_XYZ"))
    again = probe(broken)
    assert again.audio == ()
    assert any("cannot be decoded" in note for note in again.notes)


def test_stream_that_comes_up_on_the_way_ends_nothing(tmp_path: Path) -> None:
    """PyAV looks for it at the end among the streams of the beginning."""
    title = make_clip(tmp_path / "a.mp4", 1.0)

    class Growing:
        """A container whose streams have grown: what `demux` does then."""

        def demux(self, *_streams: Any) -> Iterator[Any]:
            with open_container(title.path) as real:
                yield from real.demux()
            raise IndexError("list index out of range")

    with open_container(title.path) as container:
        grown: Any = Growing()
        packets = list(packets_of(grown, container.streams.video[0]))
    assert {packet.stream_index for packet in packets} == {0}
    assert sum(packet.size > 0 for packet in packets) == 25


def test_picture_beyond_every_level_of_every_codec_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.y4m"
    head = b"YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C420jpeg\nFRAME\n"
    path.write_bytes(head % (16384, 16384) + bytes(2000))
    assert 16384 * 16384 > MOST_PIXELS > 8192 * 4320
    with pytest.raises(KnownError, match=r"no picture or sound|cannot be opened"):
        probe(path)


def test_captions_at_times_that_cannot_be_are_refused_with_a_sentence(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "a.mp4", 1.0)
    late = '<p begin="1s" end="1000000000000000000s">said</p>'
    said = f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div>{late}</div></body></tt>'
    (tmp_path / "a.ttml").write_text(said)
    title = probe(title.path)
    with pytest.raises(KnownError, match="times that cannot be"):
        read_cues(title, title.captions[0])


def test_title_that_claims_weeks_is_cut_into_few_ranges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = replace(make_clip(tmp_path / "a.mp4", 1.0), duration_s=1e6)
    asked: list[int] = []

    def none_found(_title: Title, places: Sequence[Fraction]) -> list[int]:
        asked.append(len(places))
        return []

    monkeypatch.setattr("core.media.cut._key_frames", none_found)
    assert ranges_of(title, 0.1) == ()
    assert asked == [999]
