"""Collects log records of a warning or worse, and remembers which of them were expected."""

from __future__ import annotations

import logging
import re


class LogGuard(logging.Handler):
    """Hears every record that reaches the root logger.

    `expect` may be called before or after the record comes.
    """

    def __init__(self, level: int = logging.WARNING) -> None:
        super().__init__(level)
        self._records: list[str] = []
        self._patterns: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as text: its arguments may change later."""
        self._records.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, pattern: str) -> None:
        """Declare that some record matches this regular expression."""
        self._patterns.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Records that no pattern covers."""
        return [text for text in self._records if not any(p.search(text) for p in self._patterns)]

    def missing(self) -> list[str]:
        """Patterns that no record matched."""
        return [
            pattern.pattern
            for pattern in self._patterns
            if not any(pattern.search(text) for text in self._records)
        ]
