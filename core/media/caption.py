"""Caption cues, from tracks inside a title and from files beside it.

FFmpeg's decoders read text tracks, SubRip and WebVTT; ttconv reads TTML/IMSC, SCC and EBU STL.
Nothing that a caption file refers to is ever fetched, and sizes are bounded.
"""

from __future__ import annotations

import io
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import AssSubtitle

from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.domain.title import CaptionStream, Title
from core.media.caption_text import MOST_CUES, plain_caption, too_many_cues
from core.media.source import open_container, packets_of

_LARGEST_BYTES = 20 * 1024 * 1024
_SUBRIP = {".srt": "srt", ".vtt": "webvtt"}
_LATEST_S = 10_000 * 24 * 3600


def read_cues(title: Title, stream: CaptionStream) -> tuple[Cue, ...]:
    """The cues of one caption track in order of their start.

    Pictures (PGS, VobSub) have no text and give none.

    Args:
        title: The title.
        stream: Its track, inside the container or in a file beside it.

    Raises:
        KnownError: The file is gone, too large or not what its name says.
    """
    if stream.file is None:
        with open_container(title.path) as container:
            cues = _from_container(container, stream.index)
    else:
        cues = _from_file(stream.file)
    name = (stream.file or title.path).name
    if any(abs(pts * cue.span.base) > _LATEST_S for cue in cues for pts in _ends(cue)):
        raise KnownError(f"The captions in {name} say times that cannot be, so they are not read.")
    return tuple(sorted(cues, key=lambda cue: (cue.span.start * cue.span.base, cue.span.end)))


def _ends(cue: Cue) -> tuple[int, int]:
    return cue.span.start, cue.span.end


def _from_file(path: Path) -> list[Cue]:
    data = _content(path)
    suffix = path.suffix.lower()
    try:
        if suffix in _SUBRIP:
            text = io.BytesIO(_text(data).encode())
            with av.open(text, mode="r", format=_SUBRIP[suffix]) as container:
                return _from_container(container, container.streams.subtitles[0].index)
        # Only who has such a file waits for what reads it.
        from core.media.caption_document import from_scc, from_stl, from_xml

        if suffix == ".scc":
            return from_scc(_text(data))
        return from_stl(data) if suffix == ".stl" else from_xml(data)
    except KnownError:
        raise
    except Exception as error:  # Parsers fail in many ways; all of them mean the same.
        raise KnownError(f"The captions in {path.name} cannot be read.", repr(error)) from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise KnownError(f"{path.name} is too large for a caption file.")
        return path.read_bytes()
    except OSError as error:
        raise KnownError(f"The caption file {path.name} cannot be read.", str(error)) from error


def _text(data: bytes) -> str:
    """Decode as the byte order mark says, else as UTF-8, else as Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _from_container(container: InputContainer, index: int) -> list[Cue]:
    stream = container.streams[index]
    cues: list[Cue] = []
    if not isinstance(stream, SubtitleStream) or stream.time_base is None:
        return cues
    base = stream.time_base
    try:
        for packet in packets_of(container, stream):
            if packet.pts is None or not packet.size:
                continue
            if len(cues) >= MOST_CUES:
                raise too_many_cues()
            shown = [part for part in packet.decode() if isinstance(part, AssSubtitle)]
            text = "\n".join(filter(None, (plain_caption(part.dialogue) for part in shown)))
            if text:
                end = packet.pts + max(packet.duration or 0, 0)
                cues.append(Cue(Span(packet.pts, end, base), text))
    except FFmpegError:
        # What was read up to the damage is worth more than nothing.
        return cues
    return cues
