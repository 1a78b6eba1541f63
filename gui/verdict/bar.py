"""The verdict bar: every decision one press away, and how the selected flag stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from core.domain.defect import Severity
from core.domain.verdict import Decision, Disposition, RejectReason
from core.review.flag import Flag
from gui import theme
from gui.actions import ActionSet, shown
from gui.glyph import Sign, severity_icon, sign_icon
from gui.language import mark, tr
from gui.queue import flag_text
from gui.verdict.choice import Choice, Draft, amended, draft_of, make_choice
from gui.widget import ElidedLabel, EntryField

_DISPOSITIONS = {
    "review.fix": (Disposition.FIX, mark("Fix")),
    "review.creative_intent": (Disposition.CREATIVE_INTENT, mark("Creative")),
    "review.best_possible": (Disposition.BEST_POSSIBLE, mark("Best possible")),
}
_REASONS = {
    "review.false_positive": (RejectReason.FALSE_POSITIVE, mark("False positive")),
    "review.not_visible": (RejectReason.NOT_VISIBLE, mark("Not visible")),
    "review.duplicate": (RejectReason.DUPLICATE, mark("Duplicate")),
}
_SEVERITIES = {
    "review.fyi": Severity.FYI,
    "review.issue": Severity.ISSUE,
    "review.blocker": Severity.BLOCKER,
}


class VerdictBar(QFrame):
    """Decides about one flag at a time.

    It shows what the store holds, never what was merely pressed. Severity and comment of an
    undecided flag are kept as a draft until it is decided.

    Attributes:
        completes: Adds to a decision what others know about its flag, before it is stored.

    Signals:
        chosen: A `Choice` to be stored.
        drafts_changed: Number of undecided flags with a severity or comment.
    """

    chosen = Signal(object)
    drafts_changed = Signal(int)

    def __init__(
        self, actions: ActionSet, clock: Callable[[float], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._actions = actions
        self._clock = clock
        self._flag: Flag | None = None
        self._shown_sign: tuple[Sign, bool] | None = None
        self._drafts: dict[str, Draft] = {}
        self._pending: dict[str, list[Choice]] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._standing = ""
        self.completes: Callable[[Choice], Choice] = lambda choice: choice
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 4, 6, 6)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        self._build_head()
        self._row(1, tr("Confirm"), {k: tr(title) for k, (_, title) in _DISPOSITIONS.items()})
        self._row(2, tr("Reject"), {k: tr(title) for k, (_, title) in _REASONS.items()})
        self._row(
            3, tr("Severity"), {k: tr(flag_text.SEVERITY_TITLES[s]) for k, s in _SEVERITIES.items()}
        )
        self._build_foot()
        self._connect()
        self.refresh_hints()
        actions.shortcuts_changed.connect(self.refresh_hints)
        theme.hub().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_flag(None)

    def _build_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(5)
        self._sign = QLabel()
        self._sign.setFixedWidth(18)
        self.title = ElidedLabel()
        self.title.setAccessibleName(tr("Selected flag"))
        self.state = ElidedLabel()
        self.state.setProperty("muted", True)
        self.state.setAccessibleName(tr("Verdict"))
        self.saved = QLabel()
        self.saved.setProperty("muted", True)
        self.saved.setAccessibleName(tr("Storing"))
        head.addWidget(self._sign)
        head.addWidget(self.title, 3)
        head.addWidget(self.state, 2)
        head.addWidget(self.saved)
        self._grid.addLayout(head, 0, 0, 1, 5)

    def _row(self, row: int, title: str, buttons: dict[str, str]) -> None:
        label = QLabel(title)
        label.setProperty("muted", True)
        self._grid.addWidget(label, row, 0)
        for column, (action_id, text) in enumerate(buttons.items(), start=1):
            self._grid.addWidget(self._button(action_id, text, title), row, column)
            self._grid.setColumnStretch(column, 10)

    def _button(self, action_id: str, text: str, group: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(64)
        button.setProperty("caption", text)
        button.setProperty("compact", True)
        button.setAccessibleName(f"{group}: {text}" if group else text)
        button.clicked.connect(lambda: self._on_clicked(action_id))
        self._buttons[action_id] = button
        return button

    def _on_clicked(self, action_id: str) -> None:
        """Do it, but do not show it as done before the store has it."""
        self._actions[action_id].trigger()
        self.refresh()

    def _build_foot(self) -> None:
        self._grid.addWidget(self._button("review.unsure", tr("Unsure"), ""), 1, 4)
        self._grid.addWidget(self._button("mark.missed", tr("Missed…"), ""), 2, 4)
        self._grid.addWidget(self._button("review.withdraw", tr("Take back"), ""), 3, 4)
        self._grid.setColumnStretch(4, 7)
        label = QLabel(tr("Comment"))
        label.setProperty("muted", True)
        self.comment = EntryField()
        self.comment.setAccessibleName(tr("Comment"))
        self.comment.setMaxLength(2000)
        label.setBuddy(self.comment)
        self._grid.addWidget(label, 4, 0)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.comment, 1)
        for action_id in ("review.undo", "review.redo"):
            button = QToolButton()
            button.setDefaultAction(self._actions[action_id])
            button.setAccessibleName(self._actions[action_id].text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            foot.addWidget(button)
        self._grid.addLayout(foot, 4, 1, 1, 4)

    def _connect(self) -> None:
        actions = self._actions
        for key, (disposition, _) in _DISPOSITIONS.items():
            actions.connect_to(key, self._decider(Decision.CONFIRM, disposition=disposition))
        for key, (reason, _) in _REASONS.items():
            actions.connect_to(key, self._decider(Decision.REJECT, reason=reason))
        for key, severity in _SEVERITIES.items():
            actions.connect_to(key, self._rater(severity))
        actions.connect_to("review.confirm", self._decider(Decision.CONFIRM))
        actions.connect_to("review.reject", self._decider(Decision.REJECT))
        actions.connect_to("review.unsure", self._decider(Decision.UNSURE))
        actions.connect_to("review.comment", self.start_comment)
        self.comment.editingFinished.connect(self._on_comment_finished)

    def _decider(
        self,
        decision: Decision,
        reason: RejectReason | None = None,
        disposition: Disposition | None = None,
    ) -> Callable[[], None]:
        return lambda: self.decide(decision, reason, disposition)

    def _rater(self, severity: Severity) -> Callable[[], None]:
        return lambda: self.rate(severity)

    @property
    def flag(self) -> Flag | None:
        """The flag that is shown."""
        return self._flag

    @property
    def drafts(self) -> dict[str, Draft]:
        """Severity and comment of undecided flags, by key."""
        return dict(self._drafts)

    @property
    def unstored(self) -> dict[str, Draft]:
        """All that the store does not have: drafts, what is on its way, what is being typed."""
        waiting = {k: Draft(c[-1].severity, c[-1].comment) for k, c in self._pending.items()}
        drafts = {**waiting, **self._drafts}
        if self._flag is not None and self.comment.isModified():
            drafts[self._flag.key] = replace(self._draft(), comment=self._typed())
        return drafts

    def take_drafts(self, drafts: Mapping[str, Draft]) -> None:
        """Take drafts of another day; what was entered since stays."""
        self._drafts = {**drafts, **self._drafts}
        self.drafts_changed.emit(len(self._drafts))
        self.refresh()

    def set_flag(self, flag: Flag | None) -> None:
        """Show a flag, or none; a comment that is being typed is kept first."""
        other = flag is None or self._flag is None or flag.key != self._flag.key
        if other and self.comment.isModified():
            self._on_comment_finished()
        if flag is not None and flag.decided and flag.key not in self._pending:
            self._forget(flag.key)
        self._flag = flag
        self._show(keep_comment=not other and self.comment.isModified())

    def forget_drafts(self) -> None:
        """Drop all drafts, with the title that they belong to."""
        self._drafts.clear()
        self._pending.clear()
        self.comment.setModified(False)
        self.drafts_changed.emit(0)

    def set_pending(self, count: int) -> None:
        """Say how many decisions are on their way to the store."""
        text = tr("Storing…") if count else self._standing
        if text != self.saved.text():
            self.saved.setText(text)

    def set_read_only(self, read_only: bool) -> None:
        """Say that nothing can be decided here, or take that back."""
        self._standing = tr("Read only") if read_only else ""
        self.saved.setToolTip(
            tr("The store can only be read here, so decisions cannot be kept.") if read_only else ""
        )
        self.set_pending(0)
        self.refresh()

    def settle(self, key: str, stored: bool) -> None:
        """Take note that the oldest decision on its way about a flag is stored, or is not.

        Severity and comment of one that could not be stored become a draft again.
        """
        waiting = self._pending.get(key)
        if not waiting:
            return
        choice = waiting.pop(0)
        if not waiting:
            del self._pending[key]
        draft = Draft(choice.severity, choice.comment)
        if not stored and draft != Draft():
            self._drafts.setdefault(key, draft)
            self.drafts_changed.emit(len(self._drafts))
        self.refresh()

    def decide(
        self,
        decision: Decision,
        reason: RejectReason | None = None,
        disposition: Disposition | None = None,
    ) -> None:
        """Ask for a decision to be stored; nothing when it is stored already."""
        if self._flag is None:
            return
        self._take_comment()
        choice = make_choice(self._flag, decision, self._draft(), reason, disposition)
        self._emit(self.completes(choice))

    def rate(self, severity: Severity) -> None:
        """Set the severity: on a decided flag at once, else with its decision."""
        if self._flag is None:
            return
        self._take_comment()
        self._amend(replace(self._draft(), severity=severity))

    def start_comment(self) -> None:
        """Put the keyboard into the comment."""
        if self._flag is not None:
            self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.comment.selectAll()

    def _amend(self, draft: Draft) -> None:
        assert self._flag is not None
        waiting = self._pending.get(self._flag.key)
        choice = amended(self._flag, draft)
        if waiting:
            # What was pressed just now is not stored yet, but it is what is being amended.
            choice = replace(waiting[-1], severity=draft.severity, comment=draft.comment)
        if choice is not None:
            self._emit(choice)
        elif draft == Draft():
            self._forget(self._flag.key)
        else:
            self._drafts[self._flag.key] = draft
            self.drafts_changed.emit(len(self._drafts))
        self._show(keep_comment=False)

    def _emit(self, choice: Choice) -> None:
        waiting = self._pending.get(choice.flag.key)
        same = choice == waiting[-1] if waiting else choice.changes_nothing
        if same:
            self._show(keep_comment=False)
            return
        self._pending.setdefault(choice.flag.key, []).append(choice)
        self._forget(choice.flag.key)
        self.chosen.emit(choice)

    def _draft(self) -> Draft:
        assert self._flag is not None
        key = self._flag.key
        waiting = self._pending.get(key)
        held = Draft(waiting[-1].severity, waiting[-1].comment) if waiting else None
        return self._drafts.get(key) or held or draft_of(self._flag)

    def _forget(self, key: str) -> None:
        if self._drafts.pop(key, None) is not None:
            self.drafts_changed.emit(len(self._drafts))

    def _take_comment(self) -> None:
        """Move what is typed into the draft, so that the decision that follows carries it."""
        if self._flag is not None and self.comment.isModified():
            self._drafts[self._flag.key] = replace(self._draft(), comment=self._typed())
            self.comment.setModified(False)

    def _typed(self) -> str:
        return self.comment.text().strip()

    def _on_comment_finished(self) -> None:
        if self._flag is not None and self.comment.isModified():
            self.comment.setModified(False)
            self._amend(replace(self._draft(), comment=self._typed()))

    def _show(self, keep_comment: bool) -> None:
        flag = self._flag
        verdict = flag.verdict if flag is not None else None
        draft = self._draft() if flag is not None else Draft()
        self.comment.setEnabled(flag is not None and not self._standing)
        if not keep_comment:
            if self.comment.text() != draft.comment:
                self.comment.setText(draft.comment)
            self.comment.setModified(False)
        if flag is None:
            self.title.setText(tr("No flag selected"))
            self.state.setText("")
        else:
            when = self._clock(flag.span.start_s)
            self.title.setText(f"{flag_text.defect_title(flag.defect)} · {when}")
            waiting = verdict is None and draft != Draft()
            self.state.setText(
                tr("Kept for your decision") if waiting else flag_text.state_sentence(flag)
            )
        self._show_checks(draft)
        self._show_sign()

    def _show_checks(self, draft: Draft) -> None:
        verdict = self._flag.verdict if self._flag is not None else None
        for key, (disposition, _) in _DISPOSITIONS.items():
            self._check(key, verdict is not None and verdict.disposition is disposition)
        for key, (reason, _) in _REASONS.items():
            self._check(key, verdict is not None and verdict.reason is reason)
        for key, severity in _SEVERITIES.items():
            self._check(key, self._flag is not None and draft.severity is severity)
        self._check("review.unsure", verdict is not None and verdict.decision is Decision.UNSURE)
        self._check("mark.missed", False)
        self._check("review.withdraw", False)

    def _check(self, key: str, checked: bool) -> None:
        button = self._buttons[key]
        button.setChecked(checked)
        button.setEnabled(self._actions[key].isEnabled())

    def refresh(self) -> None:
        """Show again what the store holds."""
        self._show(keep_comment=self.comment.isModified())

    def refresh_enabled(self) -> None:
        """Follow the actions after their state changed."""
        for key, button in self._buttons.items():
            button.setEnabled(self._actions[key].isEnabled())

    def refresh_hints(self) -> None:
        """Write the shortcuts that hold now on buttons and tooltips."""
        for key, button in self._buttons.items():
            keys = self._actions[key].shortcuts()
            caption = str(button.property("caption"))
            hint = shown(keys[0].toString()) if keys else ""
            button.setText(f"{caption} {hint}" if 0 < len(hint) <= 2 else caption)
            button.setToolTip(self._actions.hint(key))
        comment = self._actions.hint("review.comment")
        self.comment.setToolTip(comment)
        keys = self._actions["review.comment"].shortcuts()
        hint = f" ({shown(keys[0].toString())})" if keys else ""
        self.comment.setPlaceholderText(tr("Write a comment{hint}", hint=hint))

    def _on_theme_changed(self) -> None:
        colors = theme.current()
        for key, severity in _SEVERITIES.items():
            self._buttons[key].setIcon(severity_icon(severity, colors.severity(severity)))
        self._shown_sign = None
        self._show_sign()

    def _show_sign(self) -> None:
        """A new pixmap makes the whole window lay itself out: only when it differs."""
        flag = self._flag
        wanted = (flag_text.sign_of(flag), flag.orphan) if flag is not None else None
        if flag is None or wanted is None:
            self._sign.clear()
        elif wanted != self._shown_sign:
            color = theme.current().color(wanted[0].role)
            icon = sign_icon(wanted[0], color, 16, orphan=flag.orphan)
            self._sign.setPixmap(icon.pixmap(16, 16))
        self._shown_sign = wanted
