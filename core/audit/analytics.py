"""Analytical procedures: what a figure should be by last year, production, sister plants or degree days, and is.

Each is a pure function of the ledger, the inventory and what is known of last year; the auditor's part (threshold,
explanation, whether it is accepted) is an :class:`Expectation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.audit.estimates import (
    DEGREE_DAYS,
    ENERGY_BALANCE,
    LAST_YEAR,
    PROCEDURES,
    PRODUCTION,
    SISTER_PLANTS,
    Estimate,
    Known,
)
from core.audit.expected import estimates_of
from core.audit.last_year import LastYear, last_closed
from core.audit.thresholds import Thresholds, thresholds_of
from core.errors import UserError
from core.i18n import Localised, T, Text
from core.inventory import Inventory
from core.inventory.judging import LONGEST, Decision
from core.ledger import Evidence, Expectation, Ledger, Step
from core.library import EXACT

__all__ = [
    "DEGREE_DAYS",
    "ENERGY_BALANCE",
    "LAST_YEAR",
    "PROCEDURES",
    "PRODUCTION",
    "SISTER_PLANTS",
    "Procedure",
    "expecting",
    "procedures",
    "taking_back",
    "unexplained",
]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One analytical procedure with what it comes to."""

    procedure: str
    """A key of :data:`core.audit.estimates.PROCEDURES`."""
    subject: str
    """As in :class:`core.ledger.Expectation`."""
    title: Localised
    """What it is about."""
    unit: str
    actual: Decimal | None
    expected: Decimal | None
    difference: Decimal | None
    """Actual less expected. [unit]"""
    percent: Decimal | None
    """Of the expected value; None where it is zero. [%]"""
    threshold: Decimal
    """Beyond which a difference wants an explanation. [%]"""
    beyond: bool
    how: Text
    """The formula with its numbers; empty where data are missing."""
    missing: Text | None = None
    """What the data lack."""
    expectation: Expectation | None = None
    """What the auditor said."""

    @property
    def id(self) -> str:
        """Unique within a year."""
        return f"{self.procedure}:{self.subject}"

    @property
    def holds(self) -> bool:
        """Whether an explanation was accepted for this difference, or one no further from it than the threshold."""
        said = self.expectation
        if said is None or not said.accepted or not said.explanation.strip():
            return False
        if self.percent is None or said.seen is None:
            return self.percent is said.seen
        return abs(EXACT.subtract(self.percent, said.seen)) <= self.threshold

    @property
    def unexplained(self) -> bool:
        """Beyond the threshold, and nobody accepted an explanation for it."""
        return self.beyond and not self.holds


def procedures(
    ledger: Ledger, inventory: Inventory, last: LastYear | None = None, counted: Mapping[str, Decimal] | None = None
) -> tuple[Procedure, ...]:
    """Every analytical procedure that the data allow, and those that the auditor asked for.

    Parameters
    ----------
    ledger
        with key figures, benchmarks, risks and expectations.
    inventory
        of the audited year.
    last
        the year before; None: as it was closed, which is all that head office knows.
    counted
        what each meter counted in the period, by :func:`core.audit.balance.counted_of`; None: meters are left out.
    """
    year = inventory.choices.period.end.year
    said = {f"{one.procedure}:{one.subject}": one for one in ledger.held(Expectation) if one.year == year}
    before = last_closed(inventory.closings, year - 1) if last is None else last
    known = Known(ledger, inventory, before, counted)
    limits = thresholds_of(ledger, inventory)
    return tuple(_judged(known, one, limits, said) for one in estimates_of(known, tuple(said.values())))


def unexplained(
    ledger: Ledger, inventory: Inventory, last: LastYear | None = None, counted: Mapping[str, Decimal] | None = None
) -> tuple[Procedure, ...]:
    """What lies beyond its threshold without an accepted explanation; the opinion asks for it."""
    return tuple(one for one in procedures(ledger, inventory, last, counted) if one.unexplained)


def _judged(known: Known, one: Estimate, limits: Thresholds, said: dict[str, Expectation]) -> Procedure:
    expectation = said.get(f"{one.procedure}:{one.subject}")
    threshold = _threshold(one, limits, expectation)
    made = Procedure(
        procedure=one.procedure,
        subject=one.subject,
        title=one.title,
        unit=one.unit,
        actual=one.actual,
        expected=one.expected,
        difference=None,
        percent=None,
        threshold=threshold,
        beyond=False,
        how=one.how,
        missing=one.missing,
        expectation=expectation,
    )
    if one.actual is None or one.expected is None:
        return made
    difference = EXACT.subtract(one.actual, one.expected)
    percent = EXACT.divide(EXACT.multiply(difference, HUNDRED), one.expected) if one.expected else None
    beyond = _beyond(one, difference, percent, threshold, None if expectation else limits.trivial)
    return replace(made, difference=difference, percent=percent, beyond=beyond)


