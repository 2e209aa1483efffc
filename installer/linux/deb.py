"""The package of Debian, Ubuntu and their kin: everything below ``/usr``, nothing runs while it is installed."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
from pathlib import Path

from installer.freezing import Frozen
from installer.linux import desktop, needs
from installer.project import CONSOLE, PUBLISHER, ROOT, SUMMARY, VERSION, WINDOW, epoch

CONTACT = f"{PUBLISHER} <plant-carbon-audit@invalid>"
"""Debian asks for an address; nobody reads one for us."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
PROGRAM = Path("usr/lib") / WINDOW
COMPRESSED = ("-Zzstd", "-z9")
"""A sixth larger than with xz and twenty times faster to write; whoever has the C library can read it."""


def architecture() -> str:
    """Of this machine, in Debian's words."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())


def build(made: Frozen, dist: Path, work: Path) -> Path:
    """Write ``plant-carbon-audit_<version>_<architecture>.deb``; the same program gives the same bytes."""
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(made.folder, root / PROGRAM, symlinks=True)
    binaries = root / "usr/bin"
    binaries.mkdir(parents=True)
    for name in (WINDOW, CONSOLE):
        (binaries / name).symlink_to(Path("..") / "lib" / WINDOW / name)
    desktop.lay_down(root / "usr/share")
    _documents(root / "usr/share/doc" / WINDOW)
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(described(made, root), encoding="utf-8")
    _steady(root)
    path = dist / f"{WINDOW}_{VERSION}_{architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", *COMPRESSED, "--build", str(root), str(path)]
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())}
    )
    return path


def described(made: Frozen, root: Path) -> str:
    """The control file."""
    kib = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    fields = {
        "Package": WINDOW,
        "Version": VERSION,
        "Architecture": architecture(),
        "Maintainer": CONTACT,
        "Installed-Size": str(kib),
        "Depends": ", ".join(needs.packages(made)),
        "Recommends": ", ".join(needs.BETTER),
        "Section": "misc",
        "Priority": "optional",
        "Description": SUMMARY["en"],
    }
    told = " Each plant is one file. The result is one signed PDF that people read and\n head office recalculates to the last digit. Works without a network.\n"  # noqa: E501
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + told


def _documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "NOTICE", folder / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(changes, mtime=epoch()))


def _steady(root: Path) -> None:
    """Rights and moments that do not depend on who builds."""
    for path in [*root.rglob("*"), root]:
        if not path.is_symlink():
            runs = path.is_dir() or path.parent == root / PROGRAM
            path.chmod(0o755 if runs and (path.is_dir() or not path.suffix) else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)
