"""Opens the table of agreement, and from it what is disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.domain.errors import KnownError
from core.review.agreement import Claim
from core.review.second_look import Shared
from gui.bridge import GuiLane, explain
from gui.language import told, tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.dialogs.agreement import AgreementDialog


class AgreementDesk(QObject):
    """Reads what several people decided, and goes to what they dispute.

    Args:
        desk: The desk; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("agreement", self)
        self._shared = Shared()
        self._wanted: Claim | None = None
        self.dialog: AgreementDialog | None = None
        desk.actions.connect_to("review.agreement", self.open)
        desk.snapshot_changed.connect(lambda _snapshot: self._go())

    @property
    def idle(self) -> bool:
        """Whether nothing is being read."""
        return self._lane.pending == 0

    def close(self) -> None:
        """End the thread."""
        self._lane.close()

    def open(self) -> None:
        """Show how far people agree."""
        from gui.dialogs.agreement import AgreementDialog

        archive = self._desk.review.archive
        if self.dialog is not None or archive is None:
            return
        self.dialog = dialog = AgreementDialog(self._desk.window)
        dialog.claim_wanted.connect(self._open_claim)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        self._lane.submit(lambda _token: archive.shared(), self._on_read, self._on_error)

    def _on_read(self, shared: Shared) -> None:
        self._shared = shared
        if self.dialog is not None:
            self.dialog.show_claims(shared.claims, shared.names)

    def _on_error(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self.dialog is not None and isinstance(error, KnownError):
            self.dialog.say(told(sentence))
        else:
            self._desk.complain(sentence, details)

    def _open_claim(self, claim: Claim) -> None:
        title = self._shared.titles.get(claim.fingerprint)
        if title is None:
            return
        if not title.path.exists():
            self._on_error(
                KnownError(
                    tr("{name} is not where it was; the library finds it again.", name=title.name)
                )
            )
            return
        self._wanted = claim
        if self.dialog is not None:
            self.dialog.accept()
        if self._desk.title is not None and self._desk.title.fingerprint == claim.fingerprint:
            self._go()
        else:
            self._desk.open_path(title.path)

    def _go(self) -> None:
        """Select what was asked for, once the title shows it."""
        claim, desk = self._wanted, self._desk
        if claim is None or desk.title is None or desk.title.fingerprint != claim.fingerprint:
            return
        near = [
            flag
            for flag in desk.snapshot.flags
            if (flag.detector, flag.stream) == (claim.flag.detector, claim.flag.stream)
            and flag.span.iou(claim.flag.span) > 0
        ]
        if near:
            self._wanted = None
            desk.parts.queue.select(max(near, key=lambda f: f.span.iou(claim.flag.span)).key)
            if desk.actions["review.blind"].isChecked():
                desk.say(tr("This desk looks blindly; settling shows what others said"))

    def _on_closed(self) -> None:
        self.dialog = None
