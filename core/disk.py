"""Files that are written whole or not at all, read no further than they may be large, and in words what a disk, a stick
or a drive says when it refuses.

What stood under a name before stays until the new file is complete: a process that is killed, or a disk that is full,
never leaves half of one.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import UserError
from core.i18n import T, Text, verbatim

FULL = T("there is no space left")
PROTECTED = T("its folder or medium is write-protected, or another program holds it")
AWAY = T("the disk, stick or network drive does not answer")
FULL_REMEDY = T("Make room on the disk, or choose another place, then repeat.")
PROTECTED_REMEDY = T("Close it in other programs, take the write protection off, or choose another folder.")
AWAY_REMEDY = T("Connect it again, or choose another place, then repeat.")

_FULL = {errno.ENOSPC, errno.EFBIG} | {getattr(errno, "EDQUOT", errno.ENOSPC)}
_PROTECTED = {errno.EACCES, errno.EPERM, errno.EROFS}
_AWAY = {
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ETIMEDOUT", "ECONNRESET")
    if hasattr(errno, name)
}


def refusal(error: OSError) -> tuple[Text, Text]:
    """Why something could not be written, and what the person can do."""
    if error.errno in _FULL:
        return FULL, FULL_REMEDY
    if error.errno in _PROTECTED:
        return PROTECTED, PROTECTED_REMEDY
    if error.errno in _AWAY:
        return AWAY, AWAY_REMEDY
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return T("its folder is not there"), T("Make the folder, or choose another one.")
    return verbatim(error.strerror or str(error)), T("Check the folder, the free space and your rights.")


def cannot_write(path: Path, error: OSError) -> UserError:
    """The error for a file that could not be written; the one that stood there before still does."""
    why, remedy = refusal(error)
    return UserError(T("The file {file} cannot be written: {why}.", file=verbatim(path.name), why=why), remedy)


def cannot_open(path: Path, error: OSError) -> UserError:
    """The error for a file that could not be read."""
    why, remedy = _unread(error)
    return UserError(T("“{file}” cannot be opened: {why}.", file=verbatim(path.name), why=why), remedy)


def _unread(error: OSError) -> tuple[Text, Text]:
    if error.errno in _AWAY:
        return AWAY, AWAY_REMEDY
    if error.errno in _PROTECTED:
        return T("you may not read it, or another program holds it"), T(
            "Close it in other programs, or ask who keeps it to let you read it."
        )
    missing = error.errno in (errno.ENOENT, errno.ENOTDIR)
    why = T("it is not there") if missing else verbatim(error.strerror or str(error))
    return why, T("Check that the file exists and that you may read it.")


def read_within(path: Path, most: int, too_large: UserError | None = None) -> bytes:
    """The bytes of a file that may only be so large.

    Parameters
    ----------
    path
        of the file.
    most
        bytes it may have.
    too_large
        what is told of a larger one, before anything of it is read; None: one byte more comes, to show that it is.

    Raises
    ------
    UserError
        when it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as stream:
            if too_large is not None and os.fstat(stream.fileno()).st_size > most:
                raise too_large
            data = stream.read(most + 1)
    except OSError as error:
        raise cannot_open(path, error) from error
    if too_large is not None and len(data) > most:  # a pipe has no size
        raise too_large
    return data


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Where to write a file that appears under its name when everything is written, or not at all.

    What a killed process left is in the way of nobody: it has the same name and is taken away.

    Raises
    ------
    OSError
        when the folder or the disk refuses.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.unlink(missing_ok=True)
        yield draft
        with draft.open("r+b") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    settle(path.parent)


def take_back(path: Path) -> None:
    """Take a file away that was written for something which then did not happen; on a disk that went away it stays."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def free(wanted: Path) -> Path:
    """The name itself, or one with a number behind it, that no other file has."""
    found, number = wanted, 2
    while found.exists():
        found = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return found


def settle(folder: Path) -> None:
    """See to it that a name that was given in a folder outlives the next moment without current."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some drives cannot; the file itself is safe
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_safely(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file completely or not at all.

    Parameters
    ----------
    path, data
        of the file.
    private
        whether nobody but this person may read it.

    Raises
    ------
    UserError
        when the folder or the disk refuses.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with drafted(path) as draft, os.fdopen(os.open(draft, flags, 0o600 if private else 0o666), "wb") as stream:
            stream.write(data)
    except OSError as error:
        raise cannot_write(path, error) from error
