"""Masks as the desk makes them: projects of a title, strokes that are kept, undo, how far it is.

Each finished stroke is a layer of its own (`core.annotation.book`), on the disk when `draw`
returns, so that nothing that was shown as kept is ever lost. Undo and redo are layers as well: they
work after a restart, and a second desk at the same masks sees them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.annotation.book import FrameTimes, MaskBook
from core.annotation.layer import counted, flatten, state_of
from core.domain.errors import KnownError
from core.domain.mask import (
    BACKGROUND,
    UNSAID,
    AskedRegion,
    MaskClass,
    MaskLayer,
    MaskOrigin,
    MaskProject,
    MaskRound,
)
from core.domain.title import Title
from core.review.stroke import FrameSheet, MaskOverview, Stroke, answered, asked_pixels
from core.store.codec import plain_text
from core.store.store import Store

if TYPE_CHECKING:
    from core.annotation.exchange.file import MaskFormat


def steps(layers: Sequence[MaskLayer], by: str) -> tuple[list[str], list[str]]:
    """What somebody can take back at a frame, and what can be done again.

    Args:
        layers: Of the frame, oldest first.
        by: Whose steps.

    Returns:
        Ids of layers that stand, and of layers that took something back which can be done again;
        the next one to go is the last of each.
    """
    done: list[str] = []
    undone: list[tuple[str, str]] = []
    for layer in layers:
        if layer.by != by or layer.origin is not MaskOrigin.PERSON:
            continue
        if not layer.undoes:
            done.append(layer.id)
            undone.clear()
        elif done and layer.undoes == done[-1]:
            undone.append((layer.id, done.pop()))
        elif undone and layer.undoes == undone[-1][0]:
            done.append(undone.pop()[1])
    return done, [taker for taker, _taken in undone]


class MaskRoom:
    """Masks of one store, for the workspace of the desk; any thread may use it.

    Args:
        store: Where they are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._book = MaskBook(store)
        self._open: dict[tuple[str, int, int], int] = {}

    @property
    def url(self) -> str:
        """What opens the same store elsewhere."""
        return self._store.url

    # Projects

    def projects(self, fingerprint: str) -> tuple[MaskProject, ...]:
        """The masks of a title, oldest first.

        Raises:
            KnownError: The store cannot be read.
        """
        return self._store.masks.all(fingerprint)

    def make(
        self, title: Title, classes: Sequence[MaskClass], by: str, name: str = ""
    ) -> MaskProject:
        """Begin the masks of the pictures that the desk shows.

        Raises:
            KnownError: The title has no pictures, the classes cannot be used, or the store cannot
                be written.
        """
        return self._book.make(title, classes, by, name=name)

    def reclass(self, project: MaskProject, classes: Sequence[MaskClass]) -> MaskProject:
        """Rename, recolour and add classes; what was drawn keeps its numbers.

        Raises:
            KnownError: A class would go that is there already, two share a name, or the store
                cannot be written.
        """
        current = self._store.masks.get(project.id)
        missing = {c.number: c.name for c in current.classes}
        for one in classes:
            missing.pop(one.number, None)
        if missing:
            name = next(iter(missing.values()))
            raise KnownError(f"The class {name} cannot be taken away.")
        try:
            changed = replace(current, classes=tuple(classes))
        except ValueError as error:
            raise KnownError("These classes cannot be used.", str(error)) from error
        self._store.masks.reclass(changed)
        return changed

    def overview(self, project: MaskProject) -> MaskOverview:
        """How far a project is.

        Raises:
            KnownError: The store cannot be read.
        """
        masks = self._store.masks
        # The version first: what is appended meanwhile is then looked for once more.
        version, current = masks.newest(project.id), masks.get(project.id)
        latest = self._store.mask_rounds.latest(project.id)
        frames: dict[int, list[MaskLayer]] = {}
        for note in masks.notes(project.id):
            frames.setdefault(note.pts, []).append(note)
        standing = [layer for layers in frames.values() for layer in counted(layers)]
        said = [layer for layer in standing if layer.origin is not MaskOrigin.PREDICTION]
        return MaskOverview(
            current,
            version,
            {pts: state_of(layers) for pts, layers in frames.items()},
            sum(layer.clicks for layer in said),
            sum(layer.seconds for layer in said),
            latest,
            self._asked(current, latest, {pts: len(one) for pts, one in frames.items()}),
        )

    def news(self, known: MaskOverview) -> MaskOverview | None:
        """How far a project is now; None when nothing was said since, here or at another desk.

        Raises:
            KnownError: The store cannot be read.
        """
        masks, project = self._store.masks, known.project
        rounds = self._store.mask_rounds.next_number(project.id) - 1
        before = known.round.number if known.round is not None else 0
        now = (masks.newest(project.id), masks.get(project.id), rounds)
        return None if now == (known.version, project, before) else self.overview(project)

    def _asked(
        self, project: MaskProject, latest: MaskRound | None, layers: Mapping[int, int]
    ) -> dict[int, int]:
        """How many regions of a round are open yet, by frame; frames without any are left out.

        Args:
            project: Whose.
            latest: The round; None for none.
            layers: How many each frame has.
        """
        wanted: dict[int, list[AskedRegion]] = {}
        for region in latest.asked if latest is not None else ():
            wanted.setdefault(region.pts, []).append(region)
        found = {}
        for pts, regions in wanted.items():
            # A frame is looked at again only when something was said of it.
            key = (latest.id if latest is not None else "", pts, layers.get(pts, 0))
            if key not in self._open:
                said = flatten(project, pts, self._store.masks.layers(project.id, pts)).by_person
                self._open[key] = sum(not answered(one, said) for one in regions)
            if self._open[key]:
                found[pts] = self._open[key]
        return found

    # Frames

    def frame(self, project: MaskProject, pts: int, by: str) -> FrameSheet:
        """One frame as it stands.

        Raises:
            KnownError: A mask in the store is damaged.
        """
        return _sheet(project, pts, self._store.masks.layers(project.id, pts), plain_text(by))

    def draw(self, project: MaskProject, stroke: Stroke, by: str) -> FrameSheet:
        """Keep a stroke; it is on the disk when this returns.

        Returns:
            The frame with it.

        Raises:
            KnownError: The store cannot be written; nothing was kept.
        """
        clicks = stroke.clicks
        before = self._store.masks.layers(project.id, stroke.pts)
        if clicks is None:
            # OpenCV is loaded by who draws, not by who opens the desk.
            from core.annotation.click import correction_clicks

            shown = flatten(project, stroke.pts, before).labels
            after = np.where(stroke.labels == UNSAID, shown, stroke.labels).astype(np.uint8)
            clicks = correction_clicks(shown, after)
        layer = MaskLayer(
            id=stroke.id,
            project=project.id,
            pts=stroke.pts,
            labels=stroke.labels,
            origin=MaskOrigin.PERSON,
            by=plain_text(by),
            at=datetime.now(UTC),
            round=stroke.round,
            complete=stroke.complete,
            clicks=clicks,
            seconds=stroke.seconds,
        )
        self._store.masks.append(layer)
        return _sheet(project, stroke.pts, (*before, layer), layer.by)

    def finish(
        self, project: MaskProject, pts: int, by: str, seconds: float, round_: int = 0
    ) -> FrameSheet:
        """Say that a frame is right as it is shown: its prediction is accepted, at one click, and
        what nobody said anything of is background.

        Raises:
            KnownError: The store cannot be written; nothing was kept.
        """
        shown = self.frame(project, pts, by).mask
        open_ = ~shown.by_person
        labels = np.full(shown.labels.shape, UNSAID, np.uint8)
        labels[open_] = shown.labels[open_]
        predicted = bool((labels != UNSAID).any())
        labels[open_ & (shown.labels == UNSAID)] = BACKGROUND
        stroke = Stroke(pts, labels, int(predicted), seconds, complete=True, round=round_)
        return self.draw(project, stroke, by)

    def accept_asked(self, project: MaskProject, pts: int, by: str, seconds: float) -> FrameSheet:
        """Say that what is shown in the regions of a frame that are asked about is right, at one
        click each; what nobody said there is background.

        Raises:
            KnownError: Nothing is asked of this frame, or the store cannot be written.
        """
        latest = self._store.mask_rounds.latest(project.id)
        shown = self.frame(project, pts, by).mask
        labels, clicks = np.full(shown.labels.shape, UNSAID, np.uint8), 0
        for region in latest.asked if latest is not None else ():
            if region.pts == pts and not answered(region, shown.by_person):
                (x, y), pixels = asked_pixels(region, project.height, project.width)
                window = (slice(y, y + pixels.shape[0]), slice(x, x + pixels.shape[1]))
                held = shown.labels[window]
                right = np.where(held == UNSAID, BACKGROUND, held).astype(np.uint8)
                labels[window][pixels] = right[pixels]
                clicks += 1
        if not clicks or latest is None:
            raise KnownError("Nothing of this frame is asked about.")
        return self.draw(project, Stroke(pts, labels, clicks, seconds, round=latest.number), by)

    def undo(self, project: MaskProject, pts: int, by: str, again: bool = False) -> FrameSheet:
        """Take back what this person said last at a frame, or do again what was taken back.

        Nothing happens where there is nothing.

        Raises:
            KnownError: The store cannot be written; nothing was changed.
        """
        name, layers = plain_text(by), self._store.masks.layers(project.id, pts)
        undoes = steps(layers, name)[int(again)]
        if not undoes:
            return _sheet(project, pts, layers, name)
        layer = MaskLayer(
            id=uuid.uuid4().hex,
            project=project.id,
            pts=pts,
            labels=np.zeros((0, 0), np.uint8),
            origin=MaskOrigin.PERSON,
            by=name,
            at=datetime.now(UTC),
            undoes=undoes[-1],
        )
        self._store.masks.append(layer)
        return _sheet(project, pts, (*layers, layer), name)

    # Exchange

    def write(
        self,
        project: MaskProject,
        form: MaskFormat,
        out: Path,
        times: FrameTimes,
        only_done: bool = False,
    ) -> int:
        """Write masks for others; returns how many frames.

        Raises:
            KnownError: There are none, something is there already, or it cannot be written.
        """
        from core.annotation.exchange.file import check_target, write_sheet

        check_target(form, out)
        sheet = self._book.sheet(project, times, only_done)
        write_sheet(sheet, form, out)
        return len(sheet.frames)

    def take_in(
        self, project: MaskProject, source: Path, class_name: str, times: FrameTimes, by: str
    ) -> int:
        """Lay the masks of a file over those there are, all or none; returns how many frames.

        Args:
            project: Into which.
            source: A file, or a folder of PNGs.
            class_name: What a video of masks shows.
            times: PTS of the title's frames.
            by: Who takes them in.

        Raises:
            KnownError: The file cannot be read, or does not fit; nothing was taken in.
        """
        from core.annotation.exchange.file import read_sheet

        sheet = read_sheet(source, class_name)
        return self._book.take_in(project, sheet, times, by, source.name)


def _sheet(project: MaskProject, pts: int, layers: Sequence[MaskLayer], by: str) -> FrameSheet:
    mask = flatten(project, pts, layers)
    seconds = sum(o.seconds for o in mask.layers if o.origin is not MaskOrigin.PREDICTION)
    done, undone = steps(layers, by)
    return FrameSheet(replace(mask, layers=()), seconds, bool(done), bool(undone))
