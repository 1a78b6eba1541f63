"""Clean recordings to learn from, decoded once and kept, by family and kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import AudioStream, Title
from core.learning.work_folder import each_done, write_whole
from core.media.audio import AudioReader
from core.media.probe import probe

Sound = NDArray[np.float32]

KINDS = ("speech", "music", "ambience")
"""Folders of these names say what is in them; the rest is `other`."""

OTHER = "other"
FAMILIES = "families.tsv"
"""In a folder of recordings or the one above it: name without suffix, tab, family, a line each.
Recordings of one family (a speaker, an album, a session) are on one side. What the table does not
name is of the family that its name begins with, up to two underscores."""

SECOND_S = 1.0

_JOINT = "__"
_MOST_CHANNELS = 2
_PIECES = 4
_SHORTEST_S = 1.5
_FULL = 32767.0
_RATES = (8000, 192_000)
_ENDS_S = 0.02
_LOSSLESS = frozenset({".wav", ".flac", ".aif", ".aiff"})
_LOSSY = frozenset({".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".wma"})
_TITLES = frozenset({".mka", ".mp4", ".mkv", ".webm", ".mov"})
_SUFFIXES = _LOSSLESS | _LOSSY | _TITLES
_FINE = Fraction(1, 1_000_000)


@dataclass(frozen=True, slots=True)
class Found:
    """A file with sound.

    Attributes:
        name: Without folder and suffix.
        path: The file.
        family: What it is split by.
        kind: One of `KINDS`, or `other`.
    """

    name: str
    path: Path
    family: str
    kind: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as it is kept.

    Attributes:
        name: Of the file.
        family: What it is split by.
        kind: One of `KINDS`, or `other`.
        rate: Samples a second.
        scale: What the kept whole numbers are multiplied with.
        pieces: Lengths in samples of the stretches that are kept, one after the other.
        path: Of what is kept: int16, shape (channels, n).
    """

    name: str
    family: str
    kind: str
    rate: int
    scale: float
    pieces: tuple[int, ...]
    path: str

    @property
    def seconds(self) -> int:
        """Whole seconds in all pieces."""
        return sum(length // self.rate for length in self.pieces)

    def part(self, piece: int, first: int, count: int, channel: int) -> Sound:
        """Some of one channel, float32.

        Args:
            piece: Which stretch.
            first: Sample within it.
            count: Samples.
            channel: Counted round.
        """
        kept = np.load(self.path, mmap_mode="r")
        at = sum(self.pieces[:piece]) + first
        samples = kept[channel % len(kept), at : at + count]
        return np.asarray(samples, np.float32) * np.float32(self.scale)


def sound_paths(folder: Path) -> list[Path]:
    """Every file beneath a folder whose name ends as sound and film do, in order.

    Raises:
        KnownError: There is no such folder.
    """
    if not folder.is_dir():
        raise KnownError(f"There is no folder {folder}.")
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)


def files_in(folders: Sequence[Path]) -> list[Found]:
    """Every file with sound beneath some folders, by name; of one name the first.

    Raises:
        KnownError: A folder is missing, a table of families is wrong, or nothing is found.
    """
    found: dict[str, Found] = {}
    for folder in folders:
        tables: dict[Path, dict[str, str]] = {}
        for path in sound_paths(folder):
            family = next(
                (
                    table[path.stem]
                    for above in path.parents
                    if above in (folder, folder.parent) or folder in above.parents
                    if path.stem in (table := _families(above, tables))
                ),
                path.stem.partition(_JOINT)[0],
            )
            found.setdefault(path.stem, Found(path.stem, path, family, _kind(path)))
    if not found:
        raise KnownError("There is no file with sound in these folders.")
    return [found[name] for name in sorted(found)]


def library(
    folders: Sequence[Path],
    keep: Path,
    most_s: float,
    processes: int = 1,
    progress: Callable[[float, str], None] | None = None,
) -> list[Recording]:
    """Decode every recording once; what cannot be decoded or is too short is left out.

    Args:
        folders: Where to look.
        keep: Folder for decoded sound.
        most_s: Longest part of a file that is kept: four stretches from all over it.
        processes: How many decode at a time.
        progress: Told the share that is done and what is being decoded.

    Raises:
        KnownError: A folder is missing, or nothing can be used.
    """
    found = files_in(folders)
    work = partial(_kept, keep=keep, most_s=most_s)
    missing = [file for file in found if not _record(keep, file, most_s).is_file()]
    for done, name in enumerate(each_done(work, missing, processes), start=1):
        if progress is not None:
            progress(done / len(missing), f"decoding: {name}")
    recordings = [_read(_record(keep, file, most_s), file) for file in found]
    usable = [recording for recording in recordings if recording is not None]
    if not usable:
        raise KnownError("None of the files has a second of sound that can be decoded.")
    return usable


