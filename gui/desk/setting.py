"""What the settings mean for the desk's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.config.settings import Settings
from core.domain.title import Title
from gui.language import tr
from gui.panes.tick import TimeFormat, TimeUnit
from gui.panes.waveform import LevelScale

if TYPE_CHECKING:
    from gui.desk.desk import Desk


_SWITCHES = (
    ("play.loop", "review.loop"),
    ("review.advance", "review.advance"),
    ("review.incidents", "review.incidents"),
    ("review.blind", "review.blind"),
    ("view.quiet_lanes", "panes.quiet_lanes"),
    ("view.evidence", "panes.evidence"),
)


def apply_settings(desk: Desk) -> None:
    """Take over what the person set."""
    settings, parts = desk.settings, desk.parts
    desk.selection.looping = settings.flag("review.loop")
    desk.selection.pre_roll_s = settings.number("review.pre_roll_s")
    for action, key in _SWITCHES:
        desk.actions[action].setChecked(settings.flag(key))
    if not settings.flag("panes.thumbnails"):
        desk.actions["view.thumbnails"].setChecked(False)
    desk.player.set_audio_offset(settings.number("sound.offset_ms"))
    desk.player.set_sound_device(settings.text("sound.device"))
    parts.spectrogram.set_logarithmic(settings.text("panes.spectrogram_scale") == "log")
    parts.waveform.set_scale(LevelScale(settings.text("panes.waveform_scale")))
    desk.heat.apply_settings()
    desk.triage.apply_settings()
    desk.reviewer = settings.text("review.reviewer") or desk.user
    desk.window.reviewer.setText(tr("Reviewer: {reviewer}", reviewer=desk.reviewer))
    desk.window.profile.setText(tr("Profile: {title}", title=tr(desk.base_profile.title)))
    if desk.title is not None:
        parts.set_time_format(time_format(settings, desk.title))


def time_format(settings: Settings, title: Title) -> TimeFormat:
    """How the times of a title are written."""
    unit = TimeUnit(settings.text("player.time_format"))
    streams = (*title.video, *title.audio)
    base = streams[0].base if streams else title.start.base
    if not title.video:
        plain = unit if unit in (TimeUnit.PTS, TimeUnit.SECONDS) else TimeUnit.CLOCK
        return TimeFormat(unit=plain, base=base)
    drop = settings.flag("player.drop_frame")
    origin_s = title.start.seconds if unit is TimeUnit.FRAMES else 0.0
    return TimeFormat(title.video[0].rate, drop, origin_s, unit, base)
