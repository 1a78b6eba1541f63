"""Opens the simulate panel and carries what it asks for to previews and to the worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from core.domain.finding import Region
from core.domain.media import Cue
from core.domain.title import Title
from core.jobs.request import SimulateRequest, SimulateResult
from core.simulate.inject import Domain
from core.simulate.plan import Planned
from core.simulate.preview import (
    PicturePreview,
    SoundPreview,
    preview_cues,
    preview_picture,
    preview_sound,
)
from gui.bridge import GuiLane, explain
from gui.language import tr
from gui.player.region import turned
from gui.simulate.bite import Bite
from gui.simulate.dialog import SimulateDialog

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_USUAL_S = 2.0
_AROUND_S = 2.0
_LONGEST_HEARD_S = 20.0
_PREVIEW_PX = 640
_MOST_CUES = 6


def open_panel(desk: Desk) -> None:
    """Show the panel, or bring the one that is open to the front."""
    dialog = desk.window.findChild(SimulateDialog)
    if dialog is None:
        dialog = SimulateDialog(Bite(), desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        SimulateDesk(desk, dialog)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


class SimulateDesk(QObject):
    """Keeps one panel in step with the desk.

    Args:
        desk: Knows the title and the marks.
        dialog: The panel; owns this object.
    """

    def __init__(self, desk: Desk, dialog: SimulateDialog) -> None:
        super().__init__(dialog)
        self._desk, self._dialog = desk, dialog
        self._lane = GuiLane("simulate", self)
        self._begin_s = desk.parts.axis.playhead_s
        self._written: Path | None = None
        dialog.preview_wanted.connect(self._preview)
        dialog.save_wanted.connect(self._ask_where)
        dialog.open_wanted.connect(self._open_written)
        dialog.closed.connect(self._on_closed)
        desk.title_ready.connect(self._on_title)
        desk.parts.axis.selection_changed.connect(self._show_stretch)
        desk.analysis.simulated.connect(self._on_simulated)
        desk.analysis.failed.connect(self._on_failed)
        desk.closed.connect(dialog.close)
        if desk.title is not None:
            self._on_title(desk.title)

    def _on_title(self, title: Title) -> None:
        self._begin_s = self._desk.parts.axis.playhead_s
        self._dialog.set_title(title)
        self._show_stretch()

    def _show_stretch(self) -> None:
        """The marked stretch, else two seconds from where the playhead was."""
        axis, clock = self._desk.parts.axis, self._desk.parts.clock
        low, high = axis.extent
        marked = axis.selection
        start_s, end_s = marked or (self._begin_s, min(self._begin_s + _USUAL_S, high))
        if marked is None and end_s - start_s < _USUAL_S:
            start_s = max(end_s - _USUAL_S, low)
        keys = [self._desk.actions[name].shortcut().toString() for name in ("mark.in", "mark.out")]
        where = f"{clock(start_s)} – {clock(end_s)}"
        if not marked:
            hint = tr("mark another one with {start} and {end}", start=keys[0], end=keys[1])
            where = f"{where}   {hint}"
        self._dialog.set_stretch(start_s, end_s, where)

    # Previews

    def _preview(self, planned: Planned, place: float) -> None:
        title = self._desk.title
        if title is None:
            return
        planned = _stored(planned, title)
        start_s, end_s = planned.spans[0]
        if planned.domain is Domain.PICTURE:
            at_s = start_s + min(place, 0.999) * (end_s - start_s)
            size = _small(title)
            self._lane.submit(
                lambda _token: preview_picture(
                    title.path, planned, at_s, title=title, width=size[0], height=size[1]
                ),
                self._show_picture,
                self._show_trouble,
                newest=True,
            )
        elif planned.domain is Domain.SOUND:
            from_s = max(start_s - 1, self._desk.parts.axis.extent[0])
            length_s = min(end_s + 1 - from_s, _LONGEST_HEARD_S)
            self._lane.submit(
                lambda _token: preview_sound(title.path, planned, from_s, length_s, title=title),
                self._show_sound,
                self._show_trouble,
                newest=True,
            )
        elif planned.domain is Domain.CUES:
            self._lane.submit(
                lambda _token: preview_cues(title.path, planned, title=title),
                lambda cues: self._dialog.show_text(_changes(*cues)),
                self._show_trouble,
                newest=True,
            )
        else:
            self._dialog.show_text(
                tr("Damage to the stream shows once it is decoded: save the clip and open it.")
            )

    def _show_picture(self, preview: PicturePreview) -> None:
        self._dialog.show_pictures(preview.clean, preview.damaged)

    def _show_sound(self, preview: SoundPreview) -> None:
        self._dialog.show_sounds(preview.clean, preview.damaged, preview.rate)

    def _show_trouble(self, error: BaseException) -> None:
        self._dialog.show_text(explain(error)[0])

    # Saving

    def _ask_where(self, planned: Planned, whole: bool) -> None:
        title = self._desk.title
        if title is None:
            return
        name = f"{title.path.stem}.{planned.defect}.mkv"
        dialog = QFileDialog(self._dialog, tr("Save clip and truth"), str(title.path.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [tr("Matroska, without loss (*.mkv)"), tr("MP4, without loss (*.mp4)")]
        )
        dialog.setDefaultSuffix("mkv")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.save(planned, whole, Path(file)))
        dialog.open()

    def save(self, planned: Planned, whole: bool, out: Path) -> None:
        """Have the copy written by the worker.

        Args:
            planned: The defect.
            whole: Write the whole title, not only the stretch and two seconds around it.
            out: Where to.
        """
        title = self._desk.title
        if title is None:
            return
        stored = _stored(planned, title)
        start_s, end_s = stored.spans[0]
        low, high = self._desk.parts.axis.extent
        around = (max(start_s - _AROUND_S, low), min(end_s + _AROUND_S, high))
        request = SimulateRequest(
            title.path,
            out,
            stored.defect,
            stored.variant,
            stored.severity,
            stored.seed,
            (start_s, end_s),
            stored.region,
            None if whole else around,
        )
        self._dialog.say(tr("Writing {name} …", name=out.name))
        self._desk.analysis.simulate(title, request)

    def _on_simulated(self, result: SimulateResult) -> None:
        self._written = result.out
        self._desk.settings.add_recent(result.out)
        self._desk.show_recent()
        self._dialog.show_written(
            tr(
                "{clip} is written; {truth} says what.",
                clip=result.out.name,
                truth=result.truth.name,
            )
        )

    def _on_failed(self, sentence: str, _details: str) -> None:
        self._dialog.say(sentence)

    def _open_written(self) -> None:
        if self._written is not None:
            self._desk.open_path(self._written)

    def _on_closed(self) -> None:
        self._lane.close()


def _stored(planned: Planned, title: Title) -> Planned:
    """The same with its region in the picture as it is stored, which may be turned."""
    region: Region | None = planned.region
    if region is not None and title.video:
        region = turned(region, (360 - title.video[0].rotation) % 360)
    return Planned(
        planned.defect, planned.spans, planned.severity, planned.seed, planned.variant, region
    )


def _small(title: Title) -> tuple[int, int]:
    width, height = title.video[0].display_size
    share = min(_PREVIEW_PX / width, _PREVIEW_PX / height, 1.0)
    return max(round(width * share), 2), max(round(height * share), 2)


def _changes(clean: tuple[Cue, ...], damaged: tuple[Cue, ...]) -> str:
    """What became of captions, line by line."""
    gone = [cue for cue in clean if cue not in damaged]
    new = [cue for cue in damaged if cue not in clean]
    if not gone and not new:
        return tr("No caption starts in this stretch.")
    lines = [f"−  {_told(cue)}" for cue in gone[:_MOST_CUES]]
    lines += [f"+  {_told(cue)}" for cue in new[:_MOST_CUES]]
    left = max(len(gone) - _MOST_CUES, 0) + max(len(new) - _MOST_CUES, 0)
    return "\n".join([*lines, tr("and %n more", left)] if left else lines)


def _told(cue: Cue) -> str:
    text = cue.text.replace("\n", " / ")
    return f"{cue.span.start_s:.2f} – {cue.span.end_s:.2f} s  {text}"
