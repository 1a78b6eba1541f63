"""The loop: goes on from its checkpoint as if it had never stopped, and comes out the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.domain.errors import CancelledError
from core.learning.retrain.answer import balanced
from core.learning.retrain.tune import Pace, Rows, Study, Tuned, shortfall, tune

PACE = Pace(steps=12, replay=4, verdicts=2, rate=0.05, look_every=4, save_every=3)


class Line(Study):
    """A line through points, of which people moved some."""

    def __init__(self) -> None:
        torch.manual_seed(4)
        self.part = nn.Linear(3, 1)
        self.replay = 20
        self.chances = np.full(5, 0.2)
        rng = np.random.default_rng(0)
        self._given = torch.tensor(rng.normal(size=(25, 3)), dtype=torch.float32)

    def loss(self, replay: Rows, verdicts: Rows) -> Tensor:
        rows = torch.from_numpy(np.concatenate([replay, verdicts + 20]))
        wanted = self._given[rows].sum(1, keepdim=True)
        return nn.functional.mse_loss(self.part(self._given[rows]), wanted)

    def look(self) -> Mapping[str, float]:
        return {"recall": float(self.part(self._given).detach().sum())}


def run(
    folder: Path, check: Callable[[], None] = lambda: None, key: str = "k"
) -> tuple[Line, Tuned]:
    study = Line()
    tuned = tune(
        study,
        PACE,
        7,
        folder / "checkpoint.safetensors",
        key,
        told=lambda _step, _curves, _seconds: None,
        check=check,
    )
    return study, tuned


def weights(study: Line) -> list[float]:
    return [v for p in study.part.parameters() for v in p.detach().flatten().tolist()]


@pytest.mark.parametrize("at", [1, 3, 5, 11])
def test_a_paused_tuning_goes_on_to_the_same_result(at: int, tmp_path: Path) -> None:
    whole, told = run(tmp_path / "whole")
    calls = 0

    def pause() -> None:
        nonlocal calls
        calls += 1
        if calls > at:
            raise CancelledError

    with pytest.raises(CancelledError):
        run(tmp_path / "paused", pause)
    again, told_again = run(tmp_path / "paused")
    assert weights(again) == weights(whole)
    assert told_again.curves == told.curves


def test_killed_between_checkpoints_it_repeats_the_steps_since(tmp_path: Path) -> None:
    whole, _ = run(tmp_path / "whole")
    calls = 0

    class Killed(BaseException):
        pass

    def kill() -> None:
        nonlocal calls
        calls += 1
        if calls == 6:
            # As a kill would leave it: the checkpoint of step 3, nothing of what came after.
            kept[:] = [(tmp_path / "killed" / "checkpoint.safetensors").read_bytes()]
            raise Killed

    kept: list[bytes] = []
    with pytest.raises(Killed):
        run(tmp_path / "killed", kill)
    (tmp_path / "killed" / "checkpoint.safetensors").write_bytes(kept[0])
    again, _ = run(tmp_path / "killed")
    assert weights(again) == weights(whole)


def test_another_training_does_not_go_on_from_it(tmp_path: Path) -> None:
    run(tmp_path)
    _, told = run(tmp_path, key="other")
    assert [step for step, _ in told.curves[0].points] == [4, 8, 12]


def test_what_is_there_and_what_is_not_are_drawn_alike_and_titles_too() -> None:
    judged = [(True, "a", 1.0), (False, "b", 1.0), (False, "b", 1.0), (False, "c", 3.0)]
    assert balanced(judged).tolist() == pytest.approx([0.5, 0.125, 0.125, 0.25])
    assert balanced([(False, "b", 1.0), (False, "b", 3.0)]).tolist() == [0.25, 0.75]
    assert len(balanced([])) == 0


class Forgetful(Line):
    """Rejected flags go at once, and what was known goes after them."""

    looks = 0

    def look(self) -> Mapping[str, float]:
        said = [
            {"recall": 90.0, "rejected flags left": 100.0, "confirmed flags kept": 80.0},
            {"recall": 89.0, "rejected flags left": 10.0, "confirmed flags kept": 80.0},
            {"recall": 70.0, "rejected flags left": 0.0, "confirmed flags kept": 80.0},
            {"recall": 60.0, "rejected flags left": 0.0, "confirmed flags kept": 80.0},
        ][min(self.looks, 3)]
        self.looks += 1
        return said


def test_the_network_of_the_best_look_is_kept_and_not_the_last(tmp_path: Path) -> None:
    def tuned(steps: int, folder: str) -> tuple[list[float], int]:
        study = Forgetful()
        path = tmp_path / folder / "checkpoint.safetensors"
        pace = Pace(steps=steps, replay=4, verdicts=2, rate=0.05, look_every=4, save_every=4)
        done = tune(study, pace, 7, path, "k", told=lambda *_: None, check=lambda: None)
        return weights(study), done.kept

    kept, step = tuned(12, "whole")
    assert step == 4
    assert kept != tuned(0, "nothing")[0]
    again, step = tuned(12, "whole")  # The checkpoint of the end holds the best one as well.
    assert (again, step) == (kept, 4)


class Wary(Line):
    """The further from the parent, the more is forgotten, and half the way is enough."""

    def __init__(self) -> None:
        super().__init__()
        self._parent = weights(self)
        self._whole: float | None = None

    @property
    def gone(self) -> float:
        """Distance from the parent as a share of that at the first look after learning."""
        far = float(np.linalg.norm(np.subtract(weights(self), self._parent)))
        if self._whole is None and far:
            self._whole = far
        return far / self._whole if self._whole else 0.0

    def look(self) -> Mapping[str, float]:
        gone = self.gone
        return {
            "recall": 90.0,
            "rejected flags left": 0.0 if gone > 0.45 else 100.0,
            "drift from the parent": 10.0 * gone,
        }


def test_no_more_of_the_way_from_the_parent_is_gone_than_serves(tmp_path: Path) -> None:
    study = Wary()
    pace = Pace(steps=4, replay=4, verdicts=2, rate=0.05, look_every=4, save_every=4)
    told = tune(study, pace, 7, tmp_path / "c", "k", told=lambda *_: None, check=lambda: None)
    assert told.way == 0.5
    assert study.gone == pytest.approx(0.5, abs=0.01)
    assert told.sentence == "50% of the way from the parent to the network of step 4."


def test_where_the_whole_way_serves_best_it_is_gone(tmp_path: Path) -> None:
    _study, told = run(tmp_path)
    assert told.way == 1.0


def test_forgetting_beyond_the_gates_margins_counts_threefold() -> None:
    first = {"recall": 90.0, "false alarms": 1.0, "rejected flags left": 100.0}
    assert shortfall(first, first) == 100.0
    assert shortfall(first, {**first, "rejected flags left": 0.0, "recall": 88.0}) == 0.0
    assert shortfall(first, {**first, "rejected flags left": 0.0, "recall": 78.0}) == 30.0
    assert shortfall(first, {**first, "rejected flags left": 0.0, "false alarms": 6.0}) == 12.0
    assert shortfall({}, {"recall": float("nan")}) == 0.0


def test_of_two_that_cross_no_line_the_nearer_to_the_parent_is_better() -> None:
    first = {"recall": 90.0, "rejected flags left": 100.0}
    near, far = (
        {"recall": 90.0, "rejected flags left": 0.0, "drift from the parent": drift}
        for drift in (2.0, 9.0)
    )
    assert shortfall(first, near) < shortfall(first, far)
    barely = {**near, "sureness of rejected flags": 89.0}
    assert shortfall(first, near) < shortfall(first, barely) < shortfall(first, first)
