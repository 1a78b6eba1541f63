"""What the desk calls the media in which defects live; lanes, menus and lists group by it."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.defect import Medium

MEDIUM_TITLES: Mapping[Medium, str] = {
    Medium.VIDEO: "Picture",
    Medium.AUDIO: "Sound",
    Medium.CAPTION: "Captions",
    Medium.SYNC: "Stream",
    Medium.STRUCTURE: "Stream",
}
"""In the order in which they are listed; sync and structure share a group."""
