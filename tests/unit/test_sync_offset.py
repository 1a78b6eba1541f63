"""An offset in a comment: written in agreed words, read back, replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.review.sync_offset import offset_in, with_offset


@pytest.mark.parametrize(
    ("comment", "offset_ms"),
    [
        ("", None),
        ("the offset is large", None),
        ("offset +120 ms", 120),
        ("offset -80 ms", -80),
        ("offset −80 ms", -80),
        ("seen twice; offset 40 ms", 40),
        ("offset +40 ms, no: offset +80 ms", 80),
        ("offset +120 msec", None),
    ],
)
def test_offsets_are_read_in_the_agreed_words_only(comment: str, offset_ms: int | None) -> None:
    assert offset_in(comment) == offset_ms


def test_an_offset_takes_the_place_of_the_one_before_and_leaves_the_words() -> None:
    comment = with_offset("lips late; offset +40 ms", -80.4)
    assert comment == "lips late; offset -80 ms"
    assert with_offset("offset +40 ms; lips late", 120) == "lips late; offset +120 ms"


@given(st.text(max_size=40), st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_what_is_written_is_read_back_and_stands_once(text: str, first: int, second: int) -> None:
    comment = with_offset(with_offset(text, first), second)
    assert offset_in(comment) == second
    assert comment == with_offset(comment, second)
