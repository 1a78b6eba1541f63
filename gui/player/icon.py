"""The transport's signs: our own SVG files, in the colour of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.config.paths import resources_dir
from gui import theme

_SIZES = (16, 20, 24, 32, 40, 48)


@cache
def _source(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon_names() -> tuple[str, ...]:
    """The signs there are."""
    return tuple(sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg")))


def icon(name: str) -> QIcon:
    """A sign in the present theme: normal, disabled and switched on.

    Args:
        name: File name below `resources/icons`, without suffix.

    Raises:
        OSError: There is no such sign.
    """
    colors = theme.current()
    made = QIcon()
    for size in _SIZES:
        for color, mode, state in (
            (colors.text, QIcon.Mode.Normal, QIcon.State.Off),
            (colors.accent, QIcon.Mode.Normal, QIcon.State.On),
            (colors.text_disabled, QIcon.Mode.Disabled, QIcon.State.Off),
        ):
            made.addPixmap(_pixmap(name, color.name(), size), mode, state)
    return made


def _pixmap(name: str, color: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return QPixmap.fromImage(image)
