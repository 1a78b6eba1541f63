"""What can be simulated, in words: for lists, panels and help."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from core.domain.defect import DEFECTS, Medium
from core.simulate.inject import INJECTORS, UNANSWERED, Domain, injector


@dataclass(frozen=True, slots=True)
class Description:
    """One defect that can be made.

    Attributes:
        defect: Id in the defect taxonomy.
        title: What people call it.
        medium: Where it lives.
        domain: What is damaged.
        variants: In which forms; the first is the usual one, none means one form only.
        summary: How it is made, and what severity 0 and 1 come to.
        unanswered: Why no detector answers it; empty when one does.
    """

    defect: str
    title: str
    medium: Medium
    domain: Domain
    variants: tuple[str, ...]
    summary: str
    unanswered: str


def describe(defect: str) -> Description:
    """One defect in words.

    Raises:
        KnownError: It cannot be simulated.
    """
    entry = injector(defect)
    known = DEFECTS[defect]
    return Description(
        defect,
        known.title,
        known.medium,
        entry.domain,
        entry.variants,
        _summary(entry.make),
        UNANSWERED.get(defect, ""),
    )


def descriptions() -> tuple[Description, ...]:
    """All defects that can be simulated, in the order of the table."""
    return tuple(describe(defect) for defect in INJECTORS)


def _summary(make: object) -> str:
    """What the injector says about itself, up to its arguments, in one line."""
    text = inspect.getdoc(make) or ""
    for heading in ("Args:", "Attributes:", "Class attributes:", "Returns:", "Raises:"):
        text = text.partition(f"\n{heading}")[0]
    lines = (_plain(line.strip()) for line in text.replace("`", "").splitlines())
    return " ".join(" ".join(lines).split())


def _plain(line: str) -> str:
    """A line without the marks of a list or a table."""
    if not line.startswith("|"):
        return line.removeprefix("* ")
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if cells[0] in ("Variant", "") or not cells[0].strip("-"):
        return ""
    return f"{cells[0]}: {' to '.join(cells[1:])}."
