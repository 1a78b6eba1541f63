"""The one table of actions: menus, shortcuts, the shortcut sheet and the docs derive from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.domain.errors import BugError


class When(Flag):
    """What must be so for an action to apply."""

    ALWAYS = 0
    TITLE = auto()
    FLAG = auto()
    MARKED = auto()
    UNDO = auto()
    REDO = auto()
    RUN = auto()
    JOB = auto()
    VERDICT = auto()
    SOUND = auto()
    SOLO = auto()
    WITHOUT = auto()


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that a person can ask for.

    Attributes:
        id: Stable identifier; settings name it.
        title: What menus and sheets call it.
        menu: Menu that lists it.
        shortcuts: Default shortcuts in Qt's portable text; the first one is shown.
        help: One sentence.
        when: What must be so.
        checkable: It is a switch.
        repeats: Holding the key repeats it.
    """

    id: str
    title: str
    menu: str
    shortcuts: tuple[str, ...]
    help: str
    when: When = When.ALWAYS
    checkable: bool = False
    repeats: bool = False


MENUS = ("File", "Play", "Review", "Mark", "View", "Help")


def _spec(
    action_id: str,
    title: str,
    menu: str,
    keys: str,
    help_text: str,
    when: When = When.ALWAYS,
    *,
    checkable: bool = False,
    repeats: bool = False,
) -> ActionSpec:
    shortcuts = tuple(keys.split(" ")) if keys else ()
    return ActionSpec(action_id, title, menu, shortcuts, help_text, when, checkable, repeats)


def _table(*specs: ActionSpec) -> Mapping[str, ActionSpec]:
    table = {spec.id: spec for spec in specs}
    if len(table) != len(specs):
        raise BugError("two actions share an id")
    return table


_T, _F, _M, _V, _S = When.TITLE, When.FLAG, When.MARKED, When.VERDICT, When.SOUND

