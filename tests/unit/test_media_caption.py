"""Captions: what is read from files beside a title, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import MediaTime
from core.domain.title import CaptionStream, Title
from core.media.caption import read_cues

TITLE = Title(Path("t.mp4"), "f", "mp4", 1, MediaTime(0, Fraction(1)), 10.0)

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Grüße</i>
{\\an8}aus Köln

2
00:00:03,000 --> 00:00:04,000
End
"""
VTT = """WEBVTT

NOTE nothing

00:01.000 --> 00:02.500 line:0
<v Ann>Grüße
aus Köln

00:03.000 --> 00:04.000
End
"""
TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xml:lang="de" xmlns="http://www.w3.org/ns/ttml"><body><div begin="1s">
<p begin="0s" end="1.5s">Grüße<br/>aus Köln</p>
<p begin="2s" end="3s"><span>En</span><span>d</span></p>
</div></body></tt>"""


def _cues(tmp_path: Path, name: str, data: bytes) -> tuple[Cue, ...]:
    file = tmp_path / name
    file.write_bytes(data)
    return read_cues(TITLE, CaptionStream(1000, "", Fraction(1, 1000), file=file))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.srt", SRT.encode()),
        ("a.srt", SRT.encode("utf-8-sig")),
        ("a.srt", SRT.encode("utf-16")),
        ("a.srt", SRT.encode("latin-1")),
        ("a.srt", SRT.replace("\n", "\r\n").encode()),
        ("a.vtt", VTT.encode()),
        ("a.ttml", TTML.encode()),
    ],
)
def test_the_same_captions_are_read_from_every_format(
    tmp_path: Path, name: str, data: bytes
) -> None:
    cues = _cues(tmp_path, name, data)
    assert [(c.span.start_s, c.span.end_s, c.text) for c in cues] == [
        (1.0, 2.5, "Grüße\naus Köln"),
        (3.0, 4.0, "End"),
    ]


def test_cues_come_in_order_of_their_start(tmp_path: Path) -> None:
    first, second = SRT.strip().split("\n\n")
    cues = _cues(tmp_path, "a.srt", f"{second}\n\n{first}\n".encode())
    assert [cue.text for cue in cues][-1] == "End"


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = TTML.replace("<tt", '<!DOCTYPE tt [<!ENTITY a "aaaa">]><tt', 1)
    with pytest.raises(KnownError, match="entities"):
        _cues(tmp_path, "a.ttml", bomb.encode())


@pytest.mark.parametrize("name", ["a.ttml", "a.scc", "a.stl"])
def test_garbage_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError, match="captions in a"):
        _cues(tmp_path, name, b"\x00\x01garbage" * 20)


def test_a_vanished_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    gone = CaptionStream(1000, "", Fraction(1, 1000), file=tmp_path / "gone.srt")
    with pytest.raises(KnownError, match="cannot be read"):
        read_cues(TITLE, gone)


def test_huge_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="too large"):
        _cues(tmp_path, "a.srt", b"\n" * (20 * 1024 * 1024 + 1))
