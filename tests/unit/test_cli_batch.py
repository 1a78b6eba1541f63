"""`onglass scan` over many titles: report, exit status, going on, and a dry run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.clip import make_clip
from helpers.inline_engine import InlineEngine
from typer.testing import CliRunner, Result

from core.cli import batch as cli
from core.cli.app import app
from core.scan.engine.base import TaskRequest
from core.store.store import Store

DETECTORS = ("--detectors", "black,freeze")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "titles"
    folder.mkdir()
    for name, length_s in (("a.mp4", 2.5), ("b.mkv", 1.0)):
        make_clip(folder / name, length_s, sound=False)
    (folder / "damaged.mp4").write_bytes(b"no film" * 99)
    return folder


@pytest.fixture(autouse=True)
def _without_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "LocalEngine", InlineEngine)


def scan(tmp_path: Path, *arguments: str | Path) -> Result:
    more = ["--store", str(tmp_path / "s.db"), "--json", str(tmp_path / "out.json")]
    return CliRunner().invoke(app, ["scan", *map(str, arguments), *more])


def report(tmp_path: Path) -> Any:
    return json.loads((tmp_path / "out.json").read_text("utf-8"))


def test_a_folder_is_a_batch_whose_failures_do_not_stop_it(tmp_path: Path, folder: Path) -> None:
    done = scan(tmp_path, folder, "--batch", "March", *DETECTORS)
    assert done.exit_code == 1
    assert "damaged.mp4: damaged.mp4 cannot be opened" in done.stderr
    assert "2 titles analysed, 1 failed, 0 left" in done.stdout
    told = report(tmp_path)
    assert {key: told["batch"][key] for key in ("name", "done", "failed", "left")} == {
        "name": "March",
        "done": 2,
        "failed": 1,
        "left": 0,
    }
    a, b, damaged = told["titles"]
    assert [item["path"] for item in (a, b, damaged)] == [
        str(folder / name) for name in ("a.mp4", "b.mkv", "damaged.mp4")
    ]
    (black,) = a["findings"]
    assert (black["detector"], black["start_s"], black["end_s"]) == ("black", 1.0, 2.0)
    assert b["errors"] == []
    assert b["run"]
    assert damaged["run"] is None
    assert len(damaged["errors"]) == 1


def test_an_interrupted_batch_says_how_to_go_on_and_does(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(request: TaskRequest) -> None:
        if request.path.name == "b.mkv":
            raise KeyboardInterrupt

    monkeypatch.setattr(cli, "LocalEngine", lambda n: InlineEngine(1, before=interrupt))
    cut = scan(tmp_path, folder, *DETECTORS)
    assert cut.exit_code == 130
    with Store.open(tmp_path / "s.db") as store:
        (batch,) = store.tasks.batches()
    assert f"onglass scan --resume --batch {batch.id[:8]}" in cut.stderr
    second = InlineEngine()
    monkeypatch.setattr(cli, "LocalEngine", lambda n: second)
    again = scan(tmp_path, "--resume", "--batch", batch.id[:8])
    assert again.exit_code == 1
    assert "a.mp4" not in second.looked
    assert report(tmp_path)["batch"]["done"] == 2
    none = scan(tmp_path, "--resume")
    assert none.exit_code == 1
    assert "has anything left to do" in str(none.exception)


def test_what_failed_is_tried_again_when_asked(tmp_path: Path, folder: Path) -> None:
    assert scan(tmp_path, folder, *DETECTORS).exit_code == 1
    make_clip(folder / "damaged.mp4", 0.6, sound=False)
    assert scan(tmp_path, "--resume", "--retry-failed").exit_code == 0
    assert report(tmp_path)["batch"]["done"] == 3


def test_long_titles_are_divided_when_asked(tmp_path: Path, folder: Path) -> None:
    done = scan(tmp_path, folder / "a.mp4", "--split", "0.016", *DETECTORS)
    assert done.exit_code == 0
    (a,) = report(tmp_path)["titles"]
    assert [(f["start_s"], f["end_s"]) for f in a["findings"]] == [(1.0, 2.0)]
    with Store.open(tmp_path / "s.db") as store:
        (batch,) = store.tasks.batches()
        assert len(store.tasks.of(batch.id)) > 2


def test_a_dry_run_looks_and_writes_nothing(tmp_path: Path, folder: Path) -> None:
    done = scan(tmp_path, folder, "--dry-run", "--workers", "2", *DETECTORS)
    assert done.exit_code == 0
    assert "2 titles, 0 of them analysed already" in done.stdout
    assert "Would fail" in done.stdout
    told = report(tmp_path)
    assert (told["files"], told["titles"], told["workers"]) == (3, 2, 2)
    assert 0 < told["wall_s"] <= told["work_s"]
    with Store.open(tmp_path / "s.db") as store:
        assert store.tasks.batches() == ()
        assert store.titles.all() == ()


def test_a_list_of_many_titles_is_summed_up(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_MOST_PRINTED", 1)
    named = tmp_path / "list.txt"
    named.write_text("titles/a.mp4\ntitles/b.mkv\n", "utf-8")
    done = scan(tmp_path, named, *DETECTORS)
    assert done.exit_code == 0
    assert "Defect" in done.stdout
    assert "black" in done.stdout


@pytest.mark.parametrize(
    "arguments", [[], ["a.mp4", "--range", "0-1", "--workers", "2"], ["a.mp4", "--retries", "-1"]]
)
def test_wrong_usage_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    assert scan(tmp_path, *arguments).exit_code == 2


def test_titles_given_to_a_batch_that_goes_on_are_refused(tmp_path: Path, folder: Path) -> None:
    done = scan(tmp_path, folder, "--resume")
    assert "has its titles already" in str(done.exception)
