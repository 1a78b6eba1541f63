"""Flashing on pictures whose luminance is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from helpers.case import colored_pictures
from helpers.measure import measured_pictures, video
from helpers.scenery import HEIGHT, WIDTH, moving_planes

from core.catalog.decide import decide
from core.detectors.flashing import luminance_table
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture, Plane

DARK, MID, BRIGHT = 60, 120, 180
RED = (81, 90, 240)
GREY = (81, 128, 128)


def flat(value: int) -> Plane:
    return np.full((HEIGHT, WIDTH), value, np.uint8)


def tinted(codes: tuple[int, int, int]) -> Picture:
    chroma = [np.full((HEIGHT // 2, WIDTH // 2), code, np.uint8) for code in codes[1:]]
    return Picture(flat(codes[0]), (chroma[0], chroma[1]))


def claims(pictures: Sequence[Picture | Plane], depth: int = 8) -> list[Finding]:
    return list(decide([measured_pictures("flashing", pictures, depth)], DEFAULT_PROFILE))


def flashing(low: int, high: int, period: int, count: int, share: float = 1.0) -> list[Plane]:
    """Two seconds at `low`, in which a part of the picture goes to `high` some times."""
    planes = [flat(low) for _ in range(60)]
    for flash in range(count):
        for i in range(10 + flash * period, 10 + flash * period + max(period // 2, 1)):
            planes[i][: round(HEIGHT * share)] = high
    return planes


def test_luminance_is_that_of_a_screen_of_200_candela() -> None:
    table = luminance_table(video())
    assert (table[16], table[235], table[255]) == (0, 200, 200)
    assert table[125] == pytest.approx(200 * (109 / 219) ** 2.4, abs=0.5)


def test_hdr_goes_by_its_own_curves() -> None:
    pq = luminance_table(replace(video(), color_transfer="smpte2084"))
    hlg = luminance_table(replace(video(), color_transfer="arib-std-b67"))
    assert int(pq[16 + round(219 * 0.508)]) == pytest.approx(100, abs=4)
    assert int(hlg[16 + round(219 * 0.5)]) == pytest.approx(1000 * (1 / 12) ** 1.2, abs=3)
    assert pq[235] == hlg[235] == 255


@pytest.mark.parametrize(("flashes", "expected"), [(3, 0), (4, 1), (6, 1)])
def test_more_than_three_flashes_in_a_second_are_told(flashes: int, expected: int) -> None:
    assert len(claims(flashing(DARK, BRIGHT, 4, flashes))) == expected


def test_four_flashes_in_more_than_a_second_are_allowed() -> None:
    assert claims(flashing(DARK, BRIGHT, 10, 4)) == []


@pytest.mark.parametrize(("share", "expected"), [(0.2, 0), (0.3, 1)])
def test_a_quarter_of_the_picture_must_flash(share: float, expected: int) -> None:
    assert len(claims(flashing(DARK, BRIGHT, 4, 6, share))) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(MID, 128, 0), (MID, 144, 1), (219, 235, 0), (205, 222, 1)]
)
def test_twenty_candela_count_where_the_darker_is_below_160(
    low: int, high: int, expected: int
) -> None:
    assert len(claims(flashing(low, high, 4, 6))) == expected


def test_note_counts_flashes_and_claims_no_certification() -> None:
    (finding,) = claims(flashing(DARK, BRIGHT, 4, 8))
    assert "Up to 6.5 flashes within a second between dark and bright" in finding.evidence.note
    assert finding.evidence.note.endswith("This is no certification.")
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((0.4, 1.6), abs=0.05)


def test_saturated_red_counts_without_any_change_of_luma() -> None:
    pictures = [tinted(RED if i // 2 % 2 else GREY) for i in range(50)]
    notes = [finding.evidence.note for finding in claims(pictures)]
    assert any("saturated red" in note for note in notes)
    faint = (81, 125, 145)
    assert claims([tinted(faint if i // 2 % 2 else GREY) for i in range(50)]) == []


@pytest.mark.parametrize("variant", ["luminance", "red"])
def test_more_severe_flashing_is_brighter_and_always_found(variant: str) -> None:
    clean = colored_pictures(80)
    areas = []
    for severity in (0.25, 1.0):
        pictures = list(inject_pictures(clean, "flashing", [(20, 70)], severity, variant=variant))
        found = claims(pictures)
        assert found
        areas.append(max(f.evidence.peak_value for f in found))
    assert areas[1] >= areas[0] > 25


def test_cuts_fades_and_one_camera_flash_are_no_flashing() -> None:
    bright = [np.asarray(p // 2 + 110, np.uint8) for p in moving_planes(25, 1)]
    dark = [np.asarray(p // 3 + 16, np.uint8) for p in moving_planes(25, 2)]
    cuts = [p for i in range(4) for p in (bright[:12] if i % 2 else dark[:12])]
    assert claims(cuts) == []
    gains = np.linspace(1, 0, 25)
    fade = [np.asarray(16 + (p - 16.0) * g, np.uint8) for p, g in zip(bright, gains, strict=True)]
    assert claims([*fade, *fade[::-1]]) == []
    assert claims([*dark[:10], flat(235), flat(200), *dark[10:]]) == []


def test_ten_bits_give_the_same() -> None:
    planes = flashing(DARK, BRIGHT, 4, 6)
    deep = [p.astype(np.uint16) << 2 for p in planes]
    assert [f.span for f in claims(deep, 10)] == [f.span for f in claims(planes)]


def test_size_may_change_in_mid_stream() -> None:
    planes = [*flashing(DARK, BRIGHT, 4, 2), *(p[:96, :128] for p in flashing(DARK, BRIGHT, 4, 2))]
    assert claims(planes) == []
