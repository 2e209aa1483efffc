"""An answer becomes activity data of categories 1 and 4, once: a second one replaces it, and it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.entering.keeping import keeping
from core.entering.plant import FORMS
from core.errors import UserError
from core.exchange.factor_import import library_of
from core.exchange.own_factors import issues_of
from core.exchange.proofs import attaching, proof_of
from core.exchange.supplier_requests import (
    Answered,
    TakenUp,
    read_answer,
    records_of_answer,
    taking_back,
    taking_up,
)
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import Activity, DataRequest, Evidence, Ledger, OwnFactor, Record, inverse
from core.ledger.records import kind_of
from core.library import load_library
from core.methods import exact_sum
from tests.core.exchange.requested import CAP, FILLED, LEDGER, OIL, REQUEST, TUBE, blank, filled
from tests.core.samples import activity

LIBRARY = load_library()
DAY = date(2026, 2, 10)
MORE: Mapping[str, Mapping[str, Any]] = {**FILLED, "3": {**OIL, "boundary": "Cradle to our gate"}}
"""With a footprint of the oil that counts."""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return blank(tmp_path_factory.mktemp("sent"))


def plus(ledger: Ledger, *more: Record) -> Ledger:
    """With records that were entered elsewhere."""
    return Ledger.of((*(one for held in ledger.records.values() for one in held.values()), *more))


def read(sent: bytes, ledger: Ledger = LEDGER, answers: Mapping[str, Mapping[str, Any]] = FILLED) -> Answered:
    return read_answer(filled(sent, answers), ledger, "answer.xlsx")


def taken(
    sent: bytes, ledger: Ledger = LEDGER, answers: Mapping[str, Mapping[str, Any]] = FILLED
) -> tuple[Ledger, TakenUp]:  # fmt: skip
    up = taking_up(read(sent, ledger, answers), ledger, LIBRARY, DAY)
    return ledger.apply(up.steps), up


def made(ledger: Ledger) -> tuple[tuple[OwnFactor, ...], tuple[Activity, ...]]:
    request = ledger.get("data_request", "dq00001")
    assert isinstance(request, DataRequest)
    return records_of_answer(ledger, request)


def inventory(ledger: Ledger) -> Inventory:
    library = library_of(ledger, lambda _sha: b"", LIBRARY)
    return compile_inventory(ledger, choices_of(ledger.audit(2025), 2025), library)


# ---------------------------------------------------------------------- what it makes


def test_lines_become_goods_and_freight_with_the_workbook_as_proof(sent: bytes) -> None:
    after, up = taken(sent)
    factors, activities = made(after)
    assert [(one.category, one.method, one.item, one.quantity, one.unit, one.evidence) for one in activities] == [
        (1, "supplier_specific", "steel", Decimal("120.5"), "t", "dq00001/1"),
        (1, "supplier_specific", "purchased_product", Decimal(400000), "piece", "dq00001/2"),
        (4, "freight", "truck", Decimal("120.5"), "t", "dq00001/1"),
        (4, "freight", "rail_freight", Decimal("8100.0"), "kg", "dq00001/3"),
    ]
    assert [dict(one.amounts) for one in factors] == [{"CO2e": "2100"}, {"CO2e": "0.4"}]
    assert all(not one.general and one.use == "supplier" and one.publisher == "Example Steel" for one in factors)
    (file,) = after.evidence
    assert file.activities == tuple(one.id for one in activities) and file.name == "answer.xlsx"
    assert len(up.data) == 1 and {one.evidence for one in factors} == {file.id}
    assert factors[0].place.endswith("!E11")


def test_the_request_keeps_what_was_answered_and_when(sent: bytes) -> None:
    request = taken(sent)[0].get("data_request", "dq00001")
    assert isinstance(request, DataRequest)
    assert (request.answered, len(request.answers), request.evidence) == ("2026-02-10", 3, ("e00001",))
    assert request.asked == REQUEST.asked
    ledger = taken(sent)[0]
    assert keeping(ledger, FORMS, replace(request, note="By mail")).steps, "it is well-formed as people enter it"


def test_the_inventory_has_the_suppliers_figures_and_opens_down_to_the_workbook(sent: bytes) -> None:
    after, _up = taken(sent)
    found = inventory(after)
    goods = [line for line in found.lines if line.category == 1]
    assert [line.tco2e for line in goods] == [Decimal("253.05"), Decimal(160)]
    assert all(line.factor.publisher == "Example Steel" for line in goods)
    freight = [line for line in found.lines if line.category == 4]
    assert {line.activity.item for line in freight} == {"truck", "rail_freight"}
    (file,) = after.evidence
    assert {line.activity.id for line in found.lines} == set(file.activities)
    assert not [one for one in found.findings if one.rule in ("missing_factor", "supplier_without_proof")]


def test_own_factors_are_ones_that_a_person_could_have_entered(sent: bytes) -> None:
    after, _up = taken(sent)
    for one in made(after)[0]:
        assert not [issue for issue in issues_of(one, after, LIBRARY) if issue.severity == "error"]


def test_delivery_that_is_in_the_footprint_is_not_counted_again(sent: bytes) -> None:
    both = {"2": {**CAP, "mode": "van", "distance": 80, "mass": 1}}
    assert [one.category for one in made(taken(sent, answers=both)[0])[1]] == [1]


def test_a_footprint_of_the_own_works_is_kept_and_not_counted(sent: bytes) -> None:
    after, up = taken(sent, answers={"3": OIL})
    assert [one.category for one in made(after)[1]] == [4]
    assert any("Line 3: a footprint of the own works" in str(one) for one in up.notes)


def test_what_to_look_at(sent: bytes) -> None:
    other = activity("a9", source="Steel works", method="purchased_goods", item="steel", start=date(2025, 1, 1),
                     end=date(2025, 12, 31), quantity=Decimal(500), unit="t", category=1)  # fmt: skip
    _after, up = taken(sent, plus(LEDGER, other), {"1": {**TUBE, "footprint": 2.1}})
    said = [str(one) for one in up.notes]
    assert any(one.startswith("Line 1: The factor is 0.0") for one in said), said
    assert any("other purchased goods are of the same item: a9" in one for one in said)
    assert said[-1] == "Lines without an answer: 2, 3."
    earlier = replace(other, start=date(2024, 1, 1), end=date(2024, 12, 31))
    assert not [one for one in taken(sent, plus(LEDGER, earlier))[1].notes if "same item" in str(one)]


# ---------------------------------------------------------------------- never twice


def test_a_second_answer_replaces_the_first_in_one_change(sent: bytes) -> None:
    first, _up = taken(sent)
    second, up = taken(sent, first, {"1": {**TUBE, "footprint": 1900, "mode": None, "distance": None}, "3": MORE["3"]})
    factors, activities = made(second)
    assert [(one.category, one.evidence, one.id) for one in activities] == [
        (1, "dq00001/1", "a00001"), (1, "dq00001/3", "a00005"), (4, "dq00001/3", "a00004")]  # fmt: skip
    assert [dict(one.amounts)["CO2e"] for one in factors] == ["1900", "3"]
    assert factors[0].id == "f00001" and second.get("factor", "f00002") is None
    assert len(second.activities) == 3 and len(second.held(OwnFactor)) == 2
    (file,) = second.evidence
    assert file.id == "e00002", "the first workbook proves nothing any more"
    assert len({(step.kind, step.id) for step in up.steps}) == len(up.steps)
    assert second.apply(inverse(up.steps)).to_plain() == first.to_plain()


def test_what_a_person_hung_on_the_first_workbook_keeps_it(sent: bytes) -> None:
    data, own = filled(sent), activity("m1", start=date(2025, 1, 1), end=date(2025, 1, 31))
    up = taking_up(read_answer(data, LEDGER, "answer.xlsx"), LEDGER, LIBRARY, DAY)
    first = plus(LEDGER.apply(up.steps), own)
    first = first.apply(attaching(first, [proof_of("answer.xlsx", data, "other")], ["m1"]).steps)
    second, _up = taken(sent, first, MORE)
    old = second.get("evidence", "e00001")
    assert isinstance(old, Evidence) and old.activities == ("m1",)
    back = second.apply(taking_back(second, "dq00001").steps)
    assert [one.id for one in back.activities] == ["m1"]


def test_the_very_same_file_is_not_taken_up_twice(sent: bytes) -> None:
    data = filled(sent)
    first = LEDGER.apply(taking_up(read_answer(data, LEDGER, "a.xlsx"), LEDGER, LIBRARY, DAY).steps)
    with pytest.raises(UserError, match="already taken up, as dq00001"):
        taking_up(read_answer(data, first, "a.xlsx"), first, LIBRARY, DAY)


def test_what_was_refused_is_not_taken_up(sent: bytes) -> None:
    wrong = read(sent, answers={"1": {**TUBE, "footprint": -1}, "2": CAP})
    with pytest.raises(UserError, match=r"“answer.xlsx” was not taken up; refused cells: 1. Row 11"):
        taking_up(wrong, LEDGER, LIBRARY, DAY)


def test_a_request_that_was_changed_meanwhile_is_read_again(sent: bytes) -> None:
    answered = read(sent)
    changed = LEDGER.apply(keeping(LEDGER, FORMS, replace(REQUEST, note="Reminded")).steps)
    with pytest.raises(UserError, match="changed meanwhile"):
        taking_up(answered, changed, LIBRARY, DAY)


def test_an_answer_is_taken_back_without_a_trace(sent: bytes) -> None:
    first, _up = taken(sent)
    back = first.apply(taking_back(first, "dq00001").steps)
    assert back.to_plain() == LEDGER.to_plain()
    with pytest.raises(UserError, match="Nobody has answered"):
        taking_back(back, "dq00001")
    with pytest.raises(UserError, match="no request dq9"):
        taking_back(back, "dq9")


def test_proofs_that_were_attached_by_hand_are_released(sent: bytes) -> None:
    first, _up = taken(sent)
    note = proof_of("delivery note.pdf", b"%PDF", "other")
    first = first.apply(attaching(first, [note], ["a00003"]).steps)
    back = first.apply(taking_back(first, "dq00001").steps)
    assert not back.evidence and not back.activities


def test_ids_of_others_are_never_taken(sent: bytes) -> None:
    others = (activity("a00001", start=date(2025, 1, 1), end=date(2025, 1, 31)), activity("a00007"))
    ledger = plus(LEDGER, *others)
    after, _up = taken(sent, ledger)
    assert [one.id for one in made(after)[1]] == ["a00008", "a00009", "a00010", "a00011"]
    assert after.get("activity", "a00001") == others[0]


SAID = st.dictionaries(
    st.sampled_from(("1", "2", "3")),
    st.tuples(st.sampled_from(("cradle_to_gate", "cradle_to_plant", "gate_to_gate")), st.integers(1, 999),
              st.booleans()),
    min_size=1,
)  # fmt: skip


def spoken(said: Mapping[str, tuple[str, int, bool]]) -> dict[str, dict[str, Any]]:
    return {
        line: {"footprint": kg, "boundary": boundary,
               **({"mode": "truck", "distance": kg, "mass": 1} if carried else {})}
        for line, (boundary, kg, carried) in said.items()
    }  # fmt: skip


@given(st.lists(SAID, min_size=1, max_size=3))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_the_last_answer_counts(sent: bytes, history: list[dict[str, tuple[str, int, bool]]]) -> None:
    """After any number of answers the inventory is that of the last one alone, and taking it back leaves nothing."""
    ledger, done = LEDGER, list[object]()
    for said in history:
        if spoken(said) in done[-1:]:
            continue
        ledger, _up = taken(sent, ledger, spoken(said))
        done.append(spoken(said))
    alone, _up = taken(sent, answers=spoken(history[-1]))

    def total(of: Ledger) -> Decimal:
        return exact_sum(line.tco2e for line in inventory(of).lines)

    assert total(ledger) == total(alone)
    assert [(one.category, one.evidence) for one in made(ledger)[1]] == [
        (one.category, one.evidence) for one in made(alone)[1]]  # fmt: skip
    assert len(ledger.evidence) == 1
    assert ledger.apply(taking_back(ledger, "dq00001").steps).to_plain() == LEDGER.to_plain()


def test_in_a_copy_that_was_merged_a_second_answer_still_replaces_the_first(sent: bytes) -> None:
    """There the request has another number, and the references of its records the old one."""
    first, _up = taken(sent)
    request = first.get("data_request", "dq00001")
    assert isinstance(request, DataRequest)
    renamed = Ledger.of((
        *(one for held in first.records.values() for one in held.values() if kind_of(one) != "data_request"),
        replace(request, id="dq00005"),
    ))  # fmt: skip
    up = taking_up(read(sent, renamed, {"2": CAP}), renamed, LIBRARY, DAY)
    after = renamed.apply(up.steps)
    assert [(one.evidence, one.category) for one in after.activities] == [("dq00005/2", 1)]
