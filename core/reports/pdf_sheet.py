"""Sheets of paper: what the PDF is drawn with, in millimetres from the top left."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import cv2
import numpy as np
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, WrapMode

from core.domain.errors import BugError
from core.reports.curve import Curve
from core.reports.font import FAMILY, font_files, needs_shaping, printable
from core.reports.wording import one_line

Color = tuple[int, int, int]
"""Red, green, blue; 0..255."""

Line = tuple[str, float, bool, Color]
"""Text, size in points, whether it is bold, colour."""

QUIET: Color = (93, 102, 112)
FAIL: Color = (179, 38, 30)
PASS: Color = (27, 110, 60)
WARN: Color = (138, 90, 0)

_RULE: Color = (205, 209, 214)
_SHADE: Color = (242, 226, 196)
_PANEL: Color = (240, 242, 244)
_METRIC: Color = (31, 111, 178)
_MARGIN_MM, _FOOT_MM = 15.0, 14.0
_LEADING = 1.32
_MM_A_POINT = 25.4 / 72
_ROW_PT = 8.5
_LONGEST = 4000


class _Pages(FPDF):
    """A4 pages with the title and the page's number at the foot."""

    name = ""

    def footer(self) -> None:
        """Draw the foot of a page."""
        self.set_y(-_FOOT_MM + 3)
        self.set_font(FAMILY, "", 7.5)
        self.set_text_color(*QUIET)
        self.cell(130, 4, self.name)
        self.cell(0, 4, f"{self.page_no()} / {{nb}}", align="R")


