"""Lessons as files: what every learned detector's lesson has in common."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from core.config.paths import resources_dir
from core.domain.errors import KnownError
from core.simulate.split import split_of

Side = Literal["train", "validation", "test"]

SIDES: tuple[Side, ...] = ("train", "validation", "test")

Lesson = TypeVar("Lesson")


def side_of(name: str, validation_below: int) -> Side:
    """Where a source belongs.

    Args:
        name: Of the source, or of the family that it is of.
        validation_below: First byte of a learning source's digest below which it is for
            validation, 0..256.
    """
    if split_of(name) == "test":
        return "test"
    digest = hashlib.sha256(f"validation {name}".encode()).digest()
    return "validation" if digest[0] < validation_below else "train"


def shipped_lesson(detector: str) -> Path:
    """The lesson that ships for a detector."""
    return resources_dir() / "lessons" / f"{detector}.toml"


def read_table(path: Path, made: Callable[[Mapping[str, Any]], Lesson]) -> Lesson:
    """Read a lesson's file.

    Args:
        path: TOML.
        made: Makes the lesson; what it lacks or has wrong is told as an error.

    Raises:
        KnownError: It cannot be read, or lacks something.
    """
    try:
        return made(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise KnownError(f"The lesson {path.name} cannot be read.", str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnownError(f"The lesson {path.name} is no valid TOML.", str(error)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError(
            f"The lesson {path.name} lacks something or has it wrong.", str(error)
        ) from error
