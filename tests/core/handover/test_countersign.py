"""The second signature: what head office would refuse is refused before it is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import UserError
from core.handover import (
    Draft,
    countersign,
    countersigned,
    is_last_report,
    obstacle,
    produce,
    receive,
    recorded,
)
from core.ledger import Ledger, Person
from core.library import load_library
from core.signing import PLANT_MANAGER, Identity, Trust, create_authority
from tests.core.handover.conftest import NOW, draft_of, ledger, person
from tests.core.handover.test_binding import ALL, certified, digest
from tests.core.signing.forging import force

LIBRARY = load_library()


def draft(held: Ledger) -> Draft:
    return replace(draft_of(held), concluding=True)


@pytest.fixture(scope="module")
def manager(authority: Identity) -> Identity:
    return certified(authority, "Wang Fang", "plant-manager")


@pytest.fixture(scope="module")
def waiting(auditor: Identity) -> bytes:
    """An audited year that waits for the plant manager."""
    return produce(draft(ledger(*ALL)), auditor)


def test_the_manager_countersigns(waiting: bytes, manager: Identity, trust: Trust) -> None:
    told: list[float] = []
    signed = countersign(waiting, manager, trust, LIBRARY, NOW + timedelta(days=1), told.append).pdf
    assert signed.startswith(waiting)
    receipt = receive(signed, trust, LIBRARY, NOW + timedelta(days=2))
    assert receipt.valid, receipt.reason
    assert [signature.signer for signature in receipt.signatures] == ["Li Na", "Wang Fang"]
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_auditor_countersigns_what_the_manager_signed(auditor: Identity, manager: Identity, trust: Trust) -> None:
    first = produce(draft(ledger(*ALL)), manager)
    made = countersign(first, auditor, trust, LIBRARY, NOW)
    receipt = receive(made.pdf, trust, LIBRARY, NOW)
    assert receipt == made.receipt
    assert receipt.valid, receipt.reason
    assert [signature.signer for signature in receipt.signatures] == ["Wang Fang", "Li Na"]


def test_what_stands_against_it(waiting: bytes, signed: bytes, trust: Trust) -> None:
    assert obstacle(receive(waiting, trust, LIBRARY, NOW)) is None
    assert obstacle(receive(signed, trust, LIBRARY, NOW)) is None  # valid already; a second signature is welcome
    for bad in (b"hello", waiting[:-20], waiting.replace(b"/Title (", b"/Title [", 1)):
        assert obstacle(receive(bad, trust, LIBRARY, NOW)) is not None


@pytest.mark.parametrize("what", ["cut off", "altered", "no report", "unsigned"])
def test_a_bad_file_is_not_signed(what: str, waiting: bytes, manager: Identity, trust: Trust) -> None:
    place = waiting.index(b"stream\n") + 40
    bad = {
        "cut off": waiting[:-30],
        "altered": waiting[:place] + bytes([waiting[place] ^ 1]) + waiting[place + 1 :],
        "no report": b"hello",
        "unsigned": produce(draft(ledger(*ALL)), None),
    }[what]
    with pytest.raises(UserError, match="This report cannot be signed"):
        countersign(bad, manager, trust, LIBRARY, NOW)


def test_a_report_of_a_stranger_is_not_signed(manager: Identity, trust: Trust) -> None:
    stranger = person(create_authority("Test Head Office", "Test Group", NOW))
    with pytest.raises(UserError, match="not issued by an authority that is trusted"):
        countersign(produce(draft(ledger(*ALL)), stranger), manager, trust, LIBRARY, NOW)


def test_numbers_that_are_not_recalculated_equal_are_not_signed(
    auditor: Identity, manager: Identity, trust: Trust
) -> None:
    good = draft(ledger(*ALL))
    inventory = good.package["inventory"]
    assert isinstance(inventory, dict)
    totals = {**inventory["totals_tco2e"], "scope1": "1"}
    wrong = replace(good, package={**good.package, "inventory": {**inventory, "totals_tco2e": totals}})
    with pytest.raises(UserError, match="values differ from the recalculation"):
        countersign(produce(wrong, auditor), manager, trust, LIBRARY, NOW)


def test_a_certificate_that_head_office_would_not_believe_signs_nothing(waiting: bytes, trust: Trust) -> None:
    elsewhere = certified(create_authority("Elsewhere", "Else", NOW), "Wang Fang", "plant-manager")
    with pytest.raises(UserError, match=r"would not take .* not issued by an authority"):
        countersign(waiting, elsewhere, trust, LIBRARY, NOW)


def test_nobody_signs_twice(
    waiting: bytes, auditor: Identity, authority: Identity, manager: Identity, trust: Trust
) -> None:
    with pytest.raises(UserError, match="already signed as Auditor"):
        countersign(waiting, auditor, trust, LIBRARY, NOW)
    same = certified(authority, "Li Na", "plant-manager")
    with pytest.raises(UserError, match="Li Na has signed it already"):
        countersign(waiting, same, trust, LIBRARY, NOW)
    whole = countersign(waiting, manager, trust, LIBRARY, NOW).pdf
    with pytest.raises(UserError, match="already signed as Plant manager"):
        countersign(whole, manager, trust, LIBRARY, NOW)


def test_a_file_that_somebody_signed_by_force_stays_refused(
    waiting: bytes, authority: Identity, auditor: Identity, trust: Trust
) -> None:
    same = certified(authority, "Li Na", "plant-manager")
    forced = force(waiting, same, field=PLANT_MANAGER, when=NOW)
    assert obstacle(receive(forced, trust, LIBRARY, NOW)) is not None
    with pytest.raises(UserError, match="same person"):
        countersign(forced, auditor, trust, LIBRARY, NOW)


def test_cancelling_leaves_nothing(waiting: bytes, manager: Identity, trust: Trust) -> None:
    def cancel(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        countersign(waiting, manager, trust, LIBRARY, NOW, cancel)


def test_the_manager_is_bound_when_the_report_is_the_last_of_the_file(
    waiting: bytes, manager: Identity, auditor: Identity, trust: Trust
) -> None:
    package = receive(waiting, trust, LIBRARY, NOW).package
    assert package is not None
    held = ledger(*ALL)
    assert not is_last_report(held, package)
    with pytest.raises(UserError, match="not the report that was signed last for 2024"):
        countersigned(held, package, manager, "Wang Fang", NOW)
    held = held.apply(recorded(held, draft(held), "Li Na", NOW, auditor.certificate).steps)
    assert is_last_report(held, package)
    change = countersigned(held, package, manager, "Wang Fang", NOW)
    assert change is not None
    assert str(change.why) == "Report 1 of 2024 countersigned"
    after = held.apply(change.steps)
    wang = after.get("person", "pe00002")
    assert isinstance(wang, Person)
    assert wang.certificate == digest(manager)
    assert countersigned(after, package, manager, "Wang Fang", NOW) is None
    with pytest.raises(UserError, match="and not of Wang Fang"):
        countersigned(after, package, auditor, "Wang Fang", NOW)
