"""Where a flag shows: its region in the picture, its band in the spectrogram."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.title import Title
from core.review.flag import Flag
from gui import theme
from gui.panes.spectrogram import SpectrogramPane
from gui.player.picture import PictureView
from gui.player.region import Marked, RegionOverlay
from gui.queue import flag_text


class Places:
    """Draws the places of flags over picture and spectrogram.

    Args:
        picture: The picture.
        spectrogram: The spectrogram.
    """

    def __init__(self, picture: PictureView, spectrogram: SpectrogramPane) -> None:
        self._picture, self._spectrogram = picture, spectrogram
        self._regions = RegionOverlay()
        picture.add_overlay(self._regions)

    def set_title(self, title: Title | None) -> None:
        """Take a title; nothing is marked in it."""
        rotation = title.video[0].rotation if title is not None and title.video else 0
        self._regions.set_rotation(rotation)
        self.set_flags(())
        self.show(None)

    def set_flags(self, flags: Sequence[Flag]) -> None:
        """Take the flags of the title."""
        colors = theme.current()
        self._regions.set_marked(
            [
                Marked(
                    flag.key,
                    flag.span,
                    flag.finding.evidence.region,
                    colors.severity(flag_text.severity_of(flag)),
                    flag_text.defect_title(flag.defect),
                )
                for flag in flags
                if flag.finding is not None and flag.finding.evidence.region is not None
            ]
        )
        self._picture.update()

    def show(self, flag: Flag | None) -> None:
        """Point at the selected flag."""
        self._regions.set_selected(flag.key if flag is not None else "")
        self._picture.update()
        band = flag.finding.evidence.band if flag is not None and flag.finding is not None else None
        if flag is None or band is None:
            self._spectrogram.set_marked(None)
        else:
            self._spectrogram.set_marked((flag.span.start_s, flag.span.end_s, band))
