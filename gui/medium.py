"""What the desk calls the media in which defects live; lanes, menus and lists group by it."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.defect import Medium
from gui.language import mark

MEDIUM_TITLES: Mapping[Medium, str] = {
    Medium.VIDEO: mark("Picture"),
    Medium.AUDIO: mark("Sound"),
    Medium.CAPTION: mark("Captions"),
    Medium.SYNC: mark("Stream"),
    Medium.STRUCTURE: mark("Stream"),
}
"""In the order in which they are listed; sync and structure share a group."""
