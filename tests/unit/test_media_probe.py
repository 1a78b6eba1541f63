"""What probing says of titles whose containers say something else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest
from helpers.clip import make_clip

from core.media.probe import probe


def shifted(source: Path, target: Path, late_s: int) -> Path:
    """Copy a title's packets with later time stamps."""
    with av.open(str(source)) as reading, av.open(str(target), "w") as writing:
        pairs = {s.index: writing.add_stream_from_template(s) for s in reading.streams}
        for packet in reading.demux():
            if packet.pts is None or packet.dts is None or packet.time_base is None:
                continue
            shift = int(late_s / Fraction(packet.time_base))
            packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
            packet.stream = pairs[packet.stream_index]
            writing.mux(packet)
    return target


@pytest.mark.parametrize("suffix", [".mkv", ".ts", ".mp4"])
def test_late_start_does_not_make_a_title_longer(tmp_path: Path, suffix: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", 2.0)
    title = probe(shifted(clip.path, tmp_path / f"late{suffix}", 7))
    assert title.duration_s == pytest.approx(clip.duration_s, abs=0.1)
    for stream in (*title.video, *title.audio):
        assert float(stream.duration_pts * stream.base) == pytest.approx(2.0, abs=0.15)