ACTIONS: Mapping[str, ActionSpec] = _table(
    _spec("file.open", "Open…", "File", "Ctrl+O", "Open a title."),
    _spec("file.open_sample", "Open the sample title", "File", "", "Open the title made to try."),
    _spec(
        "file.analyse",
        "Analyse again",
        "File",
        "Ctrl+R",
        "Measure the title again with the detectors of the profile.",
        _T,
    ),
    _spec(
        "file.analyse_marked",
        "Analyse the marked stretch",
        "File",
        "Ctrl+Shift+R",
        "Measure only from in to out.",
        _T | _M,
    ),
    _spec(
        "file.simulate",
        "Simulate…",
        "File",
        "Ctrl+Shift+S",
        "Damage a stretch of the title on purpose, look at it, save clip and truth.",
        _T,
    ),
    _spec("file.cancel", "Stop the analysis", "File", "", "Cancel the running job.", When.JOB),
    _spec("file.profile", "Profile…", "File", "Ctrl+P", "Choose what counts as a defect."),
    _spec("file.export", "Export…", "File", "Ctrl+E", "Write a report, or marks to edit by.", _T),
    _spec("file.close", "Close the title", "File", "Ctrl+W", "Close the title.", _T),
    _spec("file.settings", "Settings…", "File", "Ctrl+,", "Change how the desk behaves."),
    _spec("file.quit", "Quit", "File", "Ctrl+Q", "Leave; every verdict is stored already."),
    _spec("play.toggle", "Play or pause", "Play", "Space", "Start or stop.", _T),
    _spec("play.pause", "Pause (shuttle stop)", "Play", "K", "Stop.", _T),
    _spec("play.forward", "Shuttle forwards", "Play", "L", "Play; again for faster.", _T),
    _spec("play.backward", "Shuttle backwards", "Play", "J", "Reverse; again for faster.", _T),
    _spec("play.next_frame", "Next frame", "Play", "Right .", "One frame on.", _T, repeats=True),
    _spec(
        "play.previous_frame",
        "Previous frame",
        "Play",
        "Left ,",
        "One frame back.",
        _T,
        repeats=True,
    ),
    _spec(
        "play.next_ten", "Ten frames on", "Play", "Shift+Right", "Ten frames on.", _T, repeats=True
    ),
    _spec(
        "play.previous_ten",
        "Ten frames back",
        "Play",
        "Shift+Left",
        "Ten frames back.",
        _T,
        repeats=True,
    ),
    _spec("play.start", "To the start", "Play", "Home", "Go to the first frame.", _T),
    _spec("play.end", "To the end", "Play", "End", "Go to the last frame.", _T),
    _spec("play.worst", "To the worst frame", "Play", "W", "Go where the flag is worst.", _F),
    _spec("play.goto", "Go to timecode…", "Play", "G", "Type where to go.", _T),
    _spec(
        "play.loop",
        "Loop around the flag",
        "Play",
        "Ctrl+L",
        "Selecting a flag plays it again and again with some lead-in.",
        checkable=True,
    ),
    _spec("listen.play", "Hear the second", "Play", "A", "Play the second of the flag once.", _S),
    _spec(
        "listen.loop",
        "Loop the second",
        "Play",
        "Shift+A",
        "Play the second of the flag again and again.",
        _S,
        checkable=True,
    ),
    _spec(
        "listen.solo",
        "Hear only the defect",
        "Play",
        "S",
        "Play only the lines or the band that carry the defect, turned up.",
        _S | When.SOLO,
        checkable=True,
    ),
    _spec(
        "listen.without",
        "Hear it without the defect",
        "Play",
        "D",
        "Play what taking the defect away would leave.",
        _S | When.WITHOUT,
        checkable=True,
    ),
    _spec(
        "listen.original",
        "Hear the original",
        "Play",
        "Q",
        "Hear the sound as it is again.",
        _S,
        checkable=True,
    ),
    _spec("review.next", "Next flag", "Review", "Down", "Select the next flag.", _T, repeats=True),
    _spec(
        "review.previous",
        "Previous flag",
        "Review",
        "Up",
        "Select the flag before.",
        _T,
        repeats=True,
    ),
    _spec(
        "review.next_undecided", "Next undecided flag", "Review", "N", "Skip what is decided.", _T
    ),
    _spec(
        "review.confirm",
        "Confirm",
        "Review",
        "C Return Enter",
        "The defect is there: fix it.",
        _F,
    ),
    _spec("review.reject", "Reject", "Review", "X", "The flag is wrong.", _F),
    _spec("review.unsure", "Unsure", "Review", "U", "Somebody else should look.", _F),
    _spec("review.fix", "Confirm: fix", "Review", "1", "A defect to fix.", _F),
    _spec(
        "review.creative_intent", "Confirm: creative intent", "Review", "2", "It is meant so.", _F
    ),
    _spec(
        "review.best_possible",
        "Confirm: best possible",
        "Review",
        "3",
        "It cannot be better.",
        _F,
    ),
    _spec(
        "review.false_positive", "Reject: false positive", "Review", "4", "Nothing is wrong.", _F
    ),
    _spec("review.not_visible", "Reject: not visible", "Review", "5", "Nobody would notice.", _F),
    _spec("review.duplicate", "Reject: duplicate", "Review", "6", "Another flag says it.", _F),
    _spec("review.fyi", "Severity: FYI", "Review", "7", "Good to know.", _F),
    _spec("review.issue", "Severity: issue", "Review", "8", "Should be fixed.", _F),
    _spec("review.blocker", "Severity: blocker", "Review", "9", "Must be fixed.", _F),
    _spec(
        "review.withdraw",
        "Take the verdict back",
        "Review",
        "Backspace",
        "Make the flag undecided again.",
        _F | _V,
    ),
    _spec("review.comment", "Comment", "Review", "M", "Write a comment on the flag.", _F),
    _spec("review.undo", "Undo", "Review", "Ctrl+Z", "Take the last decision back.", When.UNDO),
    _spec("review.redo", "Redo", "Review", "Ctrl+Shift+Z Ctrl+Y", "Decide it again.", When.REDO),
    _spec(
        "review.advance",
        "Advance after a verdict",
        "Review",
        "Ctrl+D",
        "Select the next undecided flag after each verdict.",
        checkable=True,
    ),
    _spec("mark.in", "Mark in", "Mark", "I", "The stretch starts here.", _T),
    _spec("mark.out", "Mark out", "Mark", "O", "The stretch ends after this frame.", _T),
    _spec("mark.flag", "Mark the flag's span", "Mark", "Shift+M", "Mark where the flag is.", _F),
    _spec("mark.clear", "Clear the marks", "Mark", "Esc", "Forget in and out.", _M),
    _spec(
        "mark.missed",
        "Missed defect…",
        "Mark",
        "Insert Shift+D",
        "Report a defect that no detector flagged on the marked stretch.",
        _T | _M,
    ),
    _spec("view.zoom_in", "Zoom in", "View", "+ =", "Show less time.", _T, repeats=True),
    _spec("view.zoom_out", "Zoom out", "View", "- _", "Show more time.", _T, repeats=True),
    _spec("view.fit", "Show the whole title", "View", "0", "Show everything.", _T),
    _spec("view.zoom_flag", "Zoom to the flag", "View", "Z", "Show the flag closely.", _F),
    _spec(
        "view.earlier",
        "Pan earlier",
        "View",
        "Ctrl+Left",
        "Show what comes before.",
        _T,
        repeats=True,
    ),
    _spec(
        "view.later",
        "Pan later",
        "View",
        "Ctrl+Right",
        "Show what comes after.",
        _T,
        repeats=True,
    ),
    _spec("view.full_screen", "Full screen", "View", "F F11", "Fill the screen.", checkable=True),
    _spec(
        "view.metrics", "Metrics", "View", "Ctrl+1", "Show the curve of the flag.", checkable=True
    ),
    _spec("view.waveform", "Waveform", "View", "Ctrl+2", "Show the wave.", checkable=True),
    _spec("view.spectrogram", "Spectrogram", "View", "Ctrl+3", "Show it.", checkable=True),
    _spec("view.thumbnails", "Thumbnails", "View", "Ctrl+4", "Show the strip.", checkable=True),
    _spec(
        "view.quiet_lanes",
        "Lanes without flags",
        "View",
        "Ctrl+5",
        "Give each detector a lane, also where it found nothing.",
        checkable=True,
    ),
    _spec(
        "view.spectrum",
        "Spectrum",
        "View",
        "Ctrl+6",
        "Show level over frequency of what is marked, flagged or under the playhead.",
        checkable=True,
    ),
    _spec(
        "view.evidence",
        "Evidence in the sound",
        "View",
        "E",
        "Point at what carries a defect of the sound: its second, lines, band, instants.",
        checkable=True,
    ),
    _spec("view.heat", "Heat map", "View", "H", "Show where blocks break.", _T, checkable=True),
    _spec(
        "view.heat_hold",
        "Bare picture while held",
        "View",
        "B",
        "Hide heat map and frames as long as the key is down.",
        _T,
    ),
    _spec(
        "view.heat_now",
        "Compute map of this frame",
        "View",
        "Ctrl+Shift+H",
        "Stop, look at exactly this frame and show its heat map.",
        _T,
    ),
    _spec(
        "view.heat_style", "Heat map style", "View", "Shift+H", "Colours, outlines, or both.", _T
    ),
    _spec(
        "view.heat_up",
        "Heat map: less",
        "View",
        "Alt+Up",
        "Raise the threshold.",
        repeats=True,
    ),
    _spec(
        "view.heat_down", "Heat map: more", "View", "Alt+Down", "Lower the threshold.", repeats=True
    ),
    _spec(
        "view.heat_denser",
        "Heat map: more opaque",
        "View",
        "Alt+Right",
        "Cover more of the picture.",
        repeats=True,
    ),
    _spec(
        "view.heat_lighter",
        "Heat map: less opaque",
        "View",
        "Alt+Left",
        "Let more of the picture through.",
        repeats=True,
    ),
    _spec("view.jobs", "Jobs", "View", "Ctrl+J", "Show what runs.", checkable=True),
    _spec("view.search", "Find in the queue", "View", "Ctrl+F", "Type to filter the flags.", _T),
    _spec("view.theme", "Dark or light", "View", "Ctrl+T", "Switch the theme."),
    _spec("view.reset_layout", "Reset the layout", "View", "", "Put the panes back."),
    _spec("metrics.reset", "Reset thresholds", "View", "", "Take the profile's values.", _T),
    _spec("help.shortcuts", "Shortcuts", "Help", "? F1", "Show and change all shortcuts."),
    _spec("help.about", "About Onglass", "Help", "", "Versions and licences."),
)


