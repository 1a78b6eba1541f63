"""How the screen words decisions, streams and figures."""

from __future__ import annotations

import pytest

from gui.wording import figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.12346, "0.1235"),
        (-23.0, "-23"),
        (999.96, "1000"),
        (9999.4, "9999"),
        (9999.6, "10,000"),
        (14_400.0, "14,400"),
        (-1_234_567.8, "-1,234,568"),
    ],
)
def test_large_figures_are_written_out(value: float, text: str) -> None:
    assert figure(value) == text
