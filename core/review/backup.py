"""Backups of the open store, as the desk asks for them; to be used off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from core.store.backup import backups_dir, restore, set_aside
from core.store.backup_list import (
    BackupInfo,
    Comparison,
    check_backup,
    compare,
    list_backups,
)

__all__ = ["BackupInfo", "BackupRoom", "Comparison"]


class BackupRoom:
    """The backups of one store.

    Args:
        path: The store's file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def folder(self) -> Path:
        """Where the backups lie."""
        return backups_dir(self.path)

    def backups(self) -> tuple[BackupInfo, ...]:
        """All of them, newest first.

        Raises:
            KnownError: The folder cannot be read.
        """
        return list_backups(self.path)

    def check(self, info: BackupInfo) -> BackupInfo:
        """Read one from end to end."""
        return check_backup(info)

    def compare(self, info: BackupInfo) -> Comparison:
        """What going back to one would change.

        Raises:
            KnownError: One of the two files cannot be read.
        """
        return compare(info.path, self.path)

    def make(self) -> Path:
        """Make one now, also while the store is in use.

        Raises:
            KnownError: It cannot be written.
        """
        return set_aside(self.path, "manual")

    def restore(self, info: BackupInfo) -> Path | None:
        """Go back to one; the store must be closed.

        Returns:
            Where the present store was set aside.

        Raises:
            KnownError: As `core.store.backup.restore`.
        """
        return restore(info.path, self.path)
