"""The right to write to a file: one program at a time has it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout


def hold(path: Path) -> tuple[FileLock | None, bool]:
    """The right to write; else whether nobody has it, for nothing can be written there."""
    if not os.access(path, os.W_OK):
        return None, True
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return None, False
    except OSError:
        return None, True
    return lock, False


def let_go(lock: FileLock) -> None:
    """Let others in. The file goes while it is still locked: who got hold of it sees that it has no name any more."""
    name = Path(lock.lock_file)
    with suppress(OSError):  # a stick that was removed, or Windows, which takes away nothing that is open
        name.unlink()
    with suppress(OSError):
        lock.release()
    if os.name == "nt":
        with suppress(OSError):
            name.unlink()
