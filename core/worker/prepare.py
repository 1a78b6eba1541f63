"""Making the caches that the desk draws from: waveform, spectrogram, thumbnails."""

from __future__ import annotations

from core.jobs.progress import CancelToken, ProgressSink
from core.jobs.request import PrepareRequest, PrepareResult
from core.media.probe import probe
from core.media.sound_cache import build_sound
from core.media.thumbnail import build_thumbnails


def prepare(request: PrepareRequest, progress: ProgressSink, cancel: CancelToken) -> PrepareResult:
    """Build what is missing; what is complete stays.

    Raises:
        KnownError: The file cannot be read, or the disk is full.
        CancelledError: `cancel` was raised; what is half done is made anew the next time.
    """
    title = probe(request.path)
    if request.thumbnails and title.video:
        build_thumbnails(title.path, title.video[0], title.fingerprint, progress, cancel)
    if request.waveform:
        for stream in title.audio:
            build_sound(title.path, stream, title.fingerprint, progress, cancel)
    return PrepareResult(title.fingerprint)
