"""The statement claims what the records bear out, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.audit.statement import MODIFIED, UNMODIFIED, statement
from core.ledger import AuditFinding, Opinion, Record, RiskAssessment, Sample, TestSheet
from tests.core.audit.test_opinion import BILLS, ENGAGEMENT, INVENTORY, TESTED, ledger

DAY = date(2024, 3, 1)
OPINION = Opinion("2023", UNMODIFIED, UNMODIFIED, "", "pe1", DAY)
SOURCE = BILLS[0].source
ASSESSED = RiskAssessment(f"2023:{SOURCE}", 2023, SOURCE, "low", "low", "")
JUDGED = Sample("sa1", 2023, "First", "judgement", (), 2, "", "0" * 64, ("m01", "m02"), reason="Largest")
SEEDED = Sample("sa2", 2023, "Second", "random", (), 1, "spring", "0" * 64, ("m03",))


def work(*more: Record, tested: tuple[Record, ...] = (JUDGED, *TESTED)) -> str:
    return str(statement(ledger(OPINION, *more, tested=tested), INVENTORY, 2023)[2].text)


def test_only_a_risk_that_somebody_decided_was_assessed() -> None:
    assert "whose risk the auditors assessed: 0 of 1; of the others the risk proposed from the data" in work()
    assert "The auditors assessed the risk of every emission source." in work(ASSESSED)
    elsewhere = (replace(ASSESSED, id=f"2022:{SOURCE}", year=2022), replace(ASSESSED, id="2023:Gone", source="Gone"))
    assert "assessed: 0 of 1" in work(*elsewhere)


def test_only_samples_with_a_seed_were_drawn_with_one() -> None:
    assert "Samples: 1, of which drawn at random with a recorded seed: 0;" in work()
    both = work(tested=(JUDGED, SEEDED, replace(SEEDED, id="sa3", year=2022), *TESTED))
    assert "Samples: 2, of which drawn at random with a recorded seed: 1;" in both


def test_what_could_not_be_tested_was_not_tested_and_what_was_asked_neither() -> None:
    asked = TestSheet("te3", 2023, "m03", "interview", "agrees", "pe1", DAY, note="The clerk")
    lost = replace(TESTED[1], result="not_possible", found=None)
    said = work(tested=(JUDGED, TESTED[0], lost, asked))
    assert "records tested: 1; records that could not be tested: 1; procedures: 3;" in said
    again = work(tested=(JUDGED, TESTED[0], lost, replace(TESTED[1], id="te4"), asked))
    assert "records tested: 2; records that could not be tested: 0; procedures: 4;" in again


def test_findings_are_counted_without_those_withdrawn() -> None:
    raised = AuditFinding("fi1", 2023, "recommendation", "File", "File the bills", DAY, "pe1", status="closed")
    said = work(raised, replace(raised, id="fi2", status="withdrawn"))
    assert "findings, without those withdrawn: 1." in said


@pytest.mark.parametrize("opinion", [UNMODIFIED, MODIFIED])
@pytest.mark.parametrize("assurance", ["limited", "reasonable"])
def test_each_opinion_speaks_of_the_data_and_of_the_criteria(opinion: str, assurance: str) -> None:
    decided = Opinion("2023", opinion, opinion, "Bills of March are lost.", "pe1", DAY)
    held = ledger(decided, engagement=replace(ENGAGEMENT, assurance=assurance))
    said = str(statement(held, INVENTORY, 2023)[3].text)
    assert "a fair presentation of the data" in said
    assert "prepared in accordance with" in said
