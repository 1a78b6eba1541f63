"""Recipes: which defects, how strong, how often, in which coding, go into a data set."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.config.paths import resources_dir
from core.domain.errors import KnownError
from core.simulate.inject import INJECTORS, Domain, injector
from core.simulate.plan import Coding

EVERY: Mapping[str, frozenset[Domain]] = MappingProxyType(
    {"*": frozenset(Domain)} | {f"*{domain}": frozenset({domain}) for domain in Domain}
)
"""Stands for every defect, or every one of `*picture`, `*sound`, `*cues` or `*stream`."""

_LONGEST_BYTES = 1_000_000
_SEVERITIES = (0.25, 0.5, 0.75, 1.0)
_SECONDS = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One defect of a recipe's clip.

    Attributes:
        defect: Id in the taxonomy, or a key of `EVERY`.
        variants: Taken in turn; empty stands for all that there are.
        severities: Taken in turn.
        seconds: Shortest and longest span.
    """

    defect: str
    variants: tuple[str, ...] = ()
    severities: tuple[float, ...] = _SEVERITIES
    seconds: tuple[float, float] = _SECONDS


@dataclass(frozen=True, slots=True)
class Dish:
    """One kind of clip: the defects that go into it together, and how many a source gives.

    Attributes:
        ingredients: At least one.
        count: Clips a source.
    """

    ingredients: tuple[Ingredient, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How clean titles become a data set.

    Attributes:
        name: Name of its file.
        title: What people call it.
        dishes: Kinds of clips.
        seed: Chooses what chance decides.
        seconds: Length of a clip; shorter sources give what they have.
        excerpts: Places a source that clips are taken from.
        codings: Taken in turn.
        pictures: Write pictures where only sound or captions are damaged.
        twins: Write the clean twin of every excerpt and coding that is used.
        held_variants: `defect:variant`, kept for the test side.
        held_codecs: Codings whose codec is kept for the test side.
    """

    name: str
    title: str
    dishes: tuple[Dish, ...]
    seed: int = 0
    seconds: float = 8.0
    excerpts: int = 2
    codings: tuple[Coding, ...] = (Coding(),)
    pictures: bool = True
    twins: bool = True
    held_variants: frozenset[str] = field(default_factory=frozenset)
    held_codecs: frozenset[str] = field(default_factory=frozenset)

    def variants_for(self, ingredient: Ingredient, side: str) -> tuple[str, ...]:
        """The variants that an ingredient may take on one side of the split."""
        known = ingredient.variants or injector(ingredient.defect).variants or ("",)
        if side == "test":
            return known
        held = self.held_variants
        return tuple(v for v in known if f"{ingredient.defect}:{v}" not in held)

    def codings_for(self, side: str) -> tuple[Coding, ...]:
        """The codings that may be used on one side of the split."""
        if side == "test":
            return self.codings
        return tuple(c for c in self.codings if c.codec not in self.held_codecs)


def shipped_recipes() -> dict[str, Path]:
    """The recipes that ship with the product, by name."""
    return {path.stem: path for path in sorted((resources_dir() / "recipes").glob("*.toml"))}


def load_recipe(name_or_path: str | Path) -> Recipe:
    """Read a recipe by its name, or from a file that ends with `.toml`.

    Raises:
        KnownError: There is none, or it says what cannot be made.
    """
    text = str(name_or_path)
    path = Path(text) if text.endswith(".toml") else shipped_recipes().get(text)
    if path is None:
        raise KnownError(
            f"There is no recipe “{text}”; there are {', '.join(shipped_recipes())}, "
            "or name a file that ends with .toml."
        )
    try:
        if path.stat().st_size > _LONGEST_BYTES:
            raise KnownError(f"{path} is too long for a recipe.")
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError(f"The recipe {path} cannot be read.", str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnownError(f"The recipe {path.name} is not valid TOML.", str(error)) from error
    return recipe_of(path.stem, content)


def recipe_of(name: str, content: Mapping[str, Any]) -> Recipe:
    """A recipe from what its TOML file holds.

    Raises:
        KnownError: A key, defect or variant is unknown, or a value makes no sense.
    """
    try:
        return _Reader(name).recipe(content)
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise KnownError(f"The recipe {name} has a value of the wrong kind.", str(error)) from error


class _Reader:
    """Turns TOML into a recipe, complaining in its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def recipe(self, content: Mapping[str, Any]) -> Recipe:
        """The whole file."""
        self._keys(content, "", {"title", "seed", "clip", "make", "held_out"})
        clip = content.get("clip", {})
        self._keys(clip, "clip", {"seconds", "excerpts", "pictures", "twins", "codings"})
        held = content.get("held_out", {})
        self._keys(held, "held_out", {"variants", "codecs"})
        dishes = tuple(self._dish(row) for row in content.get("make", ()))
        if not dishes:
            raise self._error("makes nothing; it needs a [[make]]")
        recipe = Recipe(
            self._name,
            str(content.get("title", self._name)),
            dishes,
            int(content.get("seed", 0)),
            float(clip.get("seconds", 8.0)),
            int(clip.get("excerpts", 2)),
            tuple(self._coding(row) for row in clip.get("codings", ({},))),
            bool(clip.get("pictures", True)),
            bool(clip.get("twins", True)),
            frozenset(self._held(text) for text in held.get("variants", ())),
            frozenset(str(codec) for codec in held.get("codecs", ())),
        )
        if recipe.seconds < 1 or recipe.excerpts < 1:
            raise self._error("needs clips of a second or more, and an excerpt or more")
        if not recipe.codings_for("dev"):
            raise self._error("holds out every coding, so that none is left to learn from")
        return recipe

    def _dish(self, row: Mapping[str, Any]) -> Dish:
        self._keys(row, "make", {"defect", "variants", "severities", "seconds", "count", "with"})
        own = {key: value for key, value in row.items() if key not in ("count", "with")}
        others = tuple(self._ingredient(other) for other in row.get("with", ()))
        if any(other.defect in EVERY for other in others):
            raise self._error("names * in a “with”")
        count = int(row.get("count", 1))
        if count < 1:
            raise self._error("makes fewer than one clip of something")
        return Dish((self._ingredient(own), *others), count)

    def _ingredient(self, row: Mapping[str, Any]) -> Ingredient:
        self._keys(row, "make", {"defect", "variants", "severities", "seconds"})
        defect = str(row["defect"])
        variants = tuple(str(v) for v in row.get("variants", ()))
        severities = tuple(float(s) for s in row.get("severities", _SEVERITIES))
        short, long = (float(s) for s in row.get("seconds", _SECONDS))
        if defect not in EVERY:
            for variant in variants:
                self._held(f"{defect}:{variant}")
            injector(defect)
        elif variants:
            raise self._error("gives variants to *")
        if not severities or any(not 0 <= s <= 1 for s in severities):
            raise self._error(f"gives “{defect}” a severity outside 0..1")
        if not 0 < short <= long:
            raise self._error(f"gives “{defect}” spans that are empty or upside down")
        return Ingredient(defect, variants, severities, (short, long))

    def _coding(self, row: Mapping[str, Any]) -> Coding:
        self._keys(row, "clip.codings", {"codec", "crf", "bitrate", "sound_codec", "sound_bitrate"})
        crf, bitrate = row.get("crf"), row.get("bitrate")
        sound_bitrate = row.get("sound_bitrate")
        return Coding(
            str(row.get("codec", "")),
            None if crf is None else float(crf),
            None if bitrate is None else int(bitrate),
            str(row.get("sound_codec", "")),
            None if sound_bitrate is None else int(sound_bitrate),
        )

    def _held(self, text: str) -> str:
        defect, _, variant = str(text).partition(":")
        if variant not in injector(defect).variants:
            raise self._error(f"names the variant “{text}”, which there is not")
        return str(text)

    def _keys(self, table: Mapping[str, Any], where: str, known: set[str]) -> None:
        unknown = sorted(set(table) - known)
        if unknown:
            place = f" in [{where}]" if where else ""
            raise self._error(f"has the unknown key “{unknown[0]}”{place}")

    def _error(self, what: str) -> KnownError:
        return KnownError(f"The recipe {self._name} {what}.")


def expanded(dishes: Sequence[Dish]) -> tuple[Dish, ...]:
    """The dishes with one for each defect in the place of `EVERY`."""
    found: list[Dish] = []
    for dish in dishes:
        first = dish.ingredients[0]
        if first.defect not in EVERY:
            found.append(dish)
            continue
        domains = EVERY[first.defect]
        for defect in (name for name, entry in INJECTORS.items() if entry.domain in domains):
            own = Ingredient(defect, (), first.severities, first.seconds)
            found.append(Dish((own, *dish.ingredients[1:]), dish.count))
    return tuple(found)
