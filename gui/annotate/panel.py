"""What stands beside the picture in the workspace: masks, classes, tools, the frame, the whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.domain.mask import FrameState, MaskProject
from core.review.stroke import FrameSheet, MaskOverview
from gui import theme
from gui.actions import ActionSet
from gui.annotate.button import ActionButton
from gui.annotate.class_list import ClassList
from gui.annotate.piece import SIZES, size_name
from gui.annotate.tool import LEAST_BRUSH_PX, MOST_BRUSH_PX
from gui.language import mark, tr
from gui.widget import ElidedLabel

NARROWEST_PX = 330
_TOOL_COLUMNS = 3
_TOOLS = {
    "draw.brush": mark("Brush"),
    "draw.eraser": mark("Eraser"),
    "draw.polygon": mark("Polygon"),
    "draw.rectangle": mark("Box"),
    "draw.fill": mark("Fill"),
    "draw.pick": mark("Pick"),
    "draw.accept": mark("Accept"),
    "draw.delete": mark("Delete"),
    "masks.open": mark("Leave"),
}
_STATES = {
    FrameState.UNSEEN: mark("not seen"),
    FrameState.PREDICTED: mark("predicted"),
    FrameState.PARTLY: mark("begun"),
    FrameState.DONE: mark("done"),
}


class MaskPanel(QFrame):
    """The right-hand side of the workspace.

    Args:
        actions: The table of actions.
        rounds: What is said about rounds; stands below the frame.

    Signals:
        project_chosen: Id of the masks to go on with.
        brush_chosen: Width in pixels.
        opacity_chosen: 0..1.
        pieces_chosen: What the core calls them.
    """

    project_chosen = Signal(str)
    brush_chosen = Signal(int)
    opacity_chosen = Signal(float)
    pieces_chosen = Signal(str)

    def __init__(
        self, actions: ActionSet, rounds: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAccessibleName(tr("Masks"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._actions = actions
        self._build_head()
        self._build_tools()
        self._build_sliders()
        self._build_frame()
        self._build_empty()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 0, 8, 6)
        column.setSpacing(6)
        column.addLayout(self._class_row)
        column.addWidget(self.classes)
        column.addLayout(self._tools)
        column.addLayout(self._sliders)
        column.addLayout(self._frame)
        if rounds is not None:
            column.addWidget(rounds)
        column.addStretch(1)
        column.addWidget(self.total)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._head)
        whole.addWidget(pages, 1)
        theme.hub().changed.connect(self.classes.repaint_icons)
        self.show_projects((), "")

    # Building

    def _build_head(self) -> None:
        self.projects = QComboBox()
        self.projects.setAccessibleName(tr("Masks of this title"))
        self.projects.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.projects.activated.connect(
            lambda row: self.project_chosen.emit(str(self.projects.itemData(row)))
        )
        self._head = QHBoxLayout()
        self._head.setContentsMargins(8, 0, 8, 0)
        self._head.addWidget(self.projects, 1)
        self._head.addWidget(ActionButton(self._actions, "masks.new", tr("New…")))
        self.classes = ClassList()
        self._class_row = QHBoxLayout()
        self._class_row.addWidget(_heading(tr("Classes")), 1)
        self._class_row.addWidget(ActionButton(self._actions, "masks.classes", tr("Change…")))

    def _build_tools(self) -> None:
        self._tools = QGridLayout()
        self._tools.setSpacing(3)
        self.tools: dict[str, ActionButton] = {}
        for place, (action_id, words) in enumerate(_TOOLS.items()):
            button = self.tools[action_id] = ActionButton(self._actions, action_id, tr(words))
            # What leaves the workspace is no tool in the hand.
            button.setCheckable(button.isCheckable() and action_id != "masks.open")
            self._tools.addWidget(button, place // _TOOL_COLUMNS, place % _TOOL_COLUMNS)
        for column in range(_TOOL_COLUMNS):
            self._tools.setColumnStretch(column, 1)

    def _build_sliders(self) -> None:
        brush_said, opacity_said = _figure("400 px"), _figure("100 %")
        self.brush = _slider(tr("Width of the brush"), LEAST_BRUSH_PX, MOST_BRUSH_PX)
        self.brush.valueChanged.connect(self.brush_chosen)
        self.brush.valueChanged.connect(lambda px: brush_said.setText(tr("{width} px", width=px)))
        self.opacity = _slider(tr("Opacity of the masks"), 10, 100)
        self.opacity.valueChanged.connect(lambda value: self.opacity_chosen.emit(value / 100))
        self.opacity.valueChanged.connect(lambda value: opacity_said.setText(f"{value} %"))
        self.pieces = QComboBox()
        self.pieces.setAccessibleName(tr("Pieces to pick and to ask about"))
        for size in SIZES:
            self.pieces.addItem(size_name(size), size)
        self.pieces.activated.connect(
            lambda row: self.pieces_chosen.emit(str(self.pieces.itemData(row)))
        )
        self._sliders = QGridLayout()
        self._sliders.setSpacing(4)
        self._sliders.setColumnStretch(1, 1)
        for row, (words, control, said) in enumerate(
            (
                (tr("Brush"), self.brush, brush_said),
                (tr("Opacity"), self.opacity, opacity_said),
            )
        ):
            self._sliders.addWidget(QLabel(words), row, 0)
            self._sliders.addWidget(control, row, 1)
            self._sliders.addWidget(said, row, 2)
        self._sliders.addWidget(QLabel(tr("Pieces")), 2, 0)
        self._sliders.addWidget(self.pieces, 2, 1, 1, 2)
        onion = QHBoxLayout()
        self.onion: dict[str, QCheckBox] = {}
        for action_id, words in (
            ("draw.onion_before", tr("before")),
            ("draw.onion_after", tr("after")),
        ):
            box = self.onion[action_id] = _switch(self._actions, action_id, words)
            onion.addWidget(box)
        onion.addStretch(1)
        self._sliders.addWidget(QLabel(tr("Outlines")), 3, 0)
        self._sliders.addLayout(onion, 3, 1, 1, 2)

    def _build_frame(self) -> None:
        self.state = ElidedLabel()
        self.state.setAccessibleName(tr("This frame"))
        self.kept = QLabel()
        self.kept.setProperty("muted", True)
        self.kept.setAccessibleName(tr("Whether everything is kept"))
        self.total = QLabel()
        self.total.setWordWrap(True)
        self.total.setProperty("muted", True)
        self.total.setAccessibleName(tr("All frames"))
        self.done = ActionButton(self._actions, "draw.done", tr("Frame is right"))
        self.done.setProperty("primary", True)
        row = QHBoxLayout()
        row.addWidget(_heading(tr("This frame")), 1)
        row.addWidget(self.kept)
        buttons = QHBoxLayout()
        buttons.setSpacing(3)
        buttons.addWidget(self.done, 2)
        buttons.addWidget(ActionButton(self._actions, "draw.undo", tr("Undo")), 1)
        buttons.addWidget(ActionButton(self._actions, "draw.redo", tr("Redo")), 1)
        self._frame = QVBoxLayout()
        self._frame.setSpacing(4)
        self._frame.addLayout(row)
        self._frame.addWidget(self.state)
        self._frame.addLayout(buttons)

    def _build_empty(self) -> None:
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.why.setAccessibleName(tr("Masks of this title"))
        self.begin = ActionButton(self._actions, "masks.new", tr("New masks…"))
        self.begin.setProperty("primary", True)
        self.begin.setProperty("compact", False)
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(16, 0, 16, 0)
        column.addStretch(2)
        column.addWidget(self.why)
        column.addSpacing(8)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    # What it shows

    def show_projects(self, projects: Sequence[MaskProject], chosen: str, why: str = "") -> None:
        """List the masks of the title.

        Args:
            projects: Oldest first.
            chosen: Id of those that are drawn on; empty for none.
            why: A sentence about why none can be drawn on; empty invites to begin.
        """
        self.projects.clear()
        for one in projects:
            self.projects.addItem(one.name, one.id)
        self.projects.setEnabled(bool(projects))
        self.projects.setCurrentIndex(self.projects.findData(chosen) if chosen else -1)
        self.projects.setToolTip(self.projects.currentText())
        self._pages.setCurrentIndex(1 if chosen else 0)
        self.begin.setVisible(not why)
        self.why.setText(
            why or tr("This title has no masks yet. They say what is where in its frames.")
        )

    def show_frame(self, sheet: FrameSheet | None, asked: int = 0, more_s: float = 0.0) -> None:
        """Say how far the frame on screen is.

        Args:
            sheet: What is known of it; None while it is being read.
            asked: Regions of it that are asked about.
            more_s: Seconds at it that no stroke has taken yet.
        """
        if sheet is None:
            self.state.setText("…")
            return
        words = [tr(_STATES[sheet.mask.state])]
        if asked:
            words.append(tr("%n regions asked", asked))
        if sheet.mask.state is FrameState.PARTLY:
            share = float(sheet.mask.by_person.mean())
            words.append(tr("{share:.0%} said", share=share))
        words.append(tr("%n clicks", sheet.mask.clicks))
        words.append(length_text(sheet.seconds + more_s))
        self.state.setText(" · ".join(words))

    def show_kept(self, pending: int) -> None:
        """Say whether strokes are still on their way to the disk."""
        self.kept.setText(tr("%n on the way", pending) if pending else tr("all kept"))

    def show_total(self, overview: MaskOverview | None, frames: int) -> None:
        """Say how far the whole is.

        Args:
            overview: None while there is none.
            frames: Of the title; 0 while they are not known.
        """
        if overview is None:
            self.total.setText("")
            return
        counts = {state: len(overview.frames(state)) for state in FrameState}
        self.total.setText(
            tr(
                "{done} done, {begun} begun, {predicted} predicted of {frames} frames · "
                "{clicks} clicks in {time}",
                done=counts[FrameState.DONE],
                begun=counts[FrameState.PARTLY],
                predicted=counts[FrameState.PREDICTED],
                frames=frames or "…",
                clicks=overview.clicks,
                time=length_text(overview.seconds),
            )
        )

    def show_pieces(self, size: str) -> None:
        """Show which pieces are picked."""
        self.pieces.setCurrentIndex(self.pieces.findData(size))


def length_text(seconds: float) -> str:
    """Working time as `8 s`, `2:05 min`, `1:20 h`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _slider(name: str, low: int, high: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName(name)
    slider.setRange(low, high)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return slider


def _figure(widest: str) -> QLabel:
    label = QLabel()
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
    return label


def _switch(actions: ActionSet, action_id: str, words: str) -> QCheckBox:
    action = actions[action_id]
    box = QCheckBox(words)
    box.setAccessibleName(action.text())
    box.setToolTip(actions.hint(action_id))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    box.setChecked(action.isChecked())
    box.clicked.connect(action.setChecked)
    action.toggled.connect(box.setChecked)
    action.enabledChanged.connect(box.setEnabled)
    box.setEnabled(action.isEnabled())
    return box
