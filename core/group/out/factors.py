"""A factor set that head office signs for its plants, from the file in which it keeps it."""

from __future__ import annotations

from datetime import datetime

from core.errors import UserError
from core.exchange.factor_import import check_rows, read_set
from core.handover import issue_set
from core.i18n import T, verbatim
from core.library import Factor, FactorSet, Library
from core.signing import Identity


def factors_in(key: str, data: bytes, library: Library) -> tuple[FactorSet, tuple[Factor, ...]]:
    """The publication in a csv of factors and its rows, each of which a plant could use.

    Raises
    ------
    UserError
        when it is no such file, holds no rows, or a row is of no use.
    """
    rows = tuple(read_set(key, data))
    if not rows:
        raise UserError(T("“{name}” holds no rows.", name=verbatim(key)), T("Add at least one row, then repeat."))
    check_rows(rows, library)
    return rows[0].set, rows


def signed_factors(
    key: str, data: bytes, signer: Identity, library: Library, when: datetime
) -> tuple[FactorSet, bytes]:
    """The publication, and the bytes of its signed file."""
    publication, rows = factors_in(key, data, library)
    return publication, issue_set(publication, rows, signer, library, when)
