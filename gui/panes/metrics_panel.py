"""The metrics pane with its controls: which metric, and back to the profile's thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core.catalog.table import DETECTORS
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track
from core.review.flag import Flag
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
        self.chooser = QToolButton(self)
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setText("Metric")
        self.chooser.setAccessibleName("Choose a metric")
        self.chooser.setToolTip("Choose the curve to show")
        self._menu = QMenu(self)
        self.chooser.setMenu(self._menu)
        self.reset = QToolButton(self)
        self.reset.setText("Reset thresholds")
        self.reset.setAccessibleName("Reset thresholds to the profile")
        self.reset.setToolTip("Take the thresholds of the profile again")
        self.reset.clicked.connect(self.reset_requested)
        for button in (self.chooser, self.reset):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFont(self.small_font())
            button.setCursor(Qt.CursorShape.ArrowCursor)
        self._fill_menu()
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
            self._refresh(self.metric_name, None)
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
        self.chooser.setText("Metric")
        self.set_flag(None)
        self.show_nothing("Select a flag to see the curve that raised it")

    def set_changed(self, changed: bool) -> None:
        """Offer the way back only when thresholds differ from the profile's file."""
        self.reset.setVisible(changed)
        self._place()

    def _refresh(self, metric: str, stream: int | None) -> None:
        spec = DETECTORS[self._detector]
        track = track_of(self._tracks, self._detector, stream)
        key = (self._detector, metric, id(track))
        if key != self._key:
            self._key = key
            self.show_metric(spec, metric, self._shown_profile, track)
        self.chooser.setText(f"{spec.title}: {spec.metric(metric).title}")
        self._place()

    def _fill_menu(self) -> None:
        for spec in DETECTORS.values():
            section = self._menu.addMenu(spec.title)
            for metric in spec.metrics:
                unit = f" ({metric.unit})" if metric.unit else ""
                action = section.addAction(f"{metric.title}{unit}")
                action.triggered.connect(
                    lambda _checked=False, d=spec.id, m=metric.name: self.choose(d, m)
                )

    def _place(self) -> None:
        plot: QRect = self.plot_rect()
        left = plot.left() + _EDGE
        for button in (self.chooser, self.reset):
            size: QSize = button.sizeHint()
            button.setGeometry(left, _EDGE, size.width(), size.height())
            if not button.isHidden():
                left += size.width() + _EDGE

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
