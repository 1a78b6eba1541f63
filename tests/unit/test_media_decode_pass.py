"""One pass gives every picture and sample once, the same for a stretch, and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext
from helpers.numbered import COUNT, KINDS, RATE, SAMPLE_RATE, Clips, GetClip, number_of, sound
from numpy.typing import NDArray

from core.domain.errors import CancelledError, KnownError
from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.decode_pass import Decoded, DecodePass
from core.media.frame import VideoFrame
from core.media.picture_decoder import PictureDecoder
from core.media.probe import probe
from core.media.source import open_container
from core.media.writer import write_title
from core.simulate.decode_error import damage_packets

FACES = tuple(KINDS)
WITH_BOTH = tuple(name for name, kind in KINDS.items() if kind.pictures and kind.audio)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> GetClip:
    return Clips(tmp_path_factory.mktemp("clips"))


@dataclass
class Result:
    """What a pass gave, apart by kind."""

    frames: list[VideoFrame] = field(default_factory=list)
    blocks: list[AudioBlock] = field(default_factory=list)
    events: list[DecodeEvent] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        return [number_of(frame) for frame in self.frames]

    @property
    def samples(self) -> NDArray[np.float32]:
        return np.concatenate([b.samples for b in self.blocks], axis=1)

    @property
    def faults(self) -> set[DecodeFault]:
        return {event.fault for event in self.events}


def sorted_out(items: Iterable[Decoded]) -> Result:
    result = Result()
    for item in items:
        if isinstance(item, VideoFrame):
            result.frames.append(item)
        elif isinstance(item, AudioBlock):
            result.blocks.append(item)
        else:
            result.events.append(item)
    return result


def run(title: Title, span: Span | None = None) -> Result:
    video = title.video[0] if title.video else None
    return sorted_out(DecodePass(title, video, title.audio, span))


def sample_at(block: AudioBlock) -> int:
    """Number of a block's first sample, counted from time zero."""
    return round(block.pts * block.base * block.rate)


def assert_contiguous(blocks: list[AudioBlock]) -> None:
    at = sample_at(blocks[0])
    for block in blocks:
        rounding = float(block.base * block.rate) + 1
        assert abs(sample_at(block) - at) <= rounding
        at += block.samples.shape[1]


# Clean titles


