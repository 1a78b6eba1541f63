"""What a lane of the timeline holds, and where things are in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.catalog.table import DETECTORS
from core.domain.check import is_check
from core.domain.profile import Profile
from core.domain.run import IMPORTED
from core.domain.title import Title
from core.domain.track import Track
from core.review.flag import Flag
from gui.language import mark, tr
from gui.queue import flag_text

Stretch = tuple[float, float]
_CUES = "cues"
_PICTURE = ("luma", "chroma", "rgb")
_UNABLE = mark("left out on this machine")
OFF = mark("off in this profile")
"""What is said of a lane whose detector the profile leaves out."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the timeline.

    Attributes:
        detector: Detector id; empty for the reviewer's own lane.
        title: What people call it.
        analysed: Stretches in seconds that were measured, sorted; the rest is unknown.
        disabled: The profile leaves this detector out.
        flags: Its flags by time.
        lacking: What the title or this machine has not for it, in words; empty when all is there.
        members: Lines that name the lanes which are folded into this one; empty for one detector.
        folded: How many lanes are folded into this one.
    """

    detector: str
    title: str
    analysed: tuple[Stretch, ...] = ()
    disabled: bool = False
    flags: tuple[Flag, ...] = ()
    lacking: str = ""
    members: tuple[str, ...] = ()
    folded: int = 0

    @property
    def count(self) -> int:
        """Flags, or the lanes that are folded into this one."""
        return self.folded or len(self.flags)

    @property
    def remark(self) -> str:
        """Why nothing is known, in words; empty when something is."""
        if self.analysed:
            return ""
        if self.disabled:
            return tr(OFF)
        return self.lacking or tr("not analysed yet")


def make_lanes(
    flags: Sequence[Flag],
    tracks: Sequence[Track],
    profile: Profile,
    extent: Stretch,
    title: Title | None = None,
    unable: Collection[str] = (),
) -> tuple[Lane, ...]:
    """One lane for each detector of the catalog, and one for what people found.

    Args:
        flags: All flags.
        tracks: What was measured so far.
        profile: Says which detectors are left out.
        extent: Start and end of the title; the reviewer's lane is never "not analysed".
        title: Tells which detectors have nothing to look at.
        unable: Detectors that the last analysis left out because they lack something here.
    """
    by_detector: dict[str, list[Flag]] = {}
    for flag in flags:
        if is_check(flag.detector):
            continue  # It is about all of the title, so a bar would say nothing.
        by_detector.setdefault(flag.detector, []).append(flag)
    measured = measured_stretches(tracks, extent)
    lanes = [
        Lane(
            detector,
            flag_text.detector_title(detector),
            (extent,) if detector == IMPORTED else measured.get(detector, ()),
            detector in profile.disabled,
            tuple(by_detector.get(detector, ())),
            tr(_UNABLE) if detector in unable else _lacking(detector, title),
        )
        for detector in dict.fromkeys((*DETECTORS, *filter(None, by_detector)))
    ]
    if "" in by_detector:
        lanes.append(
            Lane("", flag_text.detector_title(""), (extent,), False, tuple(by_detector[""]))
        )
    return tuple(lanes)


def _lacking(detector: str, title: Title | None) -> str:
    if title is None or detector not in DETECTORS:
        return ""
    spec = DETECTORS[detector]
    needed = {view for name in (detector, *spec.after) for view in DETECTORS[name].views}
    if not title.captions and _CUES in needed:
        return tr("no captions in this title")
    if not title.video and any(view.startswith(_PICTURE) for view in needed):
        return tr("no picture in this title")
    if not title.audio and "audio" in needed:
        return tr("no sound in this title")
    return ""


def measured_stretches(
    tracks: Sequence[Track], extent: Stretch
) -> Mapping[str, tuple[Stretch, ...]]:
    """The stretches that every stream's track of a detector covers, by detector.

    Where a detector measures several streams, only what is known of all of them counts. Captions
    are read as a whole: before the first and behind the last there are none.

    Args:
        tracks: What was measured.
        extent: Start and end of the title.
    """
    known: dict[str, list[tuple[Stretch, ...]]] = {}
    for track in tracks:
        spec = DETECTORS.get(track.detector)
        if not len(track):
            stretch: tuple[Stretch, ...] = ()
        elif spec is not None and _CUES in spec.views:
            stretch = (extent,)
        else:
            stretch = ((float(track.starts_s[0]), float(track.ends_s[-1])),)
        known.setdefault(track.detector, []).append(stretch)
    result: dict[str, tuple[Stretch, ...]] = {}
    for detector, parts in known.items():
        if all(parts):
            low = max(part[0][0] for part in parts)
            high = min(part[0][1] for part in parts)
            result[detector] = ((low, high),) if high > low else ()
        else:
            result[detector] = ()
    return result


def gaps(analysed: Sequence[Stretch], start_s: float, end_s: float) -> tuple[Stretch, ...]:
    """What of `start_s..end_s` lies outside of the analysed stretches."""
    found, reached = [], start_s
    for low, high in sorted(analysed):
        if low > reached:
            found.append((reached, min(low, end_s)))
        reached = max(reached, high)
        if reached >= end_s:
            break
    if reached < end_s:
        found.append((reached, end_s))
    return tuple((low, high) for low, high in found if high > low)
