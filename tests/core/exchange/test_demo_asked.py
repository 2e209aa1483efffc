"""What the demo answers to those who ask: everything it names is there, and all of it says that it is invented."""

from __future__ import annotations

from datetime import date

import pytest

from core.disclosures.calendar import calendar_of
from core.disclosures.checklist import checked_of
from core.disclosures.derived import all_derived, also_asked
from core.disclosures.undertakings import coverage_of
from core.disclosures.values import values_of
from core.entering.keeping import check
from core.entering.plant import DISCLOSURES, FORMS, SUPPLY
from core.exchange.demo import demo_files, demo_plants
from core.exchange.demo_asked import asked_of
from core.handover.asked import known_of
from core.ledger import Answer, Evidence, ExternalAudit, Ledger, QuestionDecision, Supplier, Undertaking
from core.ledger.references import named
from core.library import load_library

TODAY = date(2026, 2, 1)


def plant(file: str) -> Ledger:
    return next(one.ledger for one in demo_plants() if one.file == file)


def no_blob(_sha256: str) -> bytes:
    raise AssertionError("no closed year is read")


@pytest.mark.parametrize("file", ["zhangjiakou", "krosno"])
def test_everything_that_is_named_is_there_and_could_have_been_entered(file: str) -> None:
    found = asked_of(file, "Li Na")
    assert found is not None
    change, blobs = found
    ledger = plant(file)
    for step in change.steps:
        assert step.after is not None and step.before is None
        for kind in ("evidence", "supplier"):
            assert all(ledger.get(kind, key) is not None for key in named(step.after, kind))
    papers = [step.after for step in change.steps if isinstance(step.after, Evidence)]
    assert len(papers) == len(blobs) and all(b"DEMO" in data for data in blobs)
    for form in (*DISCLOSURES, *SUPPLY):
        for record in ledger.records[form.kind].values():
            check(ledger, FORMS, record)


@pytest.mark.parametrize("file", ["zhangjiakou", "krosno"])
def test_everything_says_that_it_is_invented(file: str) -> None:
    ledger = plant(file)
    assert all("demo" in one.name for one in ledger.held(Supplier))
    assert all("demo" in one.signer for one in ledger.held(Undertaking))
    assert all("invented" in one.name for one in ledger.held(ExternalAudit))
    assert all("demo" in one.by for one in ledger.held(Answer))
    assert all("demo" in one.by for one in ledger.held(QuestionDecision))


def test_one_plant_answers_nothing_and_the_pages_say_what_belongs_there() -> None:
    assert [file for file in demo_files() if asked_of(file, "x") is None] == ["fangshan"]


def test_nothing_is_typed_that_follows_from_records() -> None:
    for file in ("zhangjiakou", "krosno"):
        said = {one.point for one in plant(file).held(Answer)}
        assert not said & (set(all_derived()) - also_asked())


def test_the_demo_has_something_of_every_state() -> None:
    ledger = plant("zhangjiakou")
    values = values_of(known_of(ledger, 2025, load_library(), no_blob, TODAY))
    states = {one.state for area in checked_of(values) for one in area.questions}
    assert states == {"proven", "answered", "expired", "missing"}
    assert values["policy.ethics"].expired and values["policy.security"].known
    assert not values["policy.security"].proven and values["policy.minerals"].missing is not None
    signed = coverage_of(ledger, TODAY, "code_of_conduct")
    assert (len(signed.signed), signed.expired, signed.missing) == (4, ("su00003",), ("su00004",))
    due = calendar_of(ledger, TODAY)
    assert {one.kind for one in due} >= {"answer", "evidence", "undertaking", "external_audit", "external_finding",
                                         "data_request"}  # fmt: skip
    assert {one.overdue for one in due} == {True, False}
