"""The defect taxonomy: every kind of defect a finding or a verdict can name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Medium(StrEnum):
    """Where a defect lives."""

    VIDEO = "video"
    AUDIO = "audio"
    SYNC = "sync"
    CAPTION = "caption"
    STRUCTURE = "structure"


class Severity(StrEnum):
    """How much a defect matters, in the words of asset QC (FYI, issue, blocker)."""

    FYI = "fyi"
    ISSUE = "issue"
    BLOCKER = "blocker"

    @property
    def rank(self) -> int:
        """0 for FYI, 1 for issue, 2 for blocker."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of defect.

    Attributes:
        id: Stable identifier, stored with verdicts.
        title: What people call it.
        medium: Where it lives.
        description: One sentence: what a viewer notices.
    """

    id: str
    title: str
    medium: Medium
    description: str


def _table(*rows: tuple[str, str, Medium, str]) -> dict[str, Defect]:
    table = {row[0]: Defect(*row) for row in rows}
    if len(table) != len(rows):
        raise ValueError("two defects share an id")
    return table


_V, _A, _C = Medium.VIDEO, Medium.AUDIO, Medium.CAPTION

DEFECTS: dict[str, Defect] = _table(
    ("black", "Black frames", _V, "The picture is black where it should not be."),
    ("freeze", "Freeze", _V, "The picture stands still while the programme goes on."),
    ("stutter", "Stutter", _V, "Frames repeat or are missing, so that motion jerks."),
    ("tearing", "Tearing", _V, "Parts of two frames show in one picture."),
    ("block_corruption", "Block corruption", _V, "Blocks show wrong content after data was lost."),
    ("blockiness", "Blockiness", _V, "The coding grid is visible."),
    ("blur", "Blur", _V, "The picture is soft without intent."),
    ("banding", "Banding", _V, "Smooth gradients show steps."),
    ("combing", "Combing", _V, "Interlace lines are left in a progressive picture."),
    ("flashing", "Flashing", _V, "Bright or red flashes that can harm photosensitive viewers."),
    ("hot_pixel", "Hot or dead pixel", _V, "Single pixels stay bright or dark."),
    ("levels", "Illegal levels", _V, "Luma or chroma leaves the permitted range."),
    ("letterbox", "Change of active area", _V, "Black borders appear, vanish or move."),
    ("color_frame", "Colour frame", _V, "A flat colour, bars or a slate stands in the programme."),
    ("line_dropout", "Line dropout", _V, "Single lines are lost or noisy."),
    ("other", "Other defect", Medium.STRUCTURE, "Something else is wrong; the words say what."),
    ("decode_error", "Decode error", Medium.STRUCTURE, "The stream cannot be decoded cleanly."),
    ("silence", "Silence", _A, "There is no sound where there should be."),
    ("dropout", "Audio dropout", _A, "The sound is cut for a moment."),
    ("clipping", "Clipping", _A, "Peaks are cut off flat."),
    ("hum", "Hum", _A, "A steady low tone from the mains."),
    ("hiss", "Hiss", _A, "Broad-band noise behind the programme."),
    ("distortion", "Distortion", _A, "The sound is harsh, broken or overdriven."),
    ("wow", "Wow and flutter", _A, "The speed of the sound wobbles."),
    ("clicks", "Clicks", _A, "Short pops or crackle."),
    ("loudness", "Loudness", _A, "The programme is too loud, too quiet or peaks too high."),
    ("phase", "Phase", _A, "Channels cancel each other."),
    ("channel", "Channel fault", _A, "A channel is missing, doubled or swapped."),
    ("level_jump", "Level jump", _A, "The level changes suddenly without cause."),
    ("av_sync", "Audio-video sync", Medium.SYNC, "Sound leads or lags the picture."),
    ("av_length", "A/V length", Medium.SYNC, "Sound and picture do not end together."),
    ("av_drift", "A/V drift", Medium.SYNC, "The sound runs at another pace than the picture."),
    ("caption_readability", "Caption readability", _C, "Captions are too fast, long or short."),
    ("caption_sync", "Caption sync", _C, "Captions come too early or too late."),
    ("caption_missing", "Missing captions", _C, "Speech has no caption."),
    ("caption_encoding", "Caption encoding", _C, "Captions show wrong characters."),
    ("caption_language", "Caption language", _C, "Captions are not in the language they claim."),
    ("caption_position", "Caption position", _C, "Captions stand outside the picture."),
)


def defect(defect_id: str) -> Defect:
    """Look a defect up.

    Raises:
        KeyError: The taxonomy has no such defect.
    """
    return DEFECTS[defect_id]
