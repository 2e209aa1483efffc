"""Start: with a command the command line, otherwise the window."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from core.running.start import begin

FILES = (".plant", ".group")
"""What the window opens when it is named on the command line."""


def main() -> int:
    """Decide between window and command line by the first word."""
    rest_often()
    multiprocessing.freeze_support()  # files of strangers are taken apart in a process of their own
    words = begin(sys.argv[1:], os.environ)
    if words and words[0] != "--demo" and Path(words[0]).suffix.lower() not in FILES:
        from core.cli import main as command_line

        return command_line()
    if not has_display(sys.platform, os.environ):
        from core.cli.demo import show_without_display

        return show_without_display()
    from gui.app import run

    return run(words)


def rest_often() -> None:
    """Let Python look for garbage less often: inventories are many small records and no cycles."""
    gc.set_threshold(50_000, 20, 100)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can open: always on Windows and macOS, elsewhere where a display or a Qt platform is named."""
    if platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
