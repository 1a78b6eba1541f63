"""Cues of TTML/IMSC, SCC and EBU STL documents, read by ttconv; sizes and tricks are bounded."""

from __future__ import annotations

import io
import logging
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from xml.parsers import expat

from ttconv import model
from ttconv.imsc import reader as imsc_reader
from ttconv.scc import reader as scc_reader
from ttconv.stl import reader as stl_reader

from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.media.caption_text import MOST_CUES, plain_caption, too_many_cues

_MILLISECOND = Fraction(1, 1000)
_DEEPEST = 200


def from_xml(data: bytes) -> list[Cue]:
    """Cues of a TTML document.

    Raises:
        KnownError: It declares entities, is nested too deeply or holds too much.
        ValueError: It is no TTML; ttconv raises other errors, too.
    """
    _refuse_tricks(data)
    tree = ElementTree.ElementTree(ElementTree.fromstring(data))
    with _quiet_library():
        document = imsc_reader.to_model(tree)
    if document is None:
        raise ValueError("not a TTML document")
    return _from_model(document)


def from_stl(data: bytes) -> list[Cue]:
    """Cues of an EBU STL file; raises as `from_xml`."""
    with _quiet_library():
        document = stl_reader.to_model(io.BytesIO(data))
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


def from_scc(text: str) -> list[Cue]:
    """Cues of a Scenarist SCC file; raises as `from_xml`."""
    if not text.lstrip().startswith("Scenarist_SCC"):
        raise ValueError("no SCC header")
    with _quiet_library():
        document = scc_reader.to_model(text)
    return _from_model(document)


def _from_model(document: model.ContentDocument) -> list[Cue]:
    body = document.get_body()
    cues: list[Cue] = []
    if body is not None:
        for element, begin, end in _timed(body, Fraction(0), None):
            if isinstance(element, model.P):
                cues.extend(_from_paragraph(element, begin, end))
                if len(cues) > MOST_CUES:
                    raise too_many_cues()
    return cues


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
        text = plain_caption(raw)
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
