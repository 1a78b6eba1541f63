"""Samples: what verdicts teach, frozen, and the snapshot that holds them.

A sample stands on its own: it names title, stream, defect and span, so that it can be trained on
although its finding is gone. A snapshot is named by the digest of what it says, so that two that
say the same are the same one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from core.domain.finding import Region
from core.domain.time import Span

GOLD_SHARE = 0.2
"""Share of titles whose verdicts are never trained on."""


CELL_PX = 32
"""Pixels that a cell of a drawn frame is wide and high."""


class SampleKind(StrEnum):
    """What a person said, as training needs it."""

    POSITIVE = "positive"
    INTENT = "intent"
    NEGATIVE = "negative"
    MISSED = "missed"

    @property
    def is_defect(self) -> bool:
        """Whether the signal is really there; with `INTENT` it is, but is not to be raised."""
        return self is not SampleKind.NEGATIVE


class Side(StrEnum):
    """What a title's samples are for."""

    TRAIN = "train"
    GOLD = "gold"


def side_of(fingerprint: str) -> Side:
    """The side that a title is on, for ever and on every machine.

    Args:
        fingerprint: Of the title; its digest decides, so that about `GOLD_SHARE` of titles are
            gold and no sample of a title can be on the other side.
    """
    digest = hashlib.sha256(f"gold {fingerprint}".encode()).digest()
    return Side.GOLD if int.from_bytes(digest[:8], "big") < GOLD_SHARE * 2**64 else Side.TRAIN


@dataclass(frozen=True, slots=True)
class MaskReference:
    """Where in the picture: a stored map of an analysis, or a rectangle.

    Attributes:
        pts: The frame, in the time base of the sample's span.
        run: Analysis whose map of this frame is in the store; empty when there is none.
        region: Rectangle that the finding showed; None for the whole picture.
    """

    pts: int
    run: str = ""
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """Where people drew the damage in a frame.

    Attributes:
        pts: The frame, in the time base of the sample's span.
        columns: Cells of `CELL_PX` pixels in a row.
        shares: A byte a cell in hex, row by row: 254 times the share of it that is damaged; ff
            where nobody said what is there.
    """

    pts: int
    columns: int
    shares: str

    def __post_init__(self) -> None:
        if self.columns < 1 or len(bytes.fromhex(self.shares)) % self.columns:
            raise ValueError("the cells of a drawn frame do not fill its rows")


@dataclass(frozen=True, slots=True)
class Sample:
    """One stretch of a title and what people say it is.

    Attributes:
        verdicts: Ids of the rows that say so, sorted; several where reviewers agree.
        fingerprint: Of the title.
        path: Where the file was found last; only a hint.
        stream: Container index.
        detector: Detector that learns from it.
        defect: Defect id.
        span: When.
        kind: What it is.
        mask: The frame that shows it best and where in it; None when nothing says so.
        weight: How much it counts, 1 for one claim that people are of one mind about.
        side: Whether it may be trained on.
        drawn: Frames in which people drew the damage; empty as a rule.
    """

    verdicts: tuple[str, ...]
    fingerprint: str
    path: str
    stream: int
    detector: str
    defect: str
    span: Span
    kind: SampleKind
    mask: MaskReference | None = None
    weight: float = 1.0
    side: Side = Side.TRAIN
    drawn: tuple[DrawnFrame, ...] = ()

    @property
    def key(self) -> tuple[str, int, str, Fraction, Fraction, tuple[str, ...]]:
        """Where it stands among others."""
        span = self.span
        start, end = span.start_time.exact, span.end_time.exact
        return (self.fingerprint, self.stream, self.defect, start, end, self.verdicts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Verdicts that teach nothing here.

    Attributes:
        verdicts: Ids of the rows, sorted.
        fingerprint: Of the title.
        sentence: Why.
    """

    verdicts: tuple[str, ...]
    fingerprint: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that verdicts taught about one detector at one time.

    Attributes:
        detector: Which.
        store: Name of the store.
        at: When it was taken, UTC; not part of its id.
        samples: In the order of `Sample.key`.
        left_out: By title and ids.
    """

    detector: str
    store: str
    at: datetime
    samples: tuple[Sample, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def id(self) -> str:
        """sha256 of the canonical JSON of what it says, in hex.

        Neither the time nor the place of a file counts: the same verdicts give the same id.
        """
        said = {
            "detector": self.detector,
            "samples": [_without_path(sample) for sample in self.samples],
            "left_out": [left_out_document(left) for left in self.left_out],
        }
        return digest_of(said)

    def on(self, side: Side) -> tuple[Sample, ...]:
        """The samples of one side."""
        return tuple(sample for sample in self.samples if sample.side is side)

    def count(self, kind: SampleKind, side: Side | None = None) -> int:
        """How many samples are of a kind, on one side or on both."""
        return sum(s.kind is kind and side in (None, s.side) for s in self.samples)


def digest_of(document: Any) -> str:
    """sha256 of a document's canonical JSON: sorted keys, no blanks, ASCII; in hex."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def sample_document(sample: Sample) -> dict[str, Any]:
    """A sample as plain JSON values."""
    span, mask = sample.span, sample.mask
    # Left out where there are none, so that snapshots of before keep their names.
    drawn = {"drawn": [[d.pts, d.columns, d.shares] for d in sample.drawn]} if sample.drawn else {}
    return {
        **drawn,
        "verdicts": list(sample.verdicts),
        "fingerprint": sample.fingerprint,
        "path": sample.path,
        "stream": sample.stream,
        "detector": sample.detector,
        "defect": sample.defect,
        "span": [span.start, span.end, str(span.base)],
        "kind": str(sample.kind),
        "mask": None if mask is None else _mask_document(mask),
        "weight": sample.weight,
        "side": str(sample.side),
    }


def sample_of(document: dict[str, Any]) -> Sample:
    """A sample from what `sample_document` gave.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    start, end, base = document["span"]
    mask = document["mask"]
    return Sample(
        verdicts=tuple(map(str, document["verdicts"])),
        fingerprint=str(document["fingerprint"]),
        path=str(document["path"]),
        stream=int(document["stream"]),
        detector=str(document["detector"]),
        defect=str(document["defect"]),
        span=Span(int(start), int(end), Fraction(base)),
        kind=SampleKind(document["kind"]),
        mask=None if mask is None else _mask_of(mask),
        weight=float(document["weight"]),
        side=Side(document["side"]),
        drawn=tuple(
            DrawnFrame(int(pts), int(columns), str(shares))
            for pts, columns, shares in document.get("drawn", [])
        ),
    )


def left_out_document(left: LeftOut) -> dict[str, Any]:
    """What was left out, as plain JSON values."""
    return {
        "verdicts": list(left.verdicts),
        "fingerprint": left.fingerprint,
        "sentence": left.sentence,
    }


def _without_path(sample: Sample) -> dict[str, Any]:
    document = sample_document(sample)
    del document["path"]
    return document


def _mask_document(mask: MaskReference) -> dict[str, Any]:
    r = mask.region
    region = None if r is None else [r.left, r.top, r.right, r.bottom]
    return {"pts": mask.pts, "run": mask.run, "region": region}


def _mask_of(document: dict[str, Any]) -> MaskReference:
    region = document["region"]
    return MaskReference(
        pts=int(document["pts"]),
        run=str(document["run"]),
        region=None if region is None else Region(*map(float, region)),
    )
