"""Trust files of head office that a person took up: one for each group, among the data of the program, only forward."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T
from core.signing.trust import BUNDLE_ENDING, read_small

if TYPE_CHECKING:
    from core.signing.bundle import Bundle

FOLDER = "trust"


@dataclass(frozen=True, slots=True)
class Offered:
    """A trust file that could be taken up, beside the one that is kept."""

    data: bytes
    new: Bundle
    held: Bundle | None
    """Of the same group; None: this is its first."""
    place: Path
    """Where it will be kept."""

    @property
    def to_compare(self) -> bool:
        """Nothing that is kept vouches for the root that signed it, so people have to."""
        return self.held is None or self.new.signer not in self.held.own

    @property
    def known(self) -> bool:
        """It is kept already."""
        return self.new == self.held


def place_of(group: str, folder: Path) -> Path:
    """Where the trust file of a group is kept; ``folder`` is that of the settings."""
    name = unicodedata.normalize("NFC", group)
    readable = re.sub(r"[^\w-]+", "-", name).strip("-")[:40] or "group"
    told = hashlib.sha256(name.encode()).hexdigest()[:8]
    return folder / FOLDER / f"{readable}-{told}{BUNDLE_ENDING}"


def offered(path: Path, folder: Path, when: datetime) -> Offered:
    """What a trust file would bring, if it may follow the one that is kept.

    Raises
    ------
    UserError
        when it is none, was changed, is not later than what is kept, or its root has ended.
    """
    from core.signing.bundle import read_bundle, take_bundle
    from core.signing.certificates import fingerprint

    data = read_small(path)
    new = read_bundle(data)
    place = place_of(new.group, folder)
    held = kept_at(place)
    take_bundle(data, held, when, root=fingerprint(new.signer))  # all reasons but the one that people settle
    return Offered(data, new, held, place)


def kept_at(place: Path) -> Bundle | None:
    """The trust file that is kept in a place; None when there is none.

    Raises
    ------
    UserError
        when it cannot be read any more.
    """
    from core.signing.bundle import read_bundle

    if not place.exists():
        return None
    try:
        return read_bundle(read_small(place))
    except UserError as error:
        raise UserError(
            T("The trust file that was taken up before cannot be read any more: {why}", why=error.message),
            T("Move {file} away; then the fingerprint of the root has to be compared again.", file=str(place)),
        ) from error


def take_up(one: Offered, when: datetime, *, compared: bool) -> Path:
    """Keep it, complete or not at all; gives where.

    Parameters
    ----------
    one
        as it was shown.
    when
        now.
    compared
        the person has compared the fingerprint of the root.

    Raises
    ------
    UserError
        when it may not follow what is kept by now, or cannot be written.
    """
    from core.handover import write_safely
    from core.signing.bundle import take_bundle
    from core.signing.certificates import fingerprint

    take_bundle(one.data, kept_at(one.place), when, root=fingerprint(one.new.signer) if compared else "")
    try:
        one.place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            T("The folder {folder} cannot be made: {why}", folder=str(one.place.parent), why=error.strerror or ""),
            T("Check that you may write there."),
        ) from error
    write_safely(one.place, one.data)
    return one.place
