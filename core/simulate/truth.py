"""Truth: what was damaged on purpose, where and how much, exactly."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.domain.finding import Band, Region


@dataclass(frozen=True, slots=True)
class Truth:
    """One defect that was made.

    Attributes:
        defect: Id in the defect taxonomy.
        spans: Start and end of each damaged stretch in seconds on the title's time line.
        severity: How strong it was made, 0..1.
        seed: Chose what chance decides.
        parameters: What severity and seed came to, in words and numbers.
        variant: In which form it was made, or empty.
        region: Where in the picture, when not everywhere.
        stream: Container index of the damaged stream; None when it is not known.
        pts: The spans in units of `base`, as they are in the written file; empty when not known.
        base: Seconds per unit of `pts`.
        band: Where in the spectrum, when that has a meaning.
        mask: Name of the file beside the title that holds the damaged pixels, or empty.
    """

    defect: str
    spans: tuple[tuple[float, float], ...]
    severity: float = 1.0
    seed: int = 0
    parameters: Mapping[str, float | int | str] = field(default_factory=dict)
    variant: str = ""
    region: Region | None = None
    stream: int | None = None
    pts: tuple[tuple[int, int], ...] = ()
    base: Fraction | None = None
    band: Band | None = None
    mask: str = ""

    def as_json(self) -> dict[str, Any]:
        """For a truth file: `{"defect", "spans": [[start_s, end_s], …], …}`."""
        return {
            "defect": self.defect,
            "spans": [list(span) for span in self.spans],
            "severity": self.severity,
            "seed": self.seed,
            "variant": self.variant,
            "region": None if self.region is None else list(astuple(self.region)),
            "parameters": dict(self.parameters),
            "stream": self.stream,
            "pts": [list(span) for span in self.pts],
            "time_base": None if self.base is None else str(self.base),
            "band": None if self.band is None else list(astuple(self.band)),
            "mask": self.mask or None,
        }


@dataclass(frozen=True, slots=True)
class TruthSet:
    """All defects that were made in one title.

    Attributes:
        truths: In order of their first span.
    """

    truths: tuple[Truth, ...]

    def __iter__(self) -> Iterator[Truth]:
        return iter(self.truths)

    def __len__(self) -> int:
        return len(self.truths)

    def spans_of(self, defect: str) -> tuple[tuple[float, float], ...]:
        """All spans of one defect in seconds, in order."""
        return tuple(
            sorted(s for truth in self.truths if truth.defect == defect for s in truth.spans)
        )

    def as_json(self) -> dict[str, Any]:
        """For a truth file: `{"defects": [{"defect", "spans", …}, …]}`."""
        return {"defects": [truth.as_json() for truth in self.truths]}


def mask_path(media: Path) -> Path:
    """Where the damaged pixels of a media file lie: `clip.mkv` has `clip.mkv.mask.mkv`.

    MP4 and MOV have theirs in a file of their own kind, since Matroska rounds time stamps to the
    millisecond and those files do not.
    """
    suffix = media.suffix if media.suffix.lower() in (".mp4", ".mov", ".m4v") else ".mkv"
    return media.with_name(f"{media.name}.mask{suffix}")


def truth_path(media: Path) -> Path:
    """Where the truth of a media file lies: `clip.mp4` has `clip.mp4.truth.json`."""
    return media.with_name(f"{media.name}.truth.json")


def write_truth(path: Path, truth: Truth | TruthSet) -> None:
    """Write a truth file in one step."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(truth.as_json(), indent=1) + "\n", encoding="utf-8")
    partial.replace(path)


def read_truth(path: Path) -> TruthSet:
    """Read a truth file of one or of several defects.

    Raises:
        KnownError: It is not there, or is no truth file.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows: Sequence[Any] = content.get("defects", [content])
        return TruthSet(tuple(_truth_of(row) for row in rows))
    except OSError as error:
        raise KnownError(f"The truth file {path} cannot be read.", str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnownError(f"{path} is no truth file.", str(error)) from error


def _truth_of(row: Mapping[str, Any]) -> Truth:
    return Truth(
        str(row["defect"]),
        tuple((float(start), float(end)) for start, end in row["spans"]),
        float(row.get("severity", 1.0)),
        int(row.get("seed", 0)),
        dict(row.get("parameters", {})),
        str(row.get("variant", "")),
        None if row.get("region") is None else Region(*map(float, row["region"])),
        None if row.get("stream") is None else int(row["stream"]),
        tuple((int(start), int(end)) for start, end in row.get("pts", ())),
        None if row.get("time_base") is None else Fraction(row["time_base"]),
        None if row.get("band") is None else Band(*map(float, row["band"])),
        str(row.get("mask") or ""),
    )
