"""The selected flag's worst frame, small, with what its detector says about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.language import tr
from gui.timeline.paint import paint_hatch
from gui.widget import NoteLabel

THUMBNAIL_PX = (104, 58)
"""Width and height of the room for a picture, in logical pixels."""

_NOTE_LINES = 4
"""As high as the picture beside it."""


class WorstFrame(QFrame):
    """A picture that can be pressed, and a sentence beside it.

    Signals:
        pressed: Go to that frame.
        changed: There is another picture, or none.
    """

    pressed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Worst frame of the selected flag"))
        self._image: QImage | None = None
        self._waiting = False
        self.button = QToolButton()
        self.button.setProperty("flat", True)
        self.button.setAccessibleName(tr("Go to the worst frame"))
        self.button.setIconSize(QSize(*THUMBNAIL_PX))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.pressed)
        self.note = NoteLabel(_NOTE_LINES)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.note.setAccessibleName(tr("What the detector says"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.button)
        row.addWidget(self.note, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.hub().changed.connect(self._show_picture)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No flag is selected."""
        self._image, self._waiting = None, False
        self.note.setText(tr("Select a flag to see its worst frame."))
        self.button.setEnabled(False)
        self._show_picture()

    def show_flag(self, note: str, hint: str, waiting: bool) -> None:
        """Show what is said of a flag; its picture comes later.

        Args:
            note: The detector's sentence.
            hint: Tooltip of the picture.
            waiting: A picture is being made; without, there is none to show.
        """
        self._image, self._waiting = None, waiting
        self.note.setText(note)
        self.button.setToolTip(hint)
        self.button.setEnabled(True)
        self._show_picture()

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture of the flag that was shown last, or that it has none."""
        self._image, self._waiting = image, False
        self._show_picture()

    @property
    def image(self) -> QImage | None:
        """The picture that is shown."""
        return self._image

    @property
    def waiting(self) -> bool:
        """Whether a picture is being made."""
        return self._waiting

    def _show_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = THUMBNAIL_PX
        canvas = QPixmap(round(width * ratio), round(height * ratio))
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(theme.current().letterbox)
        painter = QPainter(canvas)
        if self._image is not None:
            size = self._image.size().scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (width - size.width()) / 2, (height - size.height()) / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            target = QRectF(left, top, size.width(), size.height())
            painter.drawImage(target, self._image)
        elif self._waiting:
            paint_hatch(painter, QRectF(0, 0, width, height), theme.DARK.pending)
        painter.end()
        icon = QIcon(canvas)
        icon.addPixmap(canvas, QIcon.Mode.Disabled)
        self.button.setIcon(icon)
        self.changed.emit()
