"""The same program for systems without Debian's packages, or without the right to install any."""

from __future__ import annotations

import gzip
import shutil
import tarfile
from pathlib import Path

from installer.freezing import Frozen
from installer.linux import desktop, needs
from installer.project import CONSOLE, TITLE, VERSION, WINDOW, epoch, machine

README = """{title} {version}

    ./{window}            opens the window
    ./{console} --help           the command line

Nothing needs to be installed. An entry in the menu, icons and the types of files are in share/ (they call the
program by its name, so it must be on the PATH):

    cp -r share/. ~/.local/share/ && update-mime-database ~/.local/share/mime

The program needs Linux with C library {glibc} or newer, OpenSSL 3, and these parts of a desktop:

{commands}

解压后即可使用，无需安装：./{window} 打开窗口，./{console} 为命令行。菜单项、图标和文件类型在 share/ 中；
所需的系统组件见上。
"""


def build(made: Frozen, dist: Path, work: Path) -> Path:
    """Write ``plant-carbon-audit-<version>-linux-<machine>.tar.gz``; the same program gives the same bytes."""
    name = f"{WINDOW}-{VERSION}"
    extra = work / "tarball"
    shutil.rmtree(extra, ignore_errors=True)
    desktop.lay_down(extra / "share")
    (extra / "README.txt").write_text(told(made), encoding="utf-8")
    path = dist / f"{name}-linux-{machine()}.tar.gz"
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=epoch()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for folder in (made.folder, extra):
            for one in sorted(folder.rglob("*")):
                archive.add(one, f"{name}/{one.relative_to(folder).as_posix()}", recursive=False, filter=_steady)
    return path


def told(made: Frozen) -> str:
    """README.txt of the tarball."""
    commands = "\n".join(f"    {line}" for line in needs.commands())
    glibc = ".".join(map(str, needs.glibc(made.files())))
    return README.format(title=TITLE, version=VERSION, window=WINDOW, console=CONSOLE, glibc=glibc, commands=commands)


def _steady(one: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of who builds and when."""
    one.uid = one.gid = 0
    one.uname = one.gname = ""
    one.mtime = epoch()
    one.mode = 0o755 if one.isdir() or one.mode & 0o100 else 0o644
    return one
