"""Where the program keeps things: in the places of the platform, or all of it beside the program on a stick.

Nothing is remembered between two questions: the environment and the folder of the program say it each time, so that
children of the program find the same places.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

APP = "plant-carbon-audit"
PORTABLE = "PLANT_AUDIT_PORTABLE"
"""Names a folder that holds everything; ``--portable FOLDER`` sets it."""
MARK, DATA = "portable.ini", "data"
"""Either of them beside a frozen program makes it portable; everything then lies in the folder."""
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
_RELATIVE = "portable:"
"""Begins a path that is kept from the portable folder on."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where what lies. No folder needs to exist."""

    settings: Path
    """What a person chose and wants on each of their computers (Windows: roams)."""
    state: Path
    """What only makes sense on this computer: windows, recent files."""
    data: Path
    """The demo, trust files and update notices that were taken up."""
    cache: Path
    """What may be deleted at any time."""
    logs: Path
    crashes: Path
    """Reports of what went wrong."""
    portable: Path | None = None
    """The folder that holds all of them, when the program keeps everything in one."""

    @property
    def demo(self) -> Path:
        return self.data / "demo"

    @property
    def trust(self) -> Path:
        """Trust files that were taken up, one for each group."""
        return self.data / "trust"

    @property
    def updates(self) -> Path:
        """Update notices that were taken up."""
        return self.data / "updates"

    @property
    def temp(self) -> Path | None:
        """For what lives no longer than the program; None: where the system wants it."""
        return None if self.portable is None else self.portable / "temp"

    @property
    def named(self) -> Mapping[str, Path]:
        """All of them by a word that programs may rely on."""
        return {"settings": self.settings, "state": self.state, "data": self.data, "cache": self.cache,
                "logs": self.logs, "crashes": self.crashes}  # fmt: skip


def places(environment: Mapping[str, str] | None = None, beside: Path | None = None) -> Places:
    """Where this program keeps things.

    Parameters
    ----------
    environment
        of the process; None: as it is now.
    beside
        folder of the program, when it is frozen; None: as it runs.
    """
    given = (os.environ if environment is None else environment).get(PORTABLE, "").strip()
    folder = beside if beside is not None else program_folder()
    if given:
        return _in_one(Path(given).expanduser().absolute())
    if folder is not None and (marked := _marked(folder)) is not None:
        return _in_one(marked)
    return _of_the_platform()


def program_folder() -> Path | None:
    """Where a frozen program lies, on macOS beside its bundle; None when it runs from its sources."""
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).resolve().parent
    bundle = next((one for one in folder.parents if one.suffix == ".app"), None)
    return folder if bundle is None else bundle.parent


def notice_folders(where: Places) -> list[Path]:
    """Where an update notice may lie without anybody opening it: among the data, in the portable folder, beside the
    program.
    """
    beside = program_folder()
    folders = [where.updates, where.portable, where.portable.parent if where.portable else None, beside]
    return list(dict.fromkeys(folder for folder in folders if folder is not None))


def _marked(folder: Path) -> Path | None:
    if (folder / MARK).is_file() or (folder / DATA).is_dir():
        return folder / DATA
    return None


def _in_one(folder: Path) -> Places:
    return Places(
        settings=folder / "settings",
        state=folder / "settings",
        data=folder / "data",
        cache=folder / "cache",
        logs=folder / "logs",
        crashes=folder / "crashes",
        portable=folder,
    )


def _of_the_platform() -> Places:
    from platformdirs import PlatformDirs

    here, roaming = PlatformDirs(APP, appauthor=False), PlatformDirs(APP, appauthor=False, roaming=True)
    return Places(
        settings=roaming.user_config_path,
        state=here.user_state_path,
        data=here.user_data_path,
        cache=here.user_cache_path,
        logs=here.user_log_path,
        crashes=here.user_state_path / "crashes",
    )


# ---------------------------------------------------------------------- portable


def portable_from(words: list[str], environment: MutableMapping[str, str]) -> list[str]:
    """Take ``--portable FOLDER`` out of the words of the command line, and let the environment say it from now on."""
    rest = list(words)
    for at, word in enumerate(words):
        if word == "--portable" and at + 1 < len(words):
            environment[PORTABLE] = words[at + 1]
            del rest[at : at + 2]
            break
        if word.startswith("--portable="):
            environment[PORTABLE] = word.partition("=")[2]
            del rest[at]
            break
    if environment.get(PORTABLE):
        environment[PORTABLE] = str(Path(environment[PORTABLE]).expanduser().absolute())
    return rest


def keep_together(where: Places, environment: MutableMapping[str, str]) -> None:
    """Let temporary files, and what libraries keep for themselves, lie in the portable folder too.

    A stick that cannot be written leaves them where the system wants them, for somewhere they must be.
    """
    if where.portable is None or where.temp is None or not private_folder(where.temp):
        return
    for name in ("TMPDIR", "TEMP", "TMP"):
        environment[name] = str(where.temp)
    for name, folder in (("XDG_CACHE_HOME", where.cache), ("XDG_CONFIG_HOME", where.settings)):
        environment[name] = str(folder)
    tempfile.tempdir = None  # asked again where they lie


def kept_word(path: Path, where: Places) -> str:
    """A path as settings keep it: from the portable folder on when both lie on one disk, whose letter may change."""
    if where.portable is None or not _same_disk(path, where.portable):
        return str(path)
    return _RELATIVE + Path(os.path.relpath(path, where.portable)).as_posix()


def kept_path(word: str, where: Places) -> Path:
    """The path that such a word means now."""
    if not word.startswith(_RELATIVE) or where.portable is None:
        return Path(word.removeprefix(_RELATIVE))
    return Path(os.path.normpath(where.portable / word.removeprefix(_RELATIVE)))


def _same_disk(one: Path, other: Path) -> bool:
    if not one.is_absolute() or one.drive.casefold() != other.drive.casefold():
        return False
    try:
        return _there(one).stat().st_dev == _there(other).stat().st_dev
    except OSError:
        return False


def _there(path: Path) -> Path:
    """The path itself, or the folder above it that exists."""
    return next((one for one in (path, *path.parents) if one.exists()), path)


# ---------------------------------------------------------------------- rights


def private_folder(folder: Path) -> bool:
    """Make a folder that no other user of the computer may look into. False when it cannot be there or be written."""
    try:
        for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
            missing.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        if os.name == "posix" and folder.stat().st_uid == os.getuid():
            with suppress(OSError):  # disks of sticks know no rights
                folder.chmod(PRIVATE_FOLDER)
        return folder.is_dir() and os.access(folder, os.W_OK)
    except OSError:  # at any of these questions, of a disk that goes away
        return False


def private_file(path: Path) -> None:
    """Let nobody else read a file that is there; where the disk knows no rights, nothing happens."""
    if os.name == "posix":
        with suppress(OSError):
            path.chmod(PRIVATE_FILE)


def can_keep(folder: Path) -> bool:
    """Whether something can really be written there: rights alone do not tell it of a stick that is locked or full."""
    if not private_folder(folder):
        return False
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"1")
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return True
