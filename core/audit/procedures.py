"""Test sheets: one procedure applied to one record, with what the evidence shows beside what was reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.audit.effects import NO_EFFECT, Effect, effect_of
from core.audit.finding_said import AUDITORS, known_records, person_acting
from core.errors import RefusedError, UserError
from core.i18n import T, Text, verbatim
from core.inventory import Inventory
from core.inventory.judging import LONGEST
from core.inventory.period import portion_of
from core.ledger import Activity, AuditFinding, Ledger, Sample, Step, TestSheet

TRACED, RECALCULATED, REKEYED, READ_ON_SITE, INTERVIEW = (
    "traced",
    "recalculated",
    "rekeyed",
    "read_on_site",
    "interview",
)
PROCEDURES: dict[str, Text] = {
    TRACED: T("Traced to the bill"),
    RECALCULATED: T("Recalculated"),
    REKEYED: T("Re-keyed blind"),
    READ_ON_SITE: T("Meter read on site"),
    INTERVIEW: T("Interview"),
}
"""What can be done with a record, and what it is called."""
HELP: dict[str, Text] = {
    TRACED: T("Compare the record with the bill or delivery note that it was entered from."),
    RECALCULATED: T("Work the quantity out again from readings, constants and densities."),
    REKEYED: T("Type the value from the evidence without seeing the record; whoever entered or tested it may not."),
    READ_ON_SITE: T("Read the meter on site and compare it with the counter or the amount in the record."),
    INTERVIEW: T("Ask the person who keeps the data. An interview alone does not settle an item."),
}
AGREES, DIFFERS, NOT_POSSIBLE = "agrees", "differs", "not_possible"
CONCLUSIVE = frozenset((AGREES, DIFFERS))
RESULTS: dict[str, Text] = {AGREES: T("Agrees"), DIFFERS: T("Differs"), NOT_POSSIBLE: T("Not possible")}


@dataclass(frozen=True, slots=True)
class Kept:
    """A test as one change."""

    why: Text
    steps: tuple[Step, ...]
    sheet: TestSheet
    effect: Effect
    """By scope, of which the sheet carries the governing figure."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A procedure as it was applied: what somebody did and saw, before it is kept."""

    activity: str
    procedure: str
    by: str
    """Id of the person."""
    day: date
    found: Decimal | None = None
    """Quantity that the evidence shows, in the unit of the record; None: none was seen, or just the same."""
    result: str = ""
    """``agrees``, ``differs``, ``not_possible``, or empty: as the quantity says."""
    sample: str = ""
    """Empty: the last sample that the record is in, if any."""
    evidence: tuple[str, ...] = ()
    note: str = ""


# ---------------------------------------------------------------------- looking


def sheets_of(ledger: Ledger, year: int, activity: str = "") -> tuple[TestSheet, ...]:
    """The test sheets of a year, or of one record in it, in the order in which they were made."""
    held = (one for one in ledger.held(TestSheet) if one.year == year)
    return tuple(one for one in held if not activity or one.activity == activity)


def conclusive(sheet: TestSheet) -> bool:
    """Whether a sheet settles its item.

    What could not be tested, for the reason in the note, is settled too: its tonnes weigh on the opinion. An interview
    alone is no evidence (ISA 500, A2), unless a finding came of it.
    """
    if sheet.result == NOT_POSSIBLE or sheet.finding:
        return True
    return sheet.result in CONCLUSIVE and sheet.procedure != INTERVIEW


def samples_of(ledger: Ledger, year: int) -> tuple[Sample, ...]:
    """The samples of a year in the order in which they were drawn."""
    return tuple(one for one in ledger.held(Sample) if one.year == year)


def sample_of(ledger: Ledger, year: int, activity: str) -> str:
    """Id of the last sample that a record is in; empty when it is in none."""
    return next((one.id for one in reversed(samples_of(ledger, year)) if activity in one.activities), "")


