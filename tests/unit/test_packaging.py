"""What the distribution says of itself, and the shape of the tree."""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import core
import gui
import resources

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 500


def project() -> dict[str, object]:
    table: dict[str, dict[str, object]] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    return table["project"]


def owners_of(top_level: str) -> set[str]:
    return set(importlib.metadata.packages_distributions().get(top_level, []))


@pytest.mark.parametrize("name", ["core", "gui", "resources"])
def test_no_other_distribution_owns_our_top_level_names(name: str) -> None:
    assert owners_of(name) <= {"onglass"}


def test_an_owner_would_be_seen() -> None:
    assert owners_of("_pytest") == {"pytest"}


def test_the_packages_that_are_imported_are_this_tree() -> None:
    for package in (core, gui, resources):
        assert package.__file__ is not None
        assert ROOT in Path(package.__file__).resolve().parents


def test_an_upload_to_a_public_index_would_be_refused() -> None:
    assert project()["classifiers"] == ["Private :: Do Not Upload"]


def test_no_index_or_link_of_one_machine_is_written_down() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "find-links" not in text
    assert "index-url" not in text
    assert " @ " not in text


def test_licence_is_apache() -> None:
    assert project()["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


@pytest.mark.parametrize("folder", ["tests", "packaging"])
def test_folder_is_no_package(folder: str) -> None:
    # An __init__.py in packaging/ would hide the library of that name, one below tests/ would
    # make equal names in two folders collide.
    assert list((ROOT / folder).rglob("__init__.py")) == []


def test_every_package_has_an_init_file() -> None:
    folders = {path.parent for top in ("core", "gui") for path in (ROOT / top).rglob("*.py")}
    assert [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()] == []


def test_files_fit_a_reader() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for top in ("core", "gui", "packaging")
        for path in (ROOT / top).rglob("*.py")
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_test_files_have_unique_names() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
