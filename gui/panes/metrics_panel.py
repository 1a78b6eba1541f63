"""The metrics pane with its controls: which metric, and back to the profile's thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core.catalog.table import DETECTORS
from core.domain.defect import DEFECTS
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track
from core.review.flag import Flag
from gui.language import tr
from gui.medium import MEDIUM_TITLES
from gui.panes.metrics import MetricsPane, track_of
from gui.time_axis import TimeAxis

_EDGE = 3


class MetricsPanel(MetricsPane):
    """Shows the curve behind the selected flag, or the one that was chosen.

    Signals:
        profile_tried: A `Profile` with the threshold where the line is, while dragging.
        profile_chosen: The same on release.
        reset_requested: Back to the thresholds of the profile's file.
    """

    profile_tried = Signal(object)
    profile_chosen = Signal(object)
    reset_requested = Signal()

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, parent)
        self._detector = ""
        self._tracks: tuple[Track, ...] = ()
        self._shown_profile: Profile = DEFAULT_PROFILE
        self._key: tuple[object, ...] = ()
        self._chosen = ""
        self._stream: int | None = None
        self.chooser = QToolButton(self)
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.chooser.setMenu(self._menu)
        self.reset = QToolButton(self)
        self.reset.setText(tr("Reset thresholds"))
        self.reset.setAccessibleName(tr("Reset thresholds to the profile"))
        self.reset.setToolTip(tr("Take the thresholds of the profile again"))
        self.reset.clicked.connect(self.reset_requested)
        for button in (self.chooser, self.reset):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFont(self.small_font())
            button.setCursor(Qt.CursorShape.ArrowCursor)
        self._extra: tuple[str, QWidget] | None = None
        self._fill_menu()
        self._name("", "")
        self.set_changed(False)
        self.threshold_moved.connect(self._on_moved)
        self.threshold_set.connect(self._on_set)

    @property
    def detector(self) -> str:
        """Whose metric is shown."""
        return self._detector

    def set_data(self, tracks: Sequence[Track], profile: Profile) -> None:
        """Take new measurements or thresholds."""
        self._tracks = tuple(tracks)
        self._shown_profile = profile
        if self._detector:
            self._refresh(self.metric_name, self._stream)
        self.set_profile(profile)

    def show_flag(self, flag: Flag | None) -> None:
        """Show the curve that raised a flag."""
        self.set_flag(flag)
        if flag is None or flag.detector not in DETECTORS:
            return
        spec = DETECTORS[flag.detector]
        wanted = flag.finding.evidence.metric if flag.finding is not None else ""
        known = {metric.name for metric in spec.metrics}
        metric = wanted if wanted in known else spec.metrics[0].name
        self._detector = flag.detector
        self._refresh(metric, flag.stream)

    def choose(self, detector: str, metric: str) -> None:
        """Show a metric of any detector."""
        self._detector = detector
        self._refresh(metric, None)

    def clear(self) -> None:
        """Show nothing."""
        self._detector, self._tracks, self._key = "", (), ()
        self._name("", "")
        self.set_flag(None)
        self.show_nothing(tr("Select a flag to see the curve that raised it"))

    def set_extra(self, detector: str, control: QWidget) -> None:
        """Show a control in the plot's corner while a curve of this detector is shown."""
        control.setFont(self.small_font())
        self._extra = (detector, control)
        self._place()

    def set_changed(self, changed: bool) -> None:
        """Offer the way back only when thresholds differ from the profile's file."""
        self.reset.setVisible(changed)
        self._place()

    def _refresh(self, metric: str, stream: int | None) -> None:
        spec = DETECTORS[self._detector]
        self._stream = stream
        track = track_of(self._tracks, self._detector, stream)
        key = (self._detector, metric, id(track))
        if key != self._key:
            self._key = key
            self.show_metric(spec, metric, self._shown_profile, track)
        self._name(tr(spec.title), tr(spec.metric(metric).title))

    def _name(self, detector: str, metric: str) -> None:
        self._chosen = metric
        shown = f"{detector}: {metric}. " if metric else ""
        self.chooser.setToolTip(shown + tr("Choose the curve to show"))
        self.chooser.setAccessibleName(shown + tr("Choose a metric"))
        self._place()

    def _fill_menu(self) -> None:
        media = {name: self._menu.addMenu(tr(name)) for name in MEDIUM_TITLES.values()}
        for spec in DETECTORS.values():
            section = media[MEDIUM_TITLES[DEFECTS[spec.defect].medium]].addMenu(tr(spec.title))
            for metric in (m for m in spec.metrics if m.plotted):
                unit = f" ({metric.unit})" if metric.unit else ""
                action = section.addAction(f"{tr(metric.title)}{unit}")
                action.triggered.connect(
                    lambda _checked=False, d=spec.id, m=metric.name: self.choose(d, m)
                )

    def _place(self) -> None:
        """The chooser stands between the ends of the scale, the reset in the plot's corner."""
        plot: QRect = self.plot_rect()
        size: QSize = self.chooser.sizeHint()
        room = max(plot.left() - 2 * _EDGE, 40)
        top = max((self.height() - size.height()) // 2, 0)
        self.chooser.setGeometry(_EDGE, top, room, size.height())
        text = self._chosen or tr("Metric")
        metrics = QFontMetrics(self.chooser.font())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 18)
        if text != self.chooser.text():
            self.chooser.setText(text)
        size = self.reset.sizeHint()
        left = plot.left() + _EDGE
        self.reset.setGeometry(left, _EDGE, size.width(), size.height())
        if self._extra is not None:
            detector, control = self._extra
            control.setVisible(detector == self._detector and self._key != ())
            left += size.width() + _EDGE if self.reset.isVisibleTo(self) else 0
            size = control.sizeHint()
            control.setGeometry(left, _EDGE, size.width(), size.height())

    def set_gutter(self, width_px: int) -> None:
        """Keep the controls inside the plot."""
        super().set_gutter(width_px)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the controls in their corner."""
        super().resizeEvent(event)
        self._place()

    def _on_moved(self, name: str, value: float) -> None:
        self.profile_tried.emit(self._shown_profile.with_threshold(self._detector, name, value))

    def _on_set(self, name: str, value: float) -> None:
        self.profile_chosen.emit(self._shown_profile.with_threshold(self._detector, name, value))