@pytest.mark.parametrize("name", FACES)
def test_a_clean_title_gives_all_of_it_once_and_no_events(clip: GetClip, name: str) -> None:
    title = clip(name)
    result = run(title)
    assert result.events == []
    if title.video:
        assert result.numbers == list(range(COUNT))
        stamps = [frame.pts for frame in result.frames]
        assert stamps == sorted(set(stamps))
    if title.audio:
        assert_contiguous(result.blocks)
        assert result.samples.shape[1] == pytest.approx(COUNT * SAMPLE_RATE // RATE, abs=4096)


@pytest.mark.parametrize("name", ["closed", "closed_mkv", "open_hevc", "lossless", "sound_only"])
def test_lossless_sound_is_what_was_written(clip: GetClip, name: str) -> None:
    samples = run(clip(name)).samples
    assert samples.shape == (2, COUNT * SAMPLE_RATE // RATE)
    np.testing.assert_allclose(samples, sound(samples.shape[1]), atol=1.5 / 32768)


def test_only_what_was_asked_for_is_decoded(clip: GetClip) -> None:
    title = clip("closed")
    pictures = sorted_out(DecodePass(title, title.video[0], ()))
    assert pictures.numbers == list(range(COUNT))
    assert pictures.blocks == []
    heard = sorted_out(DecodePass(title, None, title.audio))
    assert heard.frames == []
    np.testing.assert_array_equal(heard.samples, run(title).samples)
    assert list(DecodePass(title, None, ())) == []


def test_pictures_and_sound_come_side_by_side(clip: GetClip) -> None:
    title = clip("closed_mkv")
    ahead = 0.0
    seen = heard = 0.0
    for item in DecodePass(title, title.video[0], title.audio):
        if isinstance(item, VideoFrame):
            seen = float(item.pts * item.base)
        elif isinstance(item, AudioBlock):
            heard = float(item.pts * item.base)
        ahead = max(ahead, abs(heard - seen))
    assert ahead < 1.5


# Stretches


def expected_of(whole: Result, span: Span) -> tuple[list[int], NDArray[np.float32]]:
    """What of a whole title lies in a span: pictures that start there, samples by their place."""
    on_base = [(span.to(f.base), f) for f in whole.frames]
    here = [number_of(f) for within, f in on_base if within.start <= f.pts < within.end]
    if not whole.blocks:
        return here, np.zeros((2, 0), np.float32)
    origin = sample_at(whole.blocks[0])
    low = max(int(span.start * span.base * SAMPLE_RATE + Fraction(1, 2)) - origin, 0)
    high = max(int(span.end * span.base * SAMPLE_RATE + Fraction(1, 2)) - origin, 0)
    return here, whole.samples[:, low:high]


@pytest.mark.parametrize("name", FACES)
def test_a_stretch_gives_what_of_the_whole_lies_within(clip: GetClip, name: str) -> None:
    title = clip(name)
    whole = run(title)
    start = title.start.exact
    # Odd milliseconds fall between pictures; whole ones of 40 fall onto them.
    for first_ms, end_ms in (
        (0, 200),
        (480, 960),
        (473, 961),
        (899, 1100),
        (1201, 1202),
        (1520, 2000),
        (1900, 9000),
    ):
        base = Fraction(1, 1000)
        span = Span.from_seconds(start + first_ms * base, start + end_ms * base, base)
        part = run(title, span)
        numbers, samples = expected_of(whole, span)
        assert part.events == []
        assert part.numbers == numbers, span
        if title.audio:
            got = part.samples if part.blocks else samples[:, :0]
            assert got.shape == samples.shape, span
            # AAC's decoder fills in noise of its own, most of it where the right channel jumps.
            np.testing.assert_allclose(got[0], samples[0], atol=1e-3)
            np.testing.assert_allclose(got[1], samples[1], atol=0.05)


@pytest.mark.parametrize("name", ["open", "open_ts", "open_hevc", "open_mpeg2", "late_ts", "raw"])
def test_stretches_that_meet_make_the_whole(clip: GetClip, name: str) -> None:
    title = clip(name)
    base = Fraction(1, 1000)
    start = title.start.to(base).pts
    edges = [start - 10, start + 333, start + 490, start + 1111, start + 1700, start + 5000]
    numbers: list[int] = []
    count = 0
    for first, end in pairwise(edges):
        part = run(title, Span(first, end, base))
        numbers += part.numbers
        count += part.samples.shape[1] if part.blocks else 0
    whole = run(title)
    assert numbers == list(range(COUNT))
    assert count == (whole.samples.shape[1] if whole.blocks else 0)


def test_a_stretch_outside_the_title_is_empty(clip: GetClip) -> None:
    title = clip("closed")
    result = run(title, Span(100, 110, Fraction(1)))
    assert (result.frames, result.blocks) == ([], [])


# Damage


@dataclass(frozen=True)
class Trace:
    """Everything of a result that may be compared between runs."""

    frames: tuple[tuple[int, int, bytes], ...]
    samples: bytes
    events: tuple[DecodeEvent, ...]


def trace(result: Result) -> Trace:
    return Trace(
        tuple((f.pts, f.end_pts, f.luma().tobytes()) for f in result.frames),
        result.samples.tobytes() if result.blocks else b"",
        tuple(result.events),
    )


def damaged(title: Title, out: Path, first_s: float, end_s: float, **options: int) -> Title:
    start = title.start.seconds
    damage_packets(title.path, out, [(start + first_s, start + end_s)], 1.0, 3, **options)
    return probe(out)


@pytest.mark.parametrize("name", ["closed", "closed_mkv", "open", "open_hevc", "late", "avi"])
def test_damaged_pictures_decode_the_same_every_time_and_are_told(
    clip: GetClip, tmp_path: Path, name: str
) -> None:
    title = damaged(clip(name), tmp_path / f"damaged{KINDS[name].suffix}", 0.8, 1.1)
    runs = [run(title) for _ in range(3)]
    assert trace(runs[0]) == trace(runs[1]) == trace(runs[2])
    events = [e for e in runs[0].events if e.stream == title.video[0].index]
    if name == "open_hevc":
        assert trace(runs[0]).frames != trace(run(clip(name))).frames
        return  # The HEVC decoder takes most damage for pictures and says nothing.
    assert {e.fault for e in events} & {
        DecodeFault.DECODER_ERROR,
        DecodeFault.CORRUPT_FRAME,
        DecodeFault.CONCEALED,
    }
    start = title.start.seconds
    for event in events:
        # What refers to damage may be wrong up to the key picture after it, not before.
        assert 0.6 <= float(event.pts * event.base) - start <= 2.0, event


def test_what_refers_to_a_damaged_picture_shown_later_comes_from_one_thread(
    clip: GetClip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = damaged(clip("closed"), tmp_path / "damaged.mp4", 0.8, 1.1)
    last_given: list[int | None] = []
    unthreaded = PictureDecoder._unthreaded

    def spy(decoder: PictureDecoder) -> VideoCodecContext:
        last_given.append(decoder._last)
        return unthreaded(decoder)

    monkeypatch.setattr(PictureDecoder, "_unthreaded", spy)
    frames = run(title).frames
    # Picture 21 is coded first of all that are damaged, and picture 19 refers to it.
    (last,) = last_given
    assert last is not None
    assert last <= frames[18].pts
    assert len(frames) == COUNT


@pytest.mark.parametrize("name", ["closed", "open_hevc", "late"])
def test_pictures_away_from_damage_are_untouched(clip: GetClip, tmp_path: Path, name: str) -> None:
    title = damaged(clip(name), tmp_path / f"damaged{KINDS[name].suffix}", 0.8, 1.1)
    base = title.video[0].base
    start = float(title.video[0].start_pts * base)
    clean = [f for f in run(title).frames if not 0.6 < float(f.pts * base) - start < 1.95]
    wanted = [n for n in range(COUNT) if not 0.6 < n / RATE < 1.95]
    assert [number_of(f) for f in clean] == wanted


def test_damage_in_a_stretch_is_told_as_in_the_whole(clip: GetClip, tmp_path: Path) -> None:
    title = damaged(clip("closed"), tmp_path / "damaged.mp4", 0.8, 1.1)
    base = Fraction(1, 1000)
    span = Span(480, 1920, base)
    whole, part = run(title), run(title, span)
    inside = [f for f in whole.frames if 0.48 <= float(f.pts * f.base) < 1.92]
    assert trace(Result(part.frames)).frames == trace(Result(inside)).frames
    assert {e.fault for e in part.events} == {e.fault for e in whole.events}
    after = run(title, Span(1920, 2400, base))
    assert after.events == []


def test_damaged_sound_is_told_and_the_rest_stays(clip: GetClip, tmp_path: Path) -> None:
    whole = clip("closed")
    index = whole.audio[0].index
    title = damaged(whole, tmp_path / "damaged.mp4", 0.8, 1.1, stream_index=index)
    runs = [run(title) for _ in range(3)]
    assert trace(runs[0]) == trace(runs[1]) == trace(runs[2])
    assert runs[0].numbers == list(range(COUNT))
    assert {e.stream for e in runs[0].events} == {index}
    assert runs[0].faults & {DecodeFault.DECODER_ERROR, DecodeFault.GAP}
    head = round(0.7 * SAMPLE_RATE)
    samples = runs[0].samples
    np.testing.assert_allclose(samples[:, :head], sound(head), atol=1.5 / 32768)


def cut(title: Title, out: Path, share: float) -> Title:
    data = title.path.read_bytes()
    out.write_bytes(data[: round(len(data) * share)])
    return probe(out)


def index_first(title: Title, out: Path) -> Title:
    """The same packets with the index before them, so that a cut leaves it whole."""
    with (
        av.open(str(title.path)) as source,
        av.open(str(out), "w", container_options={"movflags": "faststart"}) as target,
    ):
        pairs = {s.index: target.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if packet.size:
                packet.stream = pairs[packet.stream_index]
                target.mux(packet)
    return probe(out)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_file_that_was_cut_off_is_called_truncated(tmp_path: Path, suffix: str) -> None:
    kind = KINDS["closed"]
    path = tmp_path / f"long{suffix}"
    count = 150
    write_title(
        path,
        (np.full((96, 128), n, np.uint8) for n in range(count)),
        RATE,
        sound(count * SAMPLE_RATE // RATE),
        settings=kind.coding,
        audio_codec="flac",
    )
    whole = (
        index_first(probe(path), tmp_path / f"first{suffix}") if suffix == ".mp4" else probe(path)
    )
    assert run(whole).events == []
    title = cut(whole, tmp_path / f"cut{suffix}", 0.4)
    events = [e for e in run(title).events if e.fault is DecodeFault.TRUNCATED]
    assert {e.stream for e in events} == {title.video[0].index, title.audio[0].index}
    for event in events:
        end = float((event.pts + event.extent_pts) * event.base)
        assert end == pytest.approx(count / RATE, abs=0.05)
        assert float(event.pts * event.base) < 4
    early = run(title, Span(0, 1, Fraction(1)))
    assert early.events == []


def without(title: Title, out: Path, index: int, first_s: float, end_s: float) -> Title:
    """A copy that lacks the packets of one stream that show in a stretch."""
    with av.open(str(title.path)) as source, av.open(str(out), "w") as target:
        pairs = {s.index: target.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if not packet.size or packet.pts is None or packet.time_base is None:
                continue
            at = float(packet.pts * packet.time_base)
            if packet.stream_index == index and first_s <= at < end_s:
                continue
            packet.stream = pairs[packet.stream_index]
            target.mux(packet)
    return probe(out)


def test_missing_sound_is_a_gap(clip: GetClip, tmp_path: Path) -> None:
    whole = clip("closed_mkv")
    index = whole.audio[0].index
    result = run(without(whole, tmp_path / "gap.mkv", index, 1.0, 1.5))
    (event,) = result.events
    assert (event.stream, event.fault) == (index, DecodeFault.GAP)
    assert float(event.pts * event.base) == pytest.approx(1.0, abs=0.11)
    assert float(event.extent_pts * event.base) == pytest.approx(0.5, abs=0.11)
    assert result.numbers == list(range(COUNT))
    for block in result.blocks:
        at = sample_at(block)
        wanted = sound(at + block.samples.shape[1])[:, at:]
        np.testing.assert_allclose(block.samples, wanted, atol=1.5 / 32768)


def test_missing_pictures_are_a_gap(clip: GetClip, tmp_path: Path) -> None:
    whole = clip("lossless")
    index = whole.video[0].index
    result = run(without(whole, tmp_path / "gap.mkv", index, 1.0, 1.4))
    (event,) = result.events
    assert (event.stream, event.fault) == (index, DecodeFault.GAP)
    assert float(event.pts * event.base) == pytest.approx(1.0, abs=0.002)
    assert float(event.extent_pts * event.base) == pytest.approx(0.4, abs=0.002)
    assert result.numbers == [*range(25), *range(35, COUNT)]


def test_nothing_decodable_at_all_is_said_in_a_sentence(clip: GetClip, tmp_path: Path) -> None:
    title = clip("ten_bit")
    data = bytearray(title.path.read_bytes())
    out = tmp_path / "noise.mkv"
    with av.open(str(title.path)) as source:
        packets = [p for p in source.demux(source.streams.video[0]) if p.size]
    for packet in packets:
        place = data.find(bytes(packet))
        data[place + 4 : place + packet.size] = bytes([0xFF]) * (packet.size - 4)
    out.write_bytes(data)
    with pytest.raises(KnownError, match="can be decoded"):
        run(replace(title, path=out))


# Cancelling


def test_cancelling_stops_the_pass(clip: GetClip) -> None:
    title = clip("closed")
    token = CancelToken()
    items = iter(DecodePass(title, title.video[0], title.audio, cancel=token))
    next(items)
    token.cancel()
    with pytest.raises(CancelledError):
        list(items)


def test_a_pass_may_be_left_at_any_time(clip: GetClip, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(clip("closed").path.read_bytes())
    title = probe(copy)
    items = iter(DecodePass(title, title.video[0], title.audio))
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert run(title).numbers == list(range(COUNT))


def test_a_file_that_went_away_is_refused(clip: GetClip, tmp_path: Path) -> None:
    title = replace(clip("closed"), path=tmp_path / "gone.mp4")
    with pytest.raises(KnownError, match="does not exist"):
        run(title)


def test_threads_give_up_at_damage_rather_than_hand_it_out_by_chance(
    clip: GetClip, tmp_path: Path
) -> None:
    title = damaged(clip("closed"), tmp_path / "damaged.mp4", 0.8, 1.1)
    with open_container(title.path) as container:
        video = title.video[0]
        decoder = PictureDecoder(title.path, container, video, None, CancelToken())
        try:
            assert container.streams.video[0].codec_context.options["err_detect"] == "explode"
            assert "err_detect" not in decoder._unthreaded().options
        finally:
            decoder.close()
