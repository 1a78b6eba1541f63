"""Label maps come back as they went, from the store's runs and from COCO's."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.annotation.run_length import (
    coco_counts,
    coco_text,
    from_coco_counts,
    from_coco_text,
)
from core.store.mask_runs import pack, unpack


@st.composite
def label_maps(draw: st.DrawFn) -> NDArray[np.uint8]:
    height, width = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    numbers = draw(st.binary(min_size=height * width, max_size=height * width))
    spread = draw(st.sampled_from([1, 60, 128]))
    return (np.frombuffer(numbers, np.uint8) // spread * spread).reshape(height, width)


@given(label_maps())
def test_a_packed_map_comes_back_as_it_went(labels: NDArray[np.uint8]) -> None:
    back = unpack(pack(labels))
    assert back.dtype == np.uint8
    assert np.array_equal(back, labels)


@given(label_maps())
def test_coco_runs_and_their_text_come_back_as_they_went(labels: NDArray[np.uint8]) -> None:
    mask = labels > 100
    counts = coco_counts(mask)
    assert from_coco_text(coco_text(counts)) == counts
    assert np.array_equal(from_coco_counts(counts, *mask.shape), mask)


def test_coco_text_is_that_of_the_reference() -> None:
    """Made with pycocotools 2.0.11 of the same masks."""
    small = np.zeros((40, 60), bool)
    small[5:30, 10:40] = True
    small[12:20, 20:25] = False
    small[0, 0] = True
    assert coco_text(coco_counts(small)) == (
        "01d<h0kC000000000000000000^OI37MI37MI37MI37MI37?0000000000000000000000000000kh0"
    )
    line = np.zeros((720, 1280), bool)
    line[300, 100:1200] = True
    text = coco_text(coco_counts(line))
    assert hashlib.sha256(text.encode()).hexdigest() == (
        "fbee923afe46ea978251f8c08af48696ed9f2662970ae4c00b668b06523fd6d0"
    )


def test_a_720p_map_of_a_few_objects_takes_little() -> None:
    rows, columns = np.mgrid[0:720, 0:1280]
    labels = np.zeros((720, 1280), np.uint8)
    for place, (x, y) in enumerate([(300, 200), (800, 400), (1100, 600)], 1):
        labels[(rows - y) ** 2 + (columns - x) ** 2 < 90**2] = place
    assert len(pack(labels)) < 1_000


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:-3],
        lambda data: b"\x07" + data[1:],
        lambda data: data[:4] + b"\xff" + data[5:],
        lambda data: data[:9] + b"\xff\xff\xff\xff" + data[13:],
    ],
)
def test_damaged_runs_are_refused(spoil: object) -> None:
    assert callable(spoil)
    labels = np.arange(64, dtype=np.uint8).reshape(8, 8)
    with pytest.raises(ValueError, match="label map"):
        unpack(spoil(pack(labels)))


@pytest.mark.parametrize("text", ["P", "\x01", "~~"])
def test_damaged_coco_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="compressed mask"):
        from_coco_text(text)


def test_runs_that_do_not_fill_a_mask_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fill"):
        from_coco_counts([3, 4], 2, 2)
