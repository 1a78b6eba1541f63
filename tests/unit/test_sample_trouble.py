"""The sample title where it cannot be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.errors import KnownError
from core.simulate import sample_title


def test_disk_that_is_read_only_or_full_is_said_by_the_name_of_the_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise KnownError(f"{path.name} cannot be written.", "no space")

    def read_only(_self: Path, missing_ok: bool = False) -> None:
        raise OSError("read-only file system")

    monkeypatch.setattr(sample_title, "write_title", refuse)
    monkeypatch.setattr(sample_title, "cache_dir", lambda: tmp_path)
    monkeypatch.setattr(Path, "unlink", read_only)
    with pytest.raises(KnownError, match=r"The sample title cannot be written") as caught:
        sample_title.make_sample()
    assert "partial" not in caught.value.sentence
    assert caught.value.details == "no space"
