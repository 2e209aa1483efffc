"""A signed file, and the plant that knows of it: both or neither, wherever the program ends.

The whole file is held beside the plant under the hash of the entry that will tell of it, then the entry is confirmed,
then the file gets its name. Where the program ended in between, the journal says what became of it: a file whose entry
it has is signed and gets its name at the next opening, any other was never confirmed and goes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from core.disk import cannot_write, drafted, free, settle, take_back, write_safely
from core.errors import UserError
from core.i18n import T, verbatim
from core.ledger import Entry
from core.store.plant_file import PlantFile
from core.store.trouble import UncertainError, UnsettledError

Beforehand = Callable[[Entry], None]
_HELD = re.compile(r"\.([0-9a-f]{8})\.([0-9a-f]{16})\.(.+)", re.DOTALL)
"""Of which plant it is, which entry tells of it, and its own name."""
_LONGEST = 200
"""Bytes of a name that leave room for what stands before it."""


def publish(plant: Path, pdf: bytes, out: Path, confirm: Callable[[Beforehand], object]) -> None:
    """Confirm that a file was signed, and write it.

    Parameters
    ----------
    plant
        file of the plant; the signed file is held beside it for a moment.
    pdf, out
        the signed file, and where it goes; any disk.
    confirm
        confirms the change that tells of it, and is told what to do with its entry before that is written: see
        :meth:`core.store.PlantFile.append`.

    Raises
    ------
    UserError
        when the change or the disk is refused; neither is there then.
    UncertainError
        when the disk does not say whether the change is kept; the next :func:`finish` knows.
    UnsettledError
        when all is confirmed, and the file stands beside the plant, for its own place went away.
    """
    held: list[Path] = []

    def hold(entry: Entry) -> None:
        held.append(_held(plant, entry.hash, out.name))
        try:
            write_safely(held[0], pdf)
        except UserError as error:  # under the name that people know
            raise UserError(
                T("“{file}” cannot be kept beside the plant while it is written.", file=verbatim(out.name)),
                error.remedy,
            ) from error

    confirmed = False
    try:
        with drafted(out) as draft:
            draft.write_bytes(pdf)  # what its disk has against it is heard before anything is confirmed
            confirm(hold)
            confirmed = True
    except OSError as error:
        raise (_beside(plant, held[0], out) if confirmed else cannot_write(out, error)) from error
    except UserError as error:
        if not isinstance(error, UncertainError):
            for one in held:
                take_back(one)
        raise
    take_back(held[0])


def finish(plant: PlantFile, wanted: Path | None = None) -> tuple[Path, ...]:
    """Give their names to files that were signed when the program ended; what was never confirmed goes.

    Parameters
    ----------
    plant
        that is open for writing; of any other somebody may be signing now.
    wanted
        where a file of this name goes; every other one stands beside the plant.

    Returns
    -------
    tuple of Path
        where they stand now.

    Raises
    ------
    UserError
        when the disk refuses; the next time goes on.
    """
    if not plant.writable:
        return ()
    folder, key = plant.path.parent, _key(plant.path)
    for half in folder.glob(f"..{key}.*.part"):
        take_back(half)
    found = []
    for held in sorted(folder.glob(f".{key}.*")):
        named = _HELD.fullmatch(held.name)
        if named is None or not plant.knows(named[2]):
            take_back(held)
            continue
        same = wanted is not None and wanted.name == named[3]
        found.append(_moved(held, wanted if wanted is not None and same else plant.path.with_name(named[3])))
    return tuple(found)


def _moved(held: Path, out: Path) -> Path:
    """To its place, which may be on another disk, and never over another file."""
    pdf = held.read_bytes()
    if not (out.is_file() and out.read_bytes() == pdf):
        out = free(out)
        write_safely(out, pdf)
    take_back(held)
    return out


def _beside(plant: Path, held: Path, out: Path) -> UnsettledError:
    """Everything is confirmed, so the file is there: under its name, beside the plant."""
    beside = free(plant.with_name(out.name))
    try:
        held.replace(beside)
        settle(plant.parent)
    except OSError:
        beside = held
    return UnsettledError(
        T("The report is signed, and the plant knows of it, but “{file}” cannot be written.", file=verbatim(out.name)),
        T("It stands beside the plant: {file}. Copy it from there.", file=verbatim(str(beside))),
    )


def _held(plant: Path, digest: str, name: str) -> Path:
    short = name.encode()[-_LONGEST:].decode(errors="ignore")
    return plant.with_name(f".{_key(plant)}.{digest[:16]}.{short}")


def _key(plant: Path) -> str:
    """What tells the files of one plant from those of another in the same folder."""
    return hashlib.sha256(plant.name.encode()).hexdigest()[:8]
