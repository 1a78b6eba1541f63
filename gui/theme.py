"""Colours by role, dark and light, and the one style sheet made of them.

Widgets that paint ask `current()` for a colour each time they paint and repaint on
`hub().changed`; nobody keeps a colour. Text roles meet WCAG 2.2 AA (4.5:1) on every background
they stand on, marks meet 3:1; a test computes both. Severities follow the Okabe–Ito palette,
which people with colour-vision deficiencies can tell apart, and also differ in shape
(`gui.glyph`).
"""

from __future__ import annotations

import string
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from core.config.paths import resources_dir
from core.domain.defect import Severity

_SANS = ("Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "Cantarell", "DejaVu Sans", "Arial")
_MONO = ("Cascadia Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono", "Consolas", "Courier New")


class ThemeMode(StrEnum):
    """What the person asked for."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours; every attribute but `name` and `dark` is a role.

    Attributes:
        name: `dark` or `light`.
        dark: Light text stands on dark ground.
        window: Ground of the window, behind the panes.
        surface: Ground of panes, tables and fields.
        raised: Ground of buttons, headers and chips.
        border: Lines between things; decorative.
        outline: Edges of controls; at least 3:1.
        text: Text.
        text_muted: Secondary text.
        text_disabled: Text of what cannot be used now; exempt from contrast rules.
        accent: The main action and links of the interface.
        accent_text: Text on `accent`.
        focus: Ring around the control with the keyboard.
        selection: Ground of selected rows.
        selection_text: Text on `selection`.
        playhead: The line where the picture stands.
        grid: Fine lines in panes; decorative.
        mark: The stretch marked with in and out.
        waveform: Sound wave.
        curve: A metric's curve.
        threshold: The line a metric is held against.
        pending: Hatching over what is not analysed or not computed yet.
        cached: Frames that are in memory.
        analysed: The stretch that a run has covered.
        fyi: Severity FYI.
        issue: Severity issue.
        blocker: Severity blocker.
        confirmed: Verdict confirm.
        rejected: Verdict reject.
        unsure: Verdict unsure.
        missed: Verdict missed defect.
        error_ground: Ground of the error banner.
        error_text: Text on `error_ground`.
        letterbox: Ground around the picture.
    """

    name: str
    dark: bool
    window: QColor
    surface: QColor
    raised: QColor
    border: QColor
    outline: QColor
    text: QColor
    text_muted: QColor
    text_disabled: QColor
    accent: QColor
    accent_text: QColor
    focus: QColor
    selection: QColor
    selection_text: QColor
    playhead: QColor
    grid: QColor
    mark: QColor
    waveform: QColor
    curve: QColor
    threshold: QColor
    pending: QColor
    cached: QColor
    analysed: QColor
    fyi: QColor
    issue: QColor
    blocker: QColor
    confirmed: QColor
    rejected: QColor
    unsure: QColor
    missed: QColor
    error_ground: QColor
    error_text: QColor
    letterbox: QColor

    def color(self, role: str) -> QColor:
        """The colour of a role by its name.

        Raises:
            AttributeError: There is no such role.
        """
        value = getattr(self, role)
        if not isinstance(value, QColor):
            raise AttributeError(role)
        return value

    def severity(self, severity: Severity) -> QColor:
        """The colour of a severity."""
        return self.color(severity.value)


def roles() -> tuple[str, ...]:
    """The names of all colour roles."""
    return tuple(f.name for f in fields(Theme) if f.name not in ("name", "dark"))


def _theme(name: str, dark: bool, **colors: str) -> Theme:
    return Theme(name=name, dark=dark, **{role: QColor(c) for role, c in colors.items()})


DARK = _theme(
    "dark",
    True,
    window="#15171b",
    surface="#1c1f25",
    raised="#2a2e37",
    border="#363b46",
    outline="#858e9d",
    text="#e9ebee",
    text_muted="#aeb5c0",
    text_disabled="#727a87",
    accent="#5aa9f2",
    accent_text="#08131f",
    focus="#8fcaff",
    selection="#294667",
    selection_text="#ffffff",
    playhead="#ffffff",
    grid="#2c313a",
    mark="#c08be8",
    waveform="#5fa8d8",
    curve="#7cc4f5",
    threshold="#f0e442",
    pending="#4a515e",
    cached="#3fa38a",
    analysed="#5b6b80",
    fyi="#56b4e9",
    issue="#e69f00",
    blocker="#f58159",
    confirmed="#3ecf9b",
    rejected="#b4bac4",
    unsure="#e56cf0",
    missed="#c9a6f2",
    error_ground="#4a1f1c",
    error_text="#ffe3dd",
    letterbox="#08090b",
)

LIGHT = _theme(
    "light",
    False,
    window="#eceef1",
    surface="#fbfbfc",
    raised="#e1e4e9",
    border="#c5cad3",
    outline="#737b88",
    text="#16191e",
    text_muted="#474e59",
    text_disabled="#8b929d",
    accent="#0a5fb0",
    accent_text="#ffffff",
    focus="#0a5fb0",
    selection="#cfe3f8",
    selection_text="#0d1b2a",
    playhead="#101216",
    grid="#e3e6eb",
    mark="#8a45bd",
    waveform="#2b78ad",
    curve="#0a68a8",
    threshold="#8a6a00",
    pending="#b9bfc9",
    cached="#2b8a72",
    analysed="#7f8b9c",
    fyi="#02629b",
    issue="#8a5a00",
    blocker="#900033",
    confirmed="#00694c",
    rejected="#505762",
    unsure="#a8128f",
    missed="#6a35a5",
    error_ground="#fbdcd5",
    error_text="#5c130a",
    letterbox="#1a1c20",
)


class ThemeHub(QObject):
    """Tells who paints by hand that the colours changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = ThemeMode.SYSTEM
        self.theme = DARK
        self.follows_system = False


_hub: ThemeHub | None = None


def hub() -> ThemeHub:
    """The one source of `changed`."""
    global _hub
    if _hub is None:
        _hub = ThemeHub()
    return _hub


def current() -> Theme:
    """The colours to paint with now."""
    return hub().theme


def apply(app: QApplication, mode: ThemeMode | Literal["system", "dark", "light"]) -> Theme:
    """Switch the whole application, live; `system` also follows later changes.

    Returns:
        The theme that is now current.
    """
    watcher = hub()
    watcher.mode = ThemeMode(mode)
    if not watcher.follows_system:
        watcher.follows_system = True
        app.styleHints().colorSchemeChanged.connect(_on_scheme_changed)
    theme = _resolve(watcher.mode)
    # Assigning a style sheet polishes every widget, which is dear: only when it differs.
    sheet = style_sheet(theme)
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setFont(text_font())
    watcher.theme = theme
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
    watcher.changed.emit()
    return theme


def _on_scheme_changed(_scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and hub().mode is ThemeMode.SYSTEM:
        apply(app, ThemeMode.SYSTEM)


def _resolve(mode: ThemeMode) -> Theme:
    if mode is ThemeMode.SYSTEM:
        light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
        # Review rooms are dark, so an unknown system preference means dark.
        return LIGHT if light else DARK
    return DARK if mode is ThemeMode.DARK else LIGHT


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, color in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.text_muted),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.error_text),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.selection_text),
        (role.Link, theme.accent),
        (role.Accent, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.raised),
        (role.Mid, theme.border),
        (role.Dark, theme.border),
        (role.Shadow, theme.letterbox),
    ):
        palette.setColor(target, color)
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, theme.text_disabled)
    return palette


def style_sheet(theme: Theme) -> str:
    """The style sheet with the colours of `theme` filled in."""
    source = (resources_dir() / "themes" / "desk.qss").read_text(encoding="utf-8")
    values = {role: theme.color(role).name() for role in roles()}
    values |= {"icons": (resources_dir() / "icons").as_posix(), "name": theme.name}
    return string.Template(source).substitute(values)


def text_font() -> QFont:
    """The system's font at the system's size, with fall-backs where the system names none."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setFamilies([font.family(), *_SANS])
    return font


def mono_font(scale: float = 1.0) -> QFont:
    """A font with digits of one width for timecode and figures.

    Args:
        scale: Size as a multiple of the text's.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies([*_MONO, font.family()])
    font.setStyleHint(QFont.StyleHint.Monospace)
    size = text_font().pointSizeF()
    if size > 0:
        font.setPointSizeF(size * scale)
    return font


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio 1..21 of two opaque colours (WCAG 2.2, relative luminance)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
