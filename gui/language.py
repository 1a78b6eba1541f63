"""The words on screen in the person's language.

Everything that people read on screen goes through `tr`, in the words of the source: English.
Sentences that core composes (notes of findings, errors) arrive whole and are taken apart again by
`told`, so that core needs to know nothing of languages, and what is stored stays English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.config.language import SOURCE, languages
from core.config.paths import resources_dir

CONTEXT = "onglass"

_PLACE = re.compile(r"\{(\w+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z“])")
_COUNTED = re.compile(r"(\d[\d.]*) (.+)")
_WORD = re.compile(r"\b[a-z]{2,}\b")
_QUOTED = re.compile(r"“[^”]*”")
_FILE = re.compile(r"[/\\]|\.[A-Za-z0-9]{2,4}$")
_COUNTS = {"captions", "count", "frames", "jumped", "mean", "most", "repeated"}
_MOST_WORDS = 2
_JOINTS = ("; ", ", ", " and ")
_REMEMBERED = 4096


class _Chosen:
    """The language that is spoken now; one for the process, as Qt has it."""

    code = SOURCE
    words: QTranslator | None = None
    of_qt: QTranslator | None = None


def tr(text: str, count: int | None = None, /, **values: object) -> str:
    """Say something in the chosen language.

    Args:
        text: English, as written in the source; `{name}` stands for a value, `%n` for the count.
        count: How many, where the words depend on it.
        values: What stands in for the names in braces.

    Returns:
        The translation, or the English words where there is none.
    """
    words = _Chosen.words if _Chosen.words is not None else _english()
    said = words.translate(CONTEXT, text, None, -1 if count is None else count) if text else ""
    said = said or text
    if count is not None:
        said = said.replace("%n", str(count))
    return said.format(**values) if values else said


def mark(text: str) -> str:
    """Say that a text of a table is shown with `tr` later, so that translators get to see it."""
    return text


def plain(text: str) -> str:
    """A label without the sign that marks its access key."""
    return text.replace("&", "")


def told(sentence: str) -> str:
    """Say a sentence that core composed in the chosen language.

    Args:
        sentence: English, with its values filled in.

    Returns:
        The translation with the same values; parts that no pattern knows stay English.
    """
    return sentence if _Chosen.code == SOURCE or not sentence else _told(sentence)


def choose(wish: str) -> str:
    """Speak a language from now on; what is on screen already stays as it is.

    Args:
        wish: Code of a language, or `system` for the first one of the system that is there.

    Returns:
        The code of the language that is spoken now.
    """
    code = _of_system() if wish == "system" else wish
    if code not in languages():
        code = SOURCE
    if code == _Chosen.code:
        return code
    app = QCoreApplication.instance()
    if _Chosen.of_qt is not None and app is not None:
        app.removeTranslator(_Chosen.of_qt)
    _told.cache_clear()
    _Chosen.code, _Chosen.words, _Chosen.of_qt = code, None, None
    if code == SOURCE:
        return code
    _Chosen.words = _loaded(code)
    of_qt = QTranslator()
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if app is not None and of_qt.load(f"qtbase_{code}", where):
        app.installTranslator(of_qt)
        _Chosen.of_qt = of_qt
    return code


def _folder() -> Path:
    return resources_dir() / "translations"


def _of_system() -> str:
    wished = (tag.partition("-")[0] for tag in QLocale.system().uiLanguages())
    return next((code for code in wished if code in languages()), SOURCE)


def _loaded(code: str) -> QTranslator:
    words = QTranslator()
    words.load(str(_folder() / f"onglass_{code}.qm"))
    return words


@lru_cache(maxsize=1)
def _english() -> QTranslator:
    """English has no translation but its singulars."""
    return _loaded(SOURCE)


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    """Patterns of core's sentences; those with the most words of their own come first."""
    lines = (_folder() / "sentence.txt").read_text("utf-8").splitlines()
    known = (line.replace("\\n", "\n") for line in lines)
    return tuple(sorted(known, key=lambda line: (-len(_PLACE.sub("", line)), line)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Whole sentences and parts with values in them."""
    return tuple(
        (line, re.compile(_expression(line), re.DOTALL))
        for line in _known()
        if _PLACE.search(line) and not _is_ending(line)
    )


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is added to a sentence, with the sentence before it."""
    return tuple(
        (line, re.compile(f"(?P<before_it>.*?){_expression(line)}", re.DOTALL))
        for line in _known()
        if _is_ending(line)
    )


def _is_ending(pattern: str) -> bool:
    return pattern.startswith((" ", ",", ";", ":"))


def _expression(pattern: str) -> str:
    parts = _PLACE.split(pattern)
    seen: set[str] = set()
    text = ""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            text += re.escape(part)
        elif part in seen:
            text += f"(?P={part})"
        else:
            seen.add(part)
            text += f"(?P<{part}>{_content(part, parts[number - 1])})"
    return text


def _content(name: str, before: str) -> str:
    """What may stand in a place: a length has its unit; what is tacked on to a word may be none."""
    if name.startswith("length"):
        return r"[\d.]+ s\b.*?|.+?"
    if name in _COUNTS:
        return r"[-+−]?[\d.]+"
    return ".*?" if before and not before[-1].isspace() else ".+?"


@lru_cache(maxsize=_REMEMBERED)
def _told(sentence: str) -> str:
    same = tr(sentence)
    if same != sentence:
        return same
    for pattern, expression in _patterns():
        match = expression.fullmatch(sentence)
        values = _values(match) if match is not None else None
        if values is not None:
            return tr(pattern, **values)
    whole = _SENTENCE_END.split(sentence)
    if len(whole) > 1:
        return " ".join(map(_told, whole))
    if sentence.endswith("."):
        return f"{_told(sentence[:-1])}."
    counted = _COUNTED.fullmatch(sentence)
    if counted is not None and (said := _told(counted.group(2))) != counted.group(2):
        return f"{counted.group(1)} {said}"
    return _with_ending(sentence) or _listed(sentence)


def _with_ending(sentence: str) -> str:
    """A sentence to which an ending was added, each on its own; empty when there is none."""
    for pattern, expression in _endings():
        match = expression.fullmatch(sentence)
        values = _values(match) if match is not None else None
        if values is not None:
            return f"{values.pop('before_it')}{tr(pattern, **values)}"
    return ""


def _listed(sentence: str) -> str:
    """A list, item by item; what is no list stays as it is."""
    for joint in _JOINTS:
        items = sentence.split(joint)
        if len(items) > 1:
            said = list(map(_told, items))
            if said != items:
                return (f" {tr('and')} " if joint == " and " else joint).join(said)
    return sentence


def _values(match: re.Match[str]) -> dict[str, object] | None:
    """What stands in the places of a pattern; None when that is a sentence nobody knows.

    What is quoted may be in any language.
    """
    values: dict[str, object] = {}
    for name, value in match.groupdict().items():
        said = _told(value)
        own = _WORD.findall(_QUOTED.sub("", value))
        if said == value and len(own) > _MOST_WORDS and not _FILE.search(value):
            return None
        values[name] = said
    return values
