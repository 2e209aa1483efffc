"""Five people around the audit of one year, for tests of what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.audit.authors import Authors
from core.audit.gate import permit
from core.errors import RefusedError
from core.i18n import T
from core.ledger import (
    AuditFinding,
    Change,
    Closing,
    Declaration,
    Engagement,
    Evidence,
    Ledger,
    Opinion,
    Person,
    Record,
    ReviewAnswer,
    Sample,
    Step,
    TestSheet,
    kind_of,
)
from tests.core.samples import PLANT, year_of_bills

NOW = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
PREPARER = Person("pe00001", "Li Na", ("preparer",), "Acme")
MANAGER = Person("pe00002", "Chen Jie", ("plant_manager",), "Acme")
AUDITOR = Person("pe00003", "Wang Wei", ("auditor",), "Verify Ltd")
LEAD = Person("pe00004", "Zhao Min", ("team_lead",), "Verify Ltd")
REVIEWER = Person("pe00005", "Sun Yue", ("reviewer",), "Verify Ltd")
PEOPLE = (PREPARER, MANAGER, AUDITOR, LEAD, REVIEWER)
BY_ROLE = {one.roles[0]: one for one in PEOPLE}
ENGAGEMENT = Engagement(
    "2023",
    "Acme",
    "Zhangjiakou",
    "Whether the inventory of 2023 is right.",
    "All sources of the plant.",
    team=(LEAD.id, AUDITOR.id),
    reviewer=REVIEWER.id,
    start="2024-03-04",
    end="2024-03-08",
)
FINDING = AuditFinding(
    "fi00001", 2023, "nonconformity", "No bill", "The bill of January is missing.", date(2024, 3, 5), AUDITOR.id,
    owner=PREPARER.id,
)  # fmt: skip
OPINION = Opinion("2023", "unmodified", "unmodified", "Nothing stands against it.", LEAD.id, date(2024, 3, 8))
SAMPLE = Sample("sa00001", 2023, "Bills", "judgement", (), 1, "", "0" * 64, ("m01",))
BILLS = {bill.id: bill for bill in year_of_bills()}


def nobody(kind: str, key: str) -> frozenset[str]:
    """Nobody touched anything."""
    return frozenset()


def authors_of(found: Mapping[tuple[str, str], str]) -> Authors:
    """One author for each of these records."""
    return lambda kind, key: frozenset(who for (of, name), who in found.items() if of == kind and key in ("", name))


def declaration(one: Person, **changes: Any) -> Declaration:
    made = Declaration(f"2023:{one.id}", 2023, one.id, "I am independent.", date(2024, 3, 1), signature="c2lnbmVk")
    return replace(made, **changes)


def sheet(by: Person, key: str = "te00001", **changes: Any) -> TestSheet:
    return replace(TestSheet(key, 2023, "m01", "traced", "agrees", by.id, date(2024, 3, 5)), **changes)


def evidence(key: str = "e00001", **changes: Any) -> Evidence:
    return replace(Evidence(key, "bill.pdf", "bill", "0" * 64, 1, activities=("m01",)), **changes)


def answer(by: Person) -> ReviewAnswer:
    return ReviewAnswer("2023:independence", 2023, "independence", "yes", by.id)


def closing() -> Closing:
    return Closing("2023", "0" * 64, 1, 1, date(2024, 3, 9), "verified")


def ledger_of(state: str = "draft", *more: Record, **changes: Any) -> Ledger:
    """Twelve bills, five people and an engagement in a state, with what else there is."""
    engagement = replace(ENGAGEMENT, state=state, **changes)
    return Ledger.of([PLANT, *year_of_bills(), *PEOPLE, engagement, *more])


def ready(state: str = "prepared", *more: Record, **changes: Any) -> Ledger:
    """The same with everything that a verification can begin with."""
    return ledger_of(state, *(declaration(one) for one in (LEAD, AUDITOR, REVIEWER)), *more, **changes)


def put(ledger: Ledger, after: Record) -> Step:
    """A record added or replaced."""
    return Step(kind_of(after), after.id, ledger.get(kind_of(after), after.id), after)


def gone(before: Record) -> Step:
    """A record taken away."""
    return Step(kind_of(before), before.id, before, None)


def dearer(ledger: Ledger, key: str = "m01") -> Step:
    """A bill gets another quantity."""
    return put(ledger, replace(BILLS[key], quantity=Decimal("1234")))


def moved(ledger: Ledger, to: str, year: int = 2023, **changes: Any) -> Step:
    """The engagement in another state."""
    before = ledger.engagement(year)
    assert before is not None
    return Step("engagement", before.id, before, replace(before, state=to, **changes))


def refusal(ledger: Ledger, who: Person | str, *steps: Step, because: str = "", authors: Authors = nobody) -> str:
    """Why somebody may not do this, with the remedy; empty: they may."""
    name = who if isinstance(who, str) else who.name
    try:
        permit(ledger, Change(name, NOW, T("Changed"), steps, because=because), authors)
    except RefusedError as error:
        assert error.remedy is not None, "a refusal says what to do"
        return error.text("en")
    return ""
