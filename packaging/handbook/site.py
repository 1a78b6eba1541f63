"""What Sphinx is taught for the manual: diagrams, contents from lists, files beside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from handbook.flowchart import DiagramError, flowchart_svg
from handbook.sequence import sequence_svg

CONTENTS = ("index", "adr/README")
"""Pages whose lists of links are the tree of the site; forges show them as they are."""

_LINK = re.compile(r"^(?:[-*]|\d+\.) \[(?P<name>[^\]]+)\]\((?P<page>[\w./-]+)\.md\)", re.MULTILINE)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_OUTSIDE = re.compile(r"\]\((?P<path>(?:\.\./)+(?:resources|core|gui|tests|packaging)/[^)#]+\w)\)")
_log = logging.getLogger(__name__)


class Diagram(SphinxDirective):
    """A fence of Mermaid's notation, drawn when the site is built."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The drawing."""
        source = "\n".join(self.content)
        try:
            draw = sequence_svg if source.startswith("sequenceDiagram") else flowchart_svg
            return [nodes.raw("", draw(source), format="html")]
        except DiagramError as error:
            _log.warning("%s", error, location=self.get_location())
            return []


def contents(text: str) -> str:
    """The hidden trees of contents that the lists of a page stand for, one a section."""
    parts = _HEADING.split(text)
    trees = []
    for heading, body in zip(["", *parts[1::2]], parts[0::2], strict=True):
        pages = [f"{match['name']} <{match['page']}>" for match in _LINK.finditer(body)]
        if pages:
            caption = [f":caption: {heading}"] if heading else []
            trees.append("\n".join(["", "```{toctree}", ":hidden:", *caption, *pages, "```", ""]))
    return "".join(trees)


def unlisted(listed: Iterable[str], pages: Iterable[str]) -> tuple[str, ...]:
    """Pages that no list names, in their order."""
    return tuple(sorted(set(pages) - set(listed) - set(CONTENTS)))


def prepare(app: Sphinx, page: str, source: list[str]) -> None:
    """Add a page's contents; files of the repository that it names are copied beside it."""
    source[0] = _OUTSIDE.sub(r"](path:\g<path>)", source[0])
    if page not in CONTENTS:
        return
    source[0] += contents(source[0])
    if page == "index":
        source[0] += _rest(app, source[0])


def _rest(app: Sphinx, index: str) -> str:
    """A last tree for pages that nobody has placed yet: none is out of reach."""
    listed = {match["page"] for match in _LINK.finditer(index)}
    folder = Path(app.srcdir) / "adr"
    decisions = {f"adr/{path.stem}" for path in folder.glob("*.md")}
    pages = unlisted(listed | decisions, app.project.docnames)
    if not pages:
        return ""
    return "\n".join(["", "```{toctree}", ":hidden:", ":caption: More", *pages, "```", ""])


def setup(app: Sphinx) -> dict[str, Any]:
    """Enter all of it."""
    app.add_directive("mermaid", Diagram)
    app.connect("source-read", prepare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
