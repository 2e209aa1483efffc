"""Which signatures a report needs, and that taking one off never makes a valid file of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import UserError
from core.group import import_files
from core.handover import Draft, produce, receive
from core.handover.signatures import BOTH, required_for
from core.inventory import read
from core.ledger import Engagement, Evidence, Person, canonical
from core.library import load_library
from core.signing import AUDITOR, PLANT_MANAGER, Identity, Trust, create_request, issue, sign
from core.store import GroupFile
from tests.core.handover.conftest import NOW, draft_of, ledger
from tests.core.signing.forging import force

AUDITED = (
    Person("pe00001", "Li Na", ("auditor", "team_lead")),
    Person("pe00002", "Wang Fang", ("plant_manager",)),
    Engagement("2024", "Group", "Hillside", "Verification", "All", team=("pe00001",)),
    Evidence("ev1", "bills.pdf", "bill", "0" * 64, 1, activities=("a00001", "a00002", "a00003")),
)


def audited_draft() -> Draft:
    """What the report of an audited year says when its audit is concluded."""
    return replace(draft_of(ledger(*AUDITED)), concluding=True)


@pytest.fixture(scope="module")
def manager(authority: Identity) -> Identity:
    key, request = create_request("Wang Fang", "wang.fang@example.org", "Test Group", "plant-manager")
    return Identity(issue(authority, request, role="plant-manager", sites=(), when=NOW), key)


@pytest.fixture(scope="module")
def once(auditor: Identity) -> bytes:
    """An audited year, signed by the auditor alone."""
    return produce(audited_draft(), auditor)


@pytest.fixture(scope="module")
def twice(once: bytes, manager: Identity) -> bytes:
    return sign(once, manager, reason="", location="", when=NOW, field=PLANT_MANAGER)


def test_an_audited_year_needs_both() -> None:
    assert required_for(ledger(), 2024) == (AUDITOR,)
    assert required_for(ledger(*AUDITED), 2024) == BOTH == (AUDITOR, PLANT_MANAGER)
    assert required_for(ledger(*AUDITED), 2023) == (AUDITOR,)
    assert read(canonical(draft_of(ledger()).package)).issue.required_signatures == (AUDITOR,)
    assert read(canonical(audited_draft().package)).issue.required_signatures == BOTH


def test_both_signatures_make_it_valid(twice: bytes, trust: Trust) -> None:
    receipt = receive(twice, trust, load_library(), NOW)
    assert receipt.valid, receipt.reason
    assert [signature.field for signature in receipt.signatures] == [AUDITOR, PLANT_MANAGER]
    assert receipt.missing == ()


def test_one_of_two_is_not_enough(once: bytes, trust: Trust) -> None:
    receipt = receive(once, trust, load_library(), NOW)
    assert not receipt.valid
    assert receipt.verification.valid  # what is there is good
    assert receipt.missing == (PLANT_MANAGER,)
    assert str(receipt.reason) == "The signature of the plant manager is missing."


def test_taking_the_second_signature_off_gains_nothing(once: bytes, twice: bytes, trust: Trust) -> None:
    stripped = receive(twice[: len(once)], trust, load_library(), NOW)
    assert not stripped.valid
    assert "plant manager is missing" in str(stripped.reason)


@pytest.mark.parametrize("audited", [False, True])
def test_the_manager_alone_is_never_enough(audited: bool, manager: Identity, trust: Trust, auditor: Identity) -> None:
    alone = produce(audited_draft() if audited else draft_of(ledger()), manager)
    receipt = receive(alone, trust, load_library(), NOW)
    assert not receipt.valid
    assert str(receipt.reason) == "The signature of the auditor is missing."
    both = sign(alone, auditor, reason="", location="", when=NOW)
    assert receive(both, trust, load_library(), NOW).valid


def test_a_second_signature_that_nobody_asked_for_is_welcome(signed: bytes, manager: Identity, trust: Trust) -> None:
    both = sign(signed, manager, reason="", location="", when=NOW, field=PLANT_MANAGER)
    assert receive(both, trust, load_library(), NOW).valid


def requiring(fields: list[str]) -> Draft:
    """An audited year whose report says by itself which signatures it needs."""
    draft = audited_draft()
    said = draft.package["issue"]
    assert isinstance(said, dict)
    return replace(draft, package={**draft.package, "issue": {**said, "required_signatures": fields}})


@pytest.mark.parametrize("fields", [[], [AUDITOR], [PLANT_MANAGER]])
def test_a_report_cannot_ask_for_less_than_its_records_do(fields: list[str], auditor: Identity, trust: Trust) -> None:
    receipt = receive(produce(requiring(fields), auditor), trust, load_library(), NOW)
    assert not receipt.valid
    assert receipt.missing == (PLANT_MANAGER,)


def test_a_report_may_ask_for_more(auditor: Identity, manager: Identity, trust: Trust) -> None:
    pdf = produce(requiring([AUDITOR, PLANT_MANAGER, "Notary"]), auditor)
    pdf = sign(pdf, manager, reason="", location="", when=NOW, field=PLANT_MANAGER)
    receipt = receive(pdf, trust, load_library(), NOW)
    assert str(receipt.reason) == "The signature “Notary” is missing."
    assert not receipt.valid


def test_two_signatures_of_one_person_are_refused(once: bytes, authority: Identity, trust: Trust) -> None:
    key, request = create_request("Li Na", "other@example.org", "Test Group", "plant-manager")
    same = Identity(issue(authority, request, role="plant-manager", sites=(), when=NOW), key)
    receipt = receive(force(once, same, field=PLANT_MANAGER, when=NOW), trust, load_library(), NOW)
    assert not receipt.valid
    assert "by the same person" in str(receipt.reason)


def test_a_manager_of_another_plant_is_refused(once: bytes, authority: Identity, trust: Trust) -> None:
    key, request = create_request("Zhao Min", "zhao@example.org", "Test Group", "plant-manager")
    elsewhere = Identity(issue(authority, request, role="plant-manager", sites=["Lakeside"], when=NOW), key)
    pdf = sign(once, elsewhere, reason="", location="", when=NOW, field=PLANT_MANAGER)
    receipt = receive(pdf, trust, load_library(), NOW)
    assert not receipt.valid
    assert "Zhao Min may not sign for Hillside" in str(receipt.reason)


def test_a_key_of_the_authority_signs_nothing(authority: Identity) -> None:
    with pytest.raises(UserError, match="not for signing as"):
        produce(draft_of(ledger()), authority)


def test_head_office_files_it_when_both_have_signed(once: bytes, twice: bytes, trust: Trust, tmp_path: Path) -> None:
    half, whole = tmp_path / "half.pdf", tmp_path / "whole.pdf"
    half.write_bytes(once)
    whole.write_bytes(twice)
    with GroupFile.open(tmp_path / "head.group") as group:
        (first,) = import_files(group, [half], trust, NOW)
        assert first.filed.state == "held"
        assert [str(reason) for reason in first.filed.reasons] == ["The signature of the plant manager is missing."]
        assert group.accepted(2024) == ()
        (second,) = import_files(group, [whole], trust, NOW + timedelta(days=1))
        assert second.filed.state == "accepted", second.filed.reasons
        assert second.filed.signed_by == ("Li Na", "Wang Fang")
        assert len(group.accepted(2024)) == 1
