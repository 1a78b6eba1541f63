"""Shows the lanes of a title, and the stretch that all detectors have measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.timeline.fold import fold_lanes
from gui.timeline.lane import make_lanes, measured_stretches

if TYPE_CHECKING:
    from gui.desk.desk import Desk


def show_lanes(desk: Desk) -> None:
    """Show what each detector found; those without flags share lanes unless set apart."""
    snapshot, parts, title = desk.snapshot, desk.parts, desk.title
    extent = parts.axis.extent
    lanes = make_lanes(
        snapshot.flags, snapshot.tracks, snapshot.profile, extent, title, desk.analysis.unable
    )
    if not desk.settings.flag("panes.quiet_lanes"):
        lanes = fold_lanes(lanes)
    parts.lanes.set_lanes(lanes if title is not None else ())
    measured = [s for s in measured_stretches(snapshot.tracks, extent).values() if s]
    parts.queue.set_waiting(title is not None and (desk.analysis.analysing or not measured))
    if measured and not desk.analysis.analysing:
        low, high = max(s[0][0] for s in measured), min(s[-1][1] for s in measured)
        parts.ranges.set_analysed(((low, high),) if high > low else ())
