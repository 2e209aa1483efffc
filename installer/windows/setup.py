"""The installer for Windows, by Inno Setup."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from installer import icons
from installer.freezing import Frozen
from installer.project import VERSION, epoch

SCRIPT = Path(__file__).resolve().parent / "plant-audit.iss"
PLACES = (r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe", r"C:\Program Files\Inno Setup 6\ISCC.exe")


def compiler() -> str:
    """Inno Setup's compiler: on the path, or where its own installer puts it.

    Raises
    ------
    FileNotFoundError
        when it is not there.
    """
    person = Path(os.environ.get("LOCALAPPDATA", "")) / "Programs" / "Inno Setup 6" / "ISCC.exe"
    places = [shutil.which("ISCC") or "", *PLACES, str(person)]
    found = next((place for place in places if place and Path(place).is_file()), None)
    if found is None:
        raise FileNotFoundError("Inno Setup 6 is needed: https://jrsoftware.org/isdl.php")
    return found


def options(source: Path, dist: Path) -> list[str]:
    """What the script is told; with ``WINDOWS_SIGN``, a command with ``$f`` for the file, everything is signed."""
    moment = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d %H:%M:%S")
    said = {"Version": VERSION, "Source": str(source), "Icons": str(icons.folder()), "Out": str(dist), "Moment": moment}
    sign = os.environ.get("WINDOWS_SIGN")
    return [
        *(f"/D{name}={value}" for name, value in said.items()),
        *((f"/Sstandard={sign}", "/DSigned") if sign else ()),
    ]


def build(made: Frozen, dist: Path) -> Path:
    """Write the installer; the two programs inside are signed before, where that is possible."""
    if sign := os.environ.get("WINDOWS_SIGN"):
        for path in sorted(made.folder.glob("*.exe")):
            subprocess.run(sign.replace("$f", f'"{path}"'), check=True, shell=True)
    subprocess.run([compiler(), "/Qp", *options(made.folder, dist), str(SCRIPT)], check=True)
    return dist / f"plant-carbon-audit-{VERSION}-windows-x86_64-setup.exe"
