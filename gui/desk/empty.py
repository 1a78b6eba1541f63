"""What the desk shows before a title is open: what to do, and what was open before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.config.paths import resources_dir
from core.domain.title import printable
from gui.actions import ActionSet, shown
from gui.language import tr
from gui.widget import ElidedLabel, plain_tip

_MOST_RECENT = 6
_WIDTH = 560
_SIGN_PX = 72


class EmptyState(QWidget):
    """A friendly page with the ways to begin.

    Signals:
        recent_chosen: Path of a recent title.
    """

    recent_chosen = Signal(str)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._buttons: list[QPushButton] = []
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        body = QVBoxLayout(column)
        body.setSpacing(10)
        sign = QLabel()
        sign.setFixedSize(_SIGN_PX, _SIGN_PX)
        sign.setPixmap(
            QIcon(str(resources_dir() / "icons" / "onglass.svg")).pixmap(_SIGN_PX, _SIGN_PX)
        )
        head = QLabel(tr("Put eyes on a title"))
        head.setProperty("heading", True)
        font = head.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        font.setBold(True)
        head.setFont(font)
        self.hint = QLabel()
        self.hint.setProperty("muted", True)
        self.hint.setWordWrap(True)
        buttons = QHBoxLayout()
        self.open_button = self._button("file.open", tr("Open…"))
        self.open_button.setProperty("primary", True)
        self.sample_button = self._button("file.open_sample", tr("Open the sample title"))
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch(1)
        self._recent_head = QLabel(tr("Recent titles"))
        self._recent_head.setProperty("muted", True)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        for widget in (sign, head, self.hint):
            body.addWidget(widget)
        body.addLayout(buttons)
        body.addSpacing(8)
        body.addWidget(self._recent_head)
        body.addLayout(self._recent)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        actions.shortcuts_changed.connect(self._refresh_hint)
        self._refresh_hint()
        self.set_recent(())

    @property
    def recent_buttons(self) -> tuple[QPushButton, ...]:
        """One button a recent title."""
        return tuple(self._buttons)

    def set_recent(self, paths: Sequence[str]) -> None:
        """List recent titles, newest first."""
        for button in self._buttons:
            self._recent.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._recent_button(path) for path in paths[:_MOST_RECENT]]
        for button in self._buttons:
            self._recent.addWidget(button)
        self._recent_head.setVisible(bool(paths))

    def _recent_button(self, path: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("flat", True)
        button.setAccessibleName(tr("Open {name}", name=printable(Path(path).name)))
        button.setToolTip(plain_tip(printable(path)))
        text = ElidedLabel(printable(f"{Path(path).name}  —  {Path(path).parent}"), button)
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(button)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.addWidget(text)
        button.setMinimumHeight(text.sizeHint().height() + 8)
        button.clicked.connect(lambda: self.recent_chosen.emit(path))
        return button

    def _button(self, action_id: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setToolTip(self._actions.hint(action_id))
        button.setMinimumHeight(32)
        button.clicked.connect(self._actions[action_id].trigger)
        return button

    def _refresh_hint(self) -> None:
        keys = self._actions["help.shortcuts"].shortcuts()
        hint = tr(
            "Drop a video or sound file here. It opens at once, and detectors look for defects "
            "in the background; you decide on each flag."
        )
        if keys:
            sheet = tr("Press {key} for all shortcuts.", key=shown(keys[0].toString()))
            hint = f"{hint} {sheet}"
        self.hint.setText(hint)
        # A centred column gets the height of unwrapped text unless told what it needs.
        self.hint.ensurePolished()
        self.hint.setMinimumHeight(self.hint.heightForWidth(_WIDTH - 24))
