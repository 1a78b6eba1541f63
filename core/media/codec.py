"""What the media library that we run on can read and write."""

from __future__ import annotations

from typing import Literal

import av
from av.codec.codec import UnknownCodecError


def can_decode(codec: str) -> bool:
    """Whether there is a decoder of this name."""
    return _exists(codec, "r")


def can_encode(codec: str) -> bool:
    """Whether there is an encoder of this name."""
    return _exists(codec, "w")


def library_versions() -> dict[str, str]:
    """Versions of FFmpeg's libraries by name, for example `libavcodec`."""
    return {name: ".".join(map(str, parts)) for name, parts in av.library_versions.items()}


def _exists(codec: str, mode: Literal["r", "w"]) -> bool:
    try:
        av.Codec(codec, mode)
    except UnknownCodecError:
        return False
    return True
