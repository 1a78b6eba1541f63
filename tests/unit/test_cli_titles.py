"""`onglass titles`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.review_value import make_finding, make_title, make_verdict

from core.cli.app import main
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "s.db"
    with Store.open(path) as opened:
        opened.titles.put(make_title("a" * 64, "/media/one.mov"))
        opened.titles.put(make_title("b" * 64, "/media/two.mov"), opened=False)
        run = opened.runs.start("a" * 64, ("black", "freeze"))
        findings = [make_finding(1, 2), make_finding(3, 4, "freeze")]
        opened.findings.replace(run.id, DEFAULT_PROFILE, findings)
        opened.runs.finish(run.id, RunState.DONE)
        opened.verdicts.append(make_verdict(1, 2, fingerprint="a" * 64))
    return str(path)


def test_titles_are_written_as_json(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["titles", "--store", store, "--json", "--state", "in_review"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["count"] == 1
    (title,) = document["titles"]
    assert (title["name"], title["state"], title["reviewers"]) == ("one.mov", "in_review", ["Ada"])
    assert title["defects"] == {
        "black": {"flags": 1, "undecided": 0},
        "freeze": {"flags": 1, "undecided": 1},
    }


def test_titles_are_listed_filtered_and_limited(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["titles", "--store", store, "--limit", "1", "--descending"]) == 0
    said = capsys.readouterr().out
    assert "two.mov" in said
    assert "one.mov" not in said
    assert "2 titles, 1 of them not shown" in said
    assert main(["titles", "--store", store, "--defect", "freeze"]) == 0
    assert "1 title\n" in capsys.readouterr().out


def test_unknown_defect_and_missing_store_are_said(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["titles", "--store", store, "--defect", "gremlins"]) == 1
    assert "no defect called gremlins" in capsys.readouterr().err
    assert main(["titles", "--store", str(tmp_path / "none.db")]) == 1
    assert "There is no store" in capsys.readouterr().err
