"""The disk image for macOS: the bundle beside a link to Applications, signed and notarised where the keys for it are.

``MACOS_IDENTITY`` names the Developer ID in the keychain; ``MACOS_NOTARY_PROFILE`` what ``notarytool
store-credentials`` kept there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installer.freezing import Frozen
from installer.macos.bundle import identity
from installer.project import BUILD, TITLE, VERSION, WINDOW, machine

PROFILE = "MACOS_NOTARY_PROFILE"


def build(made: Frozen, dist: Path) -> Path:
    """Write the image."""
    laid_out = BUILD / "image"
    shutil.rmtree(laid_out, ignore_errors=True)
    laid_out.mkdir(parents=True)
    _run("ditto", str(made.folder), str(laid_out / made.folder.name))
    (laid_out / "Applications").symlink_to("/Applications")
    path = dist / f"{WINDOW}-{VERSION}-macos-{machine()}.dmg"
    size = "-ov", "-format", "UDZO", "-fs", "HFS+"
    _run("hdiutil", "create", "-volname", TITLE, "-srcfolder", str(laid_out), *size, str(path))
    if name := identity():
        _run("codesign", "--sign", name, "--timestamp", str(path))
        _notarise(path)
    return path


def _notarise(path: Path) -> None:
    """Let Apple look at it, and fasten its answer to the image."""
    if profile := os.environ.get(PROFILE):
        _run("xcrun", "notarytool", "submit", str(path), "--keychain-profile", profile, "--wait")
        _run("xcrun", "stapler", "staple", str(path))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
