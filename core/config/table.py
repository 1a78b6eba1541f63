"""The one table of settings. The settings dialog, the docs and the tests derive from it."""

from __future__ import annotations

from core.config.language import languages
from core.config.learning import LEARNING
from core.config.setting import Kind, Setting

GROUPS: dict[str, str] = {
    "general": "General",
    "analysis": "Analysis",
    "review": "Review",
    "player": "Player",
    "sound": "Sound",
    "panes": "Panes",
    "heat": "Heat map",
    "learning": "Learning",
}
"""Groups in the order of the dialog, and what people call them."""


def _table(*settings: Setting) -> dict[str, Setting]:
    table = {setting.key: setting for setting in settings}
    if len(table) != len(settings):
        raise ValueError("two settings share a key")
    return table


SETTINGS: dict[str, Setting] = _table(
    Setting(
        "general.theme",
        "Theme",
        "Colours of the desk; System follows the desktop.",
        Kind.CHOICE,
        "system",
        {"system": "System", "dark": "Dark", "light": "Light"},
    ),
    Setting(
        "general.language",
        "Language",
        "Language of the desk; System follows the desktop. Takes effect at the next start.",
        Kind.CHOICE,
        "system",
        {"system": "System", **languages()},
    ),
    Setting(
        "general.store",
        "Store",
        "Database file or SQLAlchemy URL with titles and verdicts; empty means the usual place. "
        "Takes effect at the next start.",
        Kind.PATH,
        "",
    ),
    Setting(
        "general.confirm_quit",
        "Ask before quitting",
        "Ask before the desk closes while an analysis is running.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "general.tour",
        "Tour of the desk",
        "Be led through the desk when the sample title is opened next.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "general.analyse_on_open",
        "Analyse on opening",
        "Analyse a title that has no finished analysis as soon as it is opened.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "analysis.every_frame",
        "Look at every frame",
        "Have the network that sees block corruption look at every frame, not only where something "
        "changed. Takes several times as long.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "review.reviewer",
        "Reviewer",
        "Name written into each verdict; empty means the name of the system's user.",
        Kind.TEXT,
        "",
    ),
    Setting(
        "review.profile",
        "Profile",
        "Thresholds and severities for newly opened titles.",
        Kind.TEXT,
        "default",
    ),
    Setting(
        "review.pre_roll_s",
        "Pre-roll",
        "How much is played before and after a flag.",
        Kind.FLOAT,
        1.0,
        low=0.0,
        high=30.0,
        unit="s",
    ),
    Setting(
        "review.loop",
        "Loop around the flag",
        "Play the selected flag over and over.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "review.advance",
        "Go on after a decision",
        "Select the next undecided flag once a decision is kept.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "review.blind",
        "Blind second look",
        "Hide what other reviewers said about a flag until it is decided here.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "review.order",
        "Order of the queue",
        "What stands first among the flags of a title.",
        Kind.CHOICE,
        "time",
        {
            "time": "By time",
            "severity": "Most severe",
            "score": "Strongest",
            "uncertain": "Least sure",
            "defect": "By defect",
            "useful": "Most useful",
        },
    ),
    Setting(
        "review.incidents",
        "Group into incidents",
        "Flags that overlap, repeat or tell of one thing stand in one row and are decided once.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "player.time_format",
        "Time display",
        "How positions are written in the transport and on the axes.",
        Kind.CHOICE,
        "timecode",
        {
            "timecode": "Timecode",
            "clock": "Clock",
            "pts": "PTS",
            "frames": "Frames",
            "seconds": "Seconds",
        },
    ),
    Setting(
        "player.drop_frame",
        "Drop-frame timecode",
        "Count in drop-frame at 29.97 and 59.94 frames a second.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "player.cache_mb",
        "Frame cache",
        "Memory for decoded frames, which makes steps and loops quick.",
        Kind.INT,
        512,
        low=64,
        high=16384,
        unit="MB",
    ),
    Setting(
        "player.large_step",
        "Large step",
        "Frames that the large step moves.",
        Kind.INT,
        10,
        low=2,
        high=250,
        unit="frames",
    ),
    Setting(
        "sound.device",
        "Device",
        "Where the sound is played.",
        Kind.DEVICE,
        "",
    ),
    Setting(
        "sound.offset_ms",
        "Sound delay",
        "Delay of the sound device that the system does not report; positive shows the picture "
        "later.",
        Kind.FLOAT,
        0.0,
        low=-500.0,
        high=500.0,
        unit="ms",
    ),
    Setting(
        "panes.waveform_scale",
        "Waveform scale",
        "Height of the waveform in proportion to the sample values, or in decibels.",
        Kind.CHOICE,
        "linear",
        {"linear": "Linear", "db": "Decibels"},
    ),
    Setting(
        "panes.spectrogram_scale",
        "Spectrogram scale",
        "Spacing of frequencies.",
        Kind.CHOICE,
        "log",
        {"log": "Logarithmic", "linear": "Linear"},
    ),
    Setting(
        "panes.quiet_lanes",
        "Show lanes without flags",
        "Give each detector a lane of its own, also where it found nothing.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "panes.thumbnails",
        "Thumbnails",
        "Show a strip of pictures above the lanes.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "panes.evidence",
        "Evidence in the sound",
        "Point at what carries a defect of the sound, in waveform and spectrogram.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "panes.sync",
        "Lip sync over the picture",
        "Show faces with their verdicts and the fragment's verdict over the picture all the time, "
        "not only while a flag of sync is selected.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "heat.shown",
        "Show the heat map",
        "Paint over the picture where blocks are broken.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "heat.threshold",
        "Threshold",
        "Probability from which a cell of the heat map is shown.",
        Kind.INT,
        30,
        low=5,
        high=95,
        unit="%",
    ),
    Setting(
        "heat.opacity",
        "Opacity",
        "Opacity of the heat map's colours.",
        Kind.INT,
        70,
        low=10,
        high=100,
        unit="%",
    ),
    Setting(
        "heat.style",
        "Style",
        "Colours, outlines of cells, or both; outlines show values when zoomed in.",
        Kind.CHOICE,
        "both",
        {"fill": "Fill", "contours": "Contours", "both": "Both"},
    ),
    *LEARNING,
)
