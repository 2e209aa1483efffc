"""What SQLite says when a file cannot be read or written, in words that tell the person what to do."""

from __future__ import annotations

from pathlib import Path

from core.disk import AWAY, AWAY_REMEDY, FULL, FULL_REMEDY, PROTECTED, PROTECTED_REMEDY, cannot_open, refusal
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.store.connection import failures

BUSY = T("another program is using it")
_AGAIN = T("Wait a moment or close the other program, then repeat.")
_KINDS = {
    "disk is full": (FULL, FULL_REMEDY),
    "readonly": (PROTECTED, PROTECTED_REMEDY),
    "permission denied": (PROTECTED, PROTECTED_REMEDY),
    "disk I/O error": (AWAY, AWAY_REMEDY),
    "unable to open database file": (AWAY, AWAY_REMEDY),
    "locking protocol": (AWAY, AWAY_REMEDY),
    "locked": (BUSY, _AGAIN),
}
"""By what SQLite's own sentences contain, which are the same in SQLCipher."""


class UncertainError(UserError):
    """It cannot be said whether a change is kept: neither that it is, nor that it is not."""


class UnsettledError(UserError):
    """What was asked for is confirmed and kept; only the file did not become one single file when it was closed."""


def reason(error: BaseException) -> tuple[Text, Text | None]:
    """Why something could not be done, and what to do about it; None: SQLite says something else."""
    if isinstance(error, OSError):
        return refusal(error)
    return _known(str(error)) or (verbatim(str(error)), None)


def _known(said: str) -> tuple[Text, Text] | None:
    return next((kind for part, kind in _KINDS.items() if part in said), None)


def uncreated(path: Path, error: Exception) -> UserError:
    """The error for a file that could not be made."""
    why, remedy = reason(error)
    return UserError(
        T("“{file}” cannot be created: {why}.", file=verbatim(path.name), why=why),
        remedy or T("Check the folder, the free space and your rights."),
    )


def unwritten(path: Path, error: BaseException) -> UserError:
    """The error for a change that did not happen."""
    why, remedy = reason(error)
    what = T("“{file}” could not be written: {why}.", file=verbatim(path.name), why=why)
    if remedy is None:
        return UserError(what, T("Nothing was changed. Free space or check the disk, then repeat."))
    return UserError(what, T("Nothing was changed. {remedy}", remedy=remedy))


def uncertain(path: Path, error: BaseException) -> UserError:
    """The error for a change of which the disk does not say whether it is kept."""
    why, _remedy = reason(error)
    return UncertainError(
        T("“{file}” does not say whether the last change is kept: {why}.", file=verbatim(path.name), why=why),
        T("Open the file again when the disk answers, and look for the change before you repeat it."),
    )


def unsettled(path: Path, error: Exception) -> UserError:
    """The error for a file that was closed without becoming one single file, or in which damage was met then."""
    why, remedy = reason(error)
    if remedy is None:
        if (gone := _unanswered(path)) is None:
            return damaged(path, str(error))
        why = refusal(gone)[0]
    return UnsettledError(
        T("“{file}” could not be closed as one single file: {why}.", file=verbatim(path.name), why=why),
        T(
            "Nothing is lost. What was confirmed last stands in “{log}”: leave both together, and open the file again"
            " when the disk answers and has room.",
            log=verbatim(f"{path.name}-wal"),
        ),
    )


def unfinished_and_protected(path: Path) -> UserError:
    """The error for a file whose last changes stand beside it, where nobody may write."""
    return UserError(
        T("“{file}” cannot be opened: {why}.", file=verbatim(path.name), why=PROTECTED),
        T(
            "Copy it together with “{log}” to a folder where you may write, and open it there.",
            log=verbatim(f"{path.name}-wal"),
        ),
    )


def of_the_disk(error: BaseException) -> UserError | None:
    """What any exception tells the person that only says that a disk, stick or drive is full or went away."""
    if isinstance(error, OSError):
        why, remedy = refusal(error)
        known = why in (FULL, AWAY)
    else:
        found = _known(str(error)) if isinstance(error, failures()) else None
        known, (why, remedy) = found is not None, found or (BUSY, _AGAIN)
    return UserError(T("Something could not be read or written: {why}.", why=why), remedy) if known else None


def _unanswered(path: Path) -> OSError | None:
    """Why the disk gives nothing of a file, which SQLite may call malformed then; None: it does."""
    try:
        with path.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        return error
    return None


def damaged(path: Path, why: str) -> UserError:
    """The error for a file that SQLite itself cannot read: for good, or now, for its disk does not answer."""
    known = _known(why)
    if known is None and (gone := _unanswered(path)) is not None:
        return cannot_open(path, gone)
    if known is None:
        return UserError(
            T("“{file}” is damaged: {why}.", file=verbatim(path.name), why=verbatim(why)),
            T("Take the last copy of the file. This one was not changed."),
        )
    return UserError(
        T("“{file}” cannot be opened: {why}.", file=verbatim(path.name), why=known[0]),
        T("The file was not changed. {remedy}", remedy=known[1]),
    )


def read_only(path: Path, *, protected: bool = False) -> UserError:
    """The error for writing to a file that another program holds, or that lies where nobody may write."""
    if protected:
        return UserError(
            T("“{file}” is open read-only: its folder or medium is write-protected.", file=verbatim(path.name)),
            T("Take the write protection off, or copy the file to another folder and open it there."),
        )
    return UserError(
        T("“{file}” is open read-only: another program holds it.", file=verbatim(path.name)),
        T("Close the other program and open the file again."),
    )


def elsewhere(path: Path) -> UserError:
    """The error for a file on a network drive that another computer has not brought into one piece yet."""
    return UserError(
        T("“{file}” is open on another computer, and can be read only there.", file=verbatim(path.name)),
        T("Close it there, then open it again. If nobody has it open, open it once where you may write."),
    )
