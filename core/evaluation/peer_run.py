"""Running FFmpeg's filters over a file, in this process or by the `ffmpeg` command."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from core.domain.errors import KnownError
from core.domain.title import AudioStream, Title, VideoStream
from core.evaluation.peer import Peer, Reading, Trace, trace_of
from core.media.filter_graph import Chain, Note, has_filters, run_filters

_FRAME_LINE = re.compile(r"frame:\s*\d+\s.*?pts_time:\s*(-?[\d.]+)")
_SHOWN = re.compile(r"Parsed_showinfo_(\d+) .*? n:\s*\d+ .*?pts_time:\s*(-?[\d.]+)")
_LIMIT_S = 600


@cache
def ffmpeg_command() -> str | None:
    """Where the `ffmpeg` command is; None when it is not there."""
    return shutil.which("ffmpeg")


def can_run(peer: Peer) -> bool:
    """Whether this machine can run a peer."""
    return all(
        ffmpeg_command() is not None if reading.command else has_filters(reading.chain)
        for reading in peer.readings
    )


def run_peers(title: Title, peers: Sequence[Peer]) -> dict[str, dict[str, Trace]]:
    """Run some filters over a file, decoding each stream once.

    Args:
        title: As probed; its first picture stream and its first sound stream are looked at.
        peers: Which.

    Returns:
        Traces by detector and reading; a peer whose stream is missing is left out.

    Raises:
        KnownError: The file cannot be decoded.
    """
    found: dict[str, dict[str, Trace]] = {}
    for medium, streams in (("video", title.video), ("audio", title.audio)):
        mine = [peer for peer in peers if peer.medium == medium]
        if not streams or not mine:
            continue
        readings = {(p.detector, r.name): r for p in mine for r in p.readings}
        for (detector, name), trace in _traces(title, streams[0], readings).items():
            found.setdefault(detector, {})[name] = trace
    return found


def _traces(
    title: Title, stream: VideoStream | AudioStream, readings: dict[tuple[str, str], Reading]
) -> dict[tuple[str, str], Trace]:
    """Traces by key; readings with the same chain share one run of it."""
    end_s = float((stream.start_pts + stream.duration_pts) * stream.base)
    if stream.duration_pts <= 0:
        end_s = title.start.seconds + title.duration_s
    chains: dict[str, Chain] = {
        repr(reading.chain): reading.chain for reading in readings.values() if not reading.command
    }
    notes: dict[str, list[Note]] = defaultdict(list)
    keys = _keys_by_chain(readings)
    if chains:
        for note in run_filters(title.path, stream, chains):
            kept = {k: v for k, v in note.metadata.items() if _is_wanted(k, keys[note.chain])}
            if kept:
                notes[note.chain].append(Note(note.chain, note.seconds, kept))
    for reading in readings.values():
        if reading.command and isinstance(stream, VideoStream):
            notes[repr(reading.chain)] = list(_command_notes(title, stream, reading))
    return {
        key: trace_of(reading, notes[repr(reading.chain)], end_s)
        for key, reading in readings.items()
    }


def _keys_by_chain(readings: dict[tuple[str, str], Reading]) -> dict[str, set[str]]:
    keys: dict[str, set[str]] = defaultdict(set)
    for reading in readings.values():
        keys[repr(reading.chain)] |= {*reading.begin, *reading.end}
        if reading.value is not None:
            keys[repr(reading.chain)].add("")
    return keys


def _is_wanted(key: str, wanted: set[str]) -> bool:
    """Named keys; all when a number is read, because only its reader knows its keys."""
    return "" in wanted or key in wanted


def _command_notes(title: Title, stream: VideoStream, reading: Reading) -> Iterator[Note]:
    name = reading.chain[0][0]
    if name == "mpdecimate":
        yield from _dropped(title, stream, reading)
        return
    filters = ",".join("=".join(filter(None, step)) for step in reading.chain)
    text = _run(title, stream, f"{filters},metadata=mode=print:file=-").stdout
    size = {"width": str(stream.width), "height": str(stream.height)}
    at: float | None = None
    metadata: dict[str, str] = {}
    for line in text.splitlines():
        frame = _FRAME_LINE.match(line)
        if frame is None:
            key, _, value = line.partition("=")
            metadata[key] = value
            continue
        if at is not None:
            yield Note(reading.name, at, {**size, **metadata})
        at, metadata = float(frame[1]), {}
    if at is not None:
        yield Note(reading.name, at, {**size, **metadata})


def _dropped(title: Title, stream: VideoStream, reading: Reading) -> Iterator[Note]:
    """One note a frame that went in: whether it did not come out."""
    text = _run(title, stream, "showinfo,mpdecimate,showinfo").stderr
    came: dict[str, list[str]] = {"0": [], "2": []}
    for place, seconds in _SHOWN.findall(text):
        came[place].append(seconds)
    kept = set(came["2"])
    for seconds in came["0"]:
        yield Note(reading.name, float(seconds), {"dropped": str(int(seconds not in kept))})


def _run(title: Title, stream: VideoStream, filters: str) -> subprocess.CompletedProcess[str]:
    command = ffmpeg_command()
    assert command is not None
    try:
        return subprocess.run(
            [
                *(command, "-hide_banner", "-nostats", "-nostdin", "-copyts"),
                *("-i", f"file:{title.path}", "-map", f"0:{stream.index}"),
                *("-vf", filters, "-f", "null", "-"),
            ],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise KnownError(f"The ffmpeg command did not come to an end on {title.name}.") from error