def _beyond(
    one: Estimate, difference: Decimal, percent: Decimal | None, threshold: Decimal, trivial: Decimal | None
) -> bool:
    """Whether a difference wants an explanation; ``trivial`` is None where the auditor set the threshold."""
    if trivial is not None and one.low is not None and one.high is not None and one.actual is not None:
        return not one.low <= one.actual <= one.high
    if trivial is not None and one.tonnes and abs(difference) <= trivial:
        return False
    return abs(percent) > threshold if percent is not None else bool(difference)


def _threshold(one: Estimate, limits: Thresholds, expectation: Expectation | None) -> Decimal:
    if expectation is not None:
        return expectation.threshold
    if one.usual is not None:
        return one.usual
    if one.low is None or one.high is None or not one.expected:
        return limits.of(one.source, one.actual if one.tonnes and one.actual is not None else Decimal(0))
    # Of a benchmark the range of the sister plants, on the side on which the plant lies.
    bound = one.high if one.actual is None or one.actual >= one.expected else one.low
    return EXACT.divide(EXACT.multiply(abs(EXACT.subtract(bound, one.expected)), HUNDRED), one.expected)


# ---------------------------------------------------------------------- acts


def expecting(
    ledger: Ledger,
    year: int,
    procedure: Procedure,
    threshold: Decimal,
    explanation: str,
    accepted: bool,
    evidence: Iterable[str] = (),
) -> Decision:
    """What the auditor says about a procedure.

    Parameters
    ----------
    ledger, year
        now.
    procedure
        as it is shown; the explanation holds for its difference.
    threshold
        beyond which a difference wants an explanation. [%]
    explanation
        of the difference, from the plant and what supports it.
    accepted
        whether it is sufficient.
    evidence
        ids of kept files.

    Raises
    ------
    UserError
        when an acceptance lacks its explanation, the threshold is no share, a file is unknown, or nothing changes.
    """
    words, files = explanation.strip(), tuple(dict.fromkeys(evidence))
    if threshold < 0 or threshold > 1000:
        raise UserError(T("A threshold lies between 0 and 1,000 %."), T("Correct the number."))
    if accepted and not words:
        raise UserError(T("Nothing can be accepted without an explanation."), T("Write what explains the difference."))
    if len(words) > LONGEST:
        raise UserError(T("The explanation is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    unknown = [key for key in files if not isinstance(ledger.get("evidence", key), Evidence)]
    if unknown:
        raise UserError(T("There is no kept file with the id {id}.", id=unknown[0]), T("Look at the list again."))
    key = f"{year}:{procedure.procedure}:{procedure.subject}"
    before = ledger.get("expectation", key)
    seen = _kept(procedure.percent) if words and procedure.percent is not None else None
    threshold = _kept(threshold)
    after = Expectation(key, year, procedure.procedure, procedure.subject, threshold, words, accepted, files, seen)
    if after == before:
        raise UserError(T("Nothing changes: it was said so already."), T("Change something, or leave it."))
    why = T("Analytical procedure “{subject}”: {verdict}", subject=procedure.title, verdict=_verdict(after))
    return Decision(why, (Step("expectation", key, before, after),))


def _kept(percent: Decimal) -> Decimal:
    """With the digits that anybody can mean. [%]"""
    return percent.quantize(Decimal("0.0001"), context=EXACT)


def _verdict(said: Expectation) -> Text:
    if said.accepted:
        return T("explanation accepted")
    if said.explanation:
        return T("explanation noted")
    return T("threshold {percent} %", percent=said.threshold)


def taking_back(ledger: Ledger, year: int, procedure: Procedure) -> Decision:
    """The procedure as if nobody had said anything about it.

    Raises
    ------
    UserError
        when nobody has.
    """
    key = f"{year}:{procedure.procedure}:{procedure.subject}"
    held = ledger.get("expectation", key)
    if held is None:
        raise UserError(T("Nothing was said about it."), T("Look at the list again."))
    why = T("Analytical procedure “{subject}”: taken back", subject=procedure.title)
    return Decision(why, (Step("expectation", key, held, None),))
