"""Blockiness: a coder of 8 x 8 blocks that is starved of bits."""

from __future__ import annotations

import cv2
import numpy as np

from core.simulate.kind import Picture, PictureDamage

_BEST_QUALITY = 30
_WORST_QUALITY = 3


class Blockiness(PictureDamage):
    """Codes each frame by itself as JPEG of low quality: 30 at severity 0, 3 at 1.

    JPEG has the 8 x 8 transform of MPEG-1, MPEG-2 and MPEG-4 and no filter that hides its grid.
    """

    def apply(self, picture: Picture) -> Picture:
        """Code and decode one frame; a 16-bit one keeps its lowest bits at zero."""
        deep = picture.dtype != np.uint8
        depth = max(int(picture.max(initial=0)).bit_length(), 8) if deep else 8
        plain = (picture >> (depth - 8)).astype(np.uint8) if deep else picture
        coded = cv2.imencode(".jpg", plain, [cv2.IMWRITE_JPEG_QUALITY, self._quality()])[1]
        shown = np.asarray(cv2.imdecode(coded, cv2.IMREAD_UNCHANGED), np.uint8)
        return np.asarray(shown.astype(picture.dtype) << (depth - 8), picture.dtype)

    def parameters(self) -> dict[str, float | int | str]:
        """JPEG quality."""
        return {"quality": self._quality()}

    def _quality(self) -> int:
        return round(_BEST_QUALITY + (_WORST_QUALITY - _BEST_QUALITY) * self.severity)
