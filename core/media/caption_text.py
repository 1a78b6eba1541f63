"""What readers of captions share: words without markup, and how much is too much."""

from __future__ import annotations

import re

from core.domain.errors import KnownError

MOST_CUES = 200_000
_MARKUP = re.compile(r"\{[^}]*\}|<[^>]*>")
_LONGEST_CUE = 5000


def plain_caption(dialogue: bytes | str) -> str:
    """The words of a caption without its markup, line by line; bounded."""
    text = dialogue.decode("utf-8", "replace") if isinstance(dialogue, bytes) else dialogue
    text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
    lines = (line.strip() for line in _MARKUP.sub("", text).splitlines())
    whole = "\n".join(line for line in lines if line)
    return whole if len(whole) <= _LONGEST_CUE else whole[:_LONGEST_CUE] + "…"


def too_many_cues() -> KnownError:
    """What is said of a file with more cues than any title has."""
    return KnownError(
        f"The captions have more than {MOST_CUES:,} cues, as no title does, so they are not read."
    )
