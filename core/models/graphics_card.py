"""Whether torch could compute on a graphics card, found out without importing torch."""

from __future__ import annotations

import ctypes
import sys
from importlib.metadata import PackageNotFoundError, version


def cuda_is_likely() -> bool:
    """Whether this torch is no build for processors alone and NVIDIA's driver is installed.

    Importing torch takes seconds and a tenth of a gigabyte; where this says no, that would be for
    nothing. Where it says yes, `torch.cuda.is_available()` has the last word.
    """
    try:
        if version("torch").endswith("+cpu"):
            return False
    except PackageNotFoundError:
        return False
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True
