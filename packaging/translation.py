"""Keeps the translations current: collects all words on screen, and compiles them for Qt.

    python packaging/translation.py          bring all languages up to date
    python packaging/translation.py new fr   begin another language
    python packaging/translation.py check    say what is missing; exit 1 if anything is

Words come from three places: calls of `tr` and `mark` in `gui`, the tables of the product (actions,
settings, defects, detectors, formats, profiles), and the sentences that core composes, whose
patterns go into `sentence.txt` so that the desk can take a sentence apart and say it anew.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "onglass"
SOURCE = "en"

_FORMS = {"ja": 1, "ko": 1, "zh": 1, "cs": 3, "pl": 3, "ru": 3, "uk": 3}
_PLACE = re.compile(r"\{(\w+)[^}]*\}")
_VALUE = re.compile(r"\{[^}]*\}|%n")
_WORD = re.compile(r"[A-Za-z]{2}")
_KEY = re.compile(r"[a-z_]*\{\w+\}[a-z_]*")
_NAME_LIKE = re.compile(r"[a-z_0-9.#/\-]*")
_SILENT = {"debug", "info", "warning", "exception", "BugError", "ValueError", "TypeError"}
_ROOMS = ("analysis", "config", "detectors", "jobs", "media", "models", "review", "simulate")
_ROOMS_TOO = ("annotation", "compare", "store", "worker")
_NEVER_ON_SCREEN = {
    # What only the command line and training say.
    *("data_set", "decoy", "camera_move", "recipe", "truth", "export", "published", "cue_text"),
    "decoy_drawn",
}
_FEWEST_LETTERS = 3
_MOST_FORMS = 16

WORDS = (
    # Single words that rules fill into their sentences.
    *("start", "end", "before", "after", "ahead of", "behind", "early", "late", "left", "right"),
    *("bright", "dark", "black", "white", "grey", "red", "green", "blue", "yellow", "cyan"),
    *("magenta", "louder", "quieter", "rises", "falls", "drops", "top", "bottom", "out of step"),
    *("hum", "hiss", "clicks", "clipping", "speech", "picture", "sound", "captions", "later"),
    *("decode", "measure", "decide", "store", "stands", "stand", "the original"),
)

_REPORTED = ("clock", "gather", "output", "font")
_LEARNED = (
    # What the window of training shows; that of the gate's figures is a table there.
    *("retrain/course", "retrain/damaged", "retrain/refit", "retrain/compare", "snapshot/media"),
)

_COMPOSED = (
    # Put together from parts that say too little by themselves.
    *("The caption shows {list}", "{count} captions show {list}", "only {name}", "without {name}"),
)


@dataclass(slots=True)
class Message:
    """One text to translate.

    Attributes:
        source: English.
        counted: It depends on a count, so that it has a form for each kind of number.
        files: Where it is said.
        forms: The translation; one text, or one for each form.
        finished: The translator is done with it.
    """

    source: str
    counted: bool = False
    files: set[str] = field(default_factory=set)
    forms: tuple[str, ...] = ()
    finished: bool = False


# Collecting


def collect() -> dict[str, Message]:
    """All words on screen, by their English text."""
    found: dict[str, Message] = {}

    def add(text: str, where: str, counted: bool = False) -> None:
        if _WORD.search(_PLACE.sub("", text)) or (counted and text):
            message = found.setdefault(text, Message(text))
            message.counted |= counted
            message.files.add(where)

    for path in sorted((ROOT / "gui").rglob("*.py")):
        for text, counted in said_in(path):
            add(text, _place(path), counted)
    for text, where in of_tables():
        add(text, where)
    for text, where in sentences():
        add(text, where)
    for text in WORDS:
        add(text, "core/catalog")
    return dict(sorted(found.items()))


def said_in(path: Path) -> Iterator[tuple[str, bool]]:
    """The texts that a file says with `tr` or `mark`, and whether they depend on a count."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        first = node.args[0]
        if node.func.id in ("tr", "mark") and isinstance(first, ast.Constant):
            yield str(first.value), node.func.id == "tr" and len(node.args) > 1


