"""Damage to what captions say: wrong characters, or another language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from core.domain.media import Cue
from core.simulate.kind import CueDamage

_ACCENTED = MappingProxyType(dict(zip("aeioucnyAEIOUC'-", "áéíöüçñÿÀÉÍØÜÇ’—", strict=True)))
_CYRILLIC = MappingProxyType(
    dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувщхыз", strict=True))
)
_LEAST_LETTERS = 4
_MARKUP = ("&amp;", "&#39;", "{\\an8}", "<i>", "\\N")
_CONTROLS = "\x92\x93\x85\x07\x1b"
_LEAST_SHARE = 0.2

_OTHER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "german": (
            "Ich weiß nicht, was du meinst.",
            "Wir sehen uns morgen früh.",
            "Das ist doch nicht\nmöglich!",
        ),
        "french": ("Je ne sais pas encore.", "Attends-moi devant\nla maison.", "C'est fini."),
        "spanish": ("¿Qué quieres decir?", "No lo sé todavía.", "Mañana hablamos\ncon ellos."),
        "russian": ("Я не знаю, что делать.", "Подожди меня здесь.", "Это невозможно."),
        "japanese": ("わかりません。", "明日また会いましょう。", "どうしてここに？"),
    }
)


class CueGarble(CueDamage):
    """Captions show wrong characters: one a caption at severity 0, all that can be at 1.

    | Variant | What happened |
    |---|---|
    | `misread` | UTF-8 read as Windows-1252, after letters were given accents |
    | `lost` | characters were replaced by U+FFFD |
    | `foreign` | Cyrillic text in Windows-1251 read as Latin-1 |
    | `control` | control characters stand between letters |
    | `markup` | tags, entities and escapes show |
    """

    VARIANTS = ("misread", "lost", "foreign", "control", "markup")

    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """The same captions with other characters."""
        return [replace(cue, text=self._garbled(cue.text)) for cue in cues]

    def parameters(self) -> dict[str, float | int | str]:
        """Which part of the characters is wrong, where any can be."""
        return {"share": round(self.severity, 3)}

    def _garbled(self, text: str) -> str:
        if self.variant == "foreign":
            foreign = "".join(_CYRILLIC.get(letter, letter) for letter in text.lower())
            return _misread(foreign if _is_long(foreign) else f"{foreign} привет", "cp1251")
        if self.variant == "misread":
            chosen = self._chosen([i for i, letter in enumerate(text) if letter in _ACCENTED])
            accented = [_ACCENTED[c] if i in chosen else c for i, c in enumerate(text)]
            return _misread("".join(accented) if chosen else f"{text}…", "utf-8")
        places = self._chosen([i for i, letter in enumerate(text) if letter.isalnum()])
        if not places:
            return text + self._inserted()
        return "".join(
            letter if i not in places else self._instead(letter) for i, letter in enumerate(text)
        )

    def _instead(self, letter: str) -> str:
        return "\ufffd" if self.variant == "lost" else letter + self._inserted()

    def _inserted(self) -> str:
        if self.variant == "lost":
            return "\ufffd"
        choice = _CONTROLS if self.variant == "control" else _MARKUP
        return choice[int(self.rng.integers(len(choice)))]

    def _chosen(self, places: Sequence[int]) -> frozenset[int]:
        """Some of the places: one at severity 0, all at 1."""
        if not places:
            return frozenset()
        count = max(round(len(places) * self.severity), 1)
        return frozenset(self.rng.choice(places, count, replace=False).tolist())


class CueLanguage(CueDamage):
    """Captions are of another language: one in five at severity 0, all at 1."""

    VARIANTS = tuple(_OTHER)

    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """The same times, other words."""
        texts = _OTHER[self.variant]
        count = max(round(len(cues) * self._share()), min(len(cues), 1))
        chosen = set(self.rng.choice(len(cues), count, replace=False).tolist()) if cues else set()
        return [
            replace(cue, text=texts[i % len(texts)]) if i in chosen else cue
            for i, cue in enumerate(cues)
        ]

    def spans(self, before: Sequence[Cue], after: Sequence[Cue]) -> list[tuple[float, float]]:
        """Each caption that changed."""
        return [
            (cue.span.start_s, cue.span.end_s)
            for old, cue in zip(before, after, strict=True)
            if old.text != cue.text
        ]

    def parameters(self) -> dict[str, float | int | str]:
        """Which part of the captions is of the other language."""
        return {"share": round(self._share(), 3)}

    def _share(self) -> float:
        return _LEAST_SHARE + (1.0 - _LEAST_SHARE) * self.severity


def _misread(text: str, page: str) -> str:
    """Written in one code page, read in another; bytes without a character keep their number."""
    reading = "cp1252" if page == "utf-8" else "latin-1"
    coded = text.encode(page, "ignore")
    return "".join(bytes([c]).decode(reading, "ignore") or chr(c) for c in coded)


def _is_long(text: str) -> bool:
    return any(sum(not c.isascii() for c in word) >= _LEAST_LETTERS for word in text.split())