def conflicts(shortcuts: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Find shortcuts that more than one action claims.

    Args:
        shortcuts: Shortcuts by action id.

    Returns:
        Ids that share a shortcut, by its portable text; empty when all is well.
    """
    owners: dict[str, list[str]] = {}
    for action_id, keys in shortcuts.items():
        for key in {normal(k) for k in keys}:
            owners.setdefault(key, []).append(action_id)
    return {key: tuple(ids) for key, ids in owners.items() if key and len(ids) > 1}


def normal(shortcut: str) -> str:
    """A shortcut in the one portable spelling, or an empty text when Qt cannot read it."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.PortableText)


def shown(shortcut: str) -> str:
    """A shortcut as this platform writes it."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


_ROLES = {
    "file.quit": QAction.MenuRole.QuitRole,
    "file.settings": QAction.MenuRole.PreferencesRole,
    "help.about": QAction.MenuRole.AboutRole,
}


class ActionSet(QObject):
    """The table brought to life for one window: `QAction`s with the person's shortcuts.

    Args:
        overrides: Shortcuts by action id where they differ from the table; an action of the
            table that is not named keeps its defaults.
        parent: The window; shortcuts work while it is active.
    """

    shortcuts_changed = Signal()

    def __init__(self, overrides: Mapping[str, Iterable[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._connected: set[str] = set()
        for spec in ACTIONS.values():
            action = QAction(spec.title, parent)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setAutoRepeat(spec.repeats)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
            parent.addAction(action)
            self._actions[spec.id] = action
        self._state: When | None = None
        self.set_overrides(overrides)
        self.set_state(When.ALWAYS)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def connect_to(self, action_id: str, slot: Callable[[], object]) -> None:
        """Call `slot` when the action is triggered."""
        self._actions[action_id].triggered.connect(lambda _checked=False: slot())
        self._connected.add(action_id)

    def connect_switch(self, action_id: str, slot: Callable[[bool], object]) -> None:
        """Call `slot` when a checkable action changes, with its new state."""
        self._actions[action_id].toggled.connect(slot)
        self._connected.add(action_id)

    def unconnected(self) -> tuple[str, ...]:
        """Ids of actions that do nothing; a test expects none."""
        return tuple(action_id for action_id in ACTIONS if action_id not in self._connected)

    def shortcuts(self) -> dict[str, tuple[str, ...]]:
        """Shortcuts that hold now, by action id."""
        return {
            action_id: tuple(
                s.toString(QKeySequence.SequenceFormat.PortableText) for s in action.shortcuts()
            )
            for action_id, action in self._actions.items()
        }

    def overrides(self) -> dict[str, tuple[str, ...]]:
        """Shortcuts that differ from the table, to be stored."""
        return {
            action_id: keys
            for action_id, keys in self.shortcuts().items()
            if keys != tuple(normal(k) for k in ACTIONS[action_id].shortcuts)
        }

    def set_overrides(self, overrides: Mapping[str, Iterable[str]]) -> None:
        """Take the person's shortcuts; ids that the table does not know are left out."""
        for action_id, spec in ACTIONS.items():
            keys = overrides.get(action_id, spec.shortcuts)
            self._actions[action_id].setShortcuts([QKeySequence(normal(k)) for k in keys])
            self._describe(spec)
        self.shortcuts_changed.emit()

    def set_state(self, state: When) -> None:
        """Enable what applies now."""
        if state == self._state:
            return
        self._state = state
        for spec in ACTIONS.values():
            action, enabled = self._actions[spec.id], (spec.when & state) == spec.when
            if action.isEnabled() != enabled:
                action.setEnabled(enabled)

    def hint(self, action_id: str) -> str:
        """The tooltip of a control that does the same: help and shortcut."""
        return self._actions[action_id].toolTip()

    def _describe(self, spec: ActionSpec) -> None:
        action = self._actions[spec.id]
        keys = " or ".join(shown(k.toString()) for k in action.shortcuts())
        action.setToolTip(f"{spec.help} ({keys})" if keys else spec.help)
        action.setStatusTip(spec.help)
