"""Connects every action to what the desk does, and says which of them apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from core.catalog.profile_file import save_profile
from core.domain.errors import KnownError
from core.domain.profile import Profile
from core.domain.time import Span
from gui import theme
from gui.actions import ACTIONS, When
from gui.desk.audition import reasons_for
from gui.desk.lane import show_lanes
from gui.desk.manual import open_manual
from gui.desk.missed import report_missed
from gui.desk.open import choose_file
from gui.desk.read_only import show_read_only
from gui.desk.sound_flag import target_of
from gui.key_held import HeldKeys
from gui.language import tr
from gui.player.audio_out import output_devices

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_ZOOM = 1.5
_PAN = 0.5


def connect_commands(desk: Desk) -> None:
    """Connect everything; a test checks that no action is left out."""
    _connect_file(desk)
    _connect_play(desk)
    _connect_review(desk)
    _connect_view(desk)
    _connect_player(desk)
    desk.review.ready.connect(lambda archive: _on_store(desk, archive.read_only))


def _on_store(desk: Desk, read_only: bool) -> None:
    show_read_only(desk, read_only)
    desk.actions.set_state(state_of(desk))
    desk.parts.verdict.refresh_enabled()


def state_of(desk: Desk) -> When:
    """What holds now, so that only actions which apply are enabled."""
    if desk.library.shown or desk.wall.shown:
        # Keys of the title must not decide about flags that nobody sees.
        return When.JOB if desk.analysis.running else When.ALWAYS
    flag, snapshot, state = desk.selection.flag, desk.snapshot, When.ALWAYS
    archive = desk.review.archive
    writable = archive is None or not archive.read_only
    if desk.annotate.on:
        return _state_of_masks(desk, writable)
    target = target_of(desk.title, flag)
    without = reasons_for(target.defect) if target is not None else {}
    for holds, part in (
        (writable, When.WRITABLE),
        (True, When.REVIEW),
        (desk.title is not None, When.TITLE),
        (flag is not None, When.FLAG),
        (flag is not None and flag.decided, When.VERDICT),
        (desk.parts.axis.selection is not None, When.MARKED),
        (snapshot.can_undo or bool(desk.review.deciding), When.UNDO),
        (snapshot.can_redo, When.REDO),
        (snapshot.run is not None, When.RUN),
        (desk.analysis.running, When.JOB),
        (target is not None, When.SOUND),
        (desk.title is not None and bool(desk.title.video and desk.title.audio), When.BOTH),
        ("listen.solo" not in without, When.SOLO),
        ("listen.without" not in without, When.WITHOUT),
    ):
        if holds:
            state |= part
    return state


def _state_of_masks(desk: Desk, writable: bool) -> When:
    """What holds while masks are drawn: the keys of flags are those of tools then."""
    state = When.MASKS
    for holds, part in (
        (writable, When.WRITABLE),
        (desk.title is not None, When.TITLE),
        (desk.annotate.can_draw, When.DRAW),
        (desk.parts.axis.selection is not None, When.MARKED),
        (desk.snapshot.run is not None, When.RUN),
        (desk.analysis.running, When.JOB),
    ):
        if holds:
            state |= part
    return state


def _connect_file(desk: Desk) -> None:
    from gui.dialogs.about import AboutDialog

    to = desk.actions.connect_to
    to("file.open", lambda: choose_file(desk))
    to("file.close", desk.close_title)
    to("file.analyse", desk.analyse)
    to("file.analyse_marked", lambda: desk.analyse(_marked_span(desk)))
    to("file.simulate", lambda: _simulate(desk))
    to("file.import", lambda: _import(desk))
    to("file.export", lambda: _export(desk))
    to("file.backups", desk.backups.ask)
    to("file.cancel", desk.analysis.cancel_all)
    to("file.profile", lambda: _choose_profile(desk))
    to("file.settings", lambda: _edit_settings(desk))
    to("file.quit", desk.ask_to_leave)
    to("help.shortcuts", lambda: _edit_shortcuts(desk))
    to("help.manual", lambda: open_manual(desk))
    to("help.about", lambda: _show(AboutDialog(desk.window)))


def _simulate(desk: Desk) -> None:
    # Injectors bring libraries that take a while to import; only who asks for them waits.
    from gui.desk.simulate import open_panel

    open_panel(desk)


def _import(desk: Desk) -> None:
    from gui.desk.intake import open_import

    open_import(desk)


def _export(desk: Desk) -> None:
    # Reports bring what only they need; who never exports never waits for it.
    from gui.desk.export import open_export

    open_export(desk)


def _connect_play(desk: Desk) -> None:
    to, player = desk.actions.connect_to, desk.player
    to("play.toggle", player.toggle)
    to("play.pause", player.pause)
    held = HeldKeys(desk.window)
    to("play.forward", lambda: player.shuttle(1, held.holds(desk.actions["play.pause"])))
    to("play.backward", lambda: player.shuttle(-1, held.holds(desk.actions["play.pause"])))
    held.released.connect(lambda _key: _end_slow(desk, held))
    to("play.next_frame", lambda: player.step(1))
    to("play.previous_frame", lambda: player.step(-1))
    to("play.next_ten", lambda: player.step(_large_step(desk)))
    to("play.previous_ten", lambda: player.step(-_large_step(desk)))
    to("play.start", player.seek_start)
    to("play.end", player.seek_end)
    to("play.goto", desk.parts.player.go_to_timecode)
    desk.actions.connect_switch("play.loop", lambda on: _set_loop(desk, on))


def _end_slow(desk: Desk, held: HeldKeys) -> None:
    """K with J or L plays slowly while both are down."""
    actions, player = desk.actions, desk.player
    moving = actions["play.forward" if player.speed > 0 else "play.backward"]
    both = held.holds(actions["play.pause"]) and held.holds(moving)
    if player.slow and not both:
        player.pause()


def _connect_review(desk: Desk) -> None:
    to, queue, selection = desk.actions.connect_to, desk.parts.queue, desk.selection
    to("review.next", queue.select_next)
    to("review.previous", lambda: queue.select_next(-1))
    to("review.next_undecided", lambda: queue.select_next_undecided(desk.review.deciding))
    to("review.previous_undecided", lambda: queue.select_next_undecided(desk.review.deciding, -1))
    to("review.fold", queue.toggle_fold)
    to("review.undo", desk.undo)
    to("review.redo", lambda: desk.undo(again=True))
    desk.actions.connect_switch("review.advance", lambda on: _keep(desk, "review.advance", on))
    to("mark.in", selection.mark_in)
    to("mark.out", selection.mark_out)
    to("mark.flag", selection.mark_flag)
    to("mark.clear", lambda: desk.parts.axis.set_selection(None))
    to("mark.missed", lambda: report_missed(desk))


def _connect_view(desk: Desk) -> None:
    to, axis = desk.actions.connect_to, desk.parts.axis
    to("view.zoom_in", lambda: axis.zoom(_ZOOM))
    to("view.zoom_out", lambda: axis.zoom(1 / _ZOOM))
    to("view.fit", lambda: axis.set_view(*axis.extent))
    to("view.zoom_flag", desk.selection.zoom)
    to("view.earlier", lambda: axis.pan(-_PAN))
    to("view.later", lambda: axis.pan(_PAN))
    to("view.search", lambda: desk.parts.queue.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
    to("view.theme", lambda: _switch_theme(desk))
    to("metrics.reset", lambda: desk.adopt(desk.base_profile))
    desk.actions.connect_switch("view.full_screen", desk.parts.player.set_full_screen)
    desk.actions.connect_switch("view.quiet_lanes", lambda on: _show_quiet(desk, on))
    desk.parts.lanes.fold_clicked.connect(desk.actions["view.quiet_lanes"].toggle)


def _show_quiet(desk: Desk, on: bool) -> None:
    _keep(desk, "panes.quiet_lanes", on)
    show_lanes(desk)


def _connect_player(desk: Desk) -> None:
    pane, full_screen = desk.parts.player, desk.actions["view.full_screen"]
    pane.full_screen_requested.connect(full_screen.toggle)
    pane.bar.timecode_entered.connect(lambda seconds: desk.selection.seek(float(seconds)))
    pane.bar.notice.connect(desk.say)


def _large_step(desk: Desk) -> int:
    return int(desk.settings.number("player.large_step"))


def _marked_span(desk: Desk) -> Span | None:
    title = desk.title
    streams = (*title.video, *title.audio) if title is not None else ()
    return desk.selection.marked(streams[0].index) if streams else None


def _set_loop(desk: Desk, on: bool) -> None:
    desk.selection.looping = on
    desk.selection.set_loop(on)
    _keep(desk, "review.loop", on)


def _keep(desk: Desk, key: str, value: object) -> None:
    if desk.settings.get(key) != value:
        desk.settings.set(key, value)
        desk.save_settings()


def _switch_theme(desk: Desk) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        mode = "light" if theme.current().dark else "dark"
        _keep(desk, "general.theme", mode)
        theme.apply(app, theme.ThemeMode(mode))


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _edit_settings(desk: Desk) -> None:
    from gui.dialogs.settings import SettingsDialog

    dialog = SettingsDialog(desk.settings, desk.window, output_devices())
    dialog.failed.connect(desk.complain)
    dialog.applied.connect(lambda: _apply(desk))
    _show(dialog)


def _apply(desk: Desk) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, theme.ThemeMode(desk.settings.text("general.theme")))
    desk.apply_settings()


def _edit_shortcuts(desk: Desk) -> None:
    from gui.dialogs.shortcut import ShortcutDialog

    dialog = ShortcutDialog(desk.actions, desk.window)
    dialog.changed.connect(lambda changed: _take_shortcuts(desk, changed))
    _show(dialog)


def _take_shortcuts(desk: Desk, changed: dict[str, tuple[str, ...]]) -> None:
    desk.actions.set_overrides(changed)
    # Those of actions that only another version knows stay for that one.
    others = {a: keys for a, keys in desk.settings.shortcuts.items() if a not in ACTIONS}
    desk.settings.shortcuts = others | {action: list(keys) for action, keys in changed.items()}
    desk.save_settings()


def _choose_profile(desk: Desk) -> None:
    from gui.dialogs.profile import ProfileDialog

    dialog = ProfileDialog(desk.base_profile, desk.snapshot.profile, desk.window)
    dialog.failed.connect(desk.complain)
    dialog.chosen.connect(lambda profile: _take_profile(desk, profile))
    dialog.save_requested.connect(lambda profile: _save_profile(desk, profile))
    _show(dialog)


def _take_profile(desk: Desk, profile: Profile) -> None:
    desk.set_profile(profile)
    _keep(desk, "review.profile", profile.name)


def _save_profile(desk: Desk, profile: Profile) -> None:
    try:
        path = save_profile(profile)
    except KnownError as error:
        desk.complain(error.sentence, error.details)
        return
    desk.say(tr("The profile was saved as {path}", path=path))
    _take_profile(desk, profile)
