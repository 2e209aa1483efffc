"""What the installers say of the program: names, version, places."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

from core import VERSION

ROOT = Path(__file__).resolve().parent.parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
"""What arises on the way, and what is handed out."""

__all__ = ["VERSION"]
TITLE = "Plant Carbon Audit"
SUMMARY = {
    "en": "Carbon audit of plants, from the bills to a signed report",
    "zh": "工厂碳审计：从票据到经过签名的报告",
}
LICENCE = "Apache-2.0 AND OFL-1.1"
WINDOW, CONSOLE = "plant-carbon-audit", "plant-audit"
"""The two programs, called like those that ``pip install`` makes: the window, and the command line."""
PUBLISHER = "Plant Carbon Audit contributors"
APP_ID = "PlantCarbonAudit"
"""By which Windows knows the program: its place in the task bar, and the beginning of its types of files."""
REVERSED = "org.plantcarbonaudit.PlantCarbonAudit"
"""The same for macOS and AppStream, which want the form of a domain from behind; unique, and never to be changed."""
ENDINGS = ("plant", "group")
"""Of the files that open in the program."""


def program(folder: Path, name: str) -> Path:
    """One of the two programs in the folder of the frozen ones."""
    return folder / (f"{name}.exe" if sys.platform == "win32" else name)


def epoch() -> int:
    """The moment that everything that is built bears: of the last commit, or what ``SOURCE_DATE_EPOCH`` says. [s]"""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    said = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True)
    return int(said.stdout)


def machine() -> str:
    """Kind of processor as it stands in the names of files: ``x86_64`` or ``arm64``."""
    found = platform.machine().lower()
    return {"amd64": "x86_64", "aarch64": "arm64"}.get(found, found)
