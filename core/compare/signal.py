"""How the codes of a stored picture are to be read: depth, range, matrix, transfer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.media.frame import Luma, VideoFrame

_HD_HEIGHT = 720
_BLACK, _WHITE = 16, 235
_NEUTRAL = 128
_CHROMA_SPAN = 224


class Curve(StrEnum):
    """Transfer curves whose codes mean another brightness than those of SDR."""

    SDR = "sdr"
    PQ = "pq"
    HLG = "hlg"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Luma coefficients of a matrix.

    Attributes:
        name: As people call it.
        kr: Share of red in luma.
        kb: Share of blue in luma.
    """

    name: str
    kr: float
    kb: float

    @property
    def kg(self) -> float:
        """Share of green in luma."""
        return 1.0 - self.kr - self.kb

    def to_rgb(self) -> NDArray[np.float64]:
        """R, G, B from Y (0..1), Cb and Cr (−0.5..0.5); shape (3, 3)."""
        red, blue = 2 * (1 - self.kr), 2 * (1 - self.kb)
        return np.array(
            [
                [1.0, 0.0, red],
                [1.0, -blue * self.kb / self.kg, -red * self.kr / self.kg],
                [1.0, blue, 0.0],
            ]
        )

    def to_ycc(self) -> NDArray[np.float64]:
        """Y, Cb, Cr from R, G, B of 0..1; shape (3, 3)."""
        return np.asarray(np.linalg.inv(self.to_rgb()), np.float64)


BT601 = Matrix("BT.601", 0.299, 0.114)
BT709 = Matrix("BT.709", 0.2126, 0.0722)
BT2020 = Matrix("BT.2020", 0.2627, 0.0593)
SMPTE240 = Matrix("SMPTE 240M", 0.212, 0.087)
FCC = Matrix("FCC", 0.30, 0.11)

_MATRICES = {
    "bt709": BT709,
    "bt470bg": BT601,
    "smpte170m": BT601,
    "smpte240m": SMPTE240,
    "fcc": FCC,
    "bt2020nc": BT2020,
    "bt2020c": BT2020,
}
_CURVES = {"smpte2084": Curve.PQ, "arib-std-b67": Curve.HLG}


@dataclass(frozen=True, slots=True)
class Signal:
    """How codes are to be read.

    Attributes:
        depth: Bits a sample.
        full_range: Luma uses all codes; else 16..235 of 8 bits and what corresponds above.
        matrix: Between RGB and the stored planes.
        declared: The stream names this matrix; else it was taken by the picture's height.
        curve: What the codes mean in brightness.
        from_rgb: The picture is stored as RGB, and Y, Cb, Cr are converted.
    """

    depth: int = 8
    full_range: bool = False
    matrix: Matrix = BT709
    declared: bool = True
    curve: Curve = Curve.SDR
    from_rgb: bool = False

    @property
    def levels(self) -> int:
        """How many codes there are."""
        return 1 << self.depth

    @property
    def black(self) -> int:
        """Luma code of nominal black."""
        return 0 if self.full_range else _BLACK << (self.depth - 8)

    @property
    def white(self) -> int:
        """Luma code of nominal white."""
        return self.levels - 1 if self.full_range else _WHITE << (self.depth - 8)

    @property
    def neutral(self) -> int:
        """Chroma code of no colour."""
        return _NEUTRAL << (self.depth - 8)

    @property
    def chroma_span(self) -> int:
        """Codes from the least to the largest nominal chroma."""
        return self.levels - 1 if self.full_range else _CHROMA_SPAN << (self.depth - 8)

    def share_of(self, code: float) -> float:
        """Luma code as a share of nominal white: 0 is black, 1 is white."""
        return (code - self.black) / (self.white - self.black)

    def code_of(self, share: float) -> float:
        """Luma code of a share of nominal white."""
        return self.black + share * (self.white - self.black)

    def text(self) -> str:
        """In words, for example `10 bit · limited · BT.2020 · PQ`."""
        words = [f"{self.depth} bit", "full range" if self.full_range else "limited"]
        words.append(self.matrix.name if self.declared else f"{self.matrix.name} assumed")
        if self.curve is not Curve.SDR:
            words.append(self.curve.value.upper())
        if self.from_rgb:
            words.append("from RGB")
        return " · ".join(words)


@dataclass(frozen=True, slots=True, eq=False)
class StoredPicture:
    """The planes of a picture as they are stored; read-only, not rotated.

    Attributes:
        y: uint8 or uint16, shape (height, width).
        cb, cr: The same type, smaller by the subsampling; None without colour.
        signal: How to read the codes.
    """

    y: Luma
    cb: Luma | None
    cr: Luma | None
    signal: Signal

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.y.shape[1], self.y.shape[0]

    @property
    def steps(self) -> tuple[int, int]:
        """Luma samples a chroma sample: across and down."""
        if self.cb is None:
            return 1, 1
        tall, wide = self.y.shape
        rows, columns = self.cb.shape
        return max(round(wide / columns), 1), max(round(tall / rows), 1)

    def thinned(self, step: int) -> StoredPicture:
        """Every `step`-th line of the chroma with the luma lines beside it; 1 is itself."""
        if step <= 1:
            return self
        if self.cb is None or self.cr is None:
            return StoredPicture(self.y[::step], None, None, self.signal)
        down = self.steps[1]
        return StoredPicture(self.y[:: step * down], self.cb[::step], self.cr[::step], self.signal)


def stored_picture(frame: VideoFrame) -> StoredPicture:
    """The planes of a frame, without a copy where its format is planar YCbCr."""
    colors = frame.chroma()
    cb, cr = colors if colors is not None else (None, None)
    return StoredPicture(frame.luma(), cb, cr, signal_of(frame))


def signal_of(frame: VideoFrame) -> Signal:
    """What a frame says about its codes; what it leaves open is taken as `VideoFrame.rgb` does."""
    matrix = _MATRICES.get(frame.matrix)
    declared = matrix is not None and not frame.is_rgb
    if frame.is_rgb:
        # FFmpeg's scaler converts RGB by this one unless it is told otherwise.
        matrix = BT601
    elif matrix is None:
        matrix = BT709 if frame.height >= _HD_HEIGHT else BT601
    return Signal(
        depth=max(frame.depth, 8),
        full_range=frame.full_range or frame.is_rgb,
        matrix=matrix,
        declared=declared,
        curve=_CURVES.get(frame.transfer, Curve.SDR),
        from_rgb=frame.is_rgb,
    )
