"""What corrections because of findings did to the library of a plant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.audit.corrected import corrections_of
from core.ledger import Correction, Ledger, initial
from core.library import Library


def initial_library(
    ledger: Ledger, corrections: Iterable[Correction], year: int, blob: Callable[[str], bytes], shipped: Library
) -> Library | None:
    """The library before corrections; None where no factor set was taken up or given back because of a finding."""
    known = corrections_of(ledger, corrections, year)
    if not any(one.kind == "factor_file" for one in known):
        return None
    from core.exchange.factor_import import library_of

    return library_of(initial(ledger, known), blob, shipped)
