"""Masks as whole files: which format a name stands for, and writing all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from core.annotation.exchange.coco import read_coco, write_coco
from core.annotation.exchange.cvat import read_cvat, write_cvat
from core.annotation.exchange.mask_video import read_mask_video
from core.annotation.exchange.png import read_png, write_png
from core.annotation.exchange.sheet import Sheet
from core.domain.errors import KnownError


class MaskFormat(StrEnum):
    """How others write masks."""

    COCO = "coco"
    CVAT = "cvat"
    PNG = "png"
    VIDEO = "video"


_WRITERS: dict[MaskFormat, Callable[[Sheet, Path], None]] = {
    MaskFormat.COCO: write_coco,
    MaskFormat.CVAT: write_cvat,
    MaskFormat.PNG: write_png,
}
_READERS: dict[MaskFormat, Callable[[Path], Sheet]] = {
    MaskFormat.COCO: read_coco,
    MaskFormat.CVAT: read_cvat,
    MaskFormat.PNG: read_png,
}


def format_of(source: Path) -> MaskFormat:
    """The format that a file's name stands for; a folder holds PNGs."""
    if source.is_dir():
        return MaskFormat.PNG
    return {".json": MaskFormat.COCO, ".xml": MaskFormat.CVAT}.get(
        source.suffix.lower(), MaskFormat.VIDEO
    )


def read_sheet(source: Path, class_name: str, form: MaskFormat | None = None) -> Sheet:
    """Read the masks of a file, or of a folder of PNGs.

    Args:
        source: What to read.
        class_name: What a video of masks shows.
        form: Its format; None goes by its name.

    Raises:
        KnownError: It cannot be read.
    """
    form = form or format_of(source)
    if form is MaskFormat.VIDEO:
        return read_mask_video(source, class_name)
    return _READERS[form](source)


def check_target(form: MaskFormat, out: Path) -> None:
    """Refuse what cannot be written before anything is computed.

    Raises:
        KnownError: Masks cannot be written like this, or something is there already.
    """
    if form not in _WRITERS:
        raise KnownError("Masks cannot be written as a video; choose coco, cvat or png.")
    if out.exists():
        raise KnownError(f"{out} is there already; nothing was replaced.")


def write_sheet(sheet: Sheet, form: MaskFormat, out: Path) -> None:
    """Write masks for others: all of them, or nothing; what is there is not replaced.

    Args:
        sheet: The masks.
        form: Which format.
        out: The file, or the folder of PNGs.

    Raises:
        KnownError: It cannot be written, or something is there already.
    """
    check_target(form, out)
    part = out.with_name(out.name + ".part")
    try:
        _WRITERS[form](sheet, part)
        part.replace(out)
    except OSError as error:
        raise KnownError(f"The masks cannot be written to {out}.", str(error)) from error
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
