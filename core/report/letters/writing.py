"""What the letters about findings have in common: which findings, who is who, and how a finding is described."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.audit.finding import WITHDRAWN, findings_of, number_of
from core.audit.finding_said import KINDS, STATUSES
from core.audit.people import name_of
from core.errors import UserError
from core.i18n import Localised, T, Text, show_date
from core.inventory import Inventory
from core.inventory.period import months_of, year_of
from core.ledger import Activity, AuditFinding, Engagement, Evidence, Ledger, Person, Sample
from core.report.data import minus
from core.report.facts import short
from core.report.letters import LETTER, LIST, SHEETS
from core.report.letters.paper import Sheet, build, said

MOST_NAMED = 6
"""Records and files that a sheet names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter is written from."""

    ledger: Ledger
    inventory: Inventory
    engagement: Engagement
    findings: tuple[AuditFinding, ...]
    language: str
    when: datetime

    @property
    def year(self) -> str:
        return self.engagement.id

    def say(self, text: Localised, between: str = "\n") -> str:
        """In the language of the letter."""
        return said(text, self.language, between)

    def day(self, iso: str | date) -> str:
        """A day; in both languages, as numbers. Empty where there is none."""
        if not iso:
            return ""
        day = iso if isinstance(iso, date) else date.fromisoformat(iso)
        return show_date(day, "zh" if self.language == "zh" else "en")

    @property
    def period(self) -> str:
        """First and last day of the inventory."""
        period = self.inventory.choices.period
        return f"{self.day(period.start)} – {self.day(period.end)}"

    def sample(self, key: str) -> str:
        """What the auditor called a sample; its id where it has no name."""
        found = self.ledger.get("sample", key)
        return short(found.name or found.id) if isinstance(found, Sample) else key

    def name(self, key: str) -> str:
        """Of a person, with where they work; empty where nobody is named."""
        found = self.ledger.get("person", key)
        where = f", {found.organisation}" if isinstance(found, Person) and found.organisation else ""
        return short(f"{name_of(self.ledger, key)}{where}") if key else ""

    def number(self, finding: AuditFinding) -> str:
        return number_of(self.ledger, finding)

    def effect(self, finding: AuditFinding) -> str:
        """Tonnes with their sign; that it cannot be said of a misstatement without one."""
        if finding.effect is None:
            return self.say(T("cannot be quantified"), " / ") if finding.kind == "misstatement" else "–"
        return tonnes(finding.effect)

    def records(self, finding: AuditFinding) -> str:
        """The records that are affected, one a line."""
        named = [self.ledger.get("activity", key) for key in finding.activities]
        lines = [self._record(one) for one in named if isinstance(one, Activity)]
        lines += [key for key, one in zip(finding.activities, named, strict=True) if one is None]
        return self._listed(lines) or "–"

    def files(self, keys: Collection[str]) -> str:
        """Names of kept files, one a line."""
        held = (self.ledger.get("evidence", key) for key in keys)
        return self._listed([one.name for one in held if isinstance(one, Evidence)])

    def _listed(self, lines: list[str]) -> str:
        """The first of them, each shortened, and how many more there are."""
        shown = [short(line) for line in lines[:MOST_NAMED]]
        if more := len(lines) - len(shown):
            shown.append(self.say(T("and {count} more", count=more), " / "))
        return "\n".join(shown)

    def _record(self, one: Activity) -> str:
        item = self.inventory.library.items.get(one.item)
        words = one.item if item is None else self.say(item.name, " / ")
        return f"{one.id}: {one.source}, {words}, {_span(one)}"


def tonnes(value: Decimal) -> str:
    """With its sign, to the kilogram, as the report states it."""
    return minus(f"{value:+,.3f}" if value else "0")


def _span(one: Activity) -> str:
    """``2025-03`` for a whole month, else its first and last day."""
    whole = one.start.year == one.end.year and any(
        (month.start, month.end) == (one.start, one.end) for month in months_of(year_of(one.start.year))
    )
    return f"{one.start:%Y-%m}" if whole else f"{one.start.isoformat()} – {one.end.isoformat()}"


def kind_of(facts: Facts, finding: AuditFinding, between: str = "\n") -> str:
    """Kind of a finding in words."""
    return facts.say(KINDS[finding.kind], between)


def status_of(facts: Facts, finding: AuditFinding, between: str = "\n") -> str:
    """Its status, with how a misstatement was treated."""
    from core.audit.finding_closing import TREATMENTS

    words: Text = STATUSES[finding.status]
    if finding.treatment:
        words = T("{status}: {treatment}", status=words, treatment=TREATMENTS[finding.treatment])
    return facts.say(words, between)


def write_letter(
    kind: str,
    ledger: Ledger,
    inventory: Inventory,
    year: int,
    language: str,
    when: datetime,
    only: Collection[str] = (),
) -> bytes:
    """See :func:`core.report.letters.finding_letters`."""
    from core.report.letters import letter, listing, sheets

    engagement = ledger.engagement(year)
    if engagement is None:
        raise UserError(
            T("Nobody audits {year} yet.", year=str(year)), T("Agree on the audit first, on the page “Audit”.")
        )
    found = tuple(one for one in findings_of(ledger, year) if (one.id in only if only else one.status != WITHDRAWN))
    if not found:
        raise UserError(T("There are no findings."), T("Raise one first."))
    facts = Facts(ledger, inventory, engagement, found, language, when)
    writers: Mapping[str, Callable[[Facts], tuple[Text, list[object]]]] = {
        SHEETS: sheets.story,
        LIST: listing.story,
        LETTER: letter.story,
    }
    title, story = writers[kind](facts)
    lead = next(iter(engagement.team), "")
    sheet = Sheet(
        title=said(title, language, " / "),
        plant=ledger.plant.name,
        author=facts.name(lead) or engagement.client,
        language=language,
        when=when,
        wide=kind == LIST,
    )
    return build(sheet, story)
