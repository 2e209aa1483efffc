"""Head office holds samples against their seeds and declarations against their signatures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.audit.sampling import Wish, drawing
from core.errors import UserError
from core.handover.audit_checks import check_declared, unlike_their_seeds
from core.inventory import Package, build, choices_of, read
from core.ledger import Audit, Declaration, Ledger, Sample, canonical
from core.library import load_library
from tests.core.audit.test_opinion import DAY, ENGAGEMENT, PEOPLE
from tests.core.samples import ISSUE, PLANT, compiled, year_of_bills

LIBRARY = load_library()
BILLS = year_of_bills(quantity=100_000)
HELD = Ledger.of([PLANT, *BILLS, *PEOPLE, ENGAGEMENT])


def drawn() -> Sample:
    wish = Wish(name="Bills", method="random", size=4, seed="4711")
    return drawing(HELD, compiled(BILLS), 2023, wish, "sa00001").sample


def package(*more: object) -> Package:
    held = Ledger.of([*(r for kind in HELD.records.values() for r in kind.values()), *more])  # type: ignore[list-item]
    period = choices_of(None, 2023).period
    audit = Audit("2023", period.start, period.end, preparer="Li Na", revision=1)
    return read(canonical(build(held, audit, (), LIBRARY, ISSUE)))


def test_a_sample_is_what_its_seed_draws() -> None:
    one = package(drawn())
    assert unlike_their_seeds(one, one.inventory()) == ()


def test_a_sample_that_was_chosen_afterwards_is_named() -> None:
    first = drawn()
    left = next(b.id for b in BILLS if b.id not in first.activities)
    one = package(replace(first, activities=(*first.activities[:-1], left)))
    (found,) = unlike_their_seeds(one, one.inventory())
    assert "sa00001" in found.where
    assert left in found.stated
    assert "4711" in found.recalculated


def test_a_frame_that_changed_since_accuses_nobody() -> None:
    one = package(replace(drawn(), frame="0" * 64, activities=("m01",)))
    assert unlike_their_seeds(one, one.inventory()) == ()


def test_a_declaration_that_nobody_signed_is_refused() -> None:
    false = Declaration("2023:pe1", 2023, "pe1", "I am independent.", DAY, signature="bm90IGEgc2lnbmF0dXJl")
    one = package(false)
    with pytest.raises(UserError, match="declaration of Li Na does not hold"):
        check_declared(one, one.inventory())
    check_declared(package(replace(false, signature="", evidence="e1")), one.inventory())
