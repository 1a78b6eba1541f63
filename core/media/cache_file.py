"""One file format for all caches: a header, then records of one size that are only appended.

The worker writes with plain file writes (a full disk is then an error; a store into a mapping
would kill the process) and says in the header how many records stand. The desk maps the same
file read-only and draws it while it grows. What the header does not vouch for is "not computed
yet".

Layout, little-endian:

| Offset | Content |
|---|---|
| 0 | magic, 8 bytes |
| 8 | length (u32) and CRC-32 (u32) of the description |
| 16 | description, JSON: kind, version, record size, free-form `meta` |
| 4064 | state: records (u64), units (u64), flags (u32; 1 = complete), CRC-32 of these (u32) |
| 4096 | records |
"""

from __future__ import annotations

import errno
import json
import os
import re
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.config.paths import cache_dir
from core.domain.errors import KnownError

SUFFIX = ".ogc"
_MAGIC = b"ONGLASS\x01"
_PROLOGUE = struct.Struct("<8sII")
_STATE = struct.Struct("<QQI")
_STATE_CRC = struct.Struct("<I")
_STATE_OFFSET = 4064
_HEADER_BYTES = 4096
_COMPLETE = 1
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SAFE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")

Meta = Mapping[str, int | float | str]


@dataclass(frozen=True, slots=True)
class CacheLayout:
    """What is in a cache file.

    Attributes:
        kind: What it caches, for example `waveform`.
        version: Raised whenever the meaning of the records changes.
        record_bytes: Size of one record.
        meta: Whatever the reader needs to read the records; must fit in some 4,000 characters.
    """

    kind: str
    version: int
    record_bytes: int
    meta: Meta


def cache_path(fingerprint: str, name: str) -> Path:
    """Where the cache `name` of a title lies.

    Raises:
        ValueError: The fingerprint or the name could lead out of the cache folder.
    """
    for part in (fingerprint, name):
        if not _SAFE_NAME.fullmatch(part):
            raise ValueError(f"not usable in a path: {part!r}")
    return cache_dir() / fingerprint / f"{name}{SUFFIX}"


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            sentence = "The disk with the cache folder is full; free some space and try again."
        else:
            sentence = "The cache folder cannot be written; check its permissions."
        raise KnownError(sentence, f"{path}: {error}") from error


