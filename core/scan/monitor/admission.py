"""How much is analysed when the machine does not keep up, and when more is tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.scan.monitor.level import Level


@dataclass(frozen=True, slots=True)
class AdmissionRule:
    """When levels change.

    Attributes:
        behind_s: Packets that wait so long take the channel a level down.
        calm_s: A lag below this is none.
        patience_s: So long without lag until a level more is tried; doubled each time that
            fails, up to eight times.
        pause_s: At least so long between two steps down: what waits must first be worked off.
    """

    behind_s: float = 8.0
    calm_s: float = 1.5
    patience_s: float = 30.0
    pause_s: float = 4.0


class Admission:
    """Chooses the level of one channel from how far it lags.

    Args:
        rule: When.
        now: The monotonic clock.
    """

    def __init__(self, rule: AdmissionRule, now: Callable[[], float]) -> None:
        self._rule = rule
        self._now = now
        self.level = Level.FULL
        self._calm_since: float | None = None
        self._stepped = float("-inf")
        self._tried = float("-inf")
        self._factor = 1

    def update(self, lag_s: float) -> Level:
        """Hear how far analysis lags behind; the level from now on."""
        now = self._now()
        rule = self._rule
        if lag_s >= rule.behind_s:
            self._calm_since = None
            if self.level > Level.SPARSE and now - self._stepped >= rule.pause_s:
                if now - self._tried < 2 * rule.patience_s:
                    self._factor = min(self._factor * 2, 8)
                self.level = Level(self.level - 1)
                self._stepped = now
        elif lag_s > rule.calm_s:
            self._calm_since = None
        else:
            self._calm_since = now if self._calm_since is None else self._calm_since
            waits = rule.patience_s * self._factor
            if self.level < Level.FULL and now - self._calm_since >= waits:
                self.level = Level(self.level + 1)
                self._calm_since = now
                self._tried = now
        return self.level
