"""What goes into the frozen program.

Everything of ours is taken as it lies in the folders and not by following imports: methods, rules, sections, pages and
commands are found by their place while the program runs, and PyInstaller's own ``--collect-submodules`` collects
nothing, and says nothing, when the project is not on its path.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from installer.left_out import is_left_out
from installer.project import ROOT

PACKAGES = ("core", "gui", "resources")
MANUAL = "docs"
"""Its chapters are read in the program, with the pictures of the help; its own are for other readers."""
LATER = (
    # Imported by name, inside functions, or only by compiled modules.
    "pkcs11", "pkcs11._pkcs11", "pkcs11.util", "pkcs11.util.x509", "pkcs11.util.ec", "pkcs11.util.rsa",
    "openpyxl", "pyhanko", "pypdfium2", "pyrage", "python_calamine", "reportlab", "sqlcipher3", "sqlcipher3.dbapi2",
    "sqlite_utils", "tzdata", "uharfbuzz",
    "multiprocessing.forkserver", "multiprocessing.popen_forkserver", "multiprocessing.popen_spawn_posix",
    "multiprocessing.resource_tracker", "multiprocessing.spawn",
)  # fmt: skip
IF_INSTALLED = ("multiprocessing.popen_spawn_win32",)
"""Of one system alone."""
Entry = tuple[str, str, str]
"""In PyInstaller's lists: path in the program, where it comes from, kind."""
BINARY, SYMLINK = "BINARY", "SYMLINK"


def our_modules(root: Path = ROOT) -> list[str]:
    """Every module of the product, by the files that are there.

    Raises
    ------
    RuntimeError
        when a package has none: a program without methods must not be built.
    """
    found = []
    for package in PACKAGES:
        names = sorted(_name(path.relative_to(root)) for path in (root / package).rglob("*.py"))
        if not names:
            raise RuntimeError(f"{package} has no modules below {root}")
        found += names
    return found


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def our_data(root: Path = ROOT) -> list[tuple[str, str]]:
    """The files of ``resources`` and of other packages that are no modules, and the manual, with where each goes.

    Raises
    ------
    RuntimeError
        when the manual has no chapters.
    """
    found = []
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix not in (".py", ".pyc", ".po") and "__pycache__" not in path.parts:
                found.append((str(path), path.parent.relative_to(root).as_posix()))
    chapters = sorted((root / MANUAL).glob("*.md"))
    if not chapters:
        raise RuntimeError(f"{MANUAL} has no chapters below {root}")
    return [*found, *((str(path), MANUAL) for path in chapters)]


def hidden() -> list[str]:
    """What PyInstaller cannot see from the first module on."""
    return [*our_modules(), *LATER, *(name for name in IF_INSTALLED if _is_there(name))]


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def kept(collected: Iterable[Entry]) -> list[Entry]:
    """Without what is left out, in an order that does not depend on the machine."""
    return sorted(entry for entry in collected if not is_left_out(entry[0]))


def needed(collected: Iterable[Entry], wanted: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Without libraries that nobody links any more, because whoever did was left out.

    Parameters
    ----------
    wanted
        names of the libraries that a file is to be loaded with.
    """
    entries = list(collected)
    waiting = {Path(dest).name: (dest, source, kind) for dest, source, kind in entries if _only_linked(dest, kind)}
    found = [entry for entry in entries if not _only_linked(entry[0], entry[2])]
    for _dest, source, _kind in found:  # grows while it is gone through
        found += [waiting.pop(name) for name in sorted(set(wanted(source))) if name in waiting]
    return sorted(found)


def pointing(collected: Iterable[Entry], there: Iterable[Entry]) -> list[Entry]:
    """Without links to what was left out."""
    known = {dest for dest, _source, _kind in there}
    return [entry for entry in collected if entry[2] != SYMLINK or _target(entry) in known]


def linked(path: str) -> list[str]:
    """The libraries that a file of Linux itself wants; ``ldd`` would name what those want of the system, too."""
    said = subprocess.run(["objdump", "-p", path], check=False, capture_output=True, text=True).stdout
    return [line.split()[1] for line in said.splitlines() if line.startswith("  NEEDED")]


def _only_linked(dest: str, kind: str) -> bool:
    """Whether a file is there because others link it; the interpreter and PDFium are loaded by name."""
    folder = Path(dest).parent.as_posix()
    if kind != BINARY or Path(dest).name.startswith("libpython"):
        return False
    return folder in (".", "PySide6/Qt/lib") or folder.endswith(".libs")


def _target(entry: Entry) -> str:
    return os.path.normpath(Path(entry[0]).parent / entry[1])
