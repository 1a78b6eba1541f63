"""Says quietly that a training is worth its while, as often as the settings allow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core.review.offer import Occasion, Wish, offered
from gui.language import tr
from gui.queue.flag_text import detector_title

if TYPE_CHECKING:
    from core.review.training import DetectorLine
    from gui.desk.desk import Desk
    from gui.desk.training import TrainingDesk

_EVERY_MS = 120_000
_OFFERED = "training_offered"


class OfferDesk(QObject):
    """Looks now and then whether there is an occasion.

    Args:
        desk: The desk.
        training: Trains, where a training may start by itself.
    """

    def __init__(self, desk: Desk, training: TrainingDesk) -> None:
        super().__init__(training)
        self._desk, self._training = desk, training
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def close(self) -> None:
        """Offer nothing any more."""
        self._timer.stop()

    def look(self) -> None:
        """Offer a training where there is an occasion."""
        archive = self._desk.review.archive
        occasion = Occasion(self._desk.settings.text("learning.offer"))
        if occasion is Occasion.NEVER or archive is None or archive.read_only:
            return
        self._training.ask(lambda room, token: room.overview(token.check), self._on_overview)

    def _on_overview(self, lines: tuple[DetectorLine, ...]) -> None:
        settings = self._desk.settings
        wish = Wish(
            Occasion(settings.text("learning.offer")),
            int(settings.number("learning.verdicts")),
            int(settings.text("learning.weekday")),
            int(settings.number("learning.hour")),
        )
        now = datetime.now(UTC).astimezone()
        line = offered(lines, wish, now, self._last())
        if line is None or self._training.jobs.training:
            return
        settings.layout = {**settings.layout, _OFFERED: now.isoformat()}
        self._desk.save_settings()
        if settings.flag("learning.start"):
            self._training.train(line.detector)
            return
        key = self._desk.actions["learning.train"].shortcut().toString()
        count = tr("%n new verdicts", line.fresh.total)
        self._desk.say(
            tr(
                "{name} could learn from {verdicts}; {key} opens training",
                name=detector_title(line.detector),
                verdicts=count,
                key=key,
            )
        )

    def _last(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self._desk.settings.layout[_OFFERED])
        except (KeyError, ValueError):
            return None
