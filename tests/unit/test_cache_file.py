from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from core.config.paths import cache_dir
from core.domain.errors import KnownError
from core.media.cache_file import CacheLayout, CacheWriter, cache_path, open_cache, trim_cache

LAYOUT = CacheLayout("test", 1, 16, {"rate": 8, "name": "x"})


def record(value: int) -> np.ndarray:
    return np.full(16, value, np.uint8)


def write(path: Path, records: int, finish: bool = True) -> None:
    with CacheWriter(path, LAYOUT) as writer:
        for number in range(records):
            writer.append(record(number), (number + 1) * 10)
        if finish:
            writer.finish(records * 10)


def test_reader_follows_a_file_that_grows() -> None:
    path = cache_path("abc", "test-1")
    with CacheWriter(path, LAYOUT) as writer:
        reader = open_cache(path, "test", 1)
        assert reader is not None
        assert (reader.records, reader.units, reader.complete) == (0, 0, False)
        writer.append(record(7), 10)
        assert reader.records == 0
        assert reader.refresh()
        assert (reader.records, reader.units, reader.complete) == (1, 10, False)
        assert reader.data[0].tolist() == [7] * 16
        writer.append(record(8), 13)
        writer.finish(13)
        assert reader.refresh()
        assert reader.complete
        assert reader.data[:, 0].tolist() == [7, 8]
    assert reader.layout.meta == {"rate": 8, "name": "x"}


def test_reader_moves_to_a_file_that_was_made_anew() -> None:
    path = cache_path("abc", "test-1")
    write(path, 3)
    reader = open_cache(path, "test", 1)
    assert reader is not None
    write(path, 1, finish=False)
    assert reader.refresh()
    assert (reader.records, reader.complete) == (1, False)


def test_reader_keeps_what_it_mapped_when_the_file_goes() -> None:
    path = cache_path("abc", "test-1")
    write(path, 2)
    reader = open_cache(path, "test", 1)
    assert reader is not None
    path.unlink()
    assert not reader.refresh()
    assert reader.data[1, 0] == 1


def test_unfinished_file_stays_incomplete() -> None:
    path = cache_path("abc", "test-1")
    write(path, 2, finish=False)
    reader = open_cache(path, "test", 1)
    assert reader is not None
    assert not reader.complete


@pytest.mark.parametrize("at", [0, 9, 13, 20, 4064, 4084])
def test_damaged_header_is_refused(at: int) -> None:
    path = cache_path("abc", "test-1")
    write(path, 2)
    data = bytearray(path.read_bytes())
    data[at] ^= 0x55
    path.write_bytes(bytes(data))
    assert open_cache(path, "test", 1) is None


@pytest.mark.parametrize("length", [0, 100, 4095, 4096, 4127])
def test_short_file_is_refused(length: int) -> None:
    path = cache_path("abc", "test-1")
    write(path, 2)
    path.write_bytes(path.read_bytes()[:length])
    assert open_cache(path, "test", 1) is None


def test_other_version_and_other_kind_are_refused() -> None:
    path = cache_path("abc", "test-1")
    write(path, 2)
    assert open_cache(path, "test", 2) is None
    assert open_cache(path, "other", 1) is None
    assert open_cache(path, "test", 1) is not None


def test_name_cannot_lead_out_of_the_cache_folder() -> None:
    for bad in ("..", "a/b", "", "../x", "a.b"):
        with pytest.raises(ValueError, match="not usable"):
            cache_path(bad, "x")


def test_full_disk_is_a_sentence_and_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    path = cache_path("abc", "test-1")

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with CacheWriter(path, LAYOUT) as writer:
        writer.append(record(1), 10)
        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(KnownError, match=r"disk .* is full"):
            writer.finish(10)
    assert not path.exists()


def test_folder_that_cannot_be_made_is_a_sentence() -> None:
    cache_dir().mkdir(parents=True)
    (cache_dir() / "abc").write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="cannot be written"):
        CacheWriter(cache_path("abc", "test-1"), LAYOUT)


def test_trim_deletes_the_longest_unused_first_and_spares_what_is_open() -> None:
    for age, name in enumerate(("new", "middle", "old", "open")):
        write(cache_path(name, "test-1"), 100)
        (cache_dir() / name / "note.txt").touch()
        if name == "old":
            (cache_dir() / name / "note.txt").unlink()
        os.utime(cache_dir() / name, (1e9 - age, 1e9 - age))
    (cache_dir() / "sample.mp4").write_bytes(b"not ours")
    one = cache_path("new", "test-1").stat().st_size
    freed = trim_cache(2 * one, keep=("open",))
    assert freed == 2 * one
    assert [n for n in ("new", "middle", "old", "open") if cache_path(n, "test-1").exists()] == [
        "new",
        "open",
    ]
    assert (cache_dir() / "sample.mp4").exists()
    assert (cache_dir() / "middle" / "note.txt").exists()
    assert not (cache_dir() / "old").exists()
    assert trim_cache(2 * one) == 0
