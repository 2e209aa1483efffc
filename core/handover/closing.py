"""Closing a year, and restating it: two deliberate acts, each with a reason and final in the journal."""

from __future__ import annotations

import hashlib
from datetime import datetime

from core.audit.people import prepared_by
from core.checks import forbidding, review
from core.errors import RefusedError, UserError
from core.i18n import T, Text
from core.inventory import Inventory, Issue, build, choices_of, compile_inventory
from core.inventory.audited import audited
from core.inventory.closing import candidate, figures_of, opened, pack
from core.ledger import Audit, Change, Closing, Ledger, Step
from core.library import Library
from core.methods import Finding
from core.report import RENDERER


class FindingsForbidError(UserError):
    """Open errors stand against closing; correcting or dismissing them is the person's work."""


def close_year(
    ledger: Ledger,
    year: int,
    library: Library,
    *,
    reason: str,
    who: str,
    when: datetime,
    journal: tuple[str, int],
    sound: bool = True,
) -> tuple[Change, bytes]:
    """Close a year: its factors and numbers stay for ever.

    Parameters
    ----------
    ledger, year, library
        of the plant.
    reason
        why now, e.g. that the report was verified.
    who, when
        the person and the moment, UTC.
    journal
        hash of the last entry and number of entries.
    sound
        whether the plant file is what its journal says.

    Returns
    -------
    Change and bytes
        to be appended together: the closing, and the package that it names.

    Raises
    ------
    UserError
        when the year is closed already, has no data or open errors, when the reason is missing, or when the file was
        altered outside the program.
    """
    if ledger.closing(year) is not None:
        raise UserError(T("{year} is closed already.", year=str(year)), T("Restate it if its numbers must change."))
    why = T("{year} closed: {reason}", year=str(year), reason=_reason(reason))
    return _sealed(ledger, year, library, (why, who, when, reason), journal, sound)


def restate_year(
    ledger: Ledger,
    year: int,
    library: Library,
    *,
    blob: bytes,
    reason: str,
    who: str,
    when: datetime,
    journal: tuple[str, int],
    sound: bool = True,
) -> tuple[Change, bytes]:
    """Close a closed year again, as it is under the records and factors of today.

    Parameters
    ----------
    ledger, year, library, reason, who, when, journal, sound
        as for :func:`close_year`.
    blob
        the kept package of the closed year.

    Raises
    ------
    UserError
        when the year is open, when nothing differs, and as for :func:`close_year`.
    """
    closing = ledger.closing(year)
    if closing is None:
        raise UserError(T("{year} is not closed.", year=str(year)), T("Close it first."))
    if not candidate(ledger, opened(closing, blob), library).differs:
        raise UserError(
            T("Nothing differs from {year} as it was closed.", year=str(year)), T("There is nothing to restate.")
        )
    why = T("{year} restated: {reason}", year=str(year), reason=_reason(reason))
    return _sealed(ledger, year, library, (why, who, when, reason), journal, sound)


def seal_audited(
    ledger: Ledger,
    year: int,
    library: Library,
    *,
    who: str,
    when: datetime,
    journal: tuple[str, int],
    sound: bool = True,
) -> tuple[Change, bytes]:
    """Close the year of an audit that is concluded, again when it was closed before; parameters as for
    :func:`close_year`.

    Raises
    ------
    UserError
        when the year has no data or open errors, or when the file was altered outside the program.
    """
    why = T("Audit of {year} concluded", year=str(year))
    return _sealed(ledger, year, library, (why, who, when, why.in_language("en")), journal, sound)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise UserError(T("A reason is missing."), T("Say why, in words that an auditor understands years later."))
    return reason.strip()


def _sealed(
    ledger: Ledger,
    year: int,
    library: Library,
    act: tuple[Text, str, datetime, str],
    journal: tuple[str, int],
    sound: bool,
) -> tuple[Change, bytes]:
    why, who, when, reason = act
    before = ledger.last_closing(year)
    if not sound:
        raise RefusedError(
            T("The file was altered outside the program: its records do not follow from its journal."),
            T("Nobody can close this. Take the last copy that is sound, or enter the altered records again."),
        )
    known = ledger.audit(year)
    period = choices_of(known, year).period
    audit = known or Audit(str(year), period.start, period.end, preparer=prepared_by(ledger, who))
    # What the year was closed with before is no part of what it is closed with now.
    kept = ledger if before is None else ledger.apply([Step("closing", before.id, before, None)])
    inventory, findings = _reviewed(kept, audit, library, year)
    issue = Issue(when.replace(microsecond=0), who, "both", RENDERER, *journal)
    blob = pack(build(kept, audit, findings, library, issue))
    closing = _closing(before, inventory, blob, str(year), when, reason)
    steps = [Step("closing", closing.id, before, closing)]
    if known is None:  # its choices are fixed now, so they are recorded
        steps.insert(0, Step("audit", audit.id, None, audit))
    return Change(who, when, why, tuple(steps)), blob


def _reviewed(ledger: Ledger, audit: Audit, library: Library, year: int) -> tuple[Inventory, tuple[Finding, ...]]:
    choices = choices_of(audit, year)
    inventory = compile_inventory(audited(ledger, choices.period, audit), choices, library)
    if not inventory.activities:
        raise UserError(
            T("There is no activity data for {year}.", year=year), T("Import or enter the bills of the year first.")
        )
    findings = review(inventory)
    if errors := forbidding(findings):
        raise FindingsForbidError(
            T("{count} errors forbid closing, first: {finding}", count=len(errors), finding=errors[0].message),
            T("Correct them on the page “Activity data”, then close the year."),
        )
    return inventory, findings


def _closing(
    before: Closing | None, inventory: Inventory, blob: bytes, year: str, when: datetime, reason: str
) -> Closing:
    return Closing(
        id=year,
        sha256=hashlib.sha256(blob).hexdigest(),
        size=len(blob),
        revision=1 if before is None else before.revision + 1,
        closed=when.date(),
        reason=reason.strip(),
        previous="" if before is None else before.sha256,
        figures=figures_of(inventory.totals, inventory.lines),
    )
