"""Caption cues, from tracks inside a title and from files beside it.

FFmpeg's decoders read text tracks, SubRip and WebVTT; ttconv reads TTML/IMSC, SCC and EBU STL.
Nothing that a caption file refers to is ever fetched, and sizes are bounded.
"""

from __future__ import annotations

import io
import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from xml.parsers import expat

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import AssSubtitle
from ttconv import model
from ttconv.imsc import reader as imsc_reader
from ttconv.scc import reader as scc_reader
from ttconv.stl import reader as stl_reader

from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.domain.title import CaptionStream, Title
from core.media.source import open_container, packets_of

_LARGEST_BYTES = 20 * 1024 * 1024
_MOST_CUES = 200_000
_MILLISECOND = Fraction(1, 1000)
_SUBRIP = {".srt": "srt", ".vtt": "webvtt"}
_MARKUP = re.compile(r"\{[^}]*\}|<[^>]*>")
_DEEPEST = 200
_LONGEST_CUE = 5000
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
        with _quiet_library():
            if suffix in _SUBRIP:
                text = io.BytesIO(_text(data).encode())
                with av.open(text, mode="r", format=_SUBRIP[suffix]) as container:
                    return _from_container(container, container.streams.subtitles[0].index)
            if suffix == ".scc":
                return _from_scc(_text(data))
            if suffix == ".stl":
                return _from_model(stl_reader.to_model(io.BytesIO(data)))
            return _from_xml(data)
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
            if len(cues) >= _MOST_CUES:
                raise _too_many()
            shown = [part for part in packet.decode() if isinstance(part, AssSubtitle)]
            text = "\n".join(filter(None, (_plain(part.dialogue) for part in shown)))
            if text:
                end = packet.pts + max(packet.duration or 0, 0)
                cues.append(Cue(Span(packet.pts, end, base), text))
    except FFmpegError:
        # What was read up to the damage is worth more than nothing.
        return cues
    return cues


def _plain(dialogue: bytes | str) -> str:
    text = dialogue.decode("utf-8", "replace") if isinstance(dialogue, bytes) else dialogue
    text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
    lines = (line.strip() for line in _MARKUP.sub("", text).splitlines())
    whole = "\n".join(line for line in lines if line)
    return whole if len(whole) <= _LONGEST_CUE else whole[:_LONGEST_CUE] + "…"


def _from_xml(data: bytes) -> list[Cue]:
    _refuse_tricks(data)
    tree = ElementTree.ElementTree(ElementTree.fromstring(data))
    document = imsc_reader.to_model(tree)
    if document is None:
        raise ValueError("not a TTML document")
    return _from_model(document)


def _refuse_tricks(data: bytes) -> None:
    """Read XML once without keeping it, to refuse what could make it grow or reach out."""
    depth = 0
    parser = expat.ParserCreate()

    def declared(*_what: object) -> None:
        raise KnownError("The caption file declares entities, which are not read for safety.")

    def began(*_element: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise KnownError("The caption file is nested too deeply to be captions.")

    def ended(_element: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.Parse(data, True)


def _from_scc(text: str) -> list[Cue]:
    if not text.lstrip().startswith("Scenarist_SCC"):
        raise ValueError("no SCC header")
    return _from_model(scc_reader.to_model(text))


def _from_model(document: model.ContentDocument) -> list[Cue]:
    body = document.get_body()
    cues: list[Cue] = []
    if body is not None:
        for element, begin, end in _timed(body, Fraction(0), None):
            if isinstance(element, model.P):
                cues.extend(_from_paragraph(element, begin, end))
                if len(cues) > _MOST_CUES:
                    raise _too_many()
    return cues


def _too_many() -> KnownError:
    return KnownError(
        f"The captions have more than {_MOST_CUES:,} cues, as no title does, so they are not read."
    )


def _timed(
    element: model.ContentElement, parent_begin: Fraction, parent_end: Fraction | None
) -> Iterator[tuple[model.ContentElement, Fraction, Fraction | None]]:
    """An element and those below it, each with its absolute begin and end."""
    begin = parent_begin + (element.get_begin() or 0)
    own_end = element.get_end()
    # A parent's end does not cut a child's: ttconv derives it from the children and leaves out
    # where the parent begins.
    end = parent_end if own_end is None else parent_begin + own_end
    yield element, begin, end
    if not isinstance(element, model.P):
        for child in element:
            yield from _timed(child, begin, end)


def _from_paragraph(paragraph: model.P, begin: Fraction, end: Fraction | None) -> list[Cue]:
    """Cues of a paragraph; spans with times of their own become cues of their own."""
    texts: dict[tuple[Fraction, Fraction | None], str] = {}

    def collect(element: model.ContentElement, begin: Fraction, end: Fraction | None) -> None:
        if isinstance(element, model.Text):
            texts[begin, end] = texts.get((begin, end), "") + element.get_text()
        elif isinstance(element, model.Br):
            texts[begin, end] = texts.get((begin, end), "") + "\n"
        else:
            for child in element:
                own_end = child.get_end()
                stop = end if own_end is None else begin + own_end
                collect(child, begin + (child.get_begin() or 0), stop)

    collect(paragraph, begin, end)
    region = paragraph.get_region()
    name = region.get_id() if region is not None else ""
    cues: list[Cue] = []
    for (start, stop), raw in sorted(texts.items(), key=lambda item: item[0][0]):
        text = _plain(raw)
        if text and stop is not None and stop > start:
            cues.append(Cue(Span.from_seconds(start, stop, _MILLISECOND), text, name or ""))
    return cues


@contextmanager
def _quiet_library() -> Iterator[None]:
    """ttconv logs every oddity of a file as a warning; the reader's result is what counts."""
    logger = logging.getLogger("ttconv")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
