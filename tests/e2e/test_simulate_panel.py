"""The simulate panel through the real `main()`: place a defect, look, save, find it in the copy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.desk_walk import Steps, analysed, walk

from core.domain.finding import Region
from core.media.probe import probe
from gui.desk.desk import Desk
from gui.desk.simulate import SimulateDesk
from gui.simulate.dialog import SimulateDialog


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mkv"
    make_clip(path, seconds=6.0)
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all, so that the clip is analysed once."""
    return tmp_path_factory.mktemp("store") / "s.db"


def opened(desk: Desk) -> SimulateDialog:
    desk.actions["file.simulate"].trigger()
    dialog = desk.window.findChild(SimulateDialog)
    assert isinstance(dialog, SimulateDialog)
    return dialog


def chosen(dialog: SimulateDialog, defect: str) -> None:
    dialog.form.defect_box.setCurrentIndex(dialog.form.defect_box.findData(defect))
    assert dialog.form.defect == defect


def test_defect_is_placed_looked_at_and_saved_with_its_truth(
    clip: Path, store: Path, tmp_path: Path, qapp: object
) -> None:
    out = tmp_path / "damaged.mkv"

    def visit(desk: Desk) -> Steps:
        yield analysed(desk)
        desk.parts.axis.set_selection((2.0, 3.0))
        dialog = opened(desk)
        chosen(dialog, "black")
        dialog.form.severity.setValue(100)
        region = Region(0.0, 0.0, 0.5, 1.0)
        dialog.pictures.region_dragged.emit(region)
        yield lambda: _is_half_black(dialog)
        assert dialog.planned.spans == ((2.0, 3.0),)
        controller = dialog.findChild(SimulateDesk)
        assert isinstance(controller, SimulateDesk)
        controller.save(dialog.planned, False, out)
        yield dialog.open_clip.isVisible
        assert "damaged.mkv is written" in dialog.message.text()
        dialog.open_clip.click()
        yield analysed(desk)
        assert desk.title is not None
        assert desk.title.path == out

    walk([str(clip), "--store", str(store)], visit)
    truth = json.loads((tmp_path / "damaged.mkv.truth.json").read_text())
    assert truth["defect"] == "black"
    assert truth["region"] == [0.0, 0.0, 0.5, 1.0]
    # The copy holds the stretch and up to two seconds around it.
    assert probe(out).duration_s == pytest.approx(5.0, abs=0.1)
    assert truth["spans"][0] == pytest.approx([2.0, 3.0], abs=0.05)


def _is_half_black(dialog: SimulateDialog) -> bool:
    shown = dialog.pictures.pictures
    if shown is None:
        return False
    clean, damaged = shown
    half = clean.shape[1] // 2
    left = damaged[:, : half - 2].max() < 10 and clean[:, : half - 2].max() > 40
    return bool(left and np.array_equal(clean[:, half + 2 :], damaged[:, half + 2 :]))


def test_sound_is_shown_before_and_after(clip: Path, store: Path, qapp: object) -> None:
    def visit(desk: Desk) -> Steps:
        yield analysed(desk)
        desk.parts.axis.set_selection((2.0, 3.0))
        dialog = opened(desk)
        chosen(dialog, "silence")
        dialog.form.severity.setValue(100)
        yield lambda: dialog.sounds.sounds is not None
        assert dialog.sounds.sounds is not None
        clean, damaged = dialog.sounds.sounds
        assert np.abs(clean[:, 60_000:80_000]).max() > 0.01
        assert np.abs(damaged[:, 60_000:80_000]).max() == 0
        assert not dialog.form.whole.isEnabled()
        dialog.shut.click()
        yield lambda: desk.window.findChild(SimulateDialog) is None

    walk([str(clip), "--store", str(store)], visit)


def test_without_marks_the_stretch_begins_at_the_playhead(
    clip: Path, store: Path, qapp: object
) -> None:
    def visit(desk: Desk) -> Steps:
        yield analysed(desk)
        desk.player.seek(1.0)
        yield lambda: desk.parts.axis.playhead_s == pytest.approx(1.0, abs=0.05)
        dialog = opened(desk)
        assert dialog.planned.spans[0] == pytest.approx((1.0, 3.0), abs=0.05)
        desk.parts.axis.set_selection((4.0, 4.5))
        assert dialog.planned.spans == ((4.0, 4.5),)
        yield lambda: True

    walk([str(clip), "--store", str(store)], visit)
