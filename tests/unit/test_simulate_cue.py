"""Injectors of captions damage what they say, and only there."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.domain.media import Cue
from core.domain.time import Span
from core.simulate.inject import INJECTORS, Domain, inject_cues
from core.simulate.kind import CueDamage

MS = Fraction(1, 1000)
CAPTIONS = [name for name, entry in INJECTORS.items() if entry.domain is Domain.CUES]
FORMS = [(name, variant) for name in CAPTIONS for variant in INJECTORS[name].variants or ("",)]


def talk() -> list[Cue]:
    texts = ["Good morning.", "Who is there?", "It's me, of course.", "Oh!", "Come in\nplease."]
    return [Cue(Span(4000 * i, 4000 * i + 2500, MS), text) for i, text in enumerate(texts * 2)]


@pytest.mark.parametrize(("defect", "variant"), FORMS)
@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
def test_exactly_the_captions_of_the_stretch_change(
    defect: str, variant: str, severity: float
) -> None:
    clean = talk()
    damaged, spans = inject_cues(clean, defect, [(11.0, 27.0)], severity, 5, variant=variant)
    outside = [cue for cue in clean if not 11.0 <= cue.span.start_s < 27.0]
    assert all(cue in damaged for cue in outside)
    assert [cue for cue in damaged if cue not in outside] != clean[3:7]
    assert clean == talk()
    assert spans
    assert all(start < end for start, end in spans)
    assert all(cue.span.start < cue.span.end and cue.text for cue in damaged)
    starts = [cue.span.start for cue in damaged]
    assert starts == sorted(starts)


@pytest.mark.parametrize(("defect", "variant"), FORMS)
def test_same_seed_gives_the_same_captions(defect: str, variant: str) -> None:
    first, second = (
        inject_cues(talk(), defect, [(3.0, 30.0)], 0.5, 9, variant=variant) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(("defect", "variant"), FORMS)
def test_stretch_without_captions_stays_empty(defect: str, variant: str) -> None:
    clean = talk()
    assert inject_cues(clean, defect, [(100.0, 110.0)], variant=variant) == (clean, [])


@pytest.mark.parametrize(("defect", "variant"), FORMS)
def test_parameters_say_what_severity_came_to(defect: str, variant: str) -> None:
    mild, strong = (INJECTORS[defect].make(severity, 1, variant) for severity in (0.0, 1.0))
    assert isinstance(mild, CueDamage)
    assert isinstance(strong, CueDamage)
    assert mild.parameters() != strong.parameters()
