"""Going back to the version before, after a newer one has upgraded the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.old_store import FOLDER, load_old
from helpers.review_value import FINGERPRINT, make_verdict

from core.cli.app import main
from core.store import migration
from core.store.store import Store


def listed(path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert main(["store", "list", "--store", str(path), "--json"]) == 0
    backups: list[dict[str, object]] = json.loads(capsys.readouterr().out)["backups"]
    return backups


def test_version_before_restores_what_was_backed_up_before_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "s.db"
    before = sorted(FOLDER.glob("v*.sql"))[-2]
    load_old(before, path)
    assert main(["store", "upgrade", "--store", str(path)]) == 0
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
    capsys.readouterr()
    # From here on the version before runs.
    monkeypatch.setattr(migration, "HEAD", before.stem.removeprefix("v"))
    assert main(["store", "check", "--store", str(path)]) == 1
    assert "newer version of Onglass" in capsys.readouterr().err
    (backup,) = listed(path, capsys)
    assert (backup["problem"], backup["lost"]) == ("", 1)
    assert main(["store", "restore", str(backup["path"]), "--store", str(path)]) == 0
    capsys.readouterr()
    with Store.open(path) as store:
        assert len(store.verdicts.of(FINGERPRINT)) == 2
    labels = [b["label"] for b in listed(path, capsys)]
    assert "before-restore" in labels
