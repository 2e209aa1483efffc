"""From a machine with only Python to a running application: ``python -m installer.bootstrap <task> [arguments]``.

Makes the task's environment, installs the locked requirements with their hashes, says which system libraries are
missing and how to install them, and does the task. What is already there and current is left alone. Standard library
only.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from installer import system_libraries
from installer.tasks import DEVELOPMENT, RUNTIME, TASKS, Task, overview

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "installed-locks.json"
"""In an environment: which locks were installed, by the hash of their file."""
BYTECODE = "bytecode"
"""In an environment: what Python compiled, should it not stand beside the sources."""


class Stopped(Exception):
    """The person has to do something first; the message says what."""


def venv_python(folder: Path = VENV) -> Path:
    """The interpreter of an environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def venv_command(manager: str | None, *, root: bool) -> str:
    """How to get Python's own ``venv`` where a distribution has cut it off."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    package = {
        "apt-get": f"python{version}-venv",
        "dnf": f"python{version}",
        "pacman": "python",
        "zypper": f"python{version.replace('.', '')}",
        "apk": "python3 py3-pip",
    }.get(manager or "")
    if not manager or not package:
        return "install Python 3.11 or newer from https://www.python.org/downloads/"
    return f"{'' if root else 'sudo '}{system_libraries.MANAGERS[manager]} {package}"


def make_venv(folder: Path = VENV) -> None:
    """An environment that works; one that does not start any more or is too old is made anew."""
    if _starts(venv_python(folder)):
        return
    if find_spec("ensurepip") is None:
        command = venv_command(system_libraries.manager(), root=system_libraries.is_root())
        raise Stopped(f"This Python cannot make environments (no ensurepip). Install it with:\n    {command}")
    _say(f"Making the environment {folder.name} ...")
    venv.create(folder, with_pip=True, clear=folder.exists(), symlinks=os.name != "nt")


def _starts(python: Path) -> bool:
    if not python.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", probe], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def fingerprint(lock: Path) -> str:
    """The same on every system, whatever it does with the ends of lines."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def is_current(name: str, root: Path = ROOT, stamp: Path = VENV / STAMP) -> bool:
    """Whether just this lock is installed."""
    try:
        installed = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(installed, dict) and installed.get(name) == fingerprint(root / name)


def write_stamp(name: str, root: Path = ROOT, stamp: Path = VENV / STAMP) -> None:
    """The lock for development contains the other one."""
    names = (RUNTIME, DEVELOPMENT) if name == DEVELOPMENT else (name,)
    stamp.write_text(json.dumps({each: fingerprint(root / each) for each in names}), encoding="utf-8")


def install(name: str, folder: Path = VENV) -> None:
    """Install a lock unless it is there already; true hashes or nothing."""
    if is_current(name, stamp=folder / STAMP):
        return
    _say(f"Installing {name} into {folder.name} (once, some minutes) ...")
    pip = [str(venv_python(folder)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*pip, "install", "--quiet", "--require-hashes", "-r", str(ROOT / name)], check=False)
    if done.returncode != 0:
        raise Stopped(
            f"{name} could not be installed; what pip said is above. Without a way to the package index, set "
            "PIP_INDEX_URL to one you can reach. Ready-made packages exist for Windows 10 or newer, macOS 13 or newer "
            "on Apple processors, and Linux with glibc 2.34 or newer (not musl), each 64 bit."
        )
    write_stamp(name, stamp=folder / STAMP)


def check_libraries(task: Task) -> None:
    """Stop where Qt would not start; the work in the terminal, without a display, needs no Qt."""
    absent = system_libraries.missing({} if task.offscreen else os.environ)
    if not absent and sys.platform.startswith("linux"):
        absent = _missed_by_qt()
    if not absent:
        return
    _say(system_libraries.advice(absent))
    if task.offscreen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        raise Stopped("Then run the same command again.")
    _say("There is no display, so going on without Qt.")


def _missed_by_qt() -> tuple[str, ...]:
    """The library Qt itself misses, should the list of libraries not know it."""
    probe = subprocess.run(
        [venv_python(), "-c", "import PySide6.QtWidgets"], check=False, capture_output=True, text=True
    )
    if probe.returncode == 0:
        return ()
    found = re.search(r"(\S+\.so[.\d]*): cannot open shared object file", probe.stderr)
    if found is None:
        raise Stopped(f"PySide6 cannot be loaded:\n{probe.stderr}")
    return (found.group(1),)


def surroundings(task: Task) -> dict[str, str]:
    """The variables a task runs with.

    Who wants no bytecode beside the sources gets it inside the environment: without any, each of the many processes
    that tests start compiles the whole product again.
    """
    environ = dict(os.environ)
    if task.offscreen:
        environ["QT_QPA_PLATFORM"] = "offscreen"
    if environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / task.environment / BYTECODE))
    return environ


def do(task: Task, arguments: Sequence[str]) -> int:
    """Run the commands one after the other, all of them, so that one complaint does not hide the next."""
    environ = surroundings(task)
    python = venv_python(ROOT / task.environment)
    worst = 0
    for command in task.commands:
        extra = arguments if command is task.commands[-1] else ()
        if len(task.commands) > 1:
            _say(f"== {' '.join(command)}")
        done = subprocess.run([python, *command, *extra], check=False, cwd=ROOT, env=environ)
        worst = max(worst, abs(done.returncode))
    return worst


def _say(line: str) -> None:
    print(line, flush=True)


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in TASKS:
        _say(f"What should be done?\n{overview()}")
        return 0 if not arguments else 2
    task = TASKS[arguments[0]]
    try:
        folder = ROOT / task.environment
        make_venv(folder)
        install(task.lock, folder)
        if task.commands and arguments[0] != "check" and folder == VENV:
            check_libraries(task)
        return do(task, arguments[1:])
    except Stopped as stopped:
        _say(str(stopped))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
