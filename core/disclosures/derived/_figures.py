"""Key figures of the year: revenue, people, production, accidents."""

from __future__ import annotations

from collections.abc import Callable

from core.audit.figure_units import unit_title
from core.audit.key_figures import Measured, figure_title, over
from core.disclosures.derived._made import Basis, found, lacking, record
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.ledger import KeyFigure
from core.methods import MONEY

PAGE = "plan"
"""On which key figures are entered."""


def figure(known: Known, name: str, unit: str = "") -> Measured:
    """A key figure over the period of the inventory; money in its currency, not in tens of thousands of it."""
    return known.once(f"figure {name} {unit}", lambda one: _over(one, name, unit))


def _over(known: Known, name: str, unit: str) -> Measured:
    held, units = known.ledger.held(KeyFigure), known.library.units
    measured = over(held, name, known.inventory.choices.period, units, unit)
    of = units.find(measured.unit)
    currency = of.dimension.removeprefix("money_") if of is not None and of.dimension in MONEY else ""
    return over(held, name, known.inventory.choices.period, units, currency) if currency else measured


def basis_of(known: Known, measured: Measured) -> Basis:
    """The records of a key figure; of their documents those that are kept files."""
    said = (known.ledger.get("key_figure", key) for key in measured.records)
    kept = known.ledger.records["evidence"]
    proofs = [one.evidence for one in said if isinstance(one, KeyFigure) and one.evidence in kept]
    words = T("Key figure “{name}”: records {count}", name=figure_title(measured.name), count=len(measured.records))
    return record("key_figure", measured.records, words, PAGE, proofs)


def why_missing(measured: Measured) -> Text:
    """Why a key figure is not there, and what to do."""
    return T(
        "Key figure “{name}”: {why} Enter it on the page “Management plan”.",
        name=figure_title(measured.name), why=measured.missing or T("Nothing is entered."),
    )  # fmt: skip


def of_figure(key: str, name: str, unit: str = "", said: str = "") -> Callable[[Known], PointValue]:
    """The derivation of a data point that is a key figure.

    Parameters
    ----------
    key
        of the data point.
    name
        of the key figure.
    unit
        into which records are converted; empty: that of the first record.
    said
        how the data point calls its unit, where it calls it otherwise.
    """

    def derive(known: Known) -> PointValue:
        measured = figure(known, name, unit)
        if measured.quantity is None:
            return lacking(key, why_missing(measured), unit=said)
        return found(key, measured.quantity, basis_of(known, measured), said or measured.unit)

    return derive


def per(measured: Measured) -> str:
    """How its unit is written below a line."""
    return unit_title(measured.unit).en
