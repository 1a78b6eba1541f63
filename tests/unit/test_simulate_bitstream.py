"""Corrupted blocks: as much as asked for, the same every time, told by the clean decode."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.scenery import moving_planes

from core.domain.errors import KnownError
from core.domain.finding import Region
from core.simulate.bitstream import corrupt, target_share
from core.simulate.block_corruption import BlockCorruption, StreamCorruption, block_corruption
from core.simulate.coding import CODERS, decode, encode
from core.simulate.difference import damaged_share, mask_of, share_of
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture
from core.simulate.piece import Damaged, PieceDamage, piece_length

CODECS = tuple(CODERS)
PIXELS = BlockCorruption.VARIANTS


def scene(count: int = 16, depth: int = 8) -> list[Picture]:
    """Moving texture in 4:2:0 with some colour."""
    found = []
    for plane in moving_planes(count):
        small = cv2.resize(plane, (160, 90), interpolation=cv2.INTER_AREA)
        planes = [plane, small, 255 - small]
        if depth > 8:
            planes = [p.astype(np.uint16) << (depth - 8) for p in planes]
        found.append(Picture(planes[0], (planes[1], planes[2]), depth))
    return found


def same(first: Picture, second: Picture) -> bool:
    return all(
        a.dtype == b.dtype and np.array_equal(a, b)
        for a, b in zip(first.planes, second.planes, strict=True)
    )


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("depth", [8, 10])
def test_undamaged_packets_decode_to_nearly_what_went_in(codec: str, depth: int) -> None:
    pictures = scene(8, depth)
    coded = encode(pictures, codec, quality=1.0)
    shown = decode(coded, coded.packets, pictures[0])
    for picture, back in zip(pictures, shown, strict=True):
        assert back is not None
        assert back.luma.dtype == picture.luma.dtype
        assert back.depth == depth
        difference = back.luma.astype(float) - picture.luma
        assert np.abs(difference).mean() / (1 << (depth - 8)) < 4


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has the calls that tell of it")
def test_coding_leaves_the_thread_as_urgent_as_it_was() -> None:
    before = os.sched_getscheduler(0)
    encode(scene(2), "av1")
    assert os.sched_getscheduler(0) == before


@pytest.mark.parametrize("codec", CODECS)
def test_damaged_streams_differ_from_clean_and_repeat(codec: str) -> None:
    pictures = scene()
    first, second = (corrupt(pictures, codec, 0.6, 4, pictures[0]) for _ in range(2))
    assert len(first.damaged) == len(first.clean) == len(pictures)
    assert first.share > 0
    assert first.parameters == second.parameters
    for a, b in zip(first.damaged + first.clean, second.damaged + second.clean, strict=True):
        assert same(a, b)


def test_the_key_picture_is_lost_only_where_it_may_be() -> None:
    pictures = scene(10)
    spared = [corrupt(pictures, "vp9", 1.1, seed) for seed in range(8)]
    wrecked = [corrupt(pictures, "vp9", 1.1, seed, key=True) for seed in range(8)]
    assert all(same(done.clean[0], done.damaged[0]) for done in spared)
    assert any(not same(done.clean[0], done.damaged[0]) for done in wrecked)


def test_damaged_streams_do_not_depend_on_what_memory_held_before() -> None:
    code = (
        "import hashlib\n"
        "from test_simulate_bitstream import scene\n"
        "from core.simulate.bitstream import corrupt\n"
        "digest = hashlib.sha256()\n"
        "for codec in ('h264', 'hevc', 'mpeg1', 'mpeg2', 'h263', 'vp9'):\n"
        "    for seed in range(24 if codec == 'mpeg2' else 3):\n"
        "        for picture in corrupt(scene(12), codec, 0.8, seed).damaged:\n"
        "            for plane in picture.planes:\n"
        "                digest.update(plane.tobytes())\n"
        "print(digest.hexdigest())\n"
    )
    here = Path(__file__).resolve()
    root = here.parents[2]
    found = set()
    for fill in ("0", "90"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={
                **os.environ,
                # glibc fills what it hands out, so that reading it unwritten shows.
                "MALLOC_PERTURB_": fill,
                "PYTHONPATH": os.pathsep.join(map(str, (root, here.parents[1], here.parent))),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        found.add(done.stdout)
    assert len(found) == 1


@pytest.mark.parametrize("codec", ["h264", "mpeg2"])
@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
def test_severity_is_the_share_that_is_measured(codec: str, severity: float) -> None:
    pictures = scene(24)
    shares = [corrupt(pictures, codec, severity, seed).share for seed in range(3)]
    wanted = target_share(severity)
    assert wanted / 2 < np.median(shares) < wanted * 2


def test_share_is_the_difference_from_the_clean_decode() -> None:
    done = corrupt(scene(), "h264", 0.7, 1)
    assert done.share == damaged_share(done.clean, done.damaged)
    assert done.parameters["share"] == pytest.approx(done.share, abs=1e-5)


def test_pictures_that_vanish_leave_the_one_before() -> None:
    pictures = scene(12)
    coded = encode(pictures, "vp9")
    packets = list(coded.packets)
    packets[5] = b""
    shown = decode(coded, packets, pictures[0])
    assert shown[5] is None
    damage = StreamCorruption(0.8, 3, "vp9")
    damaged = damage.apply_piece(pictures)
    assert len(damaged) == len(pictures)


@pytest.mark.parametrize("variant", PIXELS)
@pytest.mark.parametrize("severity", [0.2, 0.6, 1.0])
def test_blocks_cover_the_share_of_their_severity(variant: str, severity: float) -> None:
    damage = block_corruption(severity, 5, variant)
    shares = [share_of(mask_of(picture, damage.apply(picture))) for picture in scene(6)]
    wanted = target_share(severity)
    one_block = 256 / (320 * 180)
    assert wanted * 0.7 - one_block < np.mean(shares) < wanted * 1.3 + one_block


@pytest.mark.parametrize("variant", PIXELS)
def test_blocks_lie_on_the_grid_and_stay_for_a_while(variant: str) -> None:
    pictures = scene(4)
    damage = block_corruption(0.6, 5, variant)
    masks = [mask_of(picture, damage.apply(picture), threshold=0) for picture in pictures]
    blocks = [cv2.resize(m, (20, 12), interpolation=cv2.INTER_AREA) > 0 for m in masks]
    grids = [{(y // 16, x // 16) for y, x in zip(*np.nonzero(mask), strict=True)} for mask in masks]
    assert len(blocks) == 4
    common = set.intersection(*grids)
    assert len(common) > 0.8 * max(map(len, grids))


def test_green_blocks_are_what_a_decoder_leaves_that_never_wrote() -> None:
    (picture,) = scene(1)
    damaged = block_corruption(1.0, 0, "green").apply(picture)
    changed = damaged.luma != picture.luma
    assert (damaged.luma[changed] == picture.black).all()
    assert damaged.chroma is not None
    assert damaged.chroma[0].min() == 0


@pytest.mark.parametrize("variant", ["displaced", "h264"])
def test_severity_holds_within_a_region(variant: str) -> None:
    pictures = scene(20)
    region = Region(0.5, 0.5, 1.0, 1.0)
    damaged = list(
        inject_pictures(
            pictures, "block_corruption", [(2, 18)], 1.0, 1, variant=variant, region=region
        )
    )
    share = []
    for clean, shown in zip(pictures[2:18], damaged[2:18], strict=True):
        difference = np.abs(clean.luma.astype(int) - shown.luma) > 12
        # Regions grow to whole samples of colour, here by two rows.
        assert not difference[:88].any()
        assert not difference[:, :160].any()
        share.append(difference[90:, 160:].mean())
    assert np.mean(share) > 0.15


def test_unknown_variants_are_known_errors() -> None:
    with pytest.raises(KnownError, match=r"no variant “theora”.*displaced"):
        block_corruption(1.0, 0, "theora")


def test_long_stretches_are_damaged_piece_by_piece() -> None:
    pictures = scene(3)
    sizes: list[int] = []

    class Counting(PieceDamage):
        def apply_piece(self, pictures: list[Picture]) -> list[Damaged]:  # type: ignore[override]
            sizes.append(len(pictures))
            return [Damaged(picture, picture) for picture in pictures]

    from core.simulate.piece import PictureRun

    run = PictureRun[int](lambda _stretch: Counting())
    steps = [step for n in range(120) for step in run.take(n, pictures[n % 3], 0)]
    steps += run.finish()
    assert [step.tag for step in steps] == list(range(120))
    assert sizes == [48, 48, 24]
    huge = Picture(np.zeros((4320, 7680), np.uint16))
    assert piece_length(huge) == 8