def untested(ledger: Ledger, year: int) -> tuple[tuple[str, str], ...]:
    """Items of samples without a conclusive sheet: id of the sample and of the record, each record once a sample.

    A record that was tested for one sample is tested for all; one that was deleted since cannot be tested any more.
    """
    done = {one.activity for one in sheets_of(ledger, year) if conclusive(one)}
    known = ledger.records["activity"]
    return tuple(
        (sample.id, key)
        for sample in samples_of(ledger, year)
        for key in dict.fromkeys(sample.activities)
        if key not in done and key in known
    )


def result_of(sheets: Iterable[TestSheet]) -> str:
    """What several sheets of one record say together: a difference weighs more than an agreement; empty: nothing."""
    found = {one.result for one in sheets if conclusive(one)}
    return next((result for result in (DIFFERS, AGREES, NOT_POSSIBLE) if result in found), "")


def unraised(ledger: Ledger, year: int) -> tuple[TestSheet, ...]:
    """The last sheet of each record that differs in tonnes, where no finding came of it yet."""
    last: dict[str, TestSheet] = {}
    raised = {one.activity for one in sheets_of(ledger, year) if one.finding}
    for one in sheets_of(ledger, year):
        if one.result in CONCLUSIVE:
            last[one.activity] = one
    return tuple(one for key, one in last.items() if one.effect and key not in raised)


def proofs_of(ledger: Ledger, activity: str) -> tuple[str, ...]:
    """Ids of the kept files that prove a record; the file it was imported from repeats it and proves nothing."""
    return tuple(one.id for one in ledger.evidence if activity in one.activities and one.kind != "import")


# ---------------------------------------------------------------------- acting


def applying(
    ledger: Ledger, inventory: Inventory, year: int, key: str, applied: Applied, authors: Collection[str] = ()
) -> Kept:
    """Keep a test sheet.

    Parameters
    ----------
    ledger, inventory
        what is known now: the reported quantity is that of the record at this moment, the effect follows under the
        choices and factors of the inventory.
    year
        that is audited.
    key
        a free id for the sheet.
    applied
        what was done and seen. For re-keying see :func:`core.audit.blind.rekeying`.
    authors
        names of those who made or changed the record: they do not test it.

    Raises
    ------
    UserError
        when nobody audits the year, by somebody who is no auditor or made the record, for a record outside the year,
        without a value where one is needed, and without a note where nothing else says what happened.
    """
    if applied.procedure == REKEYED and applied.result != NOT_POSSIBLE:
        raise UserError(
            T("Re-keying has a way of its own: the value is typed without seeing the record."),
            T("Choose the procedure “Re-keyed blind”, and type what the evidence shows."),
        )
    return sheet_kept(ledger, inventory, year, key, applied, authors)


def sheet_kept(
    ledger: Ledger, inventory: Inventory, year: int, key: str, applied: Applied, authors: Collection[str] = ()
) -> Kept:
    """The sheet of any procedure, checked."""
    record = record_to_test(ledger, inventory, year, applied.activity)
    may_test(ledger, applied.by, authors)
    result = _result(record, applied)
    _check_note(applied, result)
    sample = applied.sample or sample_of(ledger, year, record.id)
    known_records(ledger, "sample", (sample,) if sample else ())
    known_records(ledger, "evidence", applied.evidence)
    found = record.quantity if result == AGREES and applied.found is None else applied.found
    differs = result == DIFFERS and found is not None
    effect = effect_of(ledger, inventory, record, found) if differs and found is not None else NO_EFFECT
    sheet = TestSheet(
        key,
        year,
        record.id,
        applied.procedure,
        result,
        applied.by,
        applied.day,
        sample,
        record.quantity,
        None if result == NOT_POSSIBLE else found,
        None if result == NOT_POSSIBLE else effect.governing,
        tuple(dict.fromkeys(applied.evidence)),
        note=applied.note.strip(),
    )
    why = T(
        "{procedure}, {source}: {result}",
        procedure=PROCEDURES[sheet.procedure],
        source=verbatim(record.source),
        result=RESULTS[result],
    )
    return Kept(why, (Step("test", key, None, sheet),), sheet, effect)


