"""Blockiness: a coder of 8 x 8 blocks that is starved of bits."""

from __future__ import annotations

import cv2
import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_BEST_QUALITY = 30
_WORST_QUALITY = 3


class Blockiness(PictureDamage):
    """Codes each plane of each frame by itself as JPEG of low quality: 30 at severity 0, 3 at 1.

    JPEG has the 8 x 8 transform of MPEG-1, MPEG-2 and MPEG-4 and no filter that hides its grid.
    """

    def apply(self, picture: Picture) -> Picture:
        """Code and decode one frame; a deeper one than 8 bits keeps its lowest bits at zero."""
        shift = picture.depth - 8

        def coded(plane: Plane) -> Plane:
            plain = np.asarray(plane >> shift, np.uint8)
            packet = cv2.imencode(".jpg", plain, [cv2.IMWRITE_JPEG_QUALITY, self._quality()])[1]
            shown = np.asarray(cv2.imdecode(packet, cv2.IMREAD_GRAYSCALE), np.uint8)
            return np.asarray(shown.astype(plane.dtype) << shift, plane.dtype)

        return picture.each(coded)

    def parameters(self) -> dict[str, float | int | str]:
        """JPEG quality."""
        return {"quality": self._quality()}

    def _quality(self) -> int:
        return round(_BEST_QUALITY + (_WORST_QUALITY - _BEST_QUALITY) * self.severity)