def whole_of(path: Path) -> tuple[Sound, int]:
    """All that can be decoded of a file's first sound stream.

    Returns:
        float32, shape (channels, n), and samples a second.

    Raises:
        KnownError: There is nothing that could be decoded.
    """
    title = probe(path)
    if not title.audio:
        raise KnownError(f"{path.name} has no sound.")
    with AudioReader(path, title.audio[0]) as reader:
        blocks = [block.samples for block in reader.blocks()]
    if not blocks:
        raise KnownError(f"No sound of {path.name} can be decoded.")
    return np.nan_to_num(np.concatenate(blocks, axis=1)), title.audio[0].sample_rate


def _families(folder: Path, known: dict[Path, dict[str, str]]) -> dict[str, str]:
    if folder not in known:
        path, table = folder / FAMILIES, {}
        try:
            lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        except (OSError, UnicodeDecodeError) as error:
            raise KnownError(f"{path} cannot be read.", str(error)) from error
        for line in lines:
            name, tab, family = line.partition("\t")
            if tab:
                table[Path(name).stem if "." in name else name] = family.split("\t")[0].strip()
                table[name] = table[Path(name).stem if "." in name else name]
        known[folder] = table
    return known[folder]


def _kind(path: Path) -> str:
    return next((p.name for p in path.parents if p.name in KINDS), OTHER)


def _record(keep: Path, file: Found, most_s: float) -> Path:
    state = file.path.stat()
    key = f"{file.path.resolve()} {state.st_size} {state.st_mtime_ns} {most_s}"
    return keep / f"{file.name}.{hashlib.sha256(key.encode()).hexdigest()[:8]}.json"


def _read(path: Path, file: Found) -> Recording | None:
    table: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if not table["pieces"]:
        return None
    # Family and kind are asked anew: moving a file or correcting the table decodes nothing.
    named = {"family": file.family, "kind": file.kind, "pieces": tuple(table["pieces"])}
    return Recording(**{**table, **named})


def _kept(file: Found, keep: Path, most_s: float) -> str:
    record = _record(keep, file, most_s)
    made = Recording(file.name, file.family, file.kind, 0, 1.0, (), "")
    try:
        title = probe(file.path)
        if title.audio:
            made = _decoded(file, title, record.with_suffix(".npy"), most_s)
    except KnownError:
        pass
    write_whole(record, json.dumps(asdict(made)))
    return file.name


def _decoded(file: Found, title: Title, path: Path, most_s: float) -> Recording:
    stream = title.audio[0]
    rate = stream.sample_rate
    parts = [
        part
        for part in _parts(title, stream, most_s)
        if part.shape[1] > (SECOND_S + 2 * _ENDS_S) * rate
    ]
    if not parts or not _RATES[0] <= rate <= _RATES[1]:
        return Recording(file.name, file.family, file.kind, rate, 1.0, (), "")
    whole = np.concatenate(parts, axis=1)
    # Decoders of lossy formats pass full scale; nothing is cut off here.
    scale = max(float(np.abs(whole).max()), 1.0) / _FULL
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, np.rint(whole / scale).astype(np.int16))
    lengths = tuple(part.shape[1] for part in parts)
    return Recording(file.name, file.family, file.kind, rate, scale, lengths, str(path))


def _parts(title: Title, stream: AudioStream, most_s: float) -> Iterator[Sound]:
    start, whole = title.start.seconds, title.duration_s
    ends = [(start, start + whole)]
    if whole > most_s:
        pieces = min(max(int(most_s / _SHORTEST_S), 1), _PIECES)
        firsts = np.linspace(0.0, whole - most_s / pieces, pieces) + start
        ends = [(float(first), float(first) + most_s / pieces) for first in firsts]
    for low, high in ends:
        # The ends are left out: coders fade in and out there.
        with AudioReader(title.path, stream) as reader:
            span = Span.from_seconds(low + _ENDS_S, high - _ENDS_S, _FINE)
            blocks = [block.samples[:_MOST_CHANNELS] for block in reader.blocks(span)]
        if blocks:
            yield np.nan_to_num(np.concatenate(blocks, axis=1))
