"""How one run of playback goes through the title, with loops unrolled.

Clock, picture and sound all count *run time*: media time that keeps growing when a loop starts
again. So a loop has no seam: frames and samples of the next lap are queued behind those of this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor


@dataclass(frozen=True, slots=True)
class PlayPlan:
    """One run of playback.

    Attributes:
        generation: Number of the run; later ones replace earlier ones.
        start_s: Media time to start at.
        speed: Media seconds a second; negative plays backwards.
        loop: Start and end of the stretch to repeat, in media seconds; None plays on. Playing
            backwards ignores it, and so does a start at or after its end.
        run_shift_s: Run time minus media time at the start: whole laps, when sound joins a run
            that has come round.
    """

    generation: int
    start_s: float
    speed: float
    loop: tuple[float, float] | None = None
    run_shift_s: float = 0.0

    @property
    def run_start_s(self) -> float:
        """Run time at the start."""
        return self.start_s + self.run_shift_s

    def joined(self, generation: int, run_s: float) -> PlayPlan:
        """The run for sound that joins at this run time."""
        media_s = self.media_time(run_s)
        return replace(self, generation=generation, start_s=media_s, run_shift_s=run_s - media_s)

    @property
    def looping(self) -> bool:
        """Whether playback will come back to the start of the loop."""
        return (
            self.loop is not None
            and self.speed > 0
            and self.loop[1] > self.loop[0]
            and self.start_s < self.loop[1]
        )

    def lap_start(self, lap: int) -> float:
        """Run time minus media time in this lap (0 is the first)."""
        if not self.looping or self.loop is None:
            return 0.0
        return lap * (self.loop[1] - self.loop[0])

    def media_time(self, run_s: float) -> float:
        """Media time at this run time."""
        if not self.looping or self.loop is None or run_s < self.loop[1]:
            return run_s
        low, high = self.loop
        laps = floor((run_s - low) / (high - low))
        return run_s - laps * (high - low)
