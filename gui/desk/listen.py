"""What helps to judge a flag of the sound: evidence, spectrum and audition, in one object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.desk.audition import AuditionDesk
from gui.desk.evidence import EvidenceDesk
from gui.desk.spectrum import SpectrumDesk

if TYPE_CHECKING:
    from gui.desk.desk import Desk


class ListenDesk(QObject):
    """Holds the parts that look at and listen to the sound of the selected flag.

    Args:
        desk: The desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.evidence = EvidenceDesk(desk)
        self.spectrum = SpectrumDesk(desk, self.evidence)
        self.audition = AuditionDesk(desk)

    @property
    def idle(self) -> bool:
        """Whether nothing is being read or computed."""
        return self.evidence.idle and self.spectrum.idle and self.audition.idle

    def close(self) -> None:
        """End the threads and let go of the files."""
        self.evidence.close()
        self.spectrum.close()
        self.audition.close()
