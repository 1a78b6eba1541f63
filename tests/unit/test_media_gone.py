"""The drive or the network goes while a title is played or analysed: said, and nothing made up."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from helpers.clip import make_clip

from core.analysis.pipeline import analyse
from core.config.paths import default_store
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.time import Span
from core.domain.title import Title
from core.jobs.request import AnalyseRequest
from core.media.audio import AudioReader
from core.media.decode_pass import DecodePass
from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.source import open_container, require_whole
from core.store.store import Store

LENGTH_S = 20.0


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("media") / "clip.mkv", LENGTH_S).path


@pytest.fixture
def title(original: Path, tmp_path: Path) -> Title:
    return probe(Path(shutil.copy(original, tmp_path)))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3)


LOSSES: dict[str, Callable[[Path], None]] = {"cut short": cut, "is gone": Path.unlink}


@pytest.mark.parametrize("said", LOSSES)
def test_analysis_of_a_title_that_goes_fails_and_keeps_what_was_measured(
    title: Title, said: str
) -> None:
    lost: list[bool] = []

    def progress(_progress: object) -> None:
        if not lost:
            lost.append(True)
            LOSSES[said](title.path)

    with Store.open(default_store()) as store:
        request = AnalyseRequest(title.path, store.url, DEFAULT_PROFILE, detectors=("black",))
        with pytest.raises(KnownError, match=said):
            analyse(request, store, progress, checkpoint_s=0.0)
        (run,) = store.runs.of(title.fingerprint)
        assert run.state is RunState.FAILED
        assert said in run.error


def test_whole_title_is_analysed_without_complaint(title: Title) -> None:
    with Store.open(default_store()) as store:
        request = AnalyseRequest(title.path, store.url, DEFAULT_PROFILE, detectors=("black",))
        analyse(request, store, lambda _progress: None)
        assert store.runs.of(title.fingerprint)[0].state is RunState.DONE


def test_errors_of_the_drive_are_told_from_damage(
    title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        """A container whose packets end in errors of the drive."""

        def __init__(self, path: Path) -> None:
            self._real = open_container(path)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

        def __enter__(self) -> Failing:
            return self

        def __exit__(self, *_what: object) -> None:
            self._real.close()

        def demux(self, *_streams: object) -> Iterator[object]:
            monkeypatch.setattr(Path, "open", unreadable)
            raise av.FFmpegError(errno.EIO, os.strerror(errno.EIO))

    def unreadable(_path: Path, *_how: object) -> object:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("core.media.decode_pass.open_container", Failing)
    with pytest.raises(KnownError, match="reports an error"):
        list(DecodePass(title, title.video[0], title.audio))


@pytest.mark.parametrize("said", LOSSES)
def test_picture_that_cannot_be_read_any_more_is_said_rather_than_stood_in_for(
    title: Title, said: str
) -> None:
    with VideoReader(title.path, title.video[0]) as reader:
        first = reader.frame_at(title.video[0].start_pts)
        assert first.pts == title.video[0].start_pts
        LOSSES["cut short"](title.path)
        if said == "is gone":
            title.path.unlink()
        late = Span.from_seconds(LENGTH_S - 1, LENGTH_S, title.video[0].base)
        with pytest.raises(KnownError):
            reader.frame_at(late.start)


def test_sound_that_cannot_be_read_any_more_is_said_rather_than_silent(title: Title) -> None:
    with AudioReader(title.path, title.audio[0]) as reader:
        assert reader.read(0.0, 1000).any()
        cut(title.path)
        with pytest.raises(KnownError, match="cut short"):
            reader.read(LENGTH_S - 1, 48000)


def test_file_that_grows_or_stays_is_whole(title: Title) -> None:
    require_whole(title.path, title.size_bytes)
    with title.path.open("ab") as file:
        file.write(b"more")
    require_whole(title.path, title.size_bytes)
    assert Fraction(title.size_bytes) > 0
