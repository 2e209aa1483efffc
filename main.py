"""Start: with a command the command line, otherwise the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from core import FILES
from core.running.start import begin

WINDOW = ("--demo", "--self-test")
"""Words that are for the window too."""
COMMAND_LINE = "plant-audit"
"""A frozen program of this name is the command line, whatever it is told."""


def main() -> int:
    """Decide between window and command line by the first word."""
    rest_often()
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # files of strangers are taken apart in a process of their own
    words = begin(sys.argv[1:], os.environ)
    if wants_commands(Path(sys.argv[0]).stem, words):
        from core.cli import main as command_line

        return command_line()
    if not has_display(sys.platform, os.environ):
        from core.cli.demo import show_without_display

        return show_without_display()
    if words[:1] == ["--self-test"]:
        from gui.running.self_test import run as try_out

        return try_out(words[1:])
    from gui.app import run

    return run(words)


def wants_commands(called: str, words: Sequence[str]) -> bool:
    """Whether the command line is meant: by the name of the program, or by a first word that is not for the window."""
    if called == COMMAND_LINE or not words:
        return called == COMMAND_LINE
    return words[0] not in WINDOW and Path(words[0]).suffix.lower() not in FILES


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
