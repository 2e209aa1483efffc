"""Closing a finding: what was corrected is calculated again, and what was not never makes the total too small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.audit.corrected import corrections_of, effect_removed
from core.audit.finding import misstates, still_open, title_of
from core.audit.finding_said import ANSWERED, AUDITORS, CLOSED, RECOMMENDATION, person_acting
from core.audit.misstatements import misstatements
from core.errors import RefusedError, UserError
from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.judging import Decision, reasoned
from core.inventory.totals import LOCATION, MARKET
from core.ledger import AuditFinding, Correction, Ledger, Step
from core.library import EXACT
from core.methods import KG, Line, exact_sum

CORRECTED, CONSERVATIVE, UNCORRECTED = "corrected", "conservative", "uncorrected"
TREATMENTS: Mapping[str, Text] = {
    CORRECTED: T("Corrected"),
    CONSERVATIVE: T("Conservative estimate"),
    UNCORRECTED: T("Not corrected"),
}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Conservative:
    """What to add to the total in place of a correction."""

    tonnes: Decimal
    """Zero where the total is not too small. [t CO2e]"""
    why: Text


@dataclass(frozen=True, slots=True)
class ClosingWords:
    """What the auditor says when closing."""

    day: date
    note: str = ""
    treatment: str = ""
    """A key of :data:`TREATMENTS` for misstatements, else empty."""
    conservative: Decimal | None = None
    """Of the treatment ``conservative``. [t CO2e]"""


def closing_finding(
    ledger: Ledger,
    inventory: Inventory,
    corrections: Iterable[Correction],
    key: str,
    by: str,
    words: ClosingWords,
) -> Decision:
    """Close a finding.

    Parameters
    ----------
    ledger, inventory
        as they are now.
    corrections
        as the journal tells them.
    key
        id of the finding.
    by
        id of the auditor: another person than the one who answered, and than those who corrected the data.
    words
        what is said.

    Raises
    ------
    UserError
        when it is not open; by the wrong person; without an answer where one is needed; when it is said to be
        corrected and the journal holds no correction, or some of the effect is left; when a conservative estimate is
        smaller than what is known to be missing; without a reason where nothing was corrected.
    """
    held, known = still_open(ledger, key), tuple(corrections)
    closer = person_acting(ledger, by, AUDITORS, but_not=held.answered_by)
    if any(one.finding == held.id and one.who == closer.name for one in known):
        raise RefusedError(
            T("{name} corrected the data and may not close the finding.", name=closer.name),
            T("Let another person do it."),
        )
    _check_answer(held, words)
    conservative = _checked_treatment(ledger, inventory, known, held, words)
    made = replace(
        held,
        status=CLOSED,
        treatment=words.treatment,
        conservative=conservative,
        closed_by=by,
        closed=words.day.isoformat(),
        closing_note=reasoned(words.note) if words.note.strip() else "",
    )
    why = T("Finding {finding} closed", finding=title_of(ledger, made))
    if words.treatment:
        said = TREATMENTS[words.treatment]
        why = T("Finding {finding} closed: {treatment}", finding=title_of(ledger, made), treatment=said)
    return Decision(why, (Step("finding", held.id, held, made),))


def left_of(
    ledger: Ledger, inventory: Inventory, corrections: Iterable[Correction], finding: AuditFinding
) -> Decimal | None:
    """What of a finding's effect its corrections did not take away.

    Parameters
    ----------
    ledger, inventory, corrections
        as in :func:`closing_finding`.
    finding
        a misstatement.

    Returns
    -------
    Decimal or None
        effect less what was removed, with its sign, and zero where that is less than half of the last digit in which
        the effect is stated; None when the effect is not known. [t CO2e]

    Examples
    --------
    An effect of 12.3 t is stated to a tenth: 0.04 t that remain are the rounding of who stated it.
    """
    if finding.effect is None:
        return None
    removed = effect_removed(ledger, inventory, corrections, finding)
    # Of both totals the one that comes closer: the effect was stated on one of them, and only its author knows which.
    rests = (EXACT.subtract(finding.effect, removed.location), EXACT.subtract(finding.effect, removed.market))
    left = min(rests, key=abs)
    exponent = finding.effect.as_tuple().exponent
    digit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return _ZERO if abs(left) <= digit / 2 else left


def stands_for(ledger: Ledger, inventory: Inventory, finding: AuditFinding) -> Decimal:
    """What a finding projects on records that were not tested; zero where it projects nothing. [t CO2e]"""
    rows = misstatements(ledger, inventory, finding.year).rows
    return next((one.projected for one in rows if one.finding == finding.id), _ZERO)


def conservative_of(finding: AuditFinding, inventory: Inventory, beyond: Decimal = _ZERO) -> Conservative:
    """Propose what to add to the total where a misstatement is not corrected.

    Parameters
    ----------
    finding
        a misstatement.
    inventory
        of its year.
    beyond
        what it stands for beside itself, projected, with its sign. [t CO2e]

    Returns
    -------
    Conservative
        never negative: what was reported too much is not taken off.

    Notes
    -----
    Of a known effect e with a projection p: ``max(0, −(e + p))``. Of an unknown one the records it names are taken at
    the highest day of their source and item in the year: ``Σ max(0, h × d − t)`` with the highest tonnes per day h, the
    days d and the tonnes t of each record, on the larger of the location- and market-based totals.
    """
    if finding.effect is not None:
        missing = EXACT.add(finding.effect, beyond)
        if missing >= 0:
            return Conservative(_ZERO, T("Too much was reported: nothing is added, and nothing is taken off."))
        if beyond:
            return Conservative(-missing, T("What is missing, and what it stands for in records that were not tested."))
        return Conservative(-missing, T("What is missing."))
    tonnes = max(_at_highest(inventory, finding.activities, scopes) for scopes in (LOCATION, MARKET))
    if not finding.activities:
        return Conservative(_ZERO, T("The finding names no records, so nothing can be proposed."))
    if not tonnes:
        return Conservative(_ZERO, T("The records are the highest of the year already, so nothing can be proposed."))
    return Conservative(tonnes, T("The records at the highest day of the year of their source, less what is reported."))


def _at_highest(inventory: Inventory, activities: Iterable[str], scopes: tuple[str, ...]) -> Decimal:
    """What records would emit more if each of their days were the highest of their series. [t CO2e]"""
    wanted = frozenset(activities)
    lines = [line for line in inventory.lines if line.scope in scopes]
    highest: dict[tuple[str, ...], Decimal] = {}
    for line in lines:
        per_day = EXACT.divide(line.tco2e, Decimal(_days(line)))
        highest[_series(line)] = max(per_day, highest.get(_series(line), per_day))
    more = (
        EXACT.subtract(EXACT.multiply(highest[_series(line)], Decimal(_days(line))), line.tco2e)
        for line in lines
        if line.activity.id in wanted
    )
    return exact_sum(max(one, _ZERO) for one in more).quantize(KG, context=EXACT)


def _series(line: Line) -> tuple[str, ...]:
    one = line.activity
    return (one.source, one.method, one.item, line.scope, str(line.category))


def _days(line: Line) -> int:
    return max((line.portion.end - line.portion.start).days + 1, 1)


def _check_answer(finding: AuditFinding, words: ClosingWords) -> None:
    """A recommendation may be left alone, and what the plant does not correct may stay unanswered."""
    may_stay = finding.kind == RECOMMENDATION or words.treatment in (CONSERVATIVE, UNCORRECTED)
    if finding.status != ANSWERED and not may_stay:
        raise UserError(
            T("The plant has not answered the finding."),
            T("Wait for root cause, correction and corrective action, or close it as not corrected."),
        )


def _checked_treatment(
    ledger: Ledger,
    inventory: Inventory,
    corrections: tuple[Correction, ...],
    finding: AuditFinding,
    words: ClosingWords,
) -> Decimal | None:
    """The conservative estimate of the closing, if its treatment fits the finding."""
    if not misstates(finding):
        if words.treatment or words.conservative is not None:
            raise UserError(
                T("Only a misstatement is corrected or estimated."), T("Close the finding without a treatment.")
            )
        return None
    if words.treatment not in TREATMENTS:
        raise UserError(
            T("How the misstatement was treated is missing."),
            T("Choose one of: {known}.", known=list(TREATMENTS.values())),
        )
    if words.conservative is not None and words.treatment != CONSERVATIVE:
        raise UserError(
            T("An estimate is given, and it is not the treatment."), T("Choose the conservative estimate, or none.")
        )
    if words.treatment == CORRECTED:
        _check_corrected(ledger, inventory, corrections, finding)
        return None
    reasoned(words.note)
    return _checked_estimate(finding, words.conservative) if words.treatment == CONSERVATIVE else None


def _check_corrected(
    ledger: Ledger, inventory: Inventory, corrections: tuple[Correction, ...], finding: AuditFinding
) -> None:
    if not any(one.finding == finding.id for one in corrections_of(ledger, corrections, finding.year)):
        raise UserError(
            T("Nothing was corrected because of this finding."),
            T("Correct the data because of the finding, or close it as not corrected."),
        )
    left = left_of(ledger, inventory, corrections, finding)
    if left:
        raise UserError(
            T("{left} t CO2e of the {effect} t are still in the inventory.", left=left, effect=finding.effect or _ZERO),
            T("Correct the rest, state the effect anew, or close it as not corrected."),
        )


def _checked_estimate(finding: AuditFinding, tonnes: Decimal | None) -> Decimal:
    if tonnes is None or not tonnes.is_finite() or tonnes <= 0:
        raise UserError(
            T("A conservative estimate adds to the total."),
            T("Enter how many t CO2e are added; what was reported too much is closed as not corrected."),
        )
    missing = -(finding.effect or _ZERO)
    if missing < 0:
        raise UserError(
            T("Too much was reported, so there is nothing to estimate."), T("Correct it, or close it as not corrected.")
        )
    if tonnes < missing:
        raise UserError(
            T(
                "The estimate of {tonnes} t is less than the {missing} t that are missing.",
                tonnes=tonnes,
                missing=missing,
            ),
            T("An estimate never makes the total too small: enter at least what is missing."),
        )
    return tonnes
