"""Thresholds that earlier versions had, so that profiles written for them still open.

Whoever renames a threshold, or takes one away, enters it here, and nowhere else.
"""

from __future__ import annotations

FORMER_THRESHOLDS: dict[tuple[str, str], str] = {
    # Weighed by area then and by how sure a look is now; a value of one is none of the other.
    ("combing", "area_pct"): "",
}
"""Present name by detector and former name; empty where the threshold has no successor."""
