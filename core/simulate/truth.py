"""Truth: what was damaged on purpose, where and how much, exactly."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.domain.finding import Region


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
    """

    defect: str
    spans: tuple[tuple[float, float], ...]
    severity: float = 1.0
    seed: int = 0
    parameters: Mapping[str, float | int | str] = field(default_factory=dict)
    variant: str = ""
    region: Region | None = None

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
    )
