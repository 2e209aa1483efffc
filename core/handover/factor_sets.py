"""Factor sets between head office and plants: signed here, judged and taken up there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.exchange.factor_import import SIGNED, FactorImport, check_rows, read_set, taking
from core.ledger import Ledger
from core.library import Factor, FactorSet, Library
from core.library.write import to_csv
from core.signing import Identity, SignedSet, Trust, sign_set, verify_set


@dataclass(frozen=True, slots=True)
class ReceivedSet:
    """A ``.factors`` file as a plant sees it."""

    judged: SignedSet
    """Whether it can be believed, why not, and who signed it."""
    taken: FactorImport | None
    """The change that takes it up; None when it cannot be believed."""
    factors: tuple[Factor, ...] = ()
    """What it holds; empty when it cannot be believed."""


def issue_set(
    publication: FactorSet, rows: Sequence[Factor], signer: Identity, library: Library, when: datetime
) -> bytes:
    """The ``.factors`` file of a set.

    Raises
    ------
    UserError
        when no plant could use a row, or the signer may not sign.
    """
    check_rows(rows, library)
    return sign_set(publication.key, to_csv(publication, rows).encode(), signer, when)


def receive_set(
    data: bytes, name: str, trust: Trust, ledger: Ledger, library: Library, who: str, when: datetime
) -> ReceivedSet:
    """Judge a received file and, if its signer is trusted, make the change that takes it up.

    Parameters
    ----------
    data, name
        the file and its name as received.
    trust
        whose factor sets the plant takes.
    ledger, library
        what is known now.
    who, when
        author and time of the change.

    Raises
    ------
    UserError
        when the set can be believed but not used: it is known already, or needs a newer program.
    """
    judged = verify_set(data, trust, when)
    if not judged.valid:
        return ReceivedSet(judged, None)
    signer = ", ".join(part for part in (judged.signer, judged.organisation) if part)
    taken = taking(
        judged.csv.decode("utf-8"),
        judged.key,
        ledger,
        library,
        who,
        when,
        name=name,
        origin=SIGNED,
        signer=signer,
        note=f"certificate sha256 {judged.fingerprint}",
    )
    return ReceivedSet(judged, taken, read_set(judged.key, judged.csv))