def of_tables() -> Iterator[tuple[str, str]]:
    """The texts of the product's tables, and where each table is."""
    from core.catalog.profile_file import list_profiles, load_profile
    from core.catalog.table import DETECTORS
    from core.config.table import GROUPS, SETTINGS
    from core.domain.defect import DEFECTS
    from core.reports.format import FORMATS
    from core.simulate.inject import INJECTORS, UNANSWERED
    from gui.actions import ACTIONS, MENUS

    for menu in MENUS:
        yield f"&{menu}", "gui/actions"
    for spec in ACTIONS.values():
        yield from ((text, "gui/actions") for text in (spec.title, spec.help))
    yield from ((title, "core/config/table.py") for title in GROUPS.values())
    for setting in SETTINGS.values():
        names = () if setting.key == "general.language" else setting.choices.values()
        texts = (setting.title, setting.help, setting.unit, *names)
        yield from ((text, "core/config/table.py") for text in texts)
    for defect in DEFECTS.values():
        yield from ((text, "core/domain/defect.py") for text in (defect.title, defect.description))
    for detector in DETECTORS.values():
        where = f"core/catalog/rule_{detector.id}.py"
        yield from ((text, where) for text in (detector.title, detector.help))
        yield from ((metric.title, where) for metric in detector.metrics)
        yield from ((threshold.title, where) for threshold in detector.thresholds)
    for entry in FORMATS.values():
        yield from ((text, "core/reports/format.py") for text in (entry.title, entry.help))
    for injector in INJECTORS.values():
        for variant in injector.variants:
            text = variant.replace("_", " ")
            yield text[:1].upper() + text[1:], "core/simulate/inject.py"
    yield from ((text, "core/simulate/inject.py") for text in UNANSWERED.values())
    for listed in list_profiles():
        if not listed.own:
            yield load_profile(listed.name).title, "resources/profiles"


def sentences() -> Iterator[tuple[str, str]]:
    """Patterns of the sentences that core composes, and where each is."""
    for path in sorted((ROOT / "core" / "catalog").glob("*.py")):
        if path.stem.startswith("rule_") or path.stem in ("artifact_note", "fade", "sync_verdict"):
            yield from ((text, _place(path)) for text in _strings(path, parts=True))
        else:
            yield from ((text, _place(path)) for text in _strings(path, parts=False))
    for room in (*_ROOMS, *_ROOMS_TOO):
        for path in sorted((ROOT / "core" / room).rglob("*.py")):
            if path.stem not in _NEVER_ON_SCREEN:
                yield from ((text, _place(path)) for text in _strings(path, parts=False))
    yield from ((text, "core/catalog") for text in _COMPOSED)
    files = [ROOT / "core" / "reports" / f"{name}.py" for name in _REPORTED]
    files += [ROOT / "core" / "learning" / f"{name}.py" for name in _LEARNED]
    for path in files:
        yield from ((text, _place(path)) for text in _strings(path, parts=False))


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _strings(path: Path, parts: bool) -> Iterator[str]:
    """Sentences in a file; with `parts` also what is no whole sentence."""
    tree = ast.parse(path.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant | ast.JoinedStr) or not _is_said(node, parents):
            continue
        for text in patterns(node):
            whole = text[:1].isupper() or text[:1] in "{“"
            whole = whole and text.endswith(".") and " " in text
            letters = re.sub(r"[^A-Za-z]", "", _PLACE.sub("", text))
            if len(letters) < _FEWEST_LETTERS or _KEY.fullmatch(text):
                continue
            if whole or (parts and not _NAME_LIKE.fullmatch(text)):
                yield text


