"""Profiles as TOML files: those that ship with the product and the user's own.

A user's own profile of the same name hides the one that ships.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from core.catalog.former import FORMER_THRESHOLDS
from core.catalog.table import DETECTORS
from core.config.paths import profiles_dir, resources_dir
from core.domain.check import Check
from core.domain.defect import DEFECTS, Severity
from core.domain.errors import KnownError
from core.domain.profile import Profile

_KEYS = {"title", "disabled", "thresholds", "severities", "checks"}
_CHECK_KEYS = {"id", "ask", "defect", "severity"}
_CHECK_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LONGEST_QUESTION = 300
_LONGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """A profile that can be chosen.

    Attributes:
        name: What `load_profile` takes.
        path: Where it lies.
        own: It is the user's, so it may be changed.
    """

    name: str
    path: Path
    own: bool


def shipped_profiles_dir() -> Path:
    """The profiles that ship with the product."""
    return resources_dir() / "profiles"


def list_profiles() -> tuple[ProfileEntry, ...]:
    """The profiles that can be chosen, `default` first, then by name."""
    entries = {
        path.stem: ProfileEntry(path.stem, path, own)
        for folder, own in ((shipped_profiles_dir(), False), (profiles_dir(), True))
        for path in sorted(folder.glob("*.toml"))
    }
    return tuple(sorted(entries.values(), key=lambda e: (e.name != "default", e.name)))


def load_profile(name_or_path: str | Path = "default", notices: list[str] | None = None) -> Profile:
    """Read a profile by its name, or from a file.

    Args:
        name_or_path: A name from `list_profiles`, or a path that ends with `.toml`.
        notices: Takes a sentence for each entry of an earlier version that decides nothing now.

    Raises:
        KnownError: There is none, or it says what no detector understands.
    """
    path = _find(name_or_path)
    try:
        if path.stat().st_size > _LONGEST_BYTES:
            raise KnownError(f"{path} is too long for a profile.")
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError(f"The profile {path} cannot be read.", str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnownError(f"The profile {path.name} is not valid TOML.", str(error)) from error
    return profile_of(path.stem, content, notices)


def save_profile(profile: Profile, path: Path | None = None) -> Path:
    """Write a profile, into the user's folder unless told otherwise.

    The file is replaced in one step, so that a crash leaves the old one.

    Returns:
        Where it lies.

    Raises:
        KnownError: The name makes no file name, the place cannot be written, or a profile is there
            that cannot be read, as those of a newer version cannot.
    """
    if path is None:
        if not profile.name or set(profile.name) & set('/\\:*?"<>|') or profile.name[0] == ".":
            raise KnownError(f"“{profile.name}” cannot be the name of a profile.")
        path = profiles_dir() / f"{profile.name}.toml"
    _refuse_unreadable(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(tomli_w.dumps(_content_of(profile)), encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise KnownError(f"The profile cannot be written to {path}.", str(error)) from error
    return path


def _refuse_unreadable(path: Path) -> None:
    if not path.exists():
        return
    try:
        load_profile(path)
    except KnownError as error:
        raise KnownError(
            f"{path.name} is there already and cannot be read, so it was not replaced; choose "
            "another name.",
            error.sentence,
        ) from error


def profile_of(name: str, content: Mapping[str, Any], notices: list[str] | None = None) -> Profile:
    """Check what a profile's file says.

    Args:
        name: Of the profile.
        content: What the file says.
        notices: Takes a sentence for each entry of an earlier version that decides nothing now.

    Raises:
        KnownError: A key, detector, threshold, severity or value makes no sense.
    """
    where = f"The profile {name}"
    _known(set(content), _KEYS, f"{where} has the unknown entry {{}}")
    title = content.get("title", name)
    disabled = content.get("disabled", [])
    if not isinstance(title, str) or not isinstance(disabled, list):
        raise KnownError(f"{where}: title must be text, and disabled a list of detectors.")
    _known(
        {str(d) for d in disabled}, set(DETECTORS), f"{where} disables the unknown detector {{}}"
    )
    thresholds = _table(content, "thresholds", where)
    severities = _table(content, "severities", where)
    return Profile(
        name,
        title,
        {
            d: _thresholds_of(d, _present(d, _table(thresholds, d, where), where, notices), where)
            for d in thresholds
        },
        {d: _severity_of(d, severities[d], where) for d in severities},
        frozenset(map(str, disabled)),
        _checks_of(content.get("checks", []), where),
    )


def _find(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml"):
        return Path(text)
    for entry in list_profiles():
        if entry.name == text:
            return entry.path
    names = ", ".join(entry.name for entry in list_profiles())
    raise KnownError(f"There is no profile named {text}; there are {names}.")


def _content_of(profile: Profile) -> dict[str, Any]:
    content: dict[str, Any] = {"title": profile.title}
    if profile.disabled:
        content["disabled"] = sorted(profile.disabled)
    if profile.severities:
        content["severities"] = {d: str(s) for d, s in sorted(profile.severities.items())}
    if profile.thresholds:
        content["thresholds"] = {
            d: dict(sorted(values.items())) for d, values in sorted(profile.thresholds.items())
        }
    if profile.checks:
        content["checks"] = [
            {"id": c.id, "ask": c.ask, "defect": c.defect, "severity": str(c.severity)}
            for c in profile.checks
        ]
    return content


def _known(names: set[str], allowed: set[str], sentence: str) -> None:
    unknown = sorted(names - allowed)
    if unknown:
        raise KnownError(
            f"{sentence.format(unknown[0])}; there are {', '.join(sorted(allowed))}.",
            "A newer version of Onglass may have written it.",
        )


def _table(content: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = content.get(key, {})
    if not isinstance(value, Mapping):
        raise KnownError(f"{where}: {key} must be a table.")
    return value


def _present(
    detector: str, values: Mapping[str, Any], where: str, notices: list[str] | None
) -> dict[str, Any]:
    """Thresholds under their present names; what stands under those already counts."""
    renamed: dict[str, Any] = {}
    present: dict[str, Any] = {}
    for name, value in values.items():
        successor = FORMER_THRESHOLDS.get((detector, name))
        if successor is None:
            present[name] = value
        elif successor:
            renamed[successor] = value
        elif notices is not None:
            notices.append(
                f"{where} sets {detector}.{name}, which this version no longer has, so it is left "
                "out."
            )
    return renamed | present


def _thresholds_of(detector: str, values: Mapping[str, Any], where: str) -> dict[str, float]:
    _known({detector}, set(DETECTORS), f"{where} sets thresholds of the unknown detector {{}}")
    spec = DETECTORS[detector]
    allowed = {threshold.name for threshold in spec.thresholds}
    _known(set(values), allowed, f"{where} sets the unknown threshold {detector}.{{}}")
    checked: dict[str, float] = {}
    for name, value in values.items():
        limits = spec.threshold(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise KnownError(f"{where}: {detector}.{name} must be a number.")
        if not limits.low <= value <= limits.high:
            raise KnownError(
                f"{where}: {detector}.{name} is {value:g}, but must lie between "
                f"{limits.low:g} and {limits.high:g} {limits.unit}".rstrip()
                + "."
            )
        checked[name] = float(value)
    return checked


def _checks_of(listed: object, where: str) -> tuple[Check, ...]:
    if not isinstance(listed, list) or not all(isinstance(c, Mapping) for c in listed):
        raise KnownError(f"{where}: checks must be tables, each below [[checks]].")
    checks = tuple(_check_of(content, where) for content in listed)
    if len({check.id for check in checks}) != len(checks):
        raise KnownError(f"{where}: two checks share an id.")
    return checks


def _check_of(content: Mapping[str, Any], where: str) -> Check:
    _known(set(content), _CHECK_KEYS, f"{where}: a check has the unknown entry {{}}")
    name, ask, defect = content.get("id"), content.get("ask"), content.get("defect", "other")
    if not isinstance(name, str) or not _CHECK_ID.fullmatch(name):
        raise KnownError(f"{where}: the id of a check is one word of small letters.")
    if not isinstance(ask, str) or not 0 < len(ask.strip()) <= _LONGEST_QUESTION:
        raise KnownError(f"{where}: the check {name} must ask something, in few words.")
    _known({str(defect)}, set(DEFECTS), f"{where}: the check {name} names the unknown defect {{}}")
    severity = _severity(name, content.get("severity", str(Severity.ISSUE)), where)
    return Check(name, " ".join(ask.split()), str(defect), severity)


def _severity_of(detector: str, value: object, where: str) -> Severity:
    _known({detector}, set(DETECTORS), f"{where} sets the severity of the unknown detector {{}}")
    return _severity(detector, value, where)


def _severity(name: str, value: object, where: str) -> Severity:
    words = [str(s) for s in Severity]
    if value not in words:
        raise KnownError(f"{where}: the severity of {name} must be one of {', '.join(words)}.")
    return Severity(str(value))
