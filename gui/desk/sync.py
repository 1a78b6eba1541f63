"""Lip sync on the desk: what is judged where, and the sound moved against the picture."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.catalog.rule_lipsync import LIPSYNC
from core.catalog.sync_verdict import (
    FRAME_MS,
    Fragment,
    Lines,
    SyncState,
    Tolerance,
    fragment_at,
    judge,
)
from core.domain.track import Track
from core.domain.verdict import Decision
from core.review.flag import Flag
from core.review.sync_offset import SYNC_DEFECTS, measured_offset, offset_in, with_offset
from gui import theme
from gui.desk.review import Snapshot
from gui.language import tr
from gui.player.chip import Chip
from gui.sync.face import Faces
from gui.sync.overlay import SyncOverlay
from gui.sync.tolerance import ToleranceButton
from gui.sync.word import held_text, offset_text
from gui.verdict.choice import Choice

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_SMALL_STEP_MS = 10.0
_FARTHEST_MS = 2000.0
_LOWER_PX = 44
_KEEPING = (Decision.CONFIRM, Decision.MISSED)
_SHOWN = "panes.sync"


class SyncDesk(QObject):
    """Keeps boxes, badge, strip and curve on what was judged, and moves the sound when asked.

    How far the sound is held belongs to the selected flag: another flag begins at nothing, and
    coming back brings it back. Confirming a flag of sync with the sound held keeps the value with
    the verdict, in the words of `core.review.sync_offset`.

    Args:
        desk: The desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._bar, self._strip = desk, desk.parts.sync, desk.parts.sync_strip
        self._track: Track | None = None
        self._key: tuple[object, ...] = ()
        self._held: dict[str, float] = {}
        self._flag: Flag | None = None
        self._on = False
        self.fragments: tuple[Fragment, ...] = ()
        self.overlay = SyncOverlay(desk.parts.picture)
        self.tolerance = ToleranceButton(desk.parts.metrics)
        self._chip = Chip(desk.parts.picture)
        self._bar.hide()
        desk.parts.picture.add_overlay(self.overlay)
        desk.parts.metrics.set_extra(LIPSYNC.id, self.tolerance)
        desk.parts.verdict.completes = self._complete
        self._connect()
        desk.actions["view.sync"].setChecked(desk.settings.flag(_SHOWN))

    def _connect(self) -> None:
        desk, to = self._desk, self._desk.actions.connect_to
        to("sync.frame_earlier", lambda: self.move_by(-self.frame_ms))
        to("sync.frame_later", lambda: self.move_by(self.frame_ms))
        to("sync.earlier", lambda: self.move_by(-_SMALL_STEP_MS))
        to("sync.later", lambda: self.move_by(_SMALL_STEP_MS))
        to("sync.proposed", self.take_proposed)
        to("sync.reset", lambda: self.hold(0.0))
        desk.actions.connect_switch("view.sync", self._on_switched)
        desk.title_ready.connect(lambda _title: self._on_title())
        desk.snapshot_changed.connect(self._on_snapshot)
        desk.selection.changed.connect(self._on_flag)
        desk.player.position_changed.connect(lambda _place: self._show_fragment())
        desk.player.state_changed.connect(lambda _playing, _speed: self._on_state())
        self.tolerance.chosen.connect(self.tolerate)
        theme.hub().changed.connect(self._show_fragment)

    @property
    def idle(self) -> bool:
        """Nothing is ever read or computed in the background here."""
        return True

    def close(self) -> None:
        """Let go of what was judged."""
        self._track, self.fragments = None, ()

    # What is judged

    @property
    def fragment(self) -> Fragment | None:
        """The fragment under the playhead."""
        return fragment_at(self.fragments, self._desk.player.position.seconds)

    def tolerate(self, tolerance: Tolerance) -> None:
        """Decide by a published tolerance from now on."""
        profile = self._desk.snapshot.profile
        for name, value in (("early_ms", tolerance.early_ms), ("late_ms", tolerance.late_ms)):
            profile = profile.with_threshold(LIPSYNC.id, name, value)
        self._desk.adopt(profile)

    def _on_title(self) -> None:
        self._held.clear()
        self._take(None)
        self.hold(0.0)

    def _on_state(self) -> None:
        if self._desk.title is None and (self._track is not None or self._held):
            self._on_title()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        title = self._desk.title
        streams = [stream.index for stream in title.video[:1]] if title is not None else []
        self._take(
            next(
                (
                    track
                    for track in snapshot.tracks
                    if track.detector == LIPSYNC.id and track.stream in streams and len(track)
                ),
                None,
            )
        )

    def _take(self, track: Track | None) -> None:
        """Judge a track anew where it or the lines are others."""
        profile, title = self._desk.snapshot.profile, self._desk.title
        lines = Lines.of(LIPSYNC, profile)
        key = (id(track), lines)
        if key != self._key or track is not self._track:
            self._key, other, self._track = key, track is not self._track, track
            self.fragments = judge(track, LIPSYNC, profile) if track is not None else ()
            base = title.video[0].base if title is not None and title.video else Fraction(1)
            faces = self.overlay.faces
            if other:
                faces = Faces(track) if track is not None else None
            self.overlay.set_data(faces, self.fragments, lines, base)
            self.tolerance.set_lines(lines)
            self._strip.set_fragments(self.fragments)
        # Without a single face there is nothing to tell, and a row of question marks tires the eye.
        seen = track is not None and bool((track.metrics["faces"] > 0).any())
        self._strip.setVisible(title is not None and bool(title.video) and seen)
        self._show_fragment()

    def _show_fragment(self) -> None:
        self._bar.show_fragment(self.fragment)
        if self.overlay.shown:
            self._desk.parts.picture.update()

    # What is shown

    def _on_switched(self, on: bool) -> None:
        self._on = on
        settings = self._desk.settings
        if settings.flag(_SHOWN) != on:
            settings.set(_SHOWN, on)
            self._desk.save_settings()
        if on and self._track is not None:
            self._desk.parts.metrics.choose(LIPSYNC.id, "offset_ms")
        self._show()

    def _show(self) -> None:
        """Show what belongs to sync while it is wanted, or while a flag of sync is selected."""
        wanted = self._on or self._is_of_sync(self._flag)
        self.overlay.shown = wanted
        self._bar.setVisible(wanted or bool(self.held_ms))
        self._desk.parts.picture.update()

    def _is_of_sync(self, flag: Flag | None) -> bool:
        return flag is not None and flag.defect in SYNC_DEFECTS

    def _on_flag(self, flag: Flag | None) -> None:
        other = (flag.key if flag is not None else "") != self._flag_key
        self._flag = flag
        if other:
            kept = offset_in(flag.verdict.comment) if flag is not None and flag.verdict else None
            if flag is not None and kept is not None and self._is_of_sync(flag):
                self._held.setdefault(flag.key, float(kept))
            self._follow()
        self._show()

    # Moving the sound

    @property
    def _flag_key(self) -> str:
        return self._flag.key if self._flag is not None else ""

    @property
    def held_ms(self) -> float:
        """How much later the sound is held; below 0 earlier."""
        return self._held.get(self._flag_key, 0.0)

    @property
    def frame_ms(self) -> float:
        """How long a frame of the title lasts."""
        title = self._desk.title
        video = title.video if title is not None else ()
        return float(1000 / video[0].rate) if video and video[0].rate > 0 else FRAME_MS

    @property
    def proposed_ms(self) -> float | None:
        """The offset that was found under the playhead, else that of the selected flag."""
        fragment = self.fragment
        if fragment is not None and fragment.state is not SyncState.INCONCLUSIVE:
            return fragment.offset_ms
        return measured_offset(self._flag.finding) if self._flag is not None else None

    def move_by(self, step_ms: float) -> None:
        """Hold the sound later by this much more, or earlier."""
        self.hold(self.held_ms + step_ms)

    def take_proposed(self) -> None:
        """Hold the sound by what was found, so that it should be in sync."""
        proposed = self.proposed_ms
        if proposed is None:
            self._desk.say(tr("No offset was found here"))
        else:
            self.hold(round(proposed))

    def hold(self, held_ms: float) -> None:
        """Hold the sound later by this much, or earlier; heard at once."""
        held = min(max(held_ms, -_FARTHEST_MS), _FARTHEST_MS)
        self._held[self._flag_key] = 0.0 if abs(held) < 0.5 else held
        self._follow()
        self._show()

    def _follow(self) -> None:
        """Have player and screen follow what is held now."""
        held = self.held_ms
        self._desk.player.set_nudge(held)
        self._bar.show_nudge(held)
        text = held_text(held)
        if text:
            text = f"{text} ({offset_text(held)})"
            if self._is_of_sync(self._flag):
                text = tr("{held}; confirming keeps it", held=text)
        # What is heard of a flag of the sound is said in the corner itself.
        below = self._flag is not None and not self._is_of_sync(self._flag)
        self._chip.move(self._chip.x(), _LOWER_PX if below else self._chip.x())
        self._chip.say(text)

    def _complete(self, choice: Choice) -> Choice:
        """Keep the offset at which the sound is held with a confirmation."""
        if choice.decision not in _KEEPING or choice.flag.defect not in SYNC_DEFECTS:
            return choice
        held = self._held.get(choice.flag.key, 0.0)
        return replace(choice, comment=with_offset(choice.comment, held)) if held else choice
