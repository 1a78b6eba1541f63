"""Which languages the desk speaks, and what each calls itself."""

from __future__ import annotations

from collections.abc import Mapping

from core.config.paths import resources_dir

SOURCE = "en"
_OWN_NAMES = {
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "hu": "Magyar",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}


def languages() -> Mapping[str, str]:
    """Languages with a compiled translation, by code, and what they call themselves."""
    found = resources_dir().glob("translations/onglass_*.qm")
    codes = sorted({SOURCE, *(path.stem.partition("_")[2] for path in found)})
    return {code: _OWN_NAMES.get(code, code) for code in codes}
