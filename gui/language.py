"""The words on screen in the person's language.

Everything that people read on screen goes through `tr`, in the words of the source: English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "onglass"


def tr(text: str, count: int | None = None, /, **values: object) -> str:
    """Say something in the chosen language.

    Args:
        text: English, as written in the source; `{name}` stands for a value, `%n` for the count.
        count: How many, where the words depend on it.
        values: What stands in for the names in braces.

    Returns:
        The translation, or the English words where there is none.
    """
    said = QCoreApplication.translate(CONTEXT, text, None, -1 if count is None else count)
    if count is not None:
        said = said.replace("%n", str(count))
    return said.format(**values) if values else said
