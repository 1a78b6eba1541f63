"""Damage to pictures that needs several of them at once, and the run of a damage over a stream."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.domain.finding import Region
from core.simulate.kind import Picture, PictureDamage

_MOST_BYTES = 96 << 20
_LEAST_PICTURES, _MOST_PICTURES = 8, 48

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Damaged:
    """A damaged picture beside what it would be without the damage.

    Attributes:
        clean: What truth is measured against; for damage of coded streams this picture coded.
        shown: With the damage.
    """

    clean: Picture
    shown: Picture


class PieceDamage(PictureDamage):
    """Damages a few pictures at a time; a long stretch is damaged piece by piece."""

    previous: Picture | None = None

    def before(self, picture: Picture) -> None:
        """Remember what was on screen before the stretch."""
        self.previous = picture

    def apply(self, picture: Picture) -> Picture:
        """Damage a piece of one frame."""
        return self.apply_piece([picture])[0].shown

    @abstractmethod
    def apply_piece(self, pictures: Sequence[Picture]) -> list[Damaged]:
        """The damaged frames of one piece, as many as there are pictures; at least one."""


def piece_length(picture: Picture) -> int:
    """How many pictures of this size are damaged together: 8 to 48, or 96 MiB of them."""
    size = max(sum(plane.nbytes for plane in picture.planes), 1)
    return min(max(_MOST_BYTES // size, _LEAST_PICTURES), _MOST_PICTURES)


@dataclass(frozen=True, slots=True, eq=False)
class Step(Generic[T]):
    """A picture that has passed a run.

    Attributes:
        tag: What it came with.
        picture: As it is now.
        clean: What it would be without the damage; None where nothing was damaged.
    """

    tag: T
    picture: Picture
    clean: Picture | None = None


class PictureRun(Generic[T]):
    """Passes a stream of pictures through one defect, stretch by stretch.

    Pictures come out in order; while a piece is gathered they wait.

    Args:
        make: Makes the damage of a stretch, given the stretch's number.
        region: Where in the picture the damage shows; None is everywhere.
    """

    def __init__(self, make: Callable[[int], PictureDamage], region: Region | None = None) -> None:
        self._make = make
        self._region = region
        self._stretch: int | None = None
        self._damage: PictureDamage | None = None
        self._previous: Picture | None = None
        self._waiting: list[tuple[T, Picture]] = []

    def take(self, tag: T, picture: Picture, stretch: int | None) -> list[Step[T]]:
        """Pass a picture on.

        Args:
            tag: Comes back with it.
            picture: The next one.
            stretch: Number of the stretch that it lies in, or None.

        Returns:
            What is ready, in order; may be nothing yet.
        """
        ready: list[Step[T]] = []
        if stretch != self._stretch:
            ready += self.finish()
            self._stretch = stretch
            self._damage = None if stretch is None else self._make(stretch)
            if self._damage is not None and self._previous is not None:
                self._damage.before(self._part(self._previous))
        self._previous = picture
        if self._damage is None:
            return [*ready, Step(tag, picture)]
        self._waiting.append((tag, picture))
        if not isinstance(self._damage, PieceDamage) or self._is_full(picture):
            ready += self._piece(self._damage)
        return ready

    def finish(self) -> list[Step[T]]:
        """What still waits, at the end of a stretch or of the stream."""
        return self._piece(self._damage) if self._damage is not None and self._waiting else []

    def _is_full(self, picture: Picture) -> bool:
        return len(self._waiting) >= piece_length(picture)

    def _piece(self, damage: PictureDamage) -> list[Step[T]]:
        waiting, self._waiting = self._waiting, []
        parts = [self._part(picture) for _, picture in waiting]
        if isinstance(damage, PieceDamage):
            done = damage.apply_piece(parts)
        else:
            done = [Damaged(part, damage.apply(part)) for part in parts]
        return [
            Step(tag, self._whole(picture, item.shown), self._whole(picture, item.clean))
            for (tag, picture), item in zip(waiting, done, strict=True)
        ]

    def _part(self, picture: Picture) -> Picture:
        """What the damage is given of a picture."""
        if self._region is None or self._damage is None or not self._damage.LOCAL:
            return picture
        return picture.cut(self._region)

    def _whole(self, picture: Picture, part: Picture) -> Picture:
        """A picture with what the damage gave back in its place."""
        if self._region is None or self._damage is None:
            return part
        if self._damage.LOCAL:
            return picture.pasted(self._region, part)
        return picture if part is picture else picture.within(self._region, part)
