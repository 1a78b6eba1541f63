"""The report as an OpenTimelineIO timeline: the title as one clip, each flag as a marker on it.

Times are frames of the clip's own media, which begins at the timecode of its first frame; PTS stand
in each marker's metadata.
"""

from __future__ import annotations

import opentimelineio as otio

from core.reports.clock import EditClock
from core.reports.json_document import entry_document
from core.reports.report import Entry, Report
from core.reports.wording import clean, file_url, label, marker_color, one_line, told


def otio_timeline(report: Report) -> bytes:
    """The listed entries as an `.otio` file, UTF-8 JSON."""
    title, clock = report.title, report.clock
    kinds = otio.schema.TrackKind
    track = otio.schema.Track(name="title", kind=kinds.Video if title.video else kinds.Audio)
    available = otio.opentime.TimeRange(_time(clock.first, clock), _time(clock.length, clock))
    clip = otio.schema.Clip(
        name=one_line(title.name),
        media_reference=otio.schema.ExternalReference(
            target_url=file_url(title.path), available_range=available
        ),
        source_range=available,
        metadata={"onglass": {"fingerprint": title.fingerprint}},
    )
    clip.markers.extend([_marker(entry, clock) for entry in report.listed])
    track.append(clip)
    timeline = otio.schema.Timeline(
        name=one_line(title.name), global_start_time=_time(clock.first, clock)
    )
    timeline.tracks.append(track)
    text: str = otio.adapters.write_to_string(timeline, "otio_json")
    return text.encode() + b"\n"


def _time(frame: int, clock: EditClock) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frame, float(clock.rate))


def _marker(entry: Entry, clock: EditClock) -> otio.schema.Marker:
    start, stop = clock.frames(entry.span)
    marked = otio.opentime.TimeRange(_time(clock.first + start, clock), _time(stop - start, clock))
    marker = otio.schema.Marker(
        name=label(entry),
        marked_range=marked,
        color=getattr(otio.schema.MarkerColor, marker_color(entry)),
        metadata={"onglass": _cleaned(entry_document(entry, clock))},
    )
    marker.comment = told(entry)
    return marker


def _cleaned(value: object) -> object:
    """The same with text that OpenTimelineIO can hold, which takes no halves of characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return value
