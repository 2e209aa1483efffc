"""Which changes carry a finding, how long, and who may do what now."""

from __future__ import annotations

import pytest

from core.audit.allowed import allowed
from core.audit.areas import ANSWERS, DATA, FINDINGS, WORK
from core.audit.correcting import carrying, correctable, still_correcting
from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Step
from tests.core.audit.finding_samples import NOW, PROOF, RIGHT, WRONG, finding, ledger_of
from tests.core.audit.party import AUDITOR, FINDING, LEAD, PREPARER, REVIEWER
from tests.core.audit.party import ledger_of as audited

BILL = Step("activity", WRONG.id, WRONG, RIGHT)
KEPT = Step("evidence", PROOF.id, None, PROOF)
SAID = Step("finding", "fi00001", finding(), finding(status="answered", root_cause="r"))


def made(*steps: Step, because: str = "") -> Change:
    return Change("Li Na", NOW, T("Changed"), steps, because=because)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (made(BILL), "fi00001"),
        (made(KEPT), "fi00001"),
        (made(BILL, KEPT), "fi00001"),
        (made(SAID), ""),
        (made(KEPT, SAID), ""),
        (made(BILL, because="fi00002"), "fi00002"),
    ],
)
def test_data_and_proofs_carry_the_finding_and_nothing_else_does(change: Change, because: str) -> None:
    assert carrying(change, "fi00001").because == because
    assert carrying(change, "") == change


def test_correcting_ends_with_the_finding_and_with_its_year() -> None:
    assert still_correcting(ledger_of(finding()), "fi00001", 2023) == "fi00001"
    assert still_correcting(ledger_of(finding(status="answered")), "fi00001", 2023) == "fi00001"
    for ledger, year in (
        (ledger_of(finding(status="closed")), 2023),
        (ledger_of(finding(status="withdrawn")), 2023),
        (ledger_of(finding()), 2022),
        (ledger_of(), 2023),
    ):
        assert still_correcting(ledger, "fi00001", year) == ""
    assert still_correcting(ledger_of(), "", 2023) == ""


def test_only_an_open_finding_that_is_no_recommendation_corrects() -> None:
    assert correctable(ledger_of(finding()), "2023-01").id == "fi00001"
    with pytest.raises(UserError, match="corrects no data"):
        correctable(ledger_of(finding(kind="recommendation", effect=None)), "fi00001")
    with pytest.raises(UserError, match="not open any more"):
        correctable(ledger_of(finding(status="closed")), "fi00001")


def test_buttons_follow_the_state_and_the_roles_in_this_audit() -> None:
    ledger = audited("verification", FINDING)
    may = {
        (one.name, area)
        for one in (PREPARER, AUDITOR, LEAD, REVIEWER)
        for area in (DATA, FINDINGS, ANSWERS, WORK)
        if allowed(ledger, 2023, one.name, area)
    }
    assert may == {
        (PREPARER.name, DATA), (PREPARER.name, ANSWERS), (AUDITOR.name, FINDINGS), (AUDITOR.name, WORK),
        (LEAD.name, FINDINGS), (LEAD.name, WORK),
    }  # fmt: skip
    assert not allowed(ledger, 2023, "Nobody", FINDINGS) and not allowed(ledger, 2022, AUDITOR.name, FINDINGS)
    assert not allowed(audited("concluded"), 2023, AUDITOR.name, FINDINGS)
    outside = audited("verification", team=(LEAD.id,))
    assert not allowed(outside, 2023, AUDITOR.name, FINDINGS)
