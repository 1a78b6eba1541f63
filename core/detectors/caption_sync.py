"""Caption sync: when captions show and whether they stand for speech; the rule compares."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.detectors.base import Detector, Row, Sample

_LONGEST_S = 60.0
_SOUND = re.compile(r"\[[^\]]*\]|\([^)]*\)|（[^）]*）|【[^】]*】|\*[^*\n]*\*")
_SONG = re.compile(r"^\s*[-–]?\s*[♪♫♩♬#＃〜].*$", re.MULTILINE)
_SPEAKER = re.compile(r"^\s*(?:[-–—>]+\s*)?[^\W\d_][\w .'’-]{0,24}:(?=\s|$)", re.MULTILINE)
_FEWEST_LETTERS = 2
_FEWEST_CAPITALS = 4

SILENT, CAPITALS, SPOKEN = 0.0, 0.5, 1.0


class CaptionSyncDetector(Detector):
    """Measures how long the captions that start together show, and whether they are spoken.

    `spoken` is 0 for sounds in brackets and for songs, 1 for speech, and .5 for text all in
    capitals: that is what signs in the picture look like, but also all of some tracks.
    """

    id = "caption_sync"

    def reset(self) -> None:
        """Forget the PTS of the newest row."""
        self._newest: int | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for all captions that start here."""
        sample = views["cues"]
        if not sample.cues or (self._newest is not None and sample.pts <= self._newest):
            return []
        self._newest = sample.pts
        shown_s = max(cue.span.duration_s for cue in sample.cues)
        spoken = max(_spoken(cue.text) for cue in sample.cues)
        return [Row(sample.pts, (min(shown_s, _LONGEST_S), spoken))]


def _spoken(text: str) -> float:
    said = _SPEAKER.sub("", _SONG.sub("", _SOUND.sub("", text)))
    letters = [letter for letter in said if letter.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return SILENT
    if len(letters) >= _FEWEST_CAPITALS and all(letter.isupper() for letter in letters):
        return CAPITALS
    return SPOKEN
