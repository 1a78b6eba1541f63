"""Opens the manual: the site that was built, where it lies beside the program, else its pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_PLACES = ("manual/index.html", "build/manual/index.html", "docs/index.md")


def find_manual(*folders: Path) -> Path | None:
    """The manual's first page, the built site before its sources.

    Args:
        folders: Where to look; without any, beside the program and its packages.
    """
    around = folders or (Path(__file__).resolve().parents[2], Path(sys.executable).parent)
    pages = (folder / place for place in _PLACES for folder in around)
    return next((page for page in pages if page.is_file()), None)


def open_manual(desk: Desk) -> None:
    """Have the desktop open the manual; a sentence says where it is if it cannot."""
    page = find_manual()
    if page is None:
        desk.complain(tr("The manual was not installed with this program."))
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
        desk.complain(tr("Nothing here opens the manual; it is {path}.", path=str(page)))
