"""Pictures of a report: the worst frame of each flag, exactly, as a small JPEG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.time import MediaTime
from core.domain.title import VideoStream
from core.jobs.progress import CancelToken
from core.media.reader import VideoReader
from core.reports.report import Entry, Report

MOST = 500
"""Pictures in one report; each takes a seek, and some ten kilobytes of the file."""

BOX = (320, 240)
_QUALITY = 80
_BEHIND_BYTES = 64 << 20


def with_pictures(report: Report, cancel: CancelToken | None = None) -> Report:
    """The report with pictures of its listed entries, as far as they can be had.

    What stands in the way, a file that is gone say, is told among the report's notes.

    Args:
        report: Without pictures.
        cancel: Looked at for every picture.

    Raises:
        CancelledError: It was cancelled.
    """
    title, listed = report.title, report.listed
    if not title.video or not listed:
        return report
    notes: list[str] = []
    pictures: Mapping[int, bytes] = {}
    try:
        changed = title.path.stat().st_size != title.size_bytes
    except OSError:
        notes.append(f"{title.name} was not at hand, so there are no pictures.")
    else:
        if changed:
            notes.append(f"{title.name} has changed since, so there are no pictures.")
        else:
            pictures, failed = _read(report, listed[:MOST], cancel or CancelToken())
            if failed:
                notes.append(f"{failed} of the pictures cannot be decoded.")
    if pictures and len(listed) > MOST:
        notes.append(f"Only the first {MOST} flags have pictures.")
    return replace(report, pictures=pictures, notes=(*report.notes, *notes))


def shown_at(entry: Entry) -> MediaTime:
    """The instant that a picture of an entry shows: its worst, else its middle."""
    if entry.finding is not None and entry.span.contains(entry.finding.evidence.peak):
        return entry.finding.evidence.peak
    return MediaTime((entry.span.start + entry.span.end) // 2, entry.span.base)


def _read(
    report: Report, entries: Iterable[Entry], cancel: CancelToken
) -> tuple[dict[int, bytes], int]:
    """Pictures by number of the entry, and how many could not be decoded."""
    by_stream: dict[int, list[Entry]] = {}
    shown = {stream.index: stream for stream in report.title.video}
    usual = report.title.video[0].index
    for entry in entries:
        by_stream.setdefault(entry.stream if entry.stream in shown else usual, []).append(entry)
    pictures: dict[int, bytes] = {}
    failed = 0
    for index, some in by_stream.items():
        try:
            with VideoReader(report.title.path, shown[index], behind_bytes=_BEHIND_BYTES) as reader:
                for entry in sorted(some, key=lambda e: shown_at(e).exact):
                    cancel.check()
                    picture = _picture(reader, shown[index], shown_at(entry))
                    if picture:
                        pictures[entry.number] = picture
                    else:
                        failed += 1
        except KnownError:
            failed += len(some)
    return pictures, failed


def _picture(reader: VideoReader, stream: VideoStream, at: MediaTime) -> bytes:
    try:
        frame = reader.frame_at(at.to(reader.base).pts)
    except KnownError:
        return b""
    width, height = stream.display_size
    scale = min(BOX[0] / width, BOX[1] / height, 1.0)
    rgb = frame.rgb(max(round(width * scale), 1), max(round(height * scale), 1))
    return _jpeg(rgb)


def _jpeg(rgb: NDArray[np.uint8]) -> bytes:
    bgr = np.ascontiguousarray(rgb[..., ::-1])
    done, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return data.tobytes() if done else b""
