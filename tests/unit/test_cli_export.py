"""`onglass export` and the writing below it: whole files, one sentence when it cannot be."""

from __future__ import annotations

import errno
import io
import json
import os
import re
from pathlib import Path

import pytest
from helpers.review_value import FINGERPRINT, make_finding, make_title, make_track, make_verdict

from core.cli.app import main
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.reports.format import FORMATS
from core.reports.output import write_whole
from core.store.store import Store

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path: Path) -> tuple[str, str]:
    """A store, and the id of the one run in it."""
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        store.titles.put(make_title())
        run = store.runs.start(FINGERPRINT, ["black"])
        store.tracks.append(run.id, make_track(0, 50))
        store.findings.replace(run.id, DEFAULT_PROFILE, [make_finding(1, 2), make_finding(5, 6)])
        store.runs.finish(run.id, RunState.DONE)
        store.verdicts.append(make_verdict(1, 2, comment="see here"))
    return str(path), run.id


def export(place: tuple[str, str], name: str, out: Path | str, *more: str) -> int:
    return main(
        ["export", place[1], "--store", place[0], "--format", name, "--out", str(out), *more]
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_never_replaced(
    place: tuple[str, str], tmp_path: Path, capsys: Capture, name: str
) -> None:
    out = tmp_path / f"report{FORMATS[name].suffix}"
    assert export(place, name, out) == 0
    assert out.stat().st_size > 50
    before = out.read_bytes()
    assert export(place, name, out) == 1
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .endswith("exists already; name another file or remove it.")
    )
    assert out.read_bytes() == before
    assert not list(tmp_path.glob(".*part"))


def test_options_choose_what_is_listed(place: tuple[str, str], capsys: Capture) -> None:
    assert export(place, "json", "-", "--only", "confirmed", "--start-timecode", "01:00:00:00") == 0
    document = json.loads(capsys.readouterr().out)
    assert [entry["number"] for entry in document["entries"]] == [1]
    assert document["counts"]["undecided"] == 1
    assert document["timecode"]["first_frame"] == "01:00:00:00"
    assert export(place, "json", "-", "--reviewer", "Zoe") == 1
    assert capsys.readouterr().err == "No reviewer named Zoe is in this store.\n"


def test_an_export_changes_nothing_in_the_store(place: tuple[str, str], tmp_path: Path) -> None:
    before = Path(place[0]).read_bytes()
    assert export(place, "csv", tmp_path / "a.csv") == 0
    assert Path(place[0]).read_bytes() == before


def test_what_is_missing_is_said(place: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    assert export((place[0], "nothing.mp4"), "csv", "-") == 1
    assert "no file and no analysis named nothing.mp4" in capsys.readouterr().err
    assert export(place, "csv", tmp_path / "no" / "a.csv") == 1
    assert "There is no folder" in capsys.readouterr().err
    assert export(place, "csv", tmp_path) == 1
    assert "is a folder" in capsys.readouterr().err
    assert export(place, "docx", "-") == 2


@pytest.mark.parametrize("step", [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "is full; nothing was written"),
        (errno.EACCES, "may not be written to"),
        (errno.EIO, "nothing was changed"),
    ],
)
def test_a_failing_disk_leaves_what_stood_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: str,
    step: tuple[object, str],
) -> None:
    target = tmp_path / "report.csv"
    target.write_bytes(b"older")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*step, fail)
    with pytest.raises(KnownError, match=sentence):
        write_whole(b"newer", target, overwrite=True)
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["report.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_standard_output_is_one_sentence(
    place: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        errors = io.StringIO()
        monkeypatch.setattr("sys.stdout", full)
        monkeypatch.setattr("sys.stderr", errors)
        monkeypatch.setattr(os, "dup2", lambda *_: 0)
        assert export(place, "pdf", "-") == 1
        assert errors.getvalue().splitlines()[-1] == "The disk that the output goes to is full."


def test_the_manual_names_every_format_and_field(place: tuple[str, str], capsys: Capture) -> None:
    manual = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"`{name}`" in manual
    assert export(place, "json", "-") == 0
    document = json.loads(capsys.readouterr().out)
    fields = {*document, *document["title"], *document["entries"][0]}
    fields |= set(document["entries"][0]["finding"]) | set(document["method"][0])
    assert {field for field in fields if not re.search(rf"`{field}`", manual)} == set()