class Sheet:
    """Writes from top to bottom and begins new pages as needed.

    Args:
        name: Title of the document.
        made: When the report was made.
    """

    INK: ClassVar[Color] = (20, 24, 28)

    def __init__(self, name: str, made: datetime) -> None:
        pages = _Pages(format="A4")
        pages.set_margin(_MARGIN_MM)
        pages.set_auto_page_break(True, _FOOT_MM)
        for style, path in font_files().items():
            pages.add_font(FAMILY, style, path)
        pages.set_title(printable(one_line(name)))
        pages.set_creator("Onglass")
        pages.set_producer("Onglass")
        pages.set_creation_date(made)
        pages.name = _shortened(printable(one_line(name)), 80)
        pages.add_page()
        self._pages = pages
        self.left = pages.l_margin
        self.right = pages.w - pages.r_margin
        self._block_mm, self._block_page = 0.0, 0

    def finished(self) -> bytes:
        """The document."""
        return bytes(self._pages.output())

    # From top to bottom

    def line(self, text: str, *, size: float = 9, bold: bool = False, color: Color = INK) -> None:
        """A paragraph over the whole width."""
        top = self._pages.get_y()
        lines = [(text, size, bold, color)]
        self._need(self.height(lines, self.right - self.left), top)
        self._pages.set_y(self.put(lines, self.left, self._pages.get_y(), self.right - self.left))

    def heading(self, text: str) -> None:
        """The name of a part, not left alone at the end of a page."""
        self.gap(6)
        self._need(24, self._pages.get_y())
        self.line(text, size=13, bold=True)
        self.gap(1)

    def gap(self, mm: float) -> None:
        """Leave room."""
        self._pages.set_y(self._pages.get_y() + mm)

    def callout(self, title: str, text: str, color: Color) -> None:
        """What matters most, with a bar of its colour beside it."""
        lines: list[Line] = [(title, 15, True, color), (text, 10.5, False, self.INK)]
        width = self.right - self.left - 8
        height = self.height(lines, width) + 5
        top = self._pages.get_y()
        self._pages.set_fill_color(*_PANEL)
        self._pages.rect(self.left, top, self.right - self.left, height, style="F")
        self._pages.set_fill_color(*color)
        self._pages.rect(self.left, top, 1.8, height, style="F")
        self.put(lines, self.left + 5, top + 2, width)
        self._pages.set_y(top + height)

    def tiles(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Big numbers with what they count, side by side."""
        gap = 2.0
        width = (self.right - self.left - gap * (len(pairs) - 1)) / len(pairs)
        top = self._pages.get_y()
        blocks: list[list[Line]] = [
            [(number, 13, True, self.INK), (name, 7.5, False, QUIET)] for number, name in pairs
        ]
        height = max(self.height(block, width - 4) for block in blocks) + 3
        for place, block in enumerate(blocks):
            x = self.left + place * (width + gap)
            self._pages.set_fill_color(*_PANEL)
            self._pages.rect(x, top, width, height, style="F")
            self.put(block, x + 2, top + 1, width - 4)
        self._pages.set_y(top + height)

    def row(self, cells: Sequence[tuple[float, str, bool]]) -> None:
        """Cells side by side: width in mm (0 takes what is left), text, whether it is bold."""
        placed, x = [], self.left
        for width, text, bold in cells:
            room = width or self.right - x
            lines: list[Line] = [(text, _ROW_PT, bold, self.INK)]
            placed.append((x, room - 2, lines))
            x += room
        height = max(self.height(lines, room) for _x, room, lines in placed) + 0.8
        self._need(height, self._pages.get_y())
        top = self._pages.get_y()
        bottom = max(self.put(lines, x, top, room) for x, room, lines in placed)
        self._rule(bottom + 0.4)
        self._pages.set_y(bottom + 0.8)

    # Blocks whose parts stand side by side

    def begin_block(self, height_mm: float) -> float:
        """Make sure that a block fits; returns where it begins."""
        self._need(height_mm, self._pages.get_y())
        self._block_mm = height_mm
        self._block_page = self._pages.page
        return float(self._pages.get_y())

    def end_block(self) -> None:
        """Go on after a block."""
        if self._pages.page == self._block_page:
            self._pages.set_y(self._pages.get_y() + self._block_mm)

    def rule(self) -> None:
        """Draw a line, with some room after it."""
        self._rule(self._pages.get_y())
        self.gap(1.5)

    def height(self, lines: Sequence[Line], width: float) -> float:
        """Millimetres that lines take when they are wrapped to a width."""
        return sum(self._cell(line, 0.0, 0.0, width, dry=True) for line in lines)

    def put(self, lines: Sequence[Line], x: float, top: float, width: float) -> float:
        """Write lines at a place; returns where they end. The place to go on stays."""
        here = self._pages.get_y()
        page = self._pages.page
        y = top
        for line in lines:
            self._cell(line, x, y, width, dry=False)
            # Text that is longer than the page goes on at the top of the next.
            y = self._pages.get_y()
        if self._pages.page == page:
            self._pages.set_y(here)
        return y

    def picture_height(self, data: bytes, width: float) -> float:
        """Millimetres that a picture takes at a width."""
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        if image is None:
            raise BugError("a picture of the report is no JPEG")
        rows, columns = image.shape[:2]
        return float(width * rows / columns + 1)

    def picture(self, data: io.BytesIO, x: float, y: float, width: float) -> None:
        """Draw a JPEG."""
        self._pages.image(data, x=x, y=y, w=width)

    def curve(self, curve: Curve, x: float, y: float, width: float, height: float) -> None:
        """Draw a metric with its threshold and the flagged stretch."""
        pages, plot = self._pages, height - 4

        def place(seconds: float, value: float) -> tuple[float, float]:
            return x + curve.x(seconds) * width, y + (1 - curve.y(value)) * plot

        left, right = (x + curve.x(seconds) * width for seconds in curve.flagged)
        pages.set_fill_color(*_SHADE)
        pages.rect(left, y, max(right - left, 0.3), plot, style="F")
        pages.set_line_width(0.15)
        pages.set_draw_color(*FAIL)
        line_y = place(curve.begin_s, curve.threshold)[1]
        pages.set_dash_pattern(1, 0.8)
        pages.line(x, line_y, x + width, line_y)
        pages.set_dash_pattern()
        pages.set_draw_color(*_METRIC)
        pages.set_line_width(0.2)
        points = zip(curve.seconds, curve.values, strict=True)
        pages.polyline([place(float(s), float(v)) for s, v in points])
        named = f"{curve.title} {curve.unit}".strip()
        told = f"{named} · threshold {curve.threshold:.4g}"
        self.put([(told, 6.5, False, QUIET)], x, y + plot + 0.5, width)

    # Inside

    def _cell(self, line: Line, x: float, y: float, width: float, *, dry: bool) -> float:
        text, size, bold, color = line
        pages = self._pages
        pages.set_font(FAMILY, "B" if bold else "", size)
        pages.set_text_color(*color)
        text = _shortened(printable(text), _LONGEST)
        # Shaping more than doubles the time, and only these scripts show it.
        pages.set_text_shaping(needs_shaping(text))
        if not dry:
            pages.set_xy(x, y)
        leading = size * _MM_A_POINT * _LEADING
        result = pages.multi_cell(
            width,
            leading,
            text,
            align="L",
            padding=0,
            dry_run=dry,
            output=MethodReturnValue.HEIGHT,
            wrapmode=WrapMode.WORD,
        )
        return float(result)  # type: ignore[arg-type]

    def _need(self, height: float, top: float) -> None:
        if top + height > self._pages.page_break_trigger and top > self._pages.t_margin:
            self._pages.add_page()

    def _rule(self, y: float) -> None:
        self._pages.set_draw_color(*_RULE)
        self._pages.set_line_width(0.15)
        self._pages.line(self.left, y, self.right, y)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
