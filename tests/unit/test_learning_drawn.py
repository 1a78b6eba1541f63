"""What people drew of a damage comes with the verdict that confirms it, and the map learns it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.mask_value import make_project
from helpers.review_value import FINGERPRINT, make_verdict
from numpy.typing import NDArray

from core.domain.mask import MaskLayer, MaskOrigin
from core.domain.sample import DrawnFrame, Sample, sample_document, sample_of
from core.domain.verdict import Decision, RejectReason
from core.learning.retrain.block import _judged
from core.learning.retrain.frames import JudgedPicture
from core.learning.retrain.subject import instants
from core.learning.snapshot.drawn import drawn_cells
from core.learning.snapshot.take import take
from core.store.store import Store

PROJECT = make_project(96, 64)
CORRUPT, LOGO = 1, 2


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        opened.masks.put(PROJECT)
        yield opened


def draw(
    store: Store, frame: int, labels: NDArray[np.uint8], origin: MaskOrigin = MaskOrigin.PERSON
) -> None:
    store.masks.append(
        MaskLayer(f"{origin}{frame}", PROJECT.id, frame, labels, origin, "Ada", PROJECT.at)
    )


def corner(number: int = CORRUPT) -> NDArray[np.uint8]:
    """The left upper cell damaged, the right column unsaid."""
    labels = np.zeros((64, 96), np.uint8)
    labels[:32, :32] = number
    labels[:, 64:] = 255
    return labels


def sampled(store: Store, **values: object) -> Sample:
    defect = "block_corruption"
    store.verdicts.append(make_verdict(1, 2, detector=defect, defect=defect, **values))  # type: ignore[arg-type]
    (sample,) = take(store, defect).samples
    return sample


def test_what_was_drawn_within_a_confirmed_stretch_comes_with_it(store: Store) -> None:
    for frame in (10, 30, 60):
        draw(store, frame, corner())
    (drawn,) = sampled(store).drawn
    assert drawn.pts == 1200
    shares, said = drawn_cells(drawn)
    assert shares[:, :2].tolist() == [[1, 0], [0, 0]]
    assert said.tolist() == [[True, True, False]] * 2


def test_other_classes_predictions_and_rejected_flags_bring_nothing(store: Store) -> None:
    draw(store, 30, corner(LOGO))
    draw(store, 31, corner(), MaskOrigin.PREDICTION)
    assert sampled(store).drawn == ()
    draw(store, 32, corner())
    rejected = {"decision": Decision.REJECT, "reason": RejectReason.FALSE_POSITIVE}
    with Store.open(store.path or Path(), create=False) as again:
        again.verdicts.append(
            make_verdict(
                5,
                6,
                detector="block_corruption",
                defect="block_corruption",
                **rejected,  # type: ignore[arg-type]
            )
        )
        samples = {one.kind.is_defect: one for one in take(again, "block_corruption").samples}
    assert samples[True].drawn
    assert samples[False].drawn == ()


def test_a_sample_is_read_as_it_was_written_and_one_without_drawings_as_before(
    store: Store,
) -> None:
    draw(store, 30, corner())
    sample = sampled(store)
    assert sample_of(sample_document(sample)) == sample
    plain = replace(sample, drawn=())
    assert "drawn" not in sample_document(plain)
    assert sample_of(sample_document(plain)) == plain


def test_drawn_frames_are_looked_at_first(store: Store) -> None:
    draw(store, 30, corner())
    assert instants(sampled(store), 3)[0] == 1200


def test_a_drawn_frame_is_the_truth_of_the_map_and_others_are_left_to_the_parent(
    store: Store,
) -> None:
    draw(store, 30, corner())
    sample = sampled(store)
    assert sample.fingerprint == FINGERPRINT
    picture, features = np.zeros((64, 96, 3), np.uint8), torch.zeros(1, 8, 2, 3)
    drawn = _judged(JudgedPicture(0, sample, picture, 1200), features, 0.5)
    assert drawn.cells.tolist() == [[1, 0, 0], [0, 0, 0]]
    assert drawn.counted.tolist() == [[1, 1, 0], [1, 1, 0]]
    other = _judged(JudgedPicture(0, sample, picture, 1500), features, 0.5)
    assert not other.counted.any()
    larger = _judged(JudgedPicture(0, sample, picture, 1200), torch.zeros(1, 8, 3, 3), 0.5)
    assert not larger.counted.any()


def test_cells_that_fill_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fill"):
        DrawnFrame(0, 3, "ffff")
