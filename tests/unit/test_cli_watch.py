from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.clip import make_clip
from typer.testing import CliRunner

from core.cli import watch as cli
from core.cli.app import app
from core.jobs.progress import Progress
from core.scan.watch.examine import Judged, WorkerExaminer
from core.scan.watch.journal import Outcome


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    seen: list[Path] = []

    def examine(_self: object, path: Path, told: Callable[[Progress], None]) -> Judged:
        told(Progress(0.5, 1.0))
        seen.append(path)
        return Judged(Outcome.FLAGGED, "print", "run", 2)

    monkeypatch.setattr(WorkerExaminer, "examine", examine)
    return seen


def test_folder_is_dealt_with_once_and_outcomes_are_told(
    tmp_path: Path, judged: list[Path]
) -> None:
    folder, away = tmp_path / "in", tmp_path / "flagged"
    folder.mkdir()
    make_clip(folder / "[bold]a.mkv", 0.4, sound=False)
    more = ["--settle", "0", "--once", "--flagged", str(away), "--store", str(tmp_path / "s.db")]
    result = CliRunner().invoke(app, ["watch", str(folder), *more])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{away / '[bold]a.mkv'}: flagged, 2 flags\n"
    assert [path.name for path in judged] == ["[bold]a.mkv"]
    again = CliRunner().invoke(app, ["watch", str(folder), *more])
    assert (again.exit_code, again.stdout) == (0, "")


def test_file_that_fails_makes_the_command_fail(tmp_path: Path, judged: list[Path]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.mkv").write_bytes(b"no film" * 100)
    store = str(tmp_path / "s.db")
    result = CliRunner().invoke(
        app, ["watch", str(folder), "--settle", "0", "--once", "--tag", "--store", store]
    )
    assert result.exit_code == 1
    assert "bad.mkv: failed: bad.mkv cannot be opened" in result.stdout
    assert judged == []
    assert (folder / "bad.mkv.onglass.json").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tag", "--done", "x"], "either tagged or moved"),
        (["--settle", "-1"], "settle"),
        (["--report", "edl"], "report"),
    ],
)
def test_wrong_usage_is_refused(more: list[str], said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["watch", str(tmp_path), "--once", *more])
    assert result.exit_code == 2
    assert said in result.output


def test_pause_follows_the_settle_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Looked:
        def __init__(self) -> None:
            self.rounds = iter(
                [cli.Round(waiting=2), cli.Round(waiting=1), cli.Round(stuck=1, done=1)]
            )

        def round(self, _now_s: float) -> cli.Round:
            return next(self.rounds)

    pauses: list[float] = []
    monkeypatch.setattr(cli.time, "sleep", pauses.append)
    plan = cli.WatchPlan(tmp_path, settle_s=8.0)
    assert cli.run(Looked(), plan, once=True) is False  # type: ignore[arg-type]
    assert pauses == [2.0, 2.0]
