"""Where the bundled program starts: the `onglass` command, and the desk when nothing is asked."""

from __future__ import annotations

import multiprocessing
import os
import sys

_PATHS = "LD_LIBRARY_PATH"
_BEGIN_ANEW = "PYINSTALLER_RESET_ENVIRONMENT"


def give_back_library_path() -> None:
    """Let programs that this one starts, a browser say, load their own libraries and not ours.

    The bundle's loader put our folder in front; this process has read that already. A child that is
    this program again, the worker above all, puts it there anew, as PyInstaller's manual has it.
    """
    before = os.environ.pop(f"{_PATHS}_ORIG", None)
    if before is not None:
        os.environ[_PATHS] = before
    else:
        os.environ.pop(_PATHS, None)
    os.environ[_BEGIN_ANEW] = "1"


def keep_out_of_tmp() -> None:
    """Have torch make the folder that it makes while it is imported among our caches."""
    from core.config.paths import cache_dir

    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(cache_dir() / "torch"))


if __name__ == "__main__":
    # A child that multiprocessing starts is this program again; this is where it turns aside.
    multiprocessing.freeze_support()
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        give_back_library_path()
    keep_out_of_tmp()
    from core.cli.app import main

    # Who starts an application from a menu or a folder gives no arguments and wants its window.
    sys.exit(main(sys.argv[1:] or ["review"]))
