"""Saving the desk as a picture once it shows all that there is to show."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.desk.desk import Desk

_LOOK_MS = 60
_QUIET_LOOKS = 4
_PATIENCE_LOOKS = 60


class Screenshot(QObject):
    """Waits for analysis, caches and picture, selects a flag, saves the window.

    Signals:
        finished: An empty text, or a sentence that says why there is no picture.

    Args:
        desk: The desk; a title is being opened in it.
        path: The PNG to write.
    """

    finished = Signal(str)

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__(desk)
        self._desk = desk
        self._path = path
        self._painted = False
        self._selected = False
        self._quiet = 0
        self._looks = 0
        self._trouble = ""
        desk.selection.looping = False
        desk.parts.picture.picture_painted.connect(self._on_painted)
        desk.analysis.failed.connect(self._on_trouble)
        desk.unreadable.connect(self._on_trouble)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _on_painted(self, picture: object) -> None:
        self._painted = not getattr(picture, "provisional", False)

    def _on_trouble(self, sentence: str, _details: str) -> None:
        self._trouble = sentence

    def _look(self) -> None:
        desk = self._desk
        if desk.title is None and desk.idle and self._trouble:
            self._end(self._trouble)
            return
        if not self._is_settled():
            self._quiet = 0
            return
        if not self._selected:
            self._select()
            return
        self._quiet += 1
        if self._quiet >= _QUIET_LOOKS:
            self._save()

    def _is_settled(self) -> bool:
        desk = self._desk
        if desk.title is None or not desk.idle:
            return False
        shown = self._painted or not desk.title.video
        self._looks += 1
        # A broken picture or cache must not keep the rest from being saved.
        return (shown and desk.parts.thumbnails.complete) or self._looks > _PATIENCE_LOOKS

    def _select(self) -> None:
        """Select the worst flag, and show the frame where it is worst."""
        desk = self._desk
        self._selected = True
        self._looks = 0
        flags = [flag for flag in desk.snapshot.flags if flag.finding is not None]
        if not flags:
            tracks = desk.snapshot.tracks
            if tracks:
                desk.parts.metrics.choose(tracks[0].detector, next(iter(tracks[0].metrics)))
            return
        worst = max(flags, key=lambda f: (f.severity.rank if f.severity else 0, f.score))
        self._painted = False
        desk.parts.queue.select(worst.key)
        if worst.finding is not None:
            desk.player.seek(worst.finding.evidence.peak.seconds)

    def _save(self) -> None:
        image = self._desk.window.grab()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if image.save(str(self._path), "PNG"):
            print(self._path)
            # The picture shows what went wrong; who runs this in a script must see it too.
            self._end(self._trouble)
        else:
            self._end(f"The picture could not be written to {self._path}.")

    def _end(self, failure: str) -> None:
        self._timer.stop()
        self.finished.emit(failure)
