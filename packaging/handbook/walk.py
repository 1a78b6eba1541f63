"""Walks the real desk through steps, and takes pictures of what it shows."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from core.review.flag import Flag
from gui import app as desk_app
from gui import theme
from gui.desk.desk import Desk
from gui.language import tr
from gui.main_window import MainWindow

Steps = Iterator[Callable[[], object]]
"""Yields what must hold before the walk goes on."""

_LOOK_MS = 60
_CALM_LOOKS = 12
_COLOURS = 256


class _Walker(QObject):
    """Goes on with the steps whenever what they wait for holds."""

    def __init__(self, desk: Desk, steps: Steps, patience_s: float) -> None:
        super().__init__()
        self._desk, self._steps, self._patience_s = desk, steps, patience_s
        self._holds: Callable[[], object] = lambda: True
        self._since = time.monotonic()
        self.error: Exception | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        try:
            if self._holds():
                self._holds = next(self._steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > self._patience_s:
                told = self._desk.window.banner.messages
                raise TimeoutError(f"the desk never got there; it says: {told}")
        except StopIteration:
            self._end()
        except Exception as error:  # noqa: BLE001 - raised again once the desk is closed
            self.error = error
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._desk.leave()


def walk(argv: Sequence[str], steps: Callable[[Desk], Steps], patience_s: float = 600.0) -> None:
    """Run the desk with arguments, do the steps, close it.

    Args:
        argv: As `onglass review` takes them.
        steps: What to do.
        patience_s: How long one step may take.

    Raises:
        TimeoutError: A step did not come about.
    """
    walkers: list[_Walker] = []
    run = desk_app.run

    def watched(app: QApplication, desk: Desk, options: Namespace) -> int:
        walkers.append(_Walker(desk, steps(desk), patience_s))
        return run(app, desk, options)

    desk_app.run = watched
    try:
        desk_app.main(list(argv))
    finally:
        desk_app.run = run
    error = walkers[0].error
    if error is not None:
        raise error


def calm(desk: Desk, also: Callable[[], object] = lambda: True) -> Callable[[], bool]:
    """Whether the desk has shown all that it has to show for a while."""
    looks = 0

    def holds() -> bool:
        nonlocal looks
        shown = desk.parts.thumbnails.complete and not desk.parts.waveform.state_text()
        looks = looks + 1 if desk.title is not None and desk.idle and shown and also() else 0
        return looks >= _CALM_LOOKS

    return holds


def quiet(desk: Desk) -> None:
    """Have nothing play by itself: pictures are of what stands."""
    desk.selection.autoplay = False
    desk.selection.looping = False


def flag_of(desk: Desk, defect: str) -> Flag:
    """The strongest flag of a defect."""
    flags = [f for f in desk.snapshot.flags if f.defect == defect and f.finding is not None]
    return max(flags, key=lambda flag: flag.score)


def select(desk: Desk, defect: str) -> None:
    """Select the strongest flag of a defect and show it where it is worst."""
    flag = flag_of(desk, defect)
    desk.parts.queue.select(flag.key)
    assert flag.finding is not None
    desk.player.seek(flag.finding.evidence.peak.seconds)


def take(widget: QWidget, path: Path) -> None:
    """Save a window as a small PNG: at most 256 colours, which screens hardly pass."""
    if isinstance(widget, MainWindow):
        # Where this machine keeps it is nobody's business.
        widget.store.setText(tr("Store: {place}", place="~/.local/share/onglass/onglass.db"))
    QApplication.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path), "PNG")
    shrink(path)


def shrink(path: Path) -> None:
    """Write a PNG anew with a palette of its own."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    # Signs are small: beside a large picture their colours would be taken for noise.
    signs = [getattr(theme.current(), field.name) for field in fields(theme.current())]
    colours = [(c.red(), c.green(), c.blue()) for c in signs if isinstance(c, QColor)]
    side = max(picture.width // max(len(colours), 1), 1)
    counted = Image.new("RGB", (picture.width, picture.height + side))
    counted.paste(picture)
    for number, colour in enumerate(colours):
        left = number * side
        counted.paste(colour, (left, picture.height, left + side, picture.height + side))
    palette = counted.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT)
    small = picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
    small.save(path, "PNG", optimize=True)
