"""Channel faults: one is missing, two are the same, or two have changed places."""

from __future__ import annotations

import numpy as np

from core.domain.errors import KnownError
from core.simulate.kind import Sound, SoundDamage

_LEAST_DB, _MOST_DB = 35.0, 100.0
_LEAST_SIDE_DB, _MOST_SIDE_DB = 35.0, 100.0
_LEAST_SHARE = 0.3
_SURROUND = 6
_CENTRE, _BASS = 2, 3


class Channel(SoundDamage):
    """Damages the front pair, or the order of 5.1.

    * `missing`: one channel of the pair, chosen by chance, falls by 35 dB at severity 0, and is
      digitally silent at 1.
    * `duplicate`: the pair becomes one: what differs between them falls by 35 dB at severity 0,
      and the left is on both at 1.
    * `swapped`: centre and bass effects of 5.1 change places, left and right of less; .3 of each
      is heard in the other's place at severity 0, and all of it at 1.
    """

    VARIANTS = ("missing", "duplicate", "swapped")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Damage the stretch.

        Raises:
            KnownError: There is only one channel.
        """
        if len(sound) < 2:
            raise KnownError("Channels can only be missing or swapped where there are two.")
        damaged = np.array(sound, np.float32)
        if self.variant == "missing":
            damaged[self._lost] *= np.float32(self._gain(_LEAST_DB, _MOST_DB))
        elif self.variant == "duplicate":
            side = (sound[1] - sound[0]) * np.float32(self._gain(_LEAST_SIDE_DB, _MOST_SIDE_DB))
            damaged[1] = np.clip(sound[0] + side, -1.0, 1.0)
        else:
            one, other = (_CENTRE, _BASS) if len(sound) >= _SURROUND else (0, 1)
            share = np.float32(self._share)
            damaged[one] = share * sound[other] + (1 - share) * sound[one]
            damaged[other] = share * sound[one] + (1 - share) * sound[other]
        return damaged

    def parameters(self) -> dict[str, float | int | str]:
        """The channel that is missing, what is left of it or of the difference, or the share."""
        if self.variant == "missing":
            return {"channel": self._lost, "gain": self._gain(_LEAST_DB, _MOST_DB)}
        if self.variant == "duplicate":
            return {"gain": self._gain(_LEAST_SIDE_DB, _MOST_SIDE_DB)}
        return {"share": self._share}

    @property
    def _lost(self) -> int:
        return self.seed % 2

    @property
    def _share(self) -> float:
        return _LEAST_SHARE + (1.0 - _LEAST_SHARE) * self.severity

    def _gain(self, least_db: float, most_db: float) -> float:
        if self.severity >= 1.0:
            return 0.0
        return float(10.0 ** (-(least_db + (most_db - least_db) * self.severity) / 20.0))