def _is_said(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a string may come on screen: no docstring, log, key, nor part of another string."""
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return False
    inside = False
    child, parent = node, parents.get(node)
    if isinstance(parent, ast.Expr | ast.JoinedStr | ast.Subscript | ast.Compare):
        return False
    if isinstance(parent, ast.FormattedValue) and parent.format_spec is node:
        return False
    while parent is not None:
        if isinstance(parent, ast.Call):
            name = parent.func.attr if isinstance(parent.func, ast.Attribute) else ""
            name = parent.func.id if isinstance(parent.func, ast.Name) else name
            if name in _SILENT or (name[:1].isupper() and name.endswith("Spec")):
                return False
        if isinstance(parent, ast.Dict) and child in parent.keys:
            return False
        inside |= isinstance(parent, ast.FunctionDef)
        child, parent = parent, parents.get(parent)
    return inside or not _in_table(node, parents)


def _in_table(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a string of a module is an argument of a table's entry."""
    parent = parents.get(node)
    while parent is not None:
        if isinstance(parent, ast.Call):
            return not (isinstance(parent.func, ast.Name) and "Mapping" in parent.func.id)
        parent = parents.get(parent)
    return False


def patterns(node: ast.Constant | ast.JoinedStr) -> tuple[str, ...]:
    """What a string can say, with names in braces for its values.

    Choices within an f-string give a pattern each; values that touch become one.
    """
    if isinstance(node, ast.Constant):
        return (str(node.value).replace("{}", "{value}"),)
    parts: list[tuple[str, ...]] = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append((str(value.value).replace("{}", "{value}"),))
        elif isinstance(value, ast.FormattedValue):
            parts.append(_choices(value.value))
    combined = [_joined(texts) for texts in product(*parts)]
    if len(combined) > _MOST_FORMS:
        combined = [_joined(tuple(texts[0] for texts in parts))]
    return tuple(dict.fromkeys(combined))


def _choices(value: ast.expr) -> tuple[str, ...]:
    if isinstance(value, ast.IfExp):
        both = (value.body, value.orelse)
        if all(isinstance(b, ast.Constant | ast.JoinedStr) for b in both):
            return tuple(
                text
                for b in both
                if isinstance(b, ast.Constant | ast.JoinedStr)
                for text in patterns(b)
            )
    return (f"{{{_name(value)}}}",)


def _name(value: ast.expr) -> str:
    """A name for a value that tells a translator what stands there."""
    while isinstance(value, ast.Subscript):
        value = value.value
    if isinstance(value, ast.Attribute):
        if value.attr == "title" and isinstance(value.value, ast.Subscript):
            return "name"
        return value.attr.strip("_")
    if isinstance(value, ast.Name):
        return value.id.strip("_").lower()
    if isinstance(value, ast.Call):
        if isinstance(value.func, ast.Name) and value.args:
            if value.func.id == "in_words":
                return "length"
            if value.func.id in ("abs", "len", "min", "max", "float", "round"):
                return _name(value.args[0])
            return value.func.id.strip("_").lower()
        if isinstance(value.func, ast.Attribute):
            return "list" if value.func.attr == "join" else value.func.attr
    if isinstance(value, ast.BinOp):
        left = _name(value.left)
        return left if left != "value" else _name(value.right)
    return "value"


def _joined(texts: tuple[str, ...]) -> str:
    """A pattern of parts; values that touch become one, equal names get numbers."""
    text = re.sub(r"(\{\w+\})(?:\{\w+\})+", r"\1", "".join(texts))
    seen: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return f"{{{name}{seen[name] if seen[name] > 1 else ''}}}"

    return re.sub(r"\{(\w+)\}", numbered, text)


def sentence_file(messages: Iterable[str]) -> str:
    """What `sentence.txt` holds: patterns and endings of core's sentences, one a line."""
    kept = {text for text in messages if "{" in text or text.startswith((" ", ",", ";", ":"))}
    return "".join(f"{text}\n" for text in sorted(kept)).replace("\\", "\\\\")


# Files of Qt Linguist


def read(path: Path) -> dict[str, Message]:
    """The messages of a file; what has vanished from the product is among them."""
    found: dict[str, Message] = {}
    if not path.is_file():
        return found
    for node in ElementTree.parse(path).getroot().iter("message"):
        source, said = node.findtext("source", ""), node.find("translation")
        if said is None:
            continue
        counted = node.get("numerus") == "yes"
        forms = [f.text or "" for f in said.iter("numerusform")] if counted else [said.text or ""]
        found[source] = Message(source, counted, set(), tuple(forms), said.get("type") is None)
    return found


def merged(messages: dict[str, Message], old: dict[str, Message], forms: int) -> list[Message]:
    """All messages with the translations that there are."""
    result = []
    for text, message in messages.items():
        before = old.get(text, Message(text))
        count = forms if message.counted else 1
        said = (*before.forms, *[""] * count)[:count]
        finished = before.finished and all(said)
        result.append(Message(text, message.counted, message.files, said, finished))
    return result


def document(messages: Iterable[Message], language: str, vanished: Iterable[Message] = ()) -> str:
    """The text of a TS file."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage=SOURCE)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for message in messages:
        node = ElementTree.SubElement(context, "message")
        for where in sorted(message.files):
            ElementTree.SubElement(node, "location", filename=f"../../{where}")
        _write(node, message, "" if message.finished else "unfinished")
    for message in vanished:
        _write(ElementTree.SubElement(context, "message"), message, "vanished")
    ElementTree.indent(root, "    ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n'


def _write(node: ElementTree.Element, message: Message, kind: str) -> None:
    if message.counted:
        node.set("numerus", "yes")
    ElementTree.SubElement(node, "source").text = message.source
    said = ElementTree.SubElement(node, "translation")
    if kind:
        said.set("type", kind)
    if message.counted:
        for form in message.forms:
            ElementTree.SubElement(said, "numerusform").text = form
    else:
        said.text = message.forms[0] if message.forms else ""


def current(language: str, messages: dict[str, Message]) -> str:
    """What the file of a language should hold now."""
    path = FOLDER / f"onglass_{language}.ts"
    old = read(path)
    forms = _FORMS.get(language.partition("_")[0], 2)
    if language == SOURCE:
        # English needs no words but its singulars.
        messages = {text: message for text, message in messages.items() if message.counted}
    gone = [m for text, m in old.items() if text not in messages and any(m.forms)]
    return document(merged(messages, old, forms), language, gone)


def release(language: str, target: Path | None = None) -> None:
    """Compile the file of a language, by default to beside it."""
    import PySide6

    tool = Path(PySide6.__path__[0]) / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    source = FOLDER / f"onglass_{language}.ts"
    subprocess.run(
        [tool, "-silent", "-removeidentical", source, "-qm", target or source.with_suffix(".qm")],
        check=True,
    )


def troubles(language: str, messages: dict[str, Message]) -> Iterator[str]:
    """What is wrong with a language, a line each."""
    for message in merged(messages, read(FOLDER / f"onglass_{language}.ts"), 2):
        if language == SOURCE and not message.counted:
            continue
        if not message.finished:
            yield f"{language}: not translated: {message.source}"
            continue
        if lost(message):
            yield f"{language}: other places for values: {message.source}"


def lost(message: Message) -> set[str]:
    """Places for values that source and translation do not share.

    The count may be left out, as in "the other file waits".
    """
    wanted = set(_VALUE.findall(message.source))
    forms = [set(_VALUE.findall(form)) for form in message.forms]
    return {place for has in forms for place in has ^ wanted} - {"%n"}


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked for; 1 when something is missing."""
    parser = argparse.ArgumentParser(description="Keeps the translations current.")
    parser.add_argument("what", nargs="?", choices=["update", "new", "check"], default="update")
    parser.add_argument("language", nargs="?", default="")
    options = parser.parse_args(arguments)
    messages = collect()
    languages = {path.stem.partition("_")[2] for path in FOLDER.glob("onglass_*.ts")} | {SOURCE}
    if options.what == "new" and options.language:
        languages.add(options.language)
    wrong = [line for code in sorted(languages) for line in troubles(code, messages)]
    if options.what == "check":
        print("\n".join(wrong) or "All is translated.")
        return 1 if wrong else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "sentence.txt").write_text(sentence_file(text for text, _ in sentences()), "utf-8")
    for code in sorted(languages):
        text = current(code, messages)
        (FOLDER / f"onglass_{code}.ts").write_text(text, "utf-8")
        release(code)
    left = [line for code in sorted(languages) for line in troubles(code, messages)]
    print(f"{len(messages)} texts; {len(left)} to translate.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