def record_to_test(ledger: Ledger, inventory: Inventory, year: int, key: str) -> Activity:
    """A record that can be tested.

    Raises
    ------
    UserError
        when nobody audits the year, or the record does not exist or does not touch it.
    """
    if ledger.engagement(year) is None:
        raise UserError(
            T("Nobody audits {year} yet.", year=str(year)), T("Agree on the audit first, on the page “Audit”.")
        )
    found = ledger.get("activity", key)
    if not isinstance(found, Activity):
        raise UserError(T("The record {id} does not exist.", id=key), T("Choose one that exists."))
    if portion_of(found, inventory.choices.period) is None:
        raise UserError(
            T("The record {id} does not touch {year}.", id=key, year=str(year)), T("Choose a record of the year.")
        )
    return found


def may_test(ledger: Ledger, by: str, authors: Collection[str]) -> None:
    """Refuse who may not test a record.

    Raises
    ------
    RefusedError
        for somebody who is no auditor, or who made or changed the record.
    """
    person = person_acting(ledger, by, AUDITORS)
    if person.name in authors:
        raise RefusedError(
            T("{name} entered or changed this record and cannot test it.", name=person.name),
            T("Let another auditor test it."),
        )


def _result(record: Activity, applied: Applied) -> str:
    """What the values say, where it was not said, and no contradiction where it was."""
    if applied.procedure not in PROCEDURES or applied.result not in ("", *RESULTS):
        raise UserError(T("Unknown procedure or result."), T("Choose one of: {known}.", known=[*PROCEDURES, *RESULTS]))
    if applied.found is not None and (not applied.found.is_finite() or applied.found < 0 <= record.quantity):
        raise UserError(T("The value found is not a quantity."), T("Enter a number that is not negative."))
    if applied.result == NOT_POSSIBLE:
        if applied.found is not None:
            raise UserError(T("A value was found, so the test was possible."), T("Take the value away, or keep it."))
        return NOT_POSSIBLE
    if applied.found is None:
        if applied.result == AGREES or (applied.procedure == INTERVIEW and applied.result):
            return applied.result
        raise UserError(T("The value found is missing."), T("Enter what the evidence shows."))
    seen = AGREES if applied.found == record.quantity else DIFFERS
    if applied.result not in ("", seen):
        raise UserError(T("The result contradicts the value found."), T("Correct the value or the result."))
    return seen


def _check_note(applied: Applied, result: str) -> None:
    note = applied.note.strip()
    if len(note) > LONGEST:
        raise UserError(T("The note is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    if note or (applied.procedure != INTERVIEW and result != NOT_POSSIBLE):
        return
    if result == NOT_POSSIBLE:
        raise UserError(T("The note is missing."), T("Say why the test was not possible."))
    raise UserError(T("The note is missing."), T("Say who was asked and what they answered."))


def linked(ledger: Ledger, sheets: Iterable[str], finding: str) -> tuple[Step, ...]:
    """The steps that name on test sheets the finding which came of them, for the change that raises it.

    Raises
    ------
    UserError
        for a sheet that does not exist or belongs to another finding.
    """
    steps = []
    for key in dict.fromkeys(sheets):
        held = ledger.get("test", key)
        if not isinstance(held, TestSheet):
            raise UserError(T("The record {id} does not exist.", id=key), T("Choose one that exists."))
        other = ledger.get("finding", held.finding) if held.finding not in ("", finding) else None
        if isinstance(other, AuditFinding) and other.status != "withdrawn":
            raise UserError(
                T("The test sheet {sheet} belongs to another finding already.", sheet=key),
                T("Raise the finding without it."),
            )
        steps.append(Step("test", key, held, replace(held, finding=finding)))
    return tuple(step for step in steps if step.before != step.after)
