"""The decisions that can be made about many flags at once, and what the screen calls them."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.verdict import Decision, Disposition, RejectReason
from gui.language import tr


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision without a flag.

    Attributes:
        decision: What is decided.
        reason: Why, on a rejection.
        disposition: What to do, on a confirmation.
    """

    decision: Decision
    reason: RejectReason | None = None
    disposition: Disposition | None = None

    @property
    def title(self) -> str:
        """What the screen calls it."""
        match self.disposition or self.reason:
            case Disposition.FIX:
                return tr("Confirm: fix")
            case Disposition.CREATIVE_INTENT:
                return tr("Confirm: creative intent")
            case Disposition.BEST_POSSIBLE:
                return tr("Confirm: best possible")
            case RejectReason.FALSE_POSITIVE:
                return tr("Reject: false positive")
            case RejectReason.NOT_VISIBLE:
                return tr("Reject: not visible")
            case RejectReason.DUPLICATE:
                return tr("Reject: duplicate")
            case _:
                return tr("Unsure")


RULINGS = (
    *(Ruling(Decision.REJECT, reason=reason) for reason in RejectReason),
    *(Ruling(Decision.CONFIRM, disposition=disposition) for disposition in Disposition),
    Ruling(Decision.UNSURE),
)
