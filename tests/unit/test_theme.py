"""The palettes are complete, legible and told apart without seeing every colour."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor

from gui import theme

GROUNDS = ("window", "surface", "raised")
TEXTS = (
    "text",
    "text_muted",
    "accent",
    "fyi",
    "issue",
    "blocker",
    "confirmed",
    "rejected",
    "unsure",
    "missed",
)
PAIRS = (
    ("accent_text", "accent"),
    ("selection_text", "selection"),
    ("error_text", "error_ground"),
    # A rejected flag is muted, and may be selected.
    ("text_muted", "selection"),
)
SIGNS = ("fyi", "issue", "blocker", "confirmed", "rejected", "unsure", "missed", "focus")
MARKS = ("outline", "focus", "playhead", "mark", "waveform", "curve", "threshold", "cached")
THEMES = (theme.DARK, theme.LIGHT)

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
VISIONS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


@pytest.mark.parametrize("palette", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("role", TEXTS)
def test_text_roles_meet_aa_on_every_ground(palette: theme.Theme, role: str) -> None:
    for ground in GROUNDS:
        ratio = theme.contrast(palette.color(role), palette.color(ground))
        assert ratio >= 4.5, f"{role} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("palette", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_on_coloured_ground_meets_aa(palette: theme.Theme, text: str, ground: str) -> None:
    assert theme.contrast(palette.color(text), palette.color(ground)) >= 4.5


@pytest.mark.parametrize("palette", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("role", MARKS)
def test_marks_meet_three_to_one_on_panes(palette: theme.Theme, role: str) -> None:
    assert theme.contrast(palette.color(role), palette.surface) >= 3.0


@pytest.mark.parametrize("palette", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("role", SIGNS)
def test_signs_meet_three_to_one_on_a_selected_row(palette: theme.Theme, role: str) -> None:
    assert theme.contrast(palette.color(role), palette.selection) >= 3.0


@pytest.mark.parametrize("palette", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("vision", sorted(VISIONS))
@pytest.mark.parametrize(
    ("roles", "least"),
    [
        # What lanes are painted in: told apart at a glance, over a few pixels.
        (("fyi", "issue", "blocker"), 25.0),
        # What a verdict is painted in; each has a shape of its own besides.
        (("confirmed", "rejected", "unsure", "missed"), 10.0),
    ],
)
def test_colours_stay_apart_for_every_kind_of_colour_vision(
    palette: theme.Theme, vision: str, roles: tuple[str, ...], least: float
) -> None:
    seen = {role: _lab(palette.color(role), VISIONS[vision]) for role in roles}
    for one, other in itertools.combinations(roles, 2):
        pairs = zip(seen[one], seen[other], strict=True)
        distance = sum((a - b) ** 2 for a, b in pairs) ** 0.5
        assert distance >= least, f"{one} and {other}: {distance:.1f}"


@pytest.mark.parametrize("palette", THEMES, ids=lambda t: t.name)
def test_style_sheet_fills_every_role(palette: theme.Theme) -> None:
    sheet = theme.style_sheet(palette)
    assert "$" not in sheet.split("*/", 1)[1]
    assert palette.focus.name() in sheet


def test_contrast_follows_the_definition() -> None:
    assert theme.contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21.0)
    assert theme.contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_unknown_role_is_refused() -> None:
    with pytest.raises(AttributeError):
        theme.DARK.color("name")


def _lab(color: QColor, matrix: tuple[tuple[float, float, float], ...]) -> tuple[float, ...]:
    """CIE L*a*b* (D65) of a colour as somebody sees it; distances there are ΔE*ab (CIE 1976)."""
    linear = [_linear(c) for c in (color.redF(), color.greenF(), color.blueF())]
    seen = [sum(m * c for m, c in zip(row, linear, strict=True)) for row in matrix]
    red, green, blue = (min(max(c, 0.0), 1.0) for c in seen)
    x = _root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = _root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
