"""When a training is offered: after so many verdicts, or weekly where there is anything new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.review.training import DetectorLine, is_at_work

_WEEK_DAYS = 7


class Occasion(StrEnum):
    """What makes an offer."""

    NEVER = "never"
    VERDICTS = "verdicts"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of offers.

    Attributes:
        occasion: What makes one.
        verdicts: How many since the last training, for `VERDICTS`.
        weekday: For `WEEKLY`: from 0 (Monday) to 6.
        hour: For `WEEKLY`: from which hour on, local time.
    """

    occasion: Occasion
    verdicts: int = 40
    weekday: int = 5
    hour: int = 20


def offered(
    lines: Sequence[DetectorLine], wish: Wish, now: datetime, last: datetime | None
) -> DetectorLine | None:
    """The detector whose training is to be offered now, the one with most to learn first.

    Args:
        lines: What is known of each detector.
        wish: What a person wants.
        now: With the time zone in which hours count.
        last: When an offer was made last; none is repeated before there is a new occasion.
    """
    ready = [
        line for line in lines if line.learns and line.fresh.total and not is_at_work(line.training)
    ]
    if wish.occasion is Occasion.VERDICTS:
        ready = [line for line in ready if line.fresh.total >= wish.verdicts]
        if last is not None and now - last < timedelta(days=1):
            return None
    elif wish.occasion is Occasion.WEEKLY:
        moment = _moment(now, wish)
        if last is not None and last >= moment:
            return None
        ready = [line for line in ready if line.since is None or line.since < moment]
    else:
        return None
    return max(ready, key=lambda line: line.fresh.total, default=None)


def _moment(now: datetime, wish: Wish) -> datetime:
    """The newest moment of the week that has come."""
    back = (now.weekday() - wish.weekday) % _WEEK_DAYS
    moment = (now - timedelta(days=back)).replace(hour=wish.hour, minute=0, second=0, microsecond=0)
    return moment if moment <= now else moment - timedelta(days=_WEEK_DAYS)
