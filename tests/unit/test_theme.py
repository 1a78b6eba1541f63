"""The palettes are complete, legible and told apart without seeing every colour."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor

from core.domain.defect import Severity
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
)
MARKS = ("outline", "focus", "playhead", "mark", "waveform", "curve", "threshold", "cached")
THEMES = (theme.DARK, theme.LIGHT)

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
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
@pytest.mark.parametrize("deficiency", sorted(DEFICIENCIES))
def test_severities_stay_apart_with_colour_vision_deficiency(
    palette: theme.Theme, deficiency: str
) -> None:
    seen = [_seen(palette.severity(s), DEFICIENCIES[deficiency]) for s in Severity]
    for one, other in itertools.combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.08


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


def _seen(color: QColor, matrix: tuple[tuple[float, float, float], ...]) -> tuple[float, ...]:
    linear = [c**2.2 for c in (color.redF(), color.greenF(), color.blueF())]
    return tuple(sum(m * c for m, c in zip(row, linear, strict=True)) for row in matrix)
