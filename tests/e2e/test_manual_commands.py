"""Every command that the manual shows does what it is shown to do, or at least is understood.

Those that take a moment run here; a page's commands from first to last, with those that start
processes and load networks, are marked slow. What only hours, a network or a window could run is
listed with the reason in `helpers/manual_command.py`, and parsed.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from helpers.manual_command import (
    PAGES,
    REASONS,
    SLOW,
    Shown,
    Stage,
    all_mentioned,
    all_shown,
    shown_in,
    why_not_run,
)
from jsonschema import Draft202012Validator

from core.cli.app import app
from manual import ROOT

COMMAND: Any = typer.main.get_command(app)
SHOWN = all_shown()
RUN = [shown for shown in SHOWN if not why_not_run(shown)]
FAST = list({s.text: s for s in RUN if not re.match(SLOW, f"{s.text} ")}.values())
STORIES = [page for page in PAGES if any(shown in RUN for shown in shown_in(page))]


def place(shown: Shown) -> str:
    return shown.place


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("manual")
    with pytest.MonkeyPatch.context() as patch:
        stand_on(patch, folder)
        made = Stage(folder)
        made.prepare()
        yield made


def stand_on(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Commands find the folder's files, and its store where a person's would be."""
    patch.chdir(folder)
    # Made anew for each command it would take longer than most of them.
    patch.setattr("core.cli.app.app", COMMAND)
    patch.setenv("ONGLASS_HOME", str(folder / "home"))
    settings = folder / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"[general]\nstore = {json.dumps(str(folder / 'store.db'))}\n", "utf-8")


@contextmanager
def told_at(place: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        error.add_note(place)
        raise


def parse(words: list[str]) -> None:
    """Have the command line read words without doing anything.

    Raises:
        Exception: It does not understand them.
    """
    command = COMMAND
    with command.make_context("onglass", list(words)) as context:
        while getattr(command, "commands", None):
            name, command, words = command.resolve_command(context, list(words))
            with command.make_context(name, list(words), parent=context) as inner:
                context = inner


@pytest.mark.parametrize("shown", FAST, ids=place)
def test_a_command_of_the_manual_does_what_it_says(
    shown: Shown, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_on(monkeypatch, stage.folder)
    stage.run_shown(shown, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_follow_one_another(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_on(monkeypatch, tmp_path)
    stage = Stage(tmp_path)
    stage.prepare()
    for shown in shown_in(page):
        if not why_not_run(shown):
            out = None if "tutorial" in page.parts else tmp_path / "out"
            shutil.rmtree(tmp_path / "out", ignore_errors=True)
            (tmp_path / "out").mkdir()
            stage.run_shown(shown, out)


def test_the_commands_of_the_manual_are_understood(stage: Stage) -> None:
    for shown in SHOWN:
        with told_at(shown.place):
            parse(stage.words(shown))


def valid(name: str, text: str) -> Any:
    schema = json.loads((ROOT / "docs" / "reference" / name).read_text("utf-8"))
    document = json.loads(text)
    Draft202012Validator(schema).validate(document)
    return document


def test_an_export_is_what_its_schema_says(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_on(monkeypatch, stage.folder)
    stage.told(f"export TITLE.mp4 --format json --out {tmp_path / 'report.json'}")
    report = valid("report.schema.json", (tmp_path / "report.json").read_text("utf-8"))
    assert {entry["state"] for entry in report["entries"]} >= {"disputed", "undecided"}


@pytest.mark.slow
def test_a_scan_is_what_its_schema_says(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_on(monkeypatch, stage.folder)
    asked = "--detectors black,freeze --json -"
    for what in ("TITLE.mp4", "film.mov sample.mp4"):
        scanned = valid("scan.schema.json", stage.told(f"scan {what} {asked}"))
        assert all(title["findings"] for title in scanned["titles"])


def test_a_command_that_is_not_understood_is_told() -> None:
    with pytest.raises(Exception, match="No such option"):
        parse(["scan", "TITLE.mp4", "--nonsense"])
    with pytest.raises(Exception, match="No such command"):
        parse(["learn", "nonsense"])


def test_commands_that_the_text_names_exist() -> None:
    for shown in all_mentioned():
        words = shown.words
        command = COMMAND
        while words and getattr(command, "commands", None) and words[0] != words[0].upper():
            assert words[0] in command.commands, shown
            command = command.commands[words.pop(0)]
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= options | {"--help"}, shown


def test_every_reason_for_not_running_is_still_needed() -> None:
    for how, why in REASONS:
        assert any(re.match(how, f"{shown.text} ") for shown in SHOWN), how
        for named in re.findall(r"tests/[\w/]+\.py", why):
            assert (ROOT / named).is_file(), named


def test_files_of_the_repository_that_pages_name_exist() -> None:
    for page in PAGES:
        for named in re.findall(r"\b((?:tests|packaging)/[\w/]+\.py)\b", page.read_text("utf-8")):
            assert (ROOT / named).is_file(), f"{page.name}: {named}"
