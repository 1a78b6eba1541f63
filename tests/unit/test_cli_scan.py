from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import typer
from helpers.clip import make_clip
from typer.testing import CliRunner

from core.cli import scan as cli
from core.cli.app import app
from core.cli.scan import parse_range
from core.cli.scan_report import finding_as_json
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Band, Evidence, Finding, Region
from core.domain.time import MediaTime, Span
from core.jobs.request import AnalyseRequest, AnalyseResult
from core.scan.plan import find_titles


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("", (None, None)),
        ("10-20", (10, 20)),
        ("1.5-", (Fraction(3, 2), None)),
        ("-0:01:30.5", (None, Fraction(181, 2))),
        ("1:00:00-1:00:01", (3600, 3601)),
    ],
)
def test_ranges_are_seconds_or_clock_times_with_open_ends(
    text: str, bounds: tuple[Fraction | None, Fraction | None]
) -> None:
    assert parse_range(text) == bounds


@pytest.mark.parametrize(
    "text",
    ["10", "-", "a-b", "20-10", "5-5", "1-2-3", "1/0-", "--5", "1e9-", ":-", "0-1e99999999"],
)
def test_nonsense_ranges_are_wrong_usage(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_range(text)


def test_folders_give_their_media_sorted_and_named_files_are_always_tried(tmp_path: Path) -> None:
    for name in ("b.MP4", "a.mkv", "notes.txt", "a.srt", "deep/c.wav"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    odd = tmp_path / "notes.txt"
    found = find_titles([odd, tmp_path, tmp_path / "a.mkv"])
    assert [str(p.relative_to(tmp_path)) for p in found] == [
        "notes.txt",
        "a.mkv",
        "b.MP4",
        "deep/c.wav",
    ]


def test_folder_without_media_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no media file"):
        find_titles([tmp_path])


def test_finding_is_reported_in_pts_and_seconds() -> None:
    base = Fraction(1, 25)
    finding = Finding(
        "black",
        "black",
        0,
        Span(25, 75, base),
        0.5,
        Severity.ISSUE,
        Evidence(
            "fraction",
            MediaTime(2, Fraction(1)),
            1.0,
            0.98,
            "Dark.",
            Region(0, 0, 1, 0.5),
            Band(20.0, 50.0),
            (0, 1),
        ),
    )
    document = finding_as_json(finding)
    assert (document["start_pts"], document["end_pts"], document["time_base"]) == (25, 75, "1/25")
    assert (document["start_s"], document["end_s"]) == (1.0, 3.0)
    assert document["severity"] == "issue"
    assert document["evidence"] == {
        "metric": "fraction",
        "peak_s": 2.0,
        "peak_pts": 50,
        "peak_value": 1.0,
        "threshold": 0.98,
        "note": "Dark.",
        "region": [0, 0, 1, 0.5],
        "band": [20.0, 50.0],
        "channels": [0, 1],
    }


@pytest.mark.parametrize("more", [[], ["--every-frame"]])
def test_every_frame_is_asked_for_and_what_was_left_out_is_noted(
    more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[AnalyseRequest] = []
    note = "Block corruption was left out. There are no weights."

    class Worker:
        def __init__(self, *reports: Callable[[int, object], None]) -> None:
            self._done = reports[1]

        def submit(self, request: AnalyseRequest) -> None:
            asked.append(request)
            self._done(1, AnalyseResult("run", "print", {"block_corruption": note}))

        def close(self) -> None:
            return

    monkeypatch.setattr(cli, "RemoteWorker", Worker)
    title = make_clip(tmp_path / "clip.mkv", 0.2, sound=False)
    out = tmp_path / "out.json"
    done = CliRunner().invoke(app, ["scan", str(title.path), "--json", str(out), *more])
    assert done.exit_code == 0
    assert [request.every_frame for request in asked] == [bool(more)]
    (row,) = json.loads(out.read_text("utf-8"))["titles"]
    assert (row["notes"], row["errors"]) == ([note], [])
    assert "left out" in done.stdout
