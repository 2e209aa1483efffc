"""The engagement: what is agreed with the client before an audit, after ISO 14064-3:2019, 5.1 to 5.3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.audit.people import with_role
from core.audit.roles import AUDITOR, REVIEWER, TEAM_LEAD
from core.audit.statement import ASSURANCE
from core.errors import UserError
from core.i18n import T, Text
from core.inventory.closing import SCOPES
from core.inventory.judging import Decision
from core.ledger import Engagement, Ledger, Step

CARRIES: Mapping[str, Text] = {
    "none": T("none, only their hashes"),
    "sampled": T("those of the samples"),
    "all": T("all"),
}
"""Which evidence files travel inside the report."""
LONGEST = 4000
"""Characters of what is said in words."""
_WORDS = ("client", "site", "objectives", "scope", "note")


def usual(ledger: Ledger, year: int, lang: str) -> Engagement:
    """What is usually agreed, to be read and changed before it is entered.

    Parameters
    ----------
    ledger
        with the plant and its people: whoever leads and audits is the team, the only reviewer reviews.
    year
        that is audited.
    lang
        in which objectives and scope are worded.
    """
    leads, auditors, reviewers = (with_role(ledger, role) for role in (TEAM_LEAD, AUDITOR, REVIEWER))
    team = tuple(dict.fromkeys(one.id for one in (*leads, *auditors)))
    objectives = T(
        "To conclude whether the greenhouse gas inventory of {year} is free of material misstatement and conforms to "
        "the criteria.",
        year=str(year),
    )
    scope = T("All emission sources and removals inside the boundary of the site, and all gases of the inventory.")
    alone = [one.id for one in reviewers if one.id not in team]
    return Engagement(
        str(year),
        client=ledger.plant.organisation or ledger.plant.name,
        site=ledger.plant.name,
        objectives=objectives.in_language(lang),
        scope=scope.in_language(lang),
        team=team,
        reviewer=alone[0] if len(alone) == 1 else "",
    )


def agreeing(ledger: Ledger, agreed: Engagement) -> Decision:
    """Begin the audit of a year, or change what was agreed about it; its state stays.

    Raises
    ------
    UserError
        for what cannot be agreed, and when nothing would change.
    """
    held, made = ledger.engagement(int(agreed.id)), _checked(agreed)
    if held is None:
        return Decision(T("Audit of {year} begun", year=made.id), (Step("engagement", made.id, None, made),))
    if made == held:
        raise UserError(T("Nothing changes."), T("Change something, or leave it."))
    return Decision(T("Engagement of {year} changed", year=made.id), (Step("engagement", made.id, held, made),))


def _checked(agreed: Engagement) -> Engagement:
    said = {name: getattr(agreed, name).strip() for name in _WORDS}
    if any(len(text) > LONGEST for text in said.values()):
        raise UserError(T("A text is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    made = replace(agreed, **said)
    if made.assurance not in ASSURANCE or made.carries not in CARRIES:
        raise UserError(
            T("There is no such level of assurance or choice of evidence."),
            T("Levels: {levels}. Evidence in the report: {choices}.", levels=list(ASSURANCE), choices=list(CARRIES)),
        )
    _check_percent(made.materiality)
    for scope, percent in made.scope_materiality:
        if scope not in SCOPES:
            raise UserError(T("There is no scope {name}.", name=scope), T("Scopes are: {names}.", names=list(SCOPES)))
        _check_percent(Decimal(percent))
    _check_days(made.start, made.end)
    if len(set(made.team)) < len(made.team):
        raise UserError(T("Somebody is in the team twice."), T("Name everybody once, the team lead first."))
    return made


def _check_percent(percent: Decimal) -> None:
    if not percent.is_finite() or not 0 < percent <= 100:
        raise UserError(T("A materiality is more than 0 % and at most 100 %."), T("Usual are 5 % of the total."))


def _check_days(start: str, end: str) -> None:
    try:
        days = [date.fromisoformat(day) for day in (start, end) if day]
    except ValueError:
        raise UserError(T("A day on site is no date."), T("Write year, month and day, like 2026-03-31.")) from None
    if days != sorted(days):
        raise UserError(T("The last day on site is before the first."), T("Look at both days again."))
