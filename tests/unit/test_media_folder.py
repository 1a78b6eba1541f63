"""Folders: which files count, what is said of those that cannot be read, what was moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.review_value import make_title

from core.domain.errors import CancelledError, KnownError
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.folder import FolderSurvey, find_moved, media_files, survey
from core.media.probe import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    for name in ("b.mov", "a.MKV", "deep/c.wav", "broken.mp4", "notes.txt", "sub.mov/x.mp4"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def look_into(path: Path) -> Title:
    if path.stem == "broken":
        raise KnownError("broken.mp4 is not a media file.")
    return replace(make_title(path=str(path)), fingerprint=fingerprint(path))


def test_media_files_lie_at_any_depth_and_folders_are_none(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in media_files(folder)]
    assert found == ["a.MKV", "b.mov", "broken.mp4", "deep/c.wav", "sub.mov/x.mp4"]


def test_survey_keeps_what_can_be_read_and_a_sentence_for_the_rest(folder: Path) -> None:
    told: list[tuple[int, int]] = []

    def note(found: FolderSurvey, total: int) -> None:
        told.append((found.looked_at, total))

    found = survey(folder, {folder / "b.mov"}, look_into, CancelToken(), note)
    assert (found.looked_at, found.known) == (5, 1)
    assert [title.name for title in found.titles] == ["a.MKV", "c.wav", "x.mp4"]
    assert found.troubles == {folder / "broken.mp4": "broken.mp4 is not a media file."}
    assert told == [(n, 5) for n in range(1, 6)]


def test_survey_stops_between_two_files(folder: Path) -> None:
    cancel, seen = CancelToken(), []

    def note(found: FolderSurvey, _total: int) -> None:
        seen.append(found.looked_at)
        cancel.cancel()

    with pytest.raises(CancelledError):
        survey(folder, (), look_into, cancel, note)
    assert seen == [1]


def test_moved_file_is_known_by_content_alone(folder: Path) -> None:
    lost = folder / "b.mov"
    digest, size = fingerprint(lost), lost.stat().st_size
    moved = lost.rename(folder / "deep" / "another name.mp4")
    twin = folder / "twin.mov"
    twin.write_bytes(b"?" * size)
    missing = {digest: size, "0" * 32: 10**9}
    assert find_moved(folder, missing, CancelToken()) == {digest: moved}
    moved.unlink()
    assert find_moved(folder, missing, CancelToken()) == {}
