"""Questions: flags that a person is asked about because the answer teaches most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class Question:
    """One flag to ask about.

    Attributes:
        fingerprint: Of the title.
        title: Its name.
        run: Analysis that the finding is of.
        finding: What the detector says.
        uncertainty: How unsure that is, 0..1.
        why: `audit`, `typical` or `uncertain`.
        sentence: Why it was chosen, in words.
        chance: Its probability to be drawn, of one that was drawn by chance; else 0.
    """

    fingerprint: str
    title: str
    run: str
    finding: Finding
    uncertainty: float
    why: str
    sentence: str
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What one session asks about.

    Attributes:
        id: Unique id.
        detector: Whose findings.
        at: When it was chosen, UTC.
        seed: Decided what chance decides.
        open: How many flags of the detector nobody had decided then.
        verdicts: How many samples of it there were.
        questions: In the order to ask them in.
    """

    id: str
    detector: str
    at: datetime
    seed: int
    open: int
    verdicts: int
    questions: tuple[Question, ...]
