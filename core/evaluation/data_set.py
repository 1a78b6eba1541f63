"""Data sets that `onglass simulate` made of a recipe, as they stand in their manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.evaluation.matching import Stretch
from core.evaluation.trial import Group
from core.simulate.data_set import MANIFEST


@dataclass(frozen=True, slots=True)
class Entry:
    """One clip of a data set.

    Attributes:
        path: The file.
        source: Name of the title that it was made of.
        trials: One a defect that was made in it, as `Trial.as_json` has them; a single one
            without defect for a clean twin.
        truth: Damaged stretches by defect.
    """

    path: Path
    source: str
    trials: tuple[Mapping[str, Any], ...]
    truth: Mapping[str, tuple[Stretch, ...]]


def is_data_set(folder: Path) -> bool:
    """Whether a folder holds a data set rather than clean titles."""
    return (folder / MANIFEST).is_file()


def read_data_set(folder: Path, side: str) -> list[Entry]:
    """The clips of a data set.

    Args:
        folder: Holds `manifest.json`.
        side: `dev`, `test` or `all`.

    Raises:
        KnownError: The manifest cannot be read, or names files that are not there.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
        rows = [*manifest["clips"], *manifest["clean"]]
        return list(_entries(folder, [row for row in rows if side in ("all", row["side"])]))
    except OSError as error:
        raise KnownError(f"The manifest {path} cannot be read.", str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KnownError(f"{path} is no manifest of a data set.", repr(error)) from error


def _entries(folder: Path, rows: list[Mapping[str, Any]]) -> Iterator[Entry]:
    for row in rows:
        path = folder / row["file"]
        if not path.is_file():
            raise KnownError(f"The data set in {folder} lacks {row['file']}.")
        truth: dict[str, tuple[Stretch, ...]] = {}
        for made in row["defects"]:
            spans = tuple((float(start), float(end)) for start, end in made["spans"])
            truth[made["defect"]] = tuple(sorted((*truth.get(made["defect"], ()), *spans)))
        trials = tuple(_trial(row, made) for made in row["defects"]) or (_trial(row, None),)
        yield Entry(path, Path(row["source"]).name, trials, truth)


def _trial(row: Mapping[str, Any], made: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "source": f"{Path(row['source']).name} from {row['start_s']:g} s",
        "defect": "" if made is None else made["defect"],
        "severity": 0.0 if made is None else float(made["severity"]),
        "seed": 0 if made is None else int(made["seed"]),
        "variant": "" if made is None else str(made.get("variant", "")),
        "coding": _coding(row),
        "length_s": 0.0,
        "group": str(_group(row, made)),
        "captioned": False,
        "seconds": float(row["seconds"]),
        "whole": not row.get("pictures", True),
    }


def _coding(row: Mapping[str, Any]) -> str:
    quality = [str(row[key]) for key in ("crf", "bitrate") if row.get(key) is not None]
    return " ".join([str(row["codec"]), *quality])


def _group(row: Mapping[str, Any], made: Mapping[str, Any] | None) -> Group:
    """What the recipe holds out is told apart here, too."""
    if made is None:
        return Group.TWIN
    held = set(row.get("held_out", ()))
    if f"{made['defect']}:{made.get('variant', '')}" in held:
        return Group.VARIANT
    return Group.CODEC if row["codec"] in held else Group.MAIN
