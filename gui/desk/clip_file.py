"""The file of a clip, made sure of before it is played."""

from __future__ import annotations

from pathlib import Path

from core.domain.errors import KnownError
from core.domain.title import Title
from core.media.probe import probe
from gui.language import tr


def there(title: Title) -> Title:
    """The title as its file is now.

    Raises:
        KnownError: The file is gone, or is another one.
    """
    if not Path(title.path).exists():
        raise KnownError(
            tr("{name} is not where it was; the library finds it again.", name=title.name)
        )
    found = probe(title.path)
    if found.fingerprint != title.fingerprint:
        raise KnownError(
            tr("{name} was changed since; this clip cannot be shown.", name=title.name)
        )
    return found
