"""Short names of sound channels, as they stand on a mixing desk."""

from __future__ import annotations

_LAYOUTS = {
    "mono": ("Mono",),
    "stereo": ("L", "R"),
    "downmix": ("L", "R"),
    "2.1": ("L", "R", "LFE"),
    "3.0": ("L", "R", "C"),
    "3.0(back)": ("L", "R", "Cs"),
    "4.0": ("L", "R", "C", "Cs"),
    "quad": ("L", "R", "Lb", "Rb"),
    "quad(side)": ("L", "R", "Ls", "Rs"),
    "5.0": ("L", "R", "C", "Ls", "Rs"),
    "5.0(side)": ("L", "R", "C", "Ls", "Rs"),
    "4.1": ("L", "R", "C", "LFE", "Cs"),
    "5.1": ("L", "R", "C", "LFE", "Ls", "Rs"),
    "5.1(side)": ("L", "R", "C", "LFE", "Ls", "Rs"),
    "6.1": ("L", "R", "C", "LFE", "Cs", "Ls", "Rs"),
    "7.1": ("L", "R", "C", "LFE", "Lb", "Rb", "Ls", "Rs"),
    "7.1(wide)": ("L", "R", "C", "LFE", "Lb", "Rb", "Lw", "Rw"),
}


def channel_names(layout: str, channels: int) -> tuple[str, ...]:
    """Names of the channels in FFmpeg's order; numbers where the layout says nothing.

    Args:
        layout: FFmpeg's name of the layout, may be empty.
        channels: How many there are.
    """
    if not layout and channels in (1, 2):
        layout = ("mono", "stereo")[channels - 1]
    names = _LAYOUTS.get(layout, ())
    if len(names) == channels:
        return names
    return tuple(str(number + 1) for number in range(channels))
