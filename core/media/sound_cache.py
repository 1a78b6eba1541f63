"""Waveform and spectrogram of a sound stream from one decode."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from core.domain.media import AudioBlock
from core.domain.title import AudioStream
from core.jobs.progress import CancelToken, Progress, ProgressSink, ignore_progress
from core.media.sample_run import SampleRun
from core.media.sound_pass import SoundSink, feed_sinks
from core.media.spectrogram import SpectrogramWriter, has_spectrogram, spectrogram_path
from core.media.waveform import WaveformWriter, has_waveform, waveform_path


def build_sound(
    path: Path,
    stream: AudioStream,
    fingerprint: str,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    open_blocks: Callable[[], Iterable[AudioBlock]] | None = None,
) -> None:
    """Build what is missing of waveform and spectrogram, decoding once for both.

    Args:
        path: The media file.
        stream: Which sound.
        fingerprint: The title's.
        progress: Told a few times a second.
        cancel: Looked at for every block.
        open_blocks: Where the blocks come from instead of the file.

    Raises:
        KnownError: The file cannot be read, or the disk is full.
        CancelledError: It was cancelled.
    """
    claimed_s = float(stream.duration_pts * stream.base)
    sinks: list[Callable[[SampleRun], SoundSink]] = []
    if not has_waveform(fingerprint, stream.index):
        wave = waveform_path(fingerprint, stream.index)
        sinks.append(lambda first: WaveformWriter(wave, stream.index, first))
    if not has_spectrogram(fingerprint, stream.index):
        tiles = spectrogram_path(fingerprint, stream.index)
        sinks.append(lambda first: SpectrogramWriter(tiles, stream.index, first, claimed_s))
    stage = "Drawing the sound"
    if sinks:
        feed_sinks(path, stream, sinks, stage, progress, cancel, open_blocks=open_blocks)
    else:
        progress(Progress(claimed_s, claimed_s, 0.0, stage))
