"""What people install, for the system that builds."""

from __future__ import annotations

import sys
from pathlib import Path

from installer.freezing import Frozen
from installer.project import BUILD


def pack(made: Frozen, dist: Path) -> list[Path]:
    """The packages of this system."""
    work = BUILD / "packing"
    work.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        from installer.windows import setup

        return [setup.build(made, dist)]
    if sys.platform == "darwin":
        from installer.macos import image

        return [image.build(made, dist)]
    from installer.linux import deb, tarball

    return [deb.build(made, dist, work), tarball.build(made, dist, work)]
