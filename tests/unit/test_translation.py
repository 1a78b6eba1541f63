"""Translations are complete and current, and no word on screen goes round them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.translation_tool import translation

from core.config.language import SOURCE, languages
from core.config.setting import Setting
from core.config.table import SETTINGS
from gui import language
from gui.actions import ACTIONS, MENUS
from gui.language import told, tr

ROOT = Path(__file__).resolve().parents[2]
OTHERS = sorted(set(languages()) - {SOURCE})


@pytest.fixture(scope="module")
def messages() -> dict[str, Any]:
    found: dict[str, Any] = translation.collect()
    return found


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest) -> Iterator[str]:
    """One language after another; English again afterwards."""
    code = str(request.param)
    assert language.choose(code) == code
    yield code
    language.choose(SOURCE)


# The files


@pytest.mark.parametrize("code", [SOURCE, *OTHERS])
def test_every_text_is_translated_with_all_its_values(code: str, messages: dict[str, Any]) -> None:
    assert list(translation.troubles(code, messages)) == []


@pytest.mark.parametrize("code", [SOURCE, *OTHERS])
def test_files_are_what_the_tool_would_write(
    code: str, messages: dict[str, Any], tmp_path: Path
) -> None:
    """Run `python packaging/translation.py` when this fails."""
    source = translation.FOLDER / f"onglass_{code}.ts"
    assert source.read_text("utf-8") == translation.current(code, messages)
    compiled = source.with_suffix(".qm")
    translation.release(code, tmp_path / compiled.name)
    assert (tmp_path / compiled.name).read_bytes() == compiled.read_bytes()


def test_patterns_of_sentences_are_current() -> None:
    known = (translation.FOLDER / "sentence.txt").read_text("utf-8")
    assert known == translation.sentence_file(text for text, _ in translation.sentences())


def test_a_text_that_lost_a_value_is_reported() -> None:
    one = translation.Message("{name} is here", False, set(), ("hier",), True)
    assert translation.lost(one) == {"{name}"}


# Access keys


@pytest.mark.parametrize("code", [SOURCE, *OTHERS])
def test_menus_have_an_access_key_each(code: str) -> None:
    language.choose(code)
    try:
        keys = [_access_key(tr(f"&{menu}")) for menu in MENUS]
    finally:
        language.choose(SOURCE)
    assert "" not in keys
    assert len(set(keys)) == len(keys), keys


def test_actions_leave_access_keys_to_the_system(other: str) -> None:
    assert [a.id for a in ACTIONS.values() if "&" in a.title or "&" in tr(a.title)] == []


def _access_key(text: str) -> str:
    found = re.search(r"&(\w)", text)
    return found.group(1).casefold() if found else ""


# Sentences of core


def test_every_pattern_finds_its_own_translation(other: str) -> None:
    lines = (translation.FOLDER / "sentence.txt").read_text("utf-8").splitlines()
    wrong = []
    for line in lines:
        names = set(re.findall(r"\{(\w+)\}", line))
        if not names or line.startswith((" ", ",", ";", ":")):
            continue
        values = {name: "2.5 s" if name.startswith("length") else "7" for name in names}
        if told(line.format(**values)) != tr(line).format(**values):
            wrong.append(line)
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "german"),
    [
        (
            "The picture is black for 2.4 s (60 frames) at the start of the title.",
            "Das Bild ist schwarz für 2.4 s (60 Bilder) am Anfang des Titels.",
        ),
        (
            "The stream reports 5 damaged frames and 1 cut-off end within 0.2 s.",
            "Der Strom meldet 5 beschädigte Bilder und 1 abgeschnittenes Ende innerhalb von 0.2 s.",
        ),
        (
            "A steady tone of 50.0 Hz with 1 of its multiples at -63 dBFS for 4 s.",
            "Ein steter Ton bei 50.0 Hz mit 1 seiner Vielfachen mit -63 dBFS für 4 s.",
        ),
        (
            "Hum in channel 1 for 4 s; the network is 97 % sure. "
            "No line of the mains stands out by itself.",
            "Brummen in Kanal 1 für 4 s; das Netz ist zu 97 % sicher. "
            "Keine Linie des Stromnetzes hebt sich für sich allein ab.",
        ),
        ("No sound for 2.58 s (digital silence).", "Kein Ton für 2.58 s (digitale Stille)."),
        ("My film.mp4 does not exist.", "My film.mp4 gibt es nicht."),
        ("Something that nobody ever said.", "Something that nobody ever said."),
    ],
)
def test_sentences_are_taken_apart_and_said_anew(sentence: str, german: str) -> None:
    language.choose("de")
    try:
        assert told(sentence) == german
    finally:
        language.choose(SOURCE)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.key)
@pytest.mark.usefixtures("other")
def test_refused_setting_is_told_without_english_words(setting: Setting) -> None:
    said = told(setting.refusal())
    own = said.replace(tr(setting.title), "")
    assert not re.search(r"\b(in the settings|default|none of|number)\b", own)
    assert all(f"“{choice}”" in said for choice in setting.choices)


def test_english_sentences_stay_as_they_are() -> None:
    assert told("The picture is black for 2.4 s (60 frames).").startswith("The picture")


# Nothing goes round

SAID = {
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName"),
    *("setAccessibleDescription", "setPlaceholderText", "setTitle", "setInformativeText"),
    *("setSuffix", "setPrefix", "setHeaderLabels", "setNameFilters", "setWhatsThis"),
    *("addItem", "addTab", "addRow", "addMenu", "addAction", "addButton", "setFormat"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QMenu", "QAction"),
    *("ElidedLabel", "QTreeWidgetItem", "QListWidgetItem", "QMessageBox", "KnownError"),
    *("say", "complain", "show_text", "show_error", "show_loading", "show_osd", "show_nothing"),
}
FREE = {
    # Names of products and of formats of numbers, which no language changes.
    *("Onglass", "PTS", "RGB", "dB", "ms", "lin", "Python", "Qt"),
}


def bypasses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Words that are shown without `tr`: literals as arguments of what shows texts."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        name = call.func.id if isinstance(call.func, ast.Name) else name
        if name in SAID:
            for argument in call.args:
                yield from _words_in(argument)


def _words_in(node: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[A-Za-z]{2,}", node.value) and node.value.strip() not in FREE:
            yield node.lineno, node.value
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            if isinstance(value, ast.Constant):
                yield from _free_of_units(value)
    elif isinstance(node, ast.IfExp):
        yield from _words_in(node.body)
        yield from _words_in(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from _words_in(node.left)
        yield from _words_in(node.right)
    elif isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _words_in(element)


def _free_of_units(value: ast.Constant) -> Iterator[tuple[int, str]]:
    words = set(re.findall(r"[A-Za-z]{2,}", str(value.value)))
    if words - {"Onglass", "PTS", "dB", "dBFS", "Hz", "kHz", "ms", "min", "Cb", "Cr", "fps"}:
        yield value.lineno, str(value.value)


def test_no_word_on_screen_goes_round_the_translation() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in sorted((ROOT / "gui").rglob("*.py"))
        for line, text in bypasses(ast.parse(path.read_text("utf-8")))
        if not (text.startswith(("color: ", "background: ")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "label.setText('Open a title')",
        "QLabel('Open a title')",
        "desk.say(f'{count} flags')",
        "box.addItem('One' if one else name, 1)",
        "raise KnownError('It is broken.', str(error))",
        "tree.setHeaderLabels(['Value', tr('Source')])",
    ],
)
def test_words_that_go_round_are_found(code: str) -> None:
    assert list(bypasses(ast.parse(code)))
