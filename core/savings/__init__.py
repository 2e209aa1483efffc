"""Savings other than PV, one kind of measure a file: baseline, saving, money and tonnes by year.

A file defines ``KIND``; its name is the kind's key. A kind turns the parameters and the table of a
:class:`core.ledger.energy.Measure` into an :class:`Effect`; years, tonnes and money are the same for all and stand in
the modules that start with ``_``. A saving is a memo: it never changes an inventory, and this room never looks at one.
"""

import sys
from collections.abc import Callable
from functools import cache

from core.dropins import dropped_in
from core.errors import UserError
from core.i18n import T
from core.ledger import Ledger, Measure, Plant
from core.library import Library, own_rows
from core.savings._asking import COMMON, MONEY_SECTION, OTHER_SECTION, SOURCE, Column, Section
from core.savings._build import contexts_for, made
from core.savings._inputs import Inputs, check
from core.savings._plain import savings_to_plain
from core.savings._sums import Overlap, Savings, Unclear, YearSum, summed_up
from core.savings._table import Refused, Row, Table, parse, read, write
from core.savings._types import (
    NEVER_SUBTRACTED,
    Amounts,
    Beside,
    BesideLine,
    Coefficient,
    Effect,
    Finance,
    Flow,
    Kind,
    Point,
    Regression,
    SavedLine,
    Saving,
    SavingYear,
    Stretch,
    Uncertainty,
)

__all__ = [
    "COMMON",
    "FIRST",
    "LAST",
    "MONEY_SECTION",
    "NEVER_SUBTRACTED",
    "OTHER_SECTION",
    "SOURCE",
    "Amounts",
    "Beside",
    "BesideLine",
    "Coefficient",
    "Column",
    "Effect",
    "Finance",
    "Flow",
    "Inputs",
    "Kind",
    "Overlap",
    "Point",
    "Refused",
    "Regression",
    "Row",
    "SavedLine",
    "Saving",
    "SavingYear",
    "Savings",
    "Section",
    "Stretch",
    "Table",
    "Uncertainty",
    "Unclear",
    "YearSum",
    "all_kinds",
    "check_measure",
    "kind_named",
    "parse",
    "read",
    "saving_of",
    "savings_of",
    "savings_to_plain",
    "write",
]
FIRST, LAST = 1, 9999
"""Years that ask for all there are."""


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind of measure by key.

    Raises
    ------
    RuntimeError
        when the folder is empty, or a kind lives under another name.
    """
    kinds: dict[str, Kind] = {name: module.KIND for name, module in dropped_in(sys.modules[__name__]).items()}
    for name, kind in kinds.items():
        if kind.key != name:
            raise RuntimeError(f"kind {kind.key} lives in {name}.py")
    return kinds


def kind_named(key: str) -> Kind:
    """The kind of this key.

    Raises
    ------
    UserError
        when there is none.
    """
    found = all_kinds().get(key)
    if found is None:
        raise UserError(
            T("Unknown kind of measure “{kind}”.", kind=key[:40]), T("Choose one of: {known}.", known=list(all_kinds()))
        )
    return found


def check_measure(measure: Measure, library: Library) -> None:
    """Whether a measure says what its kind can understand; its table is not looked at.

    Raises
    ------
    UserError
        for the first thing that it cannot.
    """
    check(measure, kind_named(measure.kind), library)


def saving_of(
    measure: Measure,
    library: Library,
    plant: Plant,
    *,
    data: bytes | None = None,
    gwp_set: str = "AR6",
    policy: str = "ghg-protocol",
    first: int = FIRST,
    last: int = LAST,
) -> Saving:
    """The saving of one measure: energy, tonnes and money by year.

    Parameters
    ----------
    measure
        as it is recorded.
    library
        factors, potentials and units, with the plant's own factors.
    plant
        for its place.
    data
        the kept table, where the kind wants one.
    gwp_set, policy
        as an audit chooses them.
    first, last
        years that are asked for, included.

    Raises
    ------
    UserError
        for what cannot be understood or calculated.

    Notes
    -----
    Tonnes are those that the inventory would count for the same energy on a bill: location-based for electricity and
    heat, combustion for fuels.
    """
    contexts = contexts_for(library, plant, lambda _year: (gwp_set, policy))
    return made(measure, kind_named(measure.kind), library, data, contexts, (first, last))


def savings_of(
    ledger: Ledger,
    library: Library,
    first: int = FIRST,
    last: int = LAST,
    *,
    blob: Callable[[str], bytes] | None = None,
) -> Savings:
    """All measures of a plant, each year under the choices of its audit; what cannot be calculated says why.

    Parameters
    ----------
    ledger
        everything the plant knows.
    library
        the plant's library.
    first, last
        years that are asked for, included.
    blob
        gives the bytes of a kept table by its SHA-256.
    """
    library = library.with_own(own_rows(ledger.own_factors))
    contexts = contexts_for(library, ledger.plant, lambda year: _choices(ledger, year))
    savings: list[Saving] = []
    unclear: list[Unclear] = []
    for measure in ledger.held(Measure):
        try:
            data = blob(measure.data) if measure.data and blob is not None else None
            savings.append(made(measure, kind_named(measure.kind), library, data, contexts, (first, last)))
        except UserError as error:
            unclear.append(Unclear(measure, error))
    return summed_up(tuple(savings), tuple(unclear), library)


def _choices(ledger: Ledger, year: int) -> tuple[str, str]:
    """GWP set and policy of a year: of its audit, else of the newest audit, else the usual ones."""
    audit = ledger.audit(year)
    if audit is None:
        audits = sorted((key for key in ledger.records["audit"] if key.isdecimal()), key=int)
        audit = ledger.audit(int(audits[-1])) if audits else None
    return ("AR6", "ghg-protocol") if audit is None else (audit.gwp_set, audit.policy)
