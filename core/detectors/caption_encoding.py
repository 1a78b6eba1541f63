"""Caption encoding: characters that nobody meant to show, counted by kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from core.detectors.base import Detector, Row, Sample

_REPLACEMENT = "\ufffd"
_FEWEST_LETTERS = 4
_FEWEST_KINDS = 3
_LONGEST_S = 60.0

# What ends a word or a sentence after a capital with an accent: no sign of a misreading there.
_ENDINGS = "\u00a0…‘’“”«»‹›–—•°ºª·"
_FOREIGN = re.compile(r"[\u00a1-\u00ff]{4,}")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|lrm|rlm|hellip|rsquo|lsquo|mdash|ndash|[aeiouAEIOU]acute|"
    r"[aeiouAEIOU]grave|[aeiouAEIOU]uml|[aeiouAEIOU]circ|ccedil|ntilde|szlig"
    r"|#\d{2,7}|#x[0-9a-fA-F]{2,6});"
)
_TAG = re.compile(
    r"</?(?:i|b|u|s|c|v|em|strong|font|span|ruby|rt|rp|br|p|div|lang|sync|body|tt)\b[^<>\n]{0,200}>"
    r"|\{\\[^{}\n]{1,200}\}|\{[ycfspo]:[^{}\n]{1,80}\}",
    re.IGNORECASE,
)
_BROKEN_TAG = re.compile(r"\{\\(?:an?\d|pos\(|i\d|b\d|c&|fn|fs)|</?(?:i|b|u|font)\b[^>]*$", re.M)
_ESCAPE = re.compile(r"(?<![:\\])\\(?:N|[nh](?![a-z]))|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}")


class CaptionEncodingDetector(Detector):
    """Counts wrong characters in the captions that start together, in all and by kind.

    * `replaced`: U+FFFD, which stands where a character could not be read.
    * `misread`: UTF-8 read as an 8-bit code page (`Ã©`, `â€™`, `Ð¿`): sequences which, written
      back in that code page, are valid UTF-8. And Cyrillic, Greek, Chinese and the like read as
      Latin-1 (`Ïðèâåò`): four accented letters or signs in a row, of three kinds at least, which
      no language writes.
    * `control`: control characters, among them those that Windows quotation marks become.
    * `private`: characters without a meaning of their own: private use, not assigned, surrogates.
    * `markup`: tags, entities and escapes that were shown instead of followed.
    """

    id = "caption_encoding"

    def reset(self) -> None:
        """Forget the PTS of the newest row."""
        self._newest: int | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for all captions that start here."""
        sample = views["cues"]
        if not sample.cues or (self._newest is not None and sample.pts <= self._newest):
            return []
        self._newest = sample.pts
        text = "\n".join(cue.text for cue in sample.cues)
        shown_s = max(cue.span.duration_s for cue in sample.cues)
        categories = [unicodedata.category(letter) for letter in text if letter not in "\n\r\t"]
        kinds = (
            text.count(_REPLACEMENT),
            _misread(text),
            categories.count("Cc"),
            sum(categories.count(kind) for kind in ("Co", "Cn", "Cs")),
            _markup(text),
        )
        values = (sum(kinds), *kinds, min(shown_s, _LONGEST_S))
        return [Row(sample.pts, tuple(map(float, values)))]


def _misread(text: str) -> int:
    """How many characters show as others."""
    if text.isascii():
        return 0
    most = max(len(pattern.findall(text)) for pattern in _misreadings())
    if most:
        return most
    runs = (run for run in _FOREIGN.findall(text) if len(set(run.lower())) >= _FEWEST_KINDS)
    return sum(map(len, runs))


def _markup(text: str) -> int:
    found = sum(len(pattern.findall(text)) for pattern in (_ENTITY, _TAG, _ESCAPE))
    return found or len(_BROKEN_TAG.findall(text))


@lru_cache(maxsize=1)
def _misreadings() -> tuple[re.Pattern[str], ...]:
    """What UTF-8 looks like in the code pages that it is usually mistaken for.

    Single characters count where no language writes such a pair; of scripts that consist of
    nothing else (Cyrillic, Greek, Arabic, Chinese) several must follow each other.
    """
    western = _letters("cp1252", 0x80, 0xC0)
    apart = "".join(letter for letter in western if letter not in _ENDINGS)
    tail, safe = f"[{re.escape(western)}]", f"[{re.escape(apart)}]"
    three = f"[{re.escape(_letters('cp1252', 0xE0, 0xF0))}]{tail}{tail}"
    two = f"[{re.escape(_letters('cp1252', 0xC2, 0xE0))}]{tail}"
    cyrillic = f"[РС][{re.escape(_letters('cp1251', 0x80, 0xC0))}]"
    boxes = f"[{re.escape(_letters('cp437', 0xC2, 0xE0))}]"
    dos = f"[{re.escape(_letters('cp437', 0x80, 0xC0))}]"
    return (
        re.compile(
            f"(?:{two}|{three}){{3,}}|{three}{three}|ðŸ..|â[€™\x80\x99]{tail}|Â[\xa0«»°¿¡]|[ÃÂÄÅ]{safe}"
            f"|(?<=[a-z])[ÃÂ]{tail}"
        ),
        re.compile(f"(?:{cyrillic}){{3,}}|вЂ[^\\s\\w]"),
        re.compile("[√¬][©®™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªº]|‚Ä[¶™úùìîòô¢]"),
        re.compile(f"{boxes}{dos}|ΓÇ[{re.escape(_letters('cp437', 0x80, 0xC0))}]"),
    )


def _letters(page: str, first: int, end: int) -> str:
    return "".join(bytes([c]).decode(page, "ignore") or chr(c) for c in range(first, end))
