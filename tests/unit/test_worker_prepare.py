from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.clip import make_clip

from core.domain.errors import CancelledError, KnownError
from core.domain.title import Title
from core.jobs.progress import CancelToken, Progress, ignore_progress
from core.jobs.request import PrepareRequest
from core.media.spectrogram import SpectrogramTiles
from core.media.thumbnail import ThumbnailStrip
from core.media.waveform import WaveformPyramid
from core.worker.prepare import prepare


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", 3.0)


def test_preparation_leaves_all_caches_complete(title: Title) -> None:
    seen: list[Progress] = []
    result = prepare(PrepareRequest(title.path), seen.append, CancelToken())
    assert result.fingerprint == title.fingerprint
    pyramid = WaveformPyramid.open(title.fingerprint, title.audio[0].index)
    assert pyramid is not None
    assert pyramid.complete
    assert SpectrogramTiles.open(title.fingerprint, title.audio[0].index) is not None
    strip = ThumbnailStrip.open(title.fingerprint, title.video[0].index)
    assert strip is not None
    assert strip.nearest(0.0) is not None
    assert seen


def test_only_what_is_asked_for_is_made(title: Title) -> None:
    request = replace(PrepareRequest(title.path), waveform=False)
    prepare(request, ignore_progress, CancelToken())
    assert ThumbnailStrip.open(title.fingerprint, title.video[0].index) is not None
    assert WaveformPyramid.open(title.fingerprint, title.audio[0].index) is None


def test_cancelled_preparation_says_so(title: Title) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        prepare(PrepareRequest(title.path), ignore_progress, cancel)


def test_missing_file_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        prepare(PrepareRequest(tmp_path / "no.mp4"), ignore_progress, CancelToken())
