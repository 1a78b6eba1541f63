"""A profile: thresholds, severities and the choice of detectors for one kind of delivery (TOML).

```toml
title = "Broadcast"
disabled = ["blockiness"]
[thresholds.black]
min_length_s = 2.0
[severities]
black = "blocker"
[[checks]]
id = "language"
ask = "Is any dialogue in another language than the title says?"
```
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.domain.check import Check
from core.domain.defect import Severity


@dataclass(frozen=True, slots=True)
class Profile:
    """What counts as a defect, and how much it matters.

    Attributes:
        name: File name without suffix.
        title: What people call it.
        thresholds: Values by detector id, then threshold name; only those that differ.
        severities: Proposed severity by detector id; only those that differ.
        disabled: Detectors that are not run.
        checks: What a person must answer about every title.
    """

    name: str
    title: str
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()

    @property
    def hash(self) -> str:
        """Digest of what decides; the name and title do not count."""
        content: dict[str, object] = {
            "thresholds": {k: dict(sorted(v.items())) for k, v in sorted(self.thresholds.items())},
            "severities": {k: str(v) for k, v in sorted(self.severities.items())},
            "disabled": sorted(self.disabled),
        }
        if self.checks:
            # Only then, so that the profiles of older stores keep their digests.
            content["checks"] = [[c.id, c.ask, c.defect, str(c.severity)] for c in self.checks]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    def with_threshold(self, detector: str, name: str, value: float) -> Profile:
        """The same profile with one threshold moved."""
        mine = {**self.thresholds.get(detector, {}), name: value}
        return replace(self, thresholds={**self.thresholds, detector: mine})


DEFAULT_PROFILE = Profile("default", "Default")
