"""Which loudspeaker each channel of a sound stream is for."""

from __future__ import annotations

import av

_BY_COUNT = {
    1: ("FC",),
    2: ("FL", "FR"),
    6: ("FL", "FR", "FC", "LFE", "BL", "BR"),
    8: ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR"),
}
_NAMES = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}
_UNKNOWN = "NONE"


def speakers(layout: str, channels: int) -> tuple[str, ...]:
    """FFmpeg's short name of each channel's loudspeaker: `FL`, `FR`, `FC`, `LFE`, `BL`, `SL` …

    A stream that does not say is taken as mono, stereo, 5.1 or 7.1 by its number of channels;
    for other numbers the names are empty.

    Args:
        layout: The channel layout's name, for example `5.1(side)`; may be empty or wrong.
        channels: How many channels there are.
    """
    try:
        names = tuple(channel.name for channel in av.AudioLayout(layout).channels)
    except ValueError:
        names = ()
    if len(names) == channels and _UNKNOWN not in names:
        return names
    return _BY_COUNT.get(channels, ("",) * channels)


def layout_name(layout: str, channels: int) -> str:
    """A layout of so many channels that FFmpeg knows: the stream's own, else the usual one."""
    try:
        known = av.AudioLayout(layout)
    except ValueError:
        known = None
    if known is not None and known.nb_channels == channels:
        return layout
    return _NAMES.get(channels, f"{channels} channels")
