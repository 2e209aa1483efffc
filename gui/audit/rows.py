"""The people of an audit and its log, as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.audit.communicating import KINDS, log_of
from core.audit.people import name_of
from core.audit.roles import ROLES
from core.i18n import show, show_date
from core.ledger import Communication, Declaration, Evidence, Ledger, Person
from gui.language import _, language, say
from gui.tables.table import Column, Mark

_SHOWN_HASH = 16


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, and what they are in the audit shown."""

    id: str
    person: Person
    part: str
    """In words; empty: none."""
    judges: bool
    """Of the team, or the reviewer: independence is asked for."""
    declaration: Declaration | None


def people_rows(ledger: Ledger, year: int) -> list[PersonRow]:
    """Everybody, those who take part first."""
    engagement = ledger.engagement(year)
    rows = []
    for one in ledger.held(Person):
        lead = engagement is not None and engagement.team[:1] == (one.id,)
        member = engagement is not None and one.id in engagement.team
        reviews = engagement is not None and one.id == engagement.reviewer
        part = _("Team lead") if lead else _("In the team") if member else _("Independent reviewer") if reviews else ""
        found = ledger.get("declaration", f"{year}:{one.id}")
        declared = found if isinstance(found, Declaration) else None
        rows.append(PersonRow(one.id, one, part, member or reviews, declared))
    order = (*engagement.team, engagement.reviewer) if engagement is not None else ()
    places = {key: place for place, key in enumerate(order)}
    return sorted(rows, key=lambda row: (not row.person.active, places.get(row.id, len(places))))


def people_columns() -> list[Column[PersonRow]]:
    """Name, roles, part, organisation, independence, certificate."""
    return [
        Column("name", _("Name"), lambda row: row.person.name, width=16),
        Column("roles", _("Roles"), _roles, width=24),
        Column("part", _("In this audit"), lambda row: row.part or "–", width=20),
        Column("independence", _("Independence declared"), _declared, width=24),
        Column("organisation", _("Organisation"), lambda row: row.person.organisation, width=18, stretch=True),
        Column("competence", _("Competence"), lambda row: row.person.competence, width=24, hidden=True),
        Column("email", _("E-mail"), lambda row: row.person.email, width=20, hidden=True),
        Column("certificate", _("Signs with"), lambda row: row.person.certificate[:_SHOWN_HASH], width=18, hidden=True),
        Column("active", _("Takes part"), lambda row: _("yes") if row.person.active else _("no"), width=10),
    ]


def people_marks(row: PersonRow) -> Mapping[str, Mark]:
    """Whoever judges has to declare first."""
    if row.judges and row.declaration is None:
        return {"independence": Mark("warning", _("Whoever audits or reviews declares to be independent first."))}
    return {}


def _roles(row: PersonRow) -> str:
    return show([title for role, title in ROLES.items() if role in row.person.roles], language())


def _declared(row: PersonRow) -> str:
    if row.declaration is None:
        return _("not yet") if row.judges else "–"
    day = show_date(row.declaration.day, language())
    if row.declaration.signature:
        return _("{day}, with a signature", day=day)
    return _("{day}, on paper", day=day)


@dataclass(frozen=True, slots=True)
class LogRow:
    """An entry of the log."""

    id: str
    entry: Communication
    files: str
    """Names of the kept files."""


def log_rows(ledger: Ledger, year: int) -> list[LogRow]:
    """In the order of days."""
    return [LogRow(one.id, one, _files(ledger, one)) for one in log_of(ledger, year)]


def log_columns() -> list[Column[LogRow]]:
    """Day, kind, subject, who, what, files."""
    return [
        Column("day", _("Day"), lambda row: show_date(row.entry.day, language()), sort=lambda row: row.entry.day,
               width=14),
        Column("kind", _("Kind"), lambda row: say(KINDS[row.entry.kind]) if row.entry.kind in KINDS else row.entry.kind,
               width=16),
        Column("subject", _("Topic"), lambda row: row.entry.subject, width=24),
        Column("people", _("With"), lambda row: show(row.entry.people, language()), width=20),
        Column("text", _("Minutes"), lambda row: " ".join(row.entry.text.split()), width=24, stretch=True),
        Column("files", _("Files"), lambda row: row.files, width=16),
    ]  # fmt: skip


def _files(ledger: Ledger, one: Communication) -> str:
    held = (ledger.get("evidence", key) for key in one.evidence)
    return show([file.name for file in held if isinstance(file, Evidence)], language())


def names_of(ledger: Ledger, keys: tuple[str, ...]) -> str:
    """Names of people, in a list of the language."""
    return show([name_of(ledger, key) for key in keys], language()) or "–"
