"""Starts the desk: reads the command line, puts the parts together, runs until it is closed.

torch is never imported here: the worker process does all that needs it.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from core.catalog.profile_file import load_profile
from core.config.language import SOURCE
from core.config.log import kept_log
from core.config.paths import default_store
from core.config.settings import Settings
from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.title import Title
from core.jobs.remote import RemoteWorker, low_worker
from core.media.caption import read_cues
from core.media.probe import probe
from core.review.reviewer import current_user
from gui import language, theme
from gui.actions import ActionSet
from gui.bridge import WorkerBridge, WorkerFactory, explain
from gui.desk.desk import Desk, Doors
from gui.desk.parts import DeskParts
from gui.desk.review import ReviewDesk
from gui.desk.screenshot import Screenshot
from gui.language import told, tr
from gui.main_window import MainWindow, Parts
from gui.player.engine import Player
from gui.time_axis import TimeAxis
from gui.typing_guard import TypingGuard

if TYPE_CHECKING:
    from gui.desk.archive import Archive

_log = logging.getLogger(__name__)
_DEFAULT_SIZE = "1280x720"
_MEGA = 1 << 20
_SWITCH_S = 0.001
_LOOK_S = 1.0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="onglass review", description="Opens the desk.")
    parser.add_argument("files", nargs="*", type=Path, help="titles to open")
    parser.add_argument("--store", default="", help="database file or SQLAlchemy URL")
    parser.add_argument("--profile", default="", help="name or TOML file of a profile")
    parser.add_argument("--screenshot", type=Path, help="save the window as PNG and leave")
    parser.add_argument("--size", default="", help="size of the window, as 1280x720")
    parser.add_argument("--theme", default="", choices=["", "system", "dark", "light"])
    return parser.parse_args(arguments)


def main(argv: Sequence[str] | None = None, worker: WorkerFactory = RemoteWorker) -> int:
    """Run the desk.

    Args:
        argv: Arguments without the program's name; None takes the command line's.
        worker: Makes the worker; tests replace it.

    Returns:
        0 when all went well, 1 when a screenshot could not be made.
    """
    options = parse(argv)
    # A thread that decides anew must not keep the GUI waiting for its turn for long.
    sys.setswitchinterval(_SWITCH_S)
    app = application()
    settings = Settings.load()
    language.choose(settings.text("general.language"))
    theme.apply(app, theme.ThemeMode(options.theme or settings.text("general.theme")))
    guard = TypingGuard()
    guard.follow(app)
    desk = compose(settings, options, worker)
    hook = sys.excepthook
    sys.excepthook = _reporter(desk)
    # What stays is left alone: walking all modules stops the GUI for 0.1 s.
    gc.freeze()
    gc.enable()
    try:
        with kept_log("desk"):
            return run(app, desk, options)
    finally:
        gc.unfreeze()
        language.choose(SOURCE)
        sys.excepthook = hook
        app.focusChanged.disconnect(guard._on_focus_changed)


def application() -> QApplication:
    """The one application; without a display it paints off screen."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("onglass")
    app.setApplicationDisplayName("Onglass")
    app.setDesktopFileName("onglass")
    return app


def compose(settings: Settings, options: argparse.Namespace, worker: WorkerFactory) -> Desk:
    """Put the desk together; what cannot be had is said in its banner."""
    axis = TimeAxis()
    player = Player(cache_bytes=int(settings.number("player.cache_mb")) * _MEGA)
    made: list[DeskParts] = []

    def make_parts(actions: ActionSet, _window: QWidget) -> Parts:
        made.append(DeskParts.make(actions, axis, player))
        return made[0].laid_out()

    window = MainWindow(make_parts, settings.shortcuts)
    axis.setParent(window)
    where = options.store or settings.text("general.store") or default_store()
    troubles = list(settings.notices)
    profile = _profile(options.profile or settings.text("review.profile"), troubles)
    learner = low_worker if worker is RemoteWorker else worker
    looked = threading.Event()
    desk = Desk(
        settings,
        window,
        made[0],
        player,
        WorkerBridge(worker),
        ReviewDesk(lambda: open_archive(where, looked), at_once=False),
        Doors(probe, first_cues, sample_path, load_profile, lambda: WorkerBridge(learner)),
        profile,
        current_user(),
    )
    # What reads databases is loaded while people already see the window, and the picture of what
    # they asked for.
    window.painted.connect(desk.review.wake)
    if options.files:
        made[0].picture.picture_painted.connect(lambda _picture: looked.set())
    else:
        looked.set()
    for sentence in troubles:
        desk.complain(sentence)
    return desk


def run(app: QApplication, desk: Desk, options: argparse.Namespace) -> int:
    """Show the desk and wait until it is closed."""
    window = desk.window
    if options.screenshot is None:
        window.restore_layout(desk.settings.layout)
    if options.size or options.screenshot is not None:
        width, _, height = (options.size or _DEFAULT_SIZE).partition("x")
        window.resize(int(width), int(height))
    elif "geometry" not in desk.settings.layout:
        window.resize(1440, 900)
    desk.show_recent()
    code = [0]
    if options.screenshot is not None:
        shot = Screenshot(desk, options.screenshot)
        shot.finished.connect(lambda failure: _end_shot(desk, failure, code))
    # The desk alone says when to end; a second order to quit would outlive this event loop.
    app.setQuitOnLastWindowClosed(False)
    desk.closed.connect(app.quit)
    if options.screenshot is None:
        desk.recovery.start(options.files[0] if options.files else None)
    window.show()
    if options.files:
        QTimer.singleShot(0, lambda: desk.open_paths(options.files))
    elif options.screenshot is not None:
        QTimer.singleShot(0, lambda: desk.sample.open(tour=False))
    app.exec()
    desk.leave()
    return code[0]


def open_archive(where: str | Path, looked: threading.Event) -> Archive:
    """Open the store; called in the lane that owns it.

    Args:
        where: As `Store.open` takes it.
        looked: Set once a picture stands, which is waited for a moment: loading what reads
            databases would take the processor from it.
    """
    looked.wait(_LOOK_S)
    looked.set()
    from gui.store_archive import StoreArchive

    return StoreArchive(where)


def first_cues(title: Title) -> tuple[Cue, ...]:
    """The cues of the first caption track that has any."""
    for stream in title.captions:
        cues = read_cues(title, stream)
        if cues:
            return tuple(cues)
    return ()


def sample_path(progress: Callable[[float], None]) -> Path:
    """The sample title, made when it is not there yet."""
    # Only who asks for it waits for what makes it to be imported.
    from core.simulate.sample_title import make_sample

    return make_sample(progress=progress)[0]


def _profile(name: str, troubles: list[str]) -> Profile:
    try:
        return load_profile(name, troubles)
    except KnownError as error:
        troubles.append(f"{told(error.sentence)} {tr('The default profile is used.')}")
        return DEFAULT_PROFILE


def _end_shot(desk: Desk, failure: str, code: list[int]) -> None:
    if failure:
        print(failure, file=sys.stderr)
        code[0] = 1
    desk.leave()


def _reporter(desk: Desk) -> Callable[..., None]:
    """Shows an exception that nobody caught, and keeps the desk alive."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected error", exc_info=(kind, error, trace))
        desk.complain(*explain(error))

    return report


if __name__ == "__main__":
    sys.exit(main())
