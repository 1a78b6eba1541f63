"""The tools of the workspace for masks: keys and controls, and what of them is remembered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from core.media.frame import VideoFrame
from gui.actions.annotate import KEYED_CLASSES
from gui.annotate.keep import Kept
from gui.annotate.look import LEAST_OPACITY, MOST_OPACITY
from gui.annotate.piece import SIZES, PieceMap
from gui.annotate.tool import LEAST_BRUSH_PX, MOST_BRUSH_PX, Tool
from gui.key_held import HeldKeys

if TYPE_CHECKING:
    from gui.annotate.bench import Bench
    from gui.desk.annotate import AnnotateDesk
    from gui.desk.desk import Desk

_OPACITY_STEP = 0.1
_BRUSH_STEP = 1.25


class MaskTools(QObject):
    """Puts tools into the hand, and keeps how a person likes them.

    Args:
        desk: The desk.
        annotate: The workspace; owns this object.

    Attributes:
        kept: What is remembered.
    """

    def __init__(self, desk: Desk, annotate: AnnotateDesk) -> None:
        super().__init__(annotate)
        self._desk, self._annotate = desk, annotate
        self._tool = Tool.BRUSH
        self.kept = Kept.of(desk.settings.layout)
        self._connect_actions()

    @property
    def _bench(self) -> Bench | None:
        return self._annotate.bench

    def furnish(self, bench: Bench) -> None:
        """Connect the controls of a new workspace, and show what is remembered."""
        panel, kept = bench.panel, self.kept
        bench.hand.take(self._tool)
        bench.hand.brush_px = kept.brush_px
        panel.brush.setValue(kept.brush_px)
        panel.opacity.setValue(round(kept.opacity * 100))
        panel.show_pieces(kept.pieces)
        panel.classes.chosen.connect(self._on_class)
        panel.brush_chosen.connect(self._set_brush)
        panel.opacity_chosen.connect(self._set_opacity)
        panel.pieces_chosen.connect(self._set_pieces)
        bench.pieces.made.connect(self._on_pieces)
        bench.pieces.failed.connect(self._desk.complain)

    def _take_tool(self, tool: Tool) -> None:
        self._tool = tool
        if self._bench is not None:
            self._bench.hand.take(tool)
            self.want_pieces()

    def _on_class(self, number: int) -> None:
        if self._bench is not None:
            self._bench.hand.number = number
            self._bench.aim.color = self._annotate.look.color(number)
            self._bench.hand.refresh()

    def choose_class(self, place: int) -> None:
        """Draw with the class at this place of the list, from 1."""
        bench = self._bench
        if bench is not None and place <= len(bench.panel.classes.classes):
            bench.panel.classes.setCurrentRow(place - 1)

    def _step_class(self, rows: int) -> None:
        if self._bench is not None:
            self._bench.panel.classes.step(rows)

    def _set_brush(self, width_px: int) -> None:
        self._keep(brush_px=width_px)
        if self._bench is not None:
            self._bench.hand.brush_px = width_px
            self._bench.hand.refresh()

    def _change_brush(self, factor: float) -> None:
        if self._bench is not None:
            now = self.kept.brush_px
            wanted = round(now * factor) if factor > 1 else int(now * factor)
            wanted = max(wanted, now + 1) if factor > 1 else min(wanted, now - 1)
            self._bench.panel.brush.setValue(min(max(wanted, LEAST_BRUSH_PX), MOST_BRUSH_PX))

    def _set_opacity(self, opacity: float) -> None:
        self._keep(opacity=opacity)
        self._annotate.read(anew=True)

    def _change_opacity(self, by: float) -> None:
        if self._bench is not None:
            wanted = min(max(self.kept.opacity + by, LEAST_OPACITY), MOST_OPACITY)
            self._bench.panel.opacity.setValue(round(wanted * 100))

    def _set_onion(self, after: bool, on: bool) -> None:
        self._keep(**{"after" if after else "before": on})
        self._annotate.read(anew=True)

    def _set_pieces(self, size: str) -> None:
        self._keep(pieces=size)
        if self._bench is not None:
            self._bench.panel.show_pieces(size)
            self._bench.hand.pieces = None
            self._bench.hand.refresh()
            self.want_pieces()

    def _next_pieces(self) -> None:
        self._set_pieces(SIZES[(SIZES.index(self.kept.pieces) + 1) % len(SIZES)])

    def want_pieces(self) -> None:
        """Have the frame cut into pieces where they are picked."""
        bench, picture, project = self._bench, self._annotate.picture, self._annotate.project
        if bench is None or picture is None or project is None or self._tool is not Tool.PICK:
            return
        if self._desk.player.playing:
            return

        def pixels() -> NDArray[np.uint8] | None:
            frame = picture.frame()
            return frame.rgb_stored() if isinstance(frame, VideoFrame) else None

        extent = (project.width, project.height)
        bench.pieces.want(picture.pts, self.kept.pieces, pixels, extent)

    def _on_pieces(self, made: PieceMap) -> None:
        if self._bench is not None:
            self._bench.hand.pieces = made
            self._bench.hand.refresh()

    def _keep(self, **changed: Any) -> None:
        self.kept = self.kept.changed(**changed)
        self._desk.settings.layout = {**self._desk.settings.layout, **self.kept.layout}

    def _connect_actions(self) -> None:
        actions = self._desk.actions
        to, switch = actions.connect_to, actions.connect_switch
        group = QActionGroup(self)
        for tool in Tool:
            action = actions[f"draw.{tool}"]
            group.addAction(action)
            switch(f"draw.{tool}", partial(self._on_tool, tool))
        actions["draw.brush"].setChecked(True)
        for number in range(1, KEYED_CLASSES + 1):
            to(f"draw.class_{number}", partial(self.choose_class, number))
        to("draw.next_class", lambda: self._step_class(1))
        to("draw.previous_class", lambda: self._step_class(-1))
        to("draw.delete", self._delete)
        to("draw.corner_back", self._corner_back)
        to("draw.smaller", lambda: self._change_brush(1 / _BRUSH_STEP))
        to("draw.larger", lambda: self._change_brush(_BRUSH_STEP))
        to("draw.pieces", self._next_pieces)
        to("draw.denser", lambda: self._change_opacity(_OPACITY_STEP))
        to("draw.lighter", lambda: self._change_opacity(-_OPACITY_STEP))
        for name, after in (("draw.onion_before", False), ("draw.onion_after", True)):
            actions[name].setChecked(self.kept.after if after else self.kept.before)
            switch(name, partial(self._set_onion, after))
        hide, held = actions["draw.hide"], HeldKeys(self._desk.window)
        to("draw.hide", lambda: self._hide(held.holds(hide)))
        held.released.connect(lambda _key: self._hide(held.holds(hide)))

    def _on_tool(self, tool: Tool, on: bool) -> None:
        if on:
            self._take_tool(tool)

    def _delete(self) -> None:
        if self._bench is not None:
            self._bench.hand.delete_region()

    def _corner_back(self) -> None:
        if self._bench is not None:
            self._bench.hand.corner_back()

    def _hide(self, on: bool) -> None:
        if self._bench is not None and self._bench.overlay.hidden != on:
            self._bench.overlay.hidden = on
            self._desk.parts.picture.update()
