"""Lost pictures of H.264: told where they are missing, and never where they are not."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import av
import numpy as np
import pytest

from core.domain.media import DecodeEvent, DecodeFault
from core.media.decode_pass import DecodePass
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title


def _frames(count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    field = rng.integers(0, 255, (96, 400, 3), dtype=np.uint8)
    return [np.ascontiguousarray(field[:, 3 * n : 3 * n + 128]) for n in range(count)]


def _write(path: Path, **settings: object) -> Path:
    coding = VideoSettings(gop=20, **settings)  # type: ignore[arg-type]
    write_title(path, _frames(60), 25, settings=coding)
    return path


def _without(path: Path, out: Path, dropped: Collection[int]) -> Path:
    """Copy a stream without some of its packets; the others close ranks."""
    with av.open(str(path)) as source, av.open(str(out), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.size]
        stamps = [(packet.pts, packet.dts) for packet in packets]
        kept = [packet for n, packet in enumerate(packets) if n not in dropped]
        for packet, (pts, dts) in zip(kept, stamps, strict=False):
            packet.pts, packet.dts, packet.stream = pts, dts, copy
            target.mux(packet)
    return out


def _losses(path: Path) -> list[DecodeEvent]:
    title = probe(path)
    events = [e for e in DecodePass(title, title.video[0], ()) if isinstance(e, DecodeEvent)]
    return [event for event in events if event.fault is DecodeFault.CONCEALED]


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.ts"])
def test_a_lost_picture_is_told_where_it_is_missing(tmp_path: Path, name: str) -> None:
    whole = _write(tmp_path / name, b_frames=0)
    assert _losses(whole) == []
    # Pictures 26 and 27 of 60 go; the next one follows directly behind picture 25.
    (event,) = _losses(_without(whole, tmp_path / f"lost-{name}", {26, 27}))
    start = probe(whole).start.exact
    assert float(event.pts * event.base - start) == pytest.approx(26 / 25, abs=0.045)
    assert event.message.startswith("2 ")


@pytest.mark.parametrize("settings", [{}, {"b_frames": 3}, {"open_gop": True}, {"b_frames": 0}])
def test_whole_streams_of_any_shape_have_no_losses(
    tmp_path: Path, settings: dict[str, object]
) -> None:
    assert _losses(_write(tmp_path / "clip.mp4", **settings)) == []


def test_a_whole_lost_gop_is_no_leap(tmp_path: Path) -> None:
    whole = _write(tmp_path / "clip.mp4", b_frames=0)
    assert _losses(_without(whole, tmp_path / "cut.mp4", range(20, 40))) == []
