"""Actions of the Scopes menu: scopes, meters, and what they paint over the picture."""

from __future__ import annotations

from gui.actions.spec import When, spec

ACTIONS = (
    spec(
        "scope.panel",
        "Scopes",
        "Scopes",
        "Ctrl+7",
        "Show the dock of scopes and meters, or hide it.",
        checkable=True,
    ),
    spec(
        "scope.waveform",
        "Luma waveform",
        "Scopes",
        "Alt+1",
        "Show luma codes against the width of the picture.",
        checkable=True,
        starts_group=True,
    ),
    spec(
        "scope.parade",
        "RGB parade",
        "Scopes",
        "Alt+2",
        "Show red, green and blue side by side.",
        checkable=True,
    ),
    spec(
        "scope.vector",
        "Vectorscope",
        "Scopes",
        "Alt+3",
        "Show the colours, with the targets of 75 % bars.",
        checkable=True,
    ),
    spec(
        "scope.histogram",
        "Histogram",
        "Scopes",
        "Alt+4",
        "Show how often each level occurs.",
        checkable=True,
    ),
    spec(
        "scope.meters",
        "Level meters",
        "Scopes",
        "Alt+5",
        "Show peaks, true peaks and loudness of the sound.",
        checkable=True,
    ),
    spec(
        "scope.phase",
        "Phase scope",
        "Scopes",
        "Alt+6",
        "Show left against right, and their correlation.",
        checkable=True,
    ),
    spec(
        "scope.probe",
        "Pixel probe",
        "Scopes",
        "Alt+7",
        "Read the codes of the pixel under the pointer.",
        checkable=True,
        starts_group=True,
    ),
    spec(
        "scope.zones",
        "False colour",
        "Scopes",
        "Alt+8",
        "Colour the pixels that are out of range.",
        checkable=True,
    ),
    spec(
        "scope.safe",
        "Safe areas",
        "Scopes",
        "Alt+9",
        "Frame action-safe, title-safe and the 4:3 centre.",
        checkable=True,
    ),
    spec(
        "scope.field",
        "Next field view",
        "Scopes",
        "Alt+0",
        "Upper field, lower field, one after the other, whole picture.",
        When.TITLE,
    ),
)
