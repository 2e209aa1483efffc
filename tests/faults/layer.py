"""Faults at the system calls below one folder: ``faults.c``, compiled when it is first needed, and armed from here."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")
REQUIRED = "FAULTS_REQUIRED"
"""Set where a machine without a compiler is a failure and no reason to skip, as in CI."""

WRITES, OPENS, CREATES, NAMES, READS, SYNCS, LOCKS = 1, 2, 4, 8, 16, 32, 64
_NOTHING, _KILL_BEFORE, _KILL_HALFWAY, _REFUSE, _SHORT = range(5)


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the n-th call that changes something, or from it on."""

    action: int
    denied: int = 0
    """What is refused, as bits."""
    number: int = 0
    """The ``errno`` that refused calls give."""


COUNT = Fault(_NOTHING)
KILLS = {"before": Fault(_KILL_BEFORE), "halfway": Fault(_KILL_HALFWAY)}
"""Before the call; after half of its bytes, or after it where it has none."""
TROUBLES = {
    "full": Fault(_REFUSE, WRITES | CREATES, errno.ENOSPC),
    "removed": Fault(_REFUSE, WRITES | OPENS | CREATES | NAMES | READS | SYNCS, errno.EIO),
    "stale": Fault(_REFUSE, WRITES | OPENS | CREATES | NAMES | READS | SYNCS | LOCKS, errno.ESTALE),
    "protected": Fault(_REFUSE, WRITES | OPENS | CREATES | NAMES, errno.EROFS),
    "folder": Fault(_REFUSE, CREATES | NAMES, errno.EACCES),
    "sync": Fault(_REFUSE, SYNCS, errno.EIO),
    "locks": Fault(_REFUSE, LOCKS, errno.ENOLCK),
    "short": Fault(_SHORT),
}
"""Disk full, stick removed, network drive gone, medium or folder that cannot be written, writes that do not reach the
disk, a drive without locks, and writes that are told to be shorter than asked for."""


def missing() -> str:
    """Why faults cannot be made on this machine; empty: they can."""
    if not sys.platform.startswith("linux"):
        return "faults at the system calls need Linux (LD_PRELOAD)"
    return "" if shutil.which("gcc") or shutil.which("cc") else "faults at the system calls need a C compiler"


@cache
def library() -> Path:
    """The compiled layer, made anew whenever its source is another one."""
    text = SOURCE.read_bytes()
    folder = Path(tempfile.gettempdir()) / f"plant-audit-faults-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    made = folder / f"faults-{hashlib.sha256(text).hexdigest()[:16]}.so"
    if not made.exists():
        draft = made.with_suffix(f".{os.getpid()}")
        compiler = shutil.which("gcc") or shutil.which("cc") or "cc"
        flags = ("-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
        subprocess.run([compiler, *flags, "-o", draft, SOURCE, "-ldl"], check=True)
        draft.replace(made)
    return made


class Layer:
    """The layer of this process, which must have been started with :func:`preloaded`."""

    def __init__(self) -> None:
        self._lib = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._lib.faults_arm.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int)
        self._lib.faults_count.restype = ctypes.c_long

    def arm(self, folder: Path, fault: Fault, at: int = 0) -> None:
        """From now on calls below the folder are counted, and at one of them the fault happens."""
        self._lib.faults_arm(os.fsencode(folder.resolve()), at, fault.action, fault.denied, fault.number)

    def disarm(self) -> None:
        """Everything is as it should be again: space was made, the stick is back."""
        self._lib.faults_disarm()

    def count(self) -> int:
        """Calls that changed something since it was armed."""
        return int(self._lib.faults_count())


def preloaded() -> dict[str, str]:
    """The surroundings for a process with the layer."""
    return {**os.environ, "LD_PRELOAD": str(library())}
