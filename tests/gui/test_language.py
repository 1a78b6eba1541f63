"""Words on screen: English by default, with values and counts filled in."""

from __future__ import annotations

from gui.language import tr


def test_words_without_a_translation_stay_english() -> None:
    assert tr("Open a title.") == "Open a title."


def test_values_stand_in_for_names_in_braces() -> None:
    assert tr("{name} is open", name="{film}.mp4") == "{film}.mp4 is open"


def test_a_count_is_written_into_the_words() -> None:
    assert tr("%n flags", 3) == "3 flags"


def test_a_count_of_one_has_its_own_words() -> None:
    assert tr("%n flags", 1) == "1 flag"
