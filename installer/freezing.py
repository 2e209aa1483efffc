"""Program and interpreter in one folder, made by PyInstaller from ``plant_audit.spec``."""

from __future__ import annotations

import ast
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from installer import contents, icons
from installer.project import BUILD, CONSOLE, ROOT, TITLE, WINDOW, epoch

SPEC = ROOT / "installer" / "plant_audit.spec"


@dataclass(frozen=True)
class Frozen:
    """A program that PyInstaller has laid down."""

    folder: Path
    """All of it; on macOS the bundle."""
    collected: tuple[contents.Entry, ...]
    """What went in, with where it came from."""

    def program(self, name: str = CONSOLE) -> Path:
        """One of the two programs; in the bundle of macOS one is both."""
        if sys.platform == "darwin":
            return self.folder / "Contents" / "MacOS" / WINDOW
        return self.folder / (f"{name}.exe" if sys.platform == "win32" else name)

    def files(self) -> Iterator[Path]:
        """Every file, none twice because of a link."""
        yield from (path for path in sorted(self.folder.rglob("*")) if path.is_file() and not path.is_symlink())


def freeze(dist: Path, work: Path) -> Frozen:
    """Make the folder anew, the same bytes for the same sources.

    Raises
    ------
    subprocess.CalledProcessError
        when PyInstaller fails.
    RuntimeError
        when a module of ours is missing in what it made.
    """
    wanted = set(contents.our_modules())
    icons.draw_all(icons.folder())
    options = ["--noconfirm", "--clean", "--log-level", "WARN", "--distpath", str(dist), "--workpath", str(work)]
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, str(SPEC)], check=True, cwd=ROOT, env=_steady())
    folder = dist / (f"{TITLE}.app" if sys.platform == "darwin" else WINDOW)
    made = Frozen(folder, tuple(_collected(work / SPEC.stem)))
    missing = sorted(wanted - {name for name, _source, _kind in made.collected})
    if missing:
        raise RuntimeError(f"lost on the way: {', '.join(missing)}")
    _finish(made)
    return made


def _steady() -> dict[str, str]:
    """An environment in which nothing depends on the run: order of sets, moments, compiled files, caches."""
    return {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": str(BUILD / "pyinstaller"),
    }


def _collected(work: Path) -> Iterator[contents.Entry]:
    """What PyInstaller noted: modules in the archives, then the files beside them."""
    for note in ("PYZ-00.toc", "COLLECT-00.toc"):
        for part in ast.literal_eval((work / note).read_text(encoding="utf-8")):
            for entry in part if isinstance(part, list) else ():
                yield (entry[0], entry[1] or "", entry[2])


def _finish(made: Frozen) -> None:
    if sys.platform.startswith("linux"):
        _strip(made)
        made.program(CONSOLE).symlink_to(WINDOW)
    for path in [*made.folder.rglob("*"), made.folder]:
        os.utime(path, (epoch(), epoch()), follow_symlinks=os.utime not in os.supports_follow_symlinks)


def _strip(made: Frozen) -> None:
    """Take out what only debuggers and linkers read; in the programs themselves lie the modules.

    Libraries that wheels were repaired with have an order of their own, which some do not survive: they stay whole.
    """
    for path in sorted((made.folder / "_internal").rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            smaller = path.with_name(f"{path.name}.stripped")
            subprocess.run(["strip", "--strip-unneeded", "-o", str(smaller), str(path)], check=True)
            smaller.replace(path) if loadable(smaller) else smaller.unlink()


def loadable(path: Path, page: int = 4096) -> bool:
    """Whether the linker of Linux takes a library: each part lies in the file as in memory, up to whole pages."""
    content = path.read_bytes()
    (start,), (size, count) = struct.unpack_from("<Q", content, 32), struct.unpack_from("<HH", content, 54)
    parts = (struct.unpack_from("<IIQQ", content, start + size * number) for number in range(count))
    return all((place - address) % page == 0 for kind, _flags, place, address in parts if kind == 1)
