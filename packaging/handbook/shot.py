"""The manual's pictures, each taken from the running product.

These are of the sample title, which the product makes itself, analysed into a store below
`build/shots`. `python3 packaging/manual.py shots` takes all of them, or those that are named, each
with a desk in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from core.domain.finding import Region
from gui.desk.desk import Desk
from gui.dialogs.export import ExportDialog
from gui.simulate.dialog import SimulateDialog
from handbook.walk import Steps, calm, flag_of, quiet, select, shrink, take, walk

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
WORK = ROOT / "build" / "shots"

_ONGLASS = "import sys; from core.cli.app import main; sys.exit(main())"
Walk = Callable[[Desk, Path], Steps]
_SETTINGS = '[general]\ntour = false\nlanguage = "{language}"\n\n[review]\nreviewer = "Ada"\n'


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        steps: What is done on the desk before it is taken, and taking it.
        size: Of the window.
        language: Of the desk.
    """

    steps: Walk
    size: str = "1440x900"
    language: str = "en"


def _desk(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    for defect, action in (("black", "review.fix"), ("silence", "review.confirm")):
        select(desk, defect)
        yield calm(desk)
        desk.actions[action].trigger()
        yield calm(desk)
    select(desk, "freeze")
    yield calm(desk)
    take(desk.window, path)


def _region(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    select(desk, "hot_pixel")
    yield calm(desk)
    take(desk.window, path)


def _heat(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    select(desk, "block_corruption")
    yield calm(desk)
    desk.actions["view.heat"].trigger()
    yield calm(desk)
    take(desk.window, path)


def _sound(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    select(desk, "hum")
    desk.actions["view.spectrum"].trigger()
    yield calm(desk)
    desk.actions["view.zoom_flag"].trigger()
    yield calm(desk)
    desk.actions["listen.solo"].trigger()
    yield calm(desk)
    desk.player.pause()
    yield calm(desk)
    take(desk.window, path)


def _german(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    select(desk, "freeze")
    yield calm(desk)
    take(desk.window, path)


def _triage(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    for defect in ("black", "silence", "clipping", "levels", "combing", "banding"):
        if any(flag.defect == defect for flag in desk.snapshot.flags):
            select(desk, defect)
            yield calm(desk)
            desk.actions["review.confirm"].trigger()
            yield calm(desk)
    select(desk, "tearing" if _has(desk, "tearing") else "freeze")
    desk.actions["review.triage"].trigger()
    yield calm(desk)
    take(desk.window, path)


def _has(desk: Desk, defect: str) -> bool:
    return any(flag.defect == defect and flag.finding for flag in desk.snapshot.flags)


def _scopes(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    desk.player.seek(5.0)
    desk.actions["scope.panel"].trigger()
    yield calm(desk)
    for name in ("scope.safe", "scope.zones"):
        desk.actions[name].trigger()
    yield calm(desk)
    take(desk.window, path)


def _simulate(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    desk.parts.axis.set_selection((4.0, 6.0))
    desk.actions["file.simulate"].trigger()
    dialog = desk.window.findChild(SimulateDialog)
    assert isinstance(dialog, SimulateDialog)
    box = dialog.form.defect_box
    box.setCurrentIndex(box.findData("block_corruption"))
    dialog.form.severity.setValue(80)
    dialog.pictures.region_dragged.emit(Region(0.15, 0.2, 0.8, 0.85))
    yield calm(desk, lambda: dialog.pictures.pictures is not None)
    take(dialog, path)


def _export(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    desk.actions["file.export"].trigger()
    yield calm(desk, lambda: desk.window.findChild(ExportDialog))
    dialog = _dialog(desk, ExportDialog)
    for field in dialog.findChildren(QLineEdit):
        if str(WORK) in field.text():
            field.setText("~/titles/sample.report.html")
    take(dialog, path)


def _dialog(desk: Desk, kind: type[QDialog]) -> QWidget:
    found = desk.window.findChild(kind)
    assert isinstance(found, QDialog)
    return found


def _training(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    for number, flag in enumerate(desk.snapshot.flags[:14]):
        desk.parts.queue.select(flag.key)
        yield calm(desk)
        desk.actions["review.confirm" if number % 3 else "review.false_positive"].trigger()
        yield calm(desk)
    desk.actions["learning.train"].trigger()
    yield calm(desk, lambda: desk.training.window is not None)
    window = desk.training.window
    assert window is not None
    window.resize(1120, 760)
    yield calm(desk)
    take(window, path)


def _teach(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    desk.actions["review.teach"].trigger()
    yield calm(desk, lambda: desk.teach.dialog is not None)
    assert desk.teach.dialog is not None
    detector = flag_of(desk, "freeze").detector
    desk.teach.dialog.start_wanted.emit(detector, 5, False)
    yield calm(desk, lambda: desk.teach.window is not None)
    window = desk.teach.window
    assert window is not None
    window.resize(1280, 720)
    window.player.pause()
    yield calm(desk)
    yield calm(desk)
    take(window, path)


def _spot(desk: Desk, path: Path) -> Steps:
    yield calm(desk)
    desk.actions["review.spot"].trigger()
    yield calm(desk, lambda: desk.spot.dialog is not None)
    dialog = desk.spot.dialog
    assert dialog is not None
    dialog.start_wanted.emit(0)
    yield calm(desk, lambda: desk.spot.window is not None)
    window = desk.spot.window
    assert window is not None
    window.resize(1280, 720)
    yield calm(desk)
    window.player.pause()
    yield calm(desk)
    take(window, path)


SHOTS: Mapping[str, Shot] = {
    "desk-dark": Shot(_desk),
    "desk-region": Shot(_region),
    "desk-heat": Shot(_heat),
    "desk-audio": Shot(_sound),
    "desk-german": Shot(_german, "1280x720", "de"),
    "triage": Shot(_triage, "1280x720"),
    "scopes": Shot(_scopes, "1600x900"),
    "simulate": Shot(_simulate),
    "export": Shot(_export),
    "training": Shot(_training),
    "teach": Shot(_teach),
    "spot": Shot(_spot),
}
"""Pictures by the name of their file, without its ending."""

OTHERS = ("audio-artifacts-click",)
"""Pictures that need no desk."""


def main(names: Sequence[str] = ()) -> int:
    """Take pictures; 1 where one could not be taken."""
    unknown = set(names) - set(SHOTS) - set(OTHERS)
    if unknown:
        print("No such picture:", *sorted(unknown))
        return 2
    wanted = list(names) or [*SHOTS, *OTHERS]
    if any(name in SHOTS for name in wanted):
        prepare()
    failed = [name for name in wanted if _take(name) != 0]
    for name in failed:
        print(f"{name} could not be taken.")
    return 1 if failed else 0


def _take(name: str) -> int:
    print(name, flush=True)
    if name in OTHERS:
        picture = IMAGES / f"{name}.png"
        status = _run("-m", "handbook.click_demonstration", str(picture))
        if status == 0:
            shrink(picture)
        return status
    return _run("-m", "handbook.shot", name)


def prepare() -> None:
    """Make the sample title, analyse it and draw a spot check of it, unless that is done."""
    done = WORK / "done"
    if done.is_file():
        return
    WORK.mkdir(parents=True, exist_ok=True)
    _settle("en")
    store = ("--store", str(WORK / "desk.db"))
    sample = str(WORK / "sample.mp4")
    steps: tuple[tuple[str, ...], ...] = (
        ("sample", "--out", sample),
        ("scan", sample, *store),
        ("spot", "plan", "--clips", "12", "--clip-s", "6", *store),
    )
    for words in steps:
        if _run("-c", _ONGLASS, *words) != 0:
            raise SystemExit(f"onglass {' '.join(words)} failed.")
    done.touch()


def _settle(language: str) -> None:
    settings = WORK / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_SETTINGS.format(language=language), "utf-8")


def _run(*words: str) -> int:
    path = os.pathsep.join([str(ROOT), str(ROOT / "packaging")])
    environment = {
        **os.environ,
        "ONGLASS_HOME": str(WORK / "home"),
        "PYTHONPATH": path,
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.call([sys.executable, *words], env=environment, stdin=subprocess.DEVNULL)


def take_one(name: str) -> None:
    """Take one picture of a desk, in this process."""
    shot = SHOTS[name]
    _settle(shot.language)
    store = WORK / f"{name}.db"
    shutil.copy(WORK / "desk.db", store)

    def steps(desk: Desk) -> Steps:
        quiet(desk)
        yield from shot.steps(desk, IMAGES / f"{name}.png")

    try:
        arguments = [str(WORK / "sample.mp4"), "--store", str(store)]
        walk([*arguments, "--size", shot.size, "--theme", "dark"], steps)
    finally:
        for left in WORK.glob(f"{name}.db*"):
            left.unlink()


if __name__ == "__main__":
    take_one(sys.argv[1])