class CacheWriter:
    """Makes a cache file anew and appends records to it.

    The file appears under its name with a whole header at once, empty, and grows from there. A
    full disk takes the unfinished file away again, so that it does not keep the disk full. Use it
    as a context manager; leaving it without `finish` leaves an incomplete file, which readers
    show as such and which the next build replaces.

    Args:
        path: The file; missing folders are made.
        layout: What will be in it.

    Raises:
        KnownError: The disk is full or cannot be written.
    """

    def __init__(self, path: Path, layout: CacheLayout) -> None:
        self._path = path
        self._record_bytes = layout.record_bytes
        self._records = 0
        self._file: BinaryIO = self._create(layout)

    def _create(self, layout: CacheLayout) -> BinaryIO:
        description = json.dumps(
            {
                "kind": layout.kind,
                "version": layout.version,
                "record_bytes": layout.record_bytes,
                "meta": dict(layout.meta),
            }
        ).encode()
        if _PROLOGUE.size + len(description) > _STATE_OFFSET:
            raise ValueError("the description does not fit in the header")
        prologue = _PROLOGUE.pack(_MAGIC, len(description), zlib.crc32(description))
        header = (prologue + description).ljust(_STATE_OFFSET, b"\0") + _pack_state(0, 0, 0)
        header = header.ljust(_HEADER_BYTES, b"\0")
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        with _disk_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                fresh.write_bytes(header)
                try:
                    fresh.replace(self._path)
                except PermissionError:
                    # Windows does not replace a file that is mapped: start it again in place.
                    with self._path.open("r+b") as old:
                        old.write(header)
            finally:
                fresh.unlink(missing_ok=True)
            return self._path.open("r+b", buffering=0)

    def append(self, record: NDArray[np.generic] | bytes, units: int) -> None:
        """Add one record and let readers see it.

        Args:
            record: Exactly one record's bytes, or a contiguous array of that size.
            units: What stands after it, in the unit that the reader counts in (samples, frames).

        Raises:
            KnownError: The disk is full or cannot be written; the file is gone.
        """
        data = record if isinstance(record, bytes) else np.ascontiguousarray(record).tobytes()
        if len(data) != self._record_bytes:
            raise ValueError(f"a record has {self._record_bytes} bytes, got {len(data)}")
        self._write(_HEADER_BYTES + self._records * self._record_bytes, data)
        self._records += 1
        self._write(_STATE_OFFSET, _pack_state(self._records, units, 0))

    def finish(self, units: int) -> None:
        """Say that the file is complete, once it is safe on the disk.

        Raises:
            KnownError: The disk is full or cannot be written; the file is gone.
        """
        try:
            with _disk_errors(self._path):
                os.fsync(self._file.fileno())
        except KnownError:
            self.discard()
            raise
        self._write(_STATE_OFFSET, _pack_state(self._records, units, _COMPLETE))

    def _write(self, offset: int, data: bytes) -> None:
        try:
            with _disk_errors(self._path):
                self._file.seek(offset)
                view = memoryview(data)
                while view:
                    view = view[self._file.write(view) :]
        except KnownError:
            self.discard()
            raise

    def discard(self) -> None:
        """Close and delete the file."""
        self.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; calling it again changes nothing."""
        self._file.close()

    def __enter__(self) -> CacheWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _pack_state(records: int, units: int, flags: int) -> bytes:
    state = _STATE.pack(records, units, flags)
    return state + _STATE_CRC.pack(zlib.crc32(state))


class CacheReader:
    """Maps a cache file read-only and follows it while it grows.

    Made by `open_cache`. The object is for one thread.

    Attributes:
        layout: What is in the file.
        records: Records that stand.
        units: What stands, in the unit that the writer counts in.
        complete: The writer has finished.
    """

    def __init__(self, path: Path, layout: CacheLayout) -> None:
        self.path = path
        self.layout = layout
        self.records = 0
        self.units = 0
        self.complete = False
        self._data: NDArray[np.uint8] = np.zeros((0, layout.record_bytes), np.uint8)
        self._identity = (0, 0)

    @property
    def data(self) -> NDArray[np.uint8]:
        """The records that stand: read-only uint8, shape (records, record_bytes)."""
        return self._data

    def refresh(self) -> bool:
        """Look what has been added since.

        Returns:
            False when the file is gone, damaged or of another kind now; what was mapped before
            stays readable.
        """
        if self.complete and self._identity == _identity(self.path):
            return True
        try:
            with self.path.open("rb", buffering=0) as file:
                return self._follow(file)
        except OSError:
            return False

    def _follow(self, file: BinaryIO) -> bool:
        status = os.fstat(file.fileno())
        header = file.read(_HEADER_BYTES)
        layout = _parse_layout(header)
        state = _parse_state(header)
        if layout != self.layout or state is None:
            return False
        records, units, flags = state
        if status.st_size < _HEADER_BYTES + records * layout.record_bytes:
            return False
        identity = (status.st_dev, status.st_ino)
        if records != len(self._data) or identity != self._identity:
            self._data = (
                np.memmap(
                    file,
                    dtype=np.uint8,
                    mode="r",
                    offset=_HEADER_BYTES,
                    shape=(records, layout.record_bytes),
                )
                if records
                else np.zeros((0, layout.record_bytes), np.uint8)
            )
        self._identity = identity
        self.records, self.units = records, units
        self.complete = bool(flags & _COMPLETE)
        return True


def open_cache(path: Path, kind: str, version: int) -> CacheReader | None:
    """Open a cache file, complete or still growing.

    Returns:
        None when there is none, or when it is damaged, cut short or of another version: build it.
    """
    try:
        with path.open("rb", buffering=0) as file:
            layout = _parse_layout(file.read(_HEADER_BYTES))
    except OSError:
        return None
    if layout is None or layout.kind != kind or layout.version != version:
        return None
    reader = CacheReader(path, layout)
    if not reader.refresh():
        return None
    with suppress(OSError):
        # The folder's time says when the title was last in use; `trim_cache` goes by it.
        os.utime(path.parent)
    return reader


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def _parse_layout(header: bytes) -> CacheLayout | None:
    if len(header) < _HEADER_BYTES:
        return None
    magic, length, checksum = _PROLOGUE.unpack_from(header)
    if magic != _MAGIC or length > _STATE_OFFSET - _PROLOGUE.size:
        return None
    description = header[_PROLOGUE.size : _PROLOGUE.size + length]
    if zlib.crc32(description) != checksum:
        return None
    fields = json.loads(description)
    return CacheLayout(
        fields["kind"], fields["version"], fields["record_bytes"], dict(fields["meta"])
    )


def _parse_state(header: bytes) -> tuple[int, int, int] | None:
    state = header[_STATE_OFFSET : _STATE_OFFSET + _STATE.size]
    (checksum,) = _STATE_CRC.unpack_from(header, _STATE_OFFSET + _STATE.size)
    if zlib.crc32(state) != checksum:
        return None
    records, units, flags = _STATE.unpack(state)
    return records, units, flags


def trim_cache(max_bytes: int, keep: Collection[str] = ()) -> int:
    """Delete the caches of the titles that were not in use for longest.

    Only files of this format are touched; what else lies in the cache folder stays.

    Args:
        max_bytes: What may remain, in bytes.
        keep: Fingerprints of titles that stay whatever their size (those that are open).

    Returns:
        Bytes freed.
    """
    folders: list[tuple[float, Path, list[tuple[Path, int]]]] = []
    for folder in _folders(cache_dir()):
        files = _cache_files(folder)
        if files:
            folders.append((folder.stat().st_mtime, folder, files))
    total = sum(size for _, _, files in folders for _, size in files)
    freed = 0
    for _, folder, files in sorted(folders, key=lambda entry: entry[0]):
        if total - freed <= max_bytes:
            break
        if folder.name in keep:
            continue
        freed += sum(_delete(path, size) for path, size in files)
        with suppress(OSError):
            folder.rmdir()
    return freed


def _folders(root: Path) -> list[Path]:
    try:
        return [entry for entry in root.iterdir() if entry.is_dir()]
    except OSError:
        return []


def _cache_files(folder: Path) -> list[tuple[Path, int]]:
    found = [*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{SUFFIX}.*.new")]
    return [(path, path.stat().st_size) for path in found]


def _delete(path: Path, size: int) -> int:
    try:
        path.unlink()
    except OSError:
        return 0
    return size
