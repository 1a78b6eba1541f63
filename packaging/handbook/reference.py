"""The reference pages, written from the product's own tables.

`PAGES` names them; `packaging/manual.py reference` writes them into `docs/reference/`, and a test
holds what lies there to what the tables say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from core.catalog.spec import DetectorSpec, ThresholdSpec
from core.catalog.table import DETECTORS
from core.config.setting import Kind, Setting
from core.config.settings import GROUPS, SETTINGS
from core.domain.defect import DEFECTS, Medium
from gui.actions.table import ACTIONS, MENUS
from handbook.command_line import command_line_page
from handbook.database import database_page
from handbook.markdown import cell, table
from handbook.schema import SCHEMAS, json_page, schema_text

_MEDIA = {
    Medium.VIDEO: "Picture",
    Medium.AUDIO: "Sound",
    Medium.SYNC: "Synchronisation",
    Medium.CAPTION: "Captions",
    Medium.STRUCTURE: "Stream",
}


def detectors_page() -> str:
    """Every detector with its metrics, thresholds and sources."""
    parts = [
        "# Detectors",
        "What each looks for, what it measures, and where its thresholds lie unless a profile "
        "moves them. `onglass detectors` prints the same table. What their figures mean and what "
        "they cannot see is told in [How detectors decide](../explanation/detection.md); how well "
        "they do, in [accuracy](../accuracy.md).",
    ]
    for medium, name in _MEDIA.items():
        specs = [spec for spec in DETECTORS.values() if DEFECTS[spec.defect].medium is medium]
        if specs:
            parts.append(f"## {name}")
            parts += [_detector(spec) for spec in specs]
    return "\n\n".join(parts) + "\n"


def _detector(spec: DetectorSpec) -> str:
    facts = [
        f"- Flags: {', '.join(f'[{name}](defects.md)' for name in spec.defects)}",
        f"- Proposed severity: {spec.severity}",
        f"- Looks at: {', '.join(f'`{view}`' for view in spec.views) or 'tracks of others'}",
    ]
    if spec.after:
        facts.append(f"- Reads the tracks of: {', '.join(f'`{name}`' for name in spec.after)}")
    if spec.maps:
        facts.append("- Keeps a map of where in the picture, which the desk shows as a heat map")
    facts.append(f"- Source: {cell(spec.source)}")
    metrics = table(
        ("Metric", "What", "Unit", "Range"),
        ((f"`{m.name}`", m.title, m.unit, f"{m.low:g} – {m.high:g}") for m in spec.metrics),
    )
    thresholds = table(
        ("Threshold", "What", "Default", "Range", "Where the default comes from"),
        (_threshold(threshold) for threshold in spec.thresholds),
    )
    heading = f"### {spec.id}\n\n**{spec.title}.** {spec.help}"
    return "\n\n".join(part for part in (heading, "\n".join(facts), metrics, thresholds) if part)


def _threshold(threshold: ThresholdSpec) -> tuple[str, ...]:
    way = " (fires below)" if threshold.fires_below else ""
    return (
        f"`{threshold.name}`",
        threshold.title + way,
        f"{threshold.default:g} {threshold.unit}".rstrip(),
        f"{threshold.low:g} – {threshold.high:g}",
        threshold.source,
    )


def defects_page() -> str:
    """The taxonomy of defects, and what looks for each."""
    parts = [
        "# Defects",
        "Every kind of defect that a flag or a verdict can name. The identifier is what is stored "
        "and exported; it never changes its meaning. A defect without a detector can be reported "
        "by a person.",
    ]
    for medium, name in _MEDIA.items():
        rows = [
            (f"`{d.id}`", d.title, d.description, ", ".join(_detectors_of(d.id)) or "–")
            for d in DEFECTS.values()
            if d.medium is medium
        ]
        parts += [f"## {name}", table(("Id", "Name", "What a viewer notices", "Detectors"), rows)]
    return "\n\n".join(parts) + "\n"


def _detectors_of(defect: str) -> Iterable[str]:
    return (
        f"[`{spec.id}`](detectors.md#{spec.id})"
        for spec in DETECTORS.values()
        if defect in spec.defects
    )


def settings_page() -> str:
    """Every setting by its group."""
    parts = [
        "# Settings",
        "*File › Settings…* shows them. They are kept in `settings.toml` in the folder that "
        "`onglass doctor` names: a section a group, a line a setting. What is not there has its "
        "default; keys that a version does not know are kept.",
    ]
    for group, title in GROUPS.items():
        rows = (_setting(setting) for setting in SETTINGS.values() if setting.group == group)
        parts += [
            f"## {title}",
            table(("Setting", "Key", "Default", "Values", "What it does"), rows),
        ]
    return "\n\n".join(parts) + "\n"


def _setting(setting: Setting) -> tuple[str, ...]:
    values: Mapping[Kind, str] = {
        Kind.BOOL: "`true`, `false`",
        Kind.CHOICE: ", ".join(f"`{value}`" for value in setting.choices),
        Kind.INT: f"{setting.low:g} – {setting.high:g}",
        Kind.FLOAT: f"{setting.low:g} – {setting.high:g}",
        Kind.TEXT: "text",
        Kind.PATH: "path",
        Kind.DEVICE: "name of a device",
    }
    default = setting.default
    shown = str(default).lower() if isinstance(default, bool) else f"{default}"
    unit = f" {setting.unit}" if setting.unit else ""
    return (
        setting.title,
        f"`{setting.key}`",
        f"`{shown}`{unit}" if shown else "empty",
        values[setting.kind],
        setting.help,
    )


def shortcuts_page() -> str:
    """Every action by its menu, with its keys."""
    parts = [
        "# Shortcuts",
        "The keys as they come; *Help › Shortcuts* (<kbd>?</kbd>) shows and changes them. On macOS "
        "<kbd>Ctrl</kbd> is <kbd>⌘</kbd>. An action without keys can be given some.",
    ]
    for menu in MENUS:
        rows = (
            (
                action.title,
                " or ".join(f"<kbd>{_key(k)}</kbd>" for k in action.shortcuts),
                action.help,
            )
            for action in ACTIONS.values()
            if action.menu == menu
        )
        parts += [f"## {menu}", table(("Action", "Keys", "What it does"), rows)]
    return "\n\n".join(parts) + "\n"


def _key(shortcut: str) -> str:
    arrows = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}
    *held, last = shortcut.rsplit("+", 1) if len(shortcut) > 1 else (shortcut,)
    return cell("+".join([*held, arrows.get(last, last or "+")]))


PAGES: Mapping[str, Callable[[], str]] = {
    "detectors.md": detectors_page,
    "defects.md": defects_page,
    "settings.md": settings_page,
    "shortcuts.md": shortcuts_page,
    "command-line.md": command_line_page,
    "json.md": json_page,
    "database.md": database_page,
}
"""Pages of the reference by their file."""

_HEADER = "<!-- Written by `python3 packaging/manual.py reference`; changes here are lost. -->\n\n"


def pages() -> dict[str, str]:
    """What every reference page, and every schema beside them, must hold."""
    made = {name: _HEADER + make() for name, make in PAGES.items()}
    return {**made, **{name: schema_text(name) for name in SCHEMAS}}


def stale(folder: Path) -> list[str]:
    """Names of pages that are missing in a folder or say something else than the tables."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def write(folder: Path) -> None:
    """Write all pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")
