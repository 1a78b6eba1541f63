"""The support bundle names nobody and nothing, whatever was planted where it looks."""

from __future__ import annotations

import logging
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.review_value import make_title, make_verdict
from hypothesis import given
from hypothesis import strategies as st

from core.cli.app import main
from core.config import paths
from core.config.log import kept_log, note_crash
from core.domain.errors import KnownError
from core.store.store import Store
from core.support import machine
from core.support.bundle import Part, gather, without, write_bundle

TITLE = "Heist of the Century S01E03"
PERSON = "Zdenka Kowalczyk"
SECRET = "hunter2secret"
ADDRESS = f"rtmp://{PERSON.split()[0]}:{SECRET}@contribution.example.net/live/{SECRET}"
PLANTED = (TITLE, PERSON, "Kowalczyk", SECRET, "contribution.example", "Century", "films-of-acme")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Devices are not asked: that takes seconds and says nothing here."""
    questions = {
        "sound": f"""print('{{"outputs": ["Headphones of {PERSON}"], "systems": ["ALSA"]}}')""",
        "gpu": f"raise OSError('/home/films-of-acme/{TITLE}.so')",
    }
    monkeypatch.setattr(machine, "QUESTIONS", questions)


@pytest.fixture
def planted() -> Path:
    """Everything that the bundle looks at names something."""
    path = Path("/mnt/films-of-acme") / f"{TITLE}.mxf"
    where = paths.default_store()
    with Store.open(where) as store:
        store.titles.put(replace(make_title(), path=path))
        store.verdicts.append(replace(make_verdict(1, 2), reviewer=PERSON, comment=TITLE))
        store.channels.begin(f"{TITLE} live", ADDRESS)
    settings = paths.settings_file()
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        f'"{TITLE}" = "{SECRET}"\n'
        f'[general]\nstore = "postgresql://{PERSON.split()[0]}:{SECRET}@contribution.example/x"\n'
        f'theme = "dark"\n"{PERSON}" = 1\n'
        f'[review]\nreviewer = "{PERSON}"\n'
        f'[shortcuts]\n"{TITLE}" = ["{SECRET}"]\n'
        f'[recent]\ntitles = ["{path}"]\n'
        f'[layout]\ngeometry = "{SECRET}"\n'
    )
    with kept_log("desk"):
        log = logging.getLogger("core.media.probe")
        log.error("cannot look into %s of %s", path, PERSON)
        logging.getLogger(f"library.{PERSON.split()[1]}").error(f"fetching {ADDRESS} for {TITLE}")
        try:
            raise KnownError(f"{path.name} is no media file.", ADDRESS)
        except KnownError:
            log.exception("an error was shown")
    folder = paths.log_dir()
    with (folder / "desk.log").open("a") as file:
        file.write(f"Traceback: {path}\n{ADDRESS}\n")
        file.write(f"2026-11-22T00:00:00Z ERROR 1 core.media: opening {ADDRESS}\n")
    (folder / f"{TITLE}.log").write_text(TITLE)
    note_crash(
        "worker",
        f"Fatal Python error: Segmentation fault\n\n{ADDRESS}\n"
        f'  File "/home/films-of-acme/{TITLE}/core/media/probe.py", line 12 in probe\n'
        f'  File "/home/{PERSON}/secret.py", line 3 in run\n',
    )
    desks = paths.state_dir() / "desks"
    desks.mkdir(parents=True)
    (desks / "a.json").write_text(TITLE)
    return where


@pytest.mark.expect_log("cannot look into|fetching|an error was shown")
def test_nothing_that_was_planted_is_in_the_bundle(planted: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    assert main(["doctor", "--bundle", str(out)]) == 0
    with zipfile.ZipFile(out) as archive:
        whole = "\n".join(
            [*archive.namelist(), *(archive.read(n).decode() for n in archive.namelist())]
        )
    assert [name for name in PLANTED if name.casefold() in whole.casefold()] == []


@pytest.mark.expect_log("cannot look into|fetching|an error was shown")
def test_what_support_needs_is_in_the_bundle(planted: Path) -> None:
    parts = {part.name: part.text for part in gather(planted)}
    assert '"general.theme": "dark"' in parts["settings.json"]
    assert '"general.store": "(set)"' in parts["settings.json"]
    assert '"verdicts": 1' in parts["store.json"]
    assert '"h264": true' in parts["machine.json"]
    assert "cannot look into %s of %s" in parts["log/desk.log"]
    assert "core.domain.errors.KnownError at" in parts["log/desk.log"]
    assert "core/media/probe.py:12 probe" in parts["crashes.txt"]
    assert "Segmentation fault" in parts["crashes.txt"]


def test_bundle_of_an_empty_home_is_made(tmp_path: Path) -> None:
    parts = {part.name: part.text for part in gather(tmp_path / "none.db")}
    assert "cannot be opened" in parts["store.json"]
    assert not list(tmp_path.iterdir())


def test_bundle_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        write_bundle(tmp_path / "none" / "out.zip", [Part("a", "b", "c")])
    assert not list(tmp_path.iterdir())


@given(st.text(min_size=3, max_size=30), st.text(max_size=40), st.text(max_size=40))
def test_a_name_that_stands_by_itself_goes_wherever_it_stands(
    name: str, before: str, after: str
) -> None:
    text = f"{before} {name} {after}"
    left = without(text, (name,))
    assert f" {name} " not in left or name in " [left out] "


@pytest.mark.expect_log("one of many")
def test_log_is_bounded_and_an_old_one_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.config.log._MOST_RECORDS", 3)
    monkeypatch.setattr("core.config.log._LARGEST_BYTES", 100)
    for _ in range(2):
        with kept_log("desk"):
            for _ in range(5):
                logging.getLogger("core.media").warning("one of many")
    folder = paths.log_dir()
    assert len((folder / "desk.log").read_text().splitlines()) == 3
    assert len((folder / "desk.log.1").read_text().splitlines()) == 3
