"""Profiles as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.catalog.former import FORMER_THRESHOLDS
from core.catalog.profile_file import list_profiles, load_profile, save_profile
from core.catalog.table import DETECTORS
from core.config.paths import profiles_dir
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_profiles_load_and_the_default_comes_first() -> None:
    names = [entry.name for entry in list_profiles()]
    assert names[0] == "default"
    assert {"broadcast", "streaming"} <= set(names)
    hashes = {load_profile(name).hash for name in names}
    assert len(hashes) == len(names)


def test_default_file_decides_as_the_built_in_default() -> None:
    assert load_profile().hash == DEFAULT_PROFILE.hash


def test_saved_profile_reads_back_the_same() -> None:
    profile = Profile(
        "mine",
        "Mine — ü",
        {"black": {"dark_pct": 97.5, "min_frames": 5.0}},
        {"freeze": Severity.BLOCKER},
        frozenset({"clipping"}),
    )
    path = save_profile(profile)
    assert path.parent == profiles_dir()
    assert load_profile("mine") == profile
    assert [path] == list(profiles_dir().iterdir())


def test_threshold_that_an_earlier_version_had_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, "[thresholds.combing]\narea_pct = 0.5\ncombed_pct = 20.0\n")
    notices: list[str] = []
    assert load_profile(path, notices).thresholds == {"combing": {"combed_pct": 20.0}}
    assert notices == [
        "The profile mine sets combing.area_pct, which this version no longer has, so it is left "
        "out."
    ]


def test_renamed_threshold_is_carried_over_unless_the_present_name_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMER_THRESHOLDS, ("combing", "woven_pct"), "combed_pct")
    path = written(tmp_path, "[thresholds.combing]\nwoven_pct = 20.0\n")
    assert load_profile(path).thresholds == {"combing": {"combed_pct": 20.0}}
    path = written(tmp_path, "[thresholds.combing]\ncombed_pct = 30.0\nwoven_pct = 20.0\n")
    assert load_profile(path).thresholds == {"combing": {"combed_pct": 30.0}}


def test_former_thresholds_are_gone_and_their_successors_are_there() -> None:
    for (detector, former), successor in FORMER_THRESHOLDS.items():
        names = {threshold.name for threshold in DETECTORS[detector].thresholds}
        assert former not in names
        assert not successor or successor in names


def test_profile_of_a_newer_version_is_refused_and_never_overwritten() -> None:
    path = profiles_dir() / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[thresholds.black]\nhologram_pct = 3.0\n")
    with pytest.raises(KnownError, match="hologram_pct") as refused:
        load_profile("mine")
    assert "newer version" in refused.value.details
    with pytest.raises(KnownError, match="was not replaced"):
        save_profile(Profile("mine", "Mine"))
    assert "hologram_pct" in path.read_text()


def test_own_profile_hides_the_shipped_one_of_that_name() -> None:
    save_profile(Profile("broadcast", "Our broadcast"))
    assert load_profile("broadcast").title == "Our broadcast"
    (entry,) = [e for e in list_profiles() if e.name == "broadcast"]
    assert entry.own


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "not valid TOML"),
        ("colour = 'red'", "unknown entry colour"),
        ("title = 3", "title must be text"),
        ("disabled = ['nonsense']", "unknown detector nonsense"),
        ("disabled = 'black'", "disabled a list"),
        ("thresholds = 3", "thresholds must be a table"),
        ("[thresholds]\nblack = 3", "black must be a table"),
        ("[thresholds.nonsense]\na = 1", "unknown detector nonsense"),
        ("[thresholds.black]\nnonsense = 1", "unknown threshold black.nonsense"),
        ("[thresholds.black]\ndark_pct = 'much'", "black.dark_pct must be a number"),
        ("[thresholds.black]\ndark_pct = true", "black.dark_pct must be a number"),
        ("[thresholds.black]\ndark_pct = 101", "must lie between 50 and 100 %"),
        ("[thresholds.black]\ndark_pct = nan", "must lie between 50 and 100 %"),
        ("[severities]\nblack = 'dreadful'", "must be one of fyi, issue, blocker"),
        ("[severities]\nnonsense = 'fyi'", "unknown detector nonsense"),
    ],
)
def test_mistakes_are_told_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(KnownError, match=sentence) as caught:
        load_profile(written(tmp_path, text))
    assert caught.value.sentence.endswith(".")


def test_file_that_is_no_text_is_a_known_error(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnownError, match="not valid TOML"):
        load_profile(path)


def test_missing_profiles_are_known_errors(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no profile named nonsense; there are default"):
        load_profile("nonsense")
    with pytest.raises(KnownError, match="cannot be read"):
        load_profile(tmp_path / "not_there.toml")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a:b"])
def test_name_that_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(KnownError, match="cannot be the name"):
        save_profile(Profile(name, "X"))


def test_byte_order_mark_of_an_editor_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('title = "X"', encoding="utf-8-sig")
    assert load_profile(path).title == "X"
