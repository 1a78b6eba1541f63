"""Stutter: frames that repeat or go missing, so that motion jerks."""

from __future__ import annotations

from collections import deque

from core.simulate.kind import Picture, PictureDamage

_RAREST_FRAMES, _DENSEST_FRAMES = 20.0, 4.0
_LONGEST_HOLD = 3
_FARTHEST_BEHIND = 12
_RAREST_HOLD, _DENSEST_HOLD = 0.2, 0.6


class Stutter(PictureDamage):
    """Shows the frames of a stretch late, and unevenly so; as many frames come out as went in.

    * `duplicate`: every now and then a frame is shown once more and all that follow come later,
      until 12 frames of delay are skipped at once.
    * `drop`: every now and then a frame is held, then what was missed is skipped: one frame at
      severity 0, three at 1.
    * `cadence`: each frame is held with a chance of .2 at severity 0, .6 at 1, so that the rhythm
      in which pictures change is broken.

    For the first two it happens every 20 frames at severity 0, every 4 at 1, give or take a third.
    """

    VARIANTS = ("duplicate", "drop", "cadence")

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._past: deque[Picture] = deque(maxlen=_FARTHEST_BEHIND + 1)
        self._behind = 0
        self._wait = 0
        self._held = 0

    def before(self, picture: Picture) -> None:
        """Remember what will be repeated first."""
        self._past.append(picture)

    def apply(self, picture: Picture) -> Picture:
        """The frame that is due when the player is late."""
        self._past.append(picture)
        self._behind = min(self._next_delay(), len(self._past) - 1)
        return self._past[-1 - self._behind]

    def parameters(self) -> dict[str, float | int | str]:
        """How often it happens and for how long."""
        if self.variant == "cadence":
            return {"hold_share": self._hold_share()}
        return {"every_frames": self._every(), "hold_frames": self._hold()}

    def _next_delay(self) -> int:
        if self.variant == "cadence":
            late = self._behind == 0 or self.rng.random() < self._hold_share()
            return self._behind + 1 if late and self._behind < _LONGEST_HOLD else 1
        if self._held:
            self._held -= 1
            return self._behind + 1
        if self._wait == 0:
            every = self._every()
            self._wait = max(round(self.rng.uniform(every * 2 / 3, every * 4 / 3)), 2)
            self._held = self._hold() - 1
            return self._behind + 1 if self._behind < _FARTHEST_BEHIND else 1
        self._wait -= 1
        return self._behind if self.variant == "duplicate" else 1

    def _every(self) -> float:
        return _RAREST_FRAMES + (_DENSEST_FRAMES - _RAREST_FRAMES) * self.severity

    def _hold(self) -> int:
        return 1 + round((_LONGEST_HOLD - 1) * self.severity) if self.variant == "drop" else 1

    def _hold_share(self) -> float:
        return _RAREST_HOLD + (_DENSEST_HOLD - _RAREST_HOLD) * self.severity
