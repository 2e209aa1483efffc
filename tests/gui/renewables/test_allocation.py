"""Allocation in the window: by hand, as proposed, and back; never more than there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from core.ledger import Allocation
from core.renewables.bills import bills_of
from gui.renewables import words as said
from gui.renewables.allocate_dialog import MWH, AllocateDialog
from gui.renewables.allocation import CHOSEN, AllocationView
from gui.renewables.allocation_rows import bill_marks, days
from gui.renewables.proposal_dialog import ProposalDialog
from gui.session import Session
from gui.settings import Settings
from tests.core.samples import activity
from tests.gui.renewing import allocated, bill, certificates, fill, keep, opened, told, words
from tests.gui.walk import beyond, clipped, nameless, out_of_order


@pytest.fixture
def filled(bare: Session) -> Session:
    fill(bare)
    return bare


@pytest.fixture
def view(qtbot: QtBot, filled: Session, settings: Settings) -> AllocationView:
    window, page = opened(qtbot, filled, settings, said.ALLOCATION)
    page.allocation.kept_window = window  # type: ignore[attr-defined]
    return page.allocation


def cells(view: AllocationView, key: str) -> dict[str, str]:
    row = next(one for one in view.bills.model.records if one.id == key)
    return {column.key: column.text(row) for column in view.bills.model.columns}


def asked(view: AllocationView, act: Callable[[], object]) -> AllocateDialog:
    act()
    assert isinstance(view.dialog, AllocateDialog)
    return view.dialog


# ---------------------------------------------------------------------- what is shown


def test_each_bill_says_what_covers_it(view: AllocationView) -> None:
    assert len(view.bills.model.records) == 12
    covered, stopped, open_ = (cells(view, key) for key in ("a00001", "a00004", "a00005"))
    assert (covered["covered"], covered["percent"], covered["uncovered"]) == ("1.000", "100.0", "0")
    assert (stopped["covered"], stopped["stopped"], stopped["uncovered"]) == ("0", "1.000", "1.000")
    assert (open_["covered"], open_["percent"], open_["instruments"]) == ("0", "0.0", "")
    assert covered["instruments"] == "Wind 1" and covered["period"] == "2024-01"
    assert "9.000 of 12.0 MWh are not covered" in view.words.text()


def test_what_does_not_count_is_marked_with_the_reason(view: AllocationView) -> None:
    row = next(one for one in view.bills.model.records if one.id == "a00004")
    assert bill_marks(row)["stopped"].level == "bad"
    assert "a00004" in {one.record.id for one in view.covers.model.records if one.cover.judged}


def test_allocations_of_the_selected_bill(view: AllocationView) -> None:
    assert len(view.covers.model.records) == 4
    view.bills.show_record("a00002")
    view.which.setCurrentIndex(view.which.findData(CHOSEN))
    view.which.activated.emit(1)
    assert [one.id for one in view.covers.model.records] == ["al00002"]
    view.bills.show_record("a00009")
    assert len(view.covers.model.records) == 0


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ((2024, 2, 1), (2024, 2, 29), "2024-02"),
        ((2024, 12, 1), (2024, 12, 31), "2024-12"),
        ((2024, 1, 1), (2024, 2, 29), "2024-01-01 to 2024-02-29"),
        ((2024, 2, 1), (2024, 2, 28), "2024-02-01 to 2024-02-28"),
        ((2024, 2, 5), (2024, 2, 5), "2024-02-05"),
    ],
)
def test_days_are_a_month_where_they_are_one(
    start: tuple[int, int, int], end: tuple[int, int, int], shown: str
) -> None:
    assert days(activity(start=date(*start), end=date(*end))) == shown


def test_the_inspector_says_what_of_a_bill_counts(qtbot: QtBot, view: AllocationView) -> None:
    view.bills.show_record("a00004")
    shown = view.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    shown.show()
    assert "Does not count" in words(shown) and "Wind 2" in words(shown)


# ---------------------------------------------------------------------- by hand


def test_by_hand_offers_what_fits_and_becomes_one_change(qtbot: QtBot, view: AllocationView, filled: Session) -> None:
    view.bills.show_record("a00005")
    dialog = asked(view, view.ask)
    assert dialog.bill.box.currentData() == "a00005"
    dialog.instrument.set("i00001")
    assert dialog.amount.read() == 1000  # 2,000 kWh are left of it
    dialog.unit.set(MWH)
    assert dialog.amount.read() == 1
    dialog.amount.line.setText("0.4")
    dialog.amount.line.textEdited.emit("0.4")
    notices = told(view.page)
    dialog._start()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    made = [one for one in filled.ledger.held(Allocation) if one.activity == "a00005"]
    assert [(one.instrument, one.quantity) for one in made] == [("i00001", Decimal(400))]
    assert notices[-1].action is not None and not dialog.isVisible()
    assert cells(view, "a00005")["covered"] == "0.400"


def test_more_than_fits_is_said_in_the_dialog(qtbot: QtBot, view: AllocationView, filled: Session) -> None:
    dialog = asked(view, view.ask)
    dialog.instrument.set("i00001")
    dialog.bill.set("a00005")
    dialog.amount.line.setText("1000.5")
    before = filled.ledger
    dialog._start()
    assert "more than what is left of" in words(dialog)
    assert dialog.isVisible() and filled.ledger is before


def test_what_is_full_or_used_up_is_not_offered(view: AllocationView, filled: Session) -> None:
    keep(filled, certificates("i00003", quantity=Decimal(1)), allocated("al00009", "i00003", "a00006"))
    dialog = asked(view, view.ask)
    offered = {dialog.instrument.box.itemData(place) for place in range(dialog.instrument.box.count())}
    bills = {dialog.bill.box.itemData(place) for place in range(dialog.bill.box.count())}
    assert offered == {"i00001", "i00002"}
    assert bills == {one.record.id for one in bills_of(filled.ledger, filled.inventory) if one.left}
    assert "a00006" not in bills and "a00001" not in bills


def test_the_dialog_can_be_read_and_operated(qtbot: QtBot, view: AllocationView) -> None:
    dialog = asked(view, view.ask)
    qtbot.wait(20)
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert beyond(dialog) == []


# ---------------------------------------------------------------------- proposal


def proposed(qtbot: QtBot, view: AllocationView) -> ProposalDialog:
    view.propose()
    dialog = view.proposing
    qtbot.waitUntil(lambda: dialog.proposal is not None and not dialog.latest.busy)
    qtbot.wait(10)
    return dialog


def test_a_proposal_explains_itself_and_is_one_change(qtbot: QtBot, view: AllocationView, filled: Session) -> None:
    dialog = proposed(qtbot, view)
    rows = dialog.table.model.records
    assert [(one.instrument, one.period) for one in rows] == [("Wind 1", "2024-05"), ("Wind 1", "2024-06")]
    assert all(one.kwh == 1000 for one in rows)
    assert all(one.reason for one in rows)
    assert "Wind 2 is not proposed" in words(dialog) and "MWh of 6 bills stay open" in words(dialog)
    before = filled.ledger
    dialog.go_on.click()
    assert len(filled.ledger.held(Allocation)) == 6
    filled.undo()
    assert filled.ledger.held(Allocation) == before.held(Allocation)


@pytest.mark.parametrize("order", ["expiry", "quality", "cost"])
def test_each_order_can_be_asked_for(qtbot: QtBot, view: AllocationView, order: str) -> None:
    dialog = proposed(qtbot, view)
    dialog.order.setCurrentIndex(dialog.order.findData(order))
    dialog.order.activated.emit(dialog.order.currentIndex())
    qtbot.waitUntil(lambda: dialog.proposal is not None and dialog.proposal.order == order)


def test_nothing_to_propose_cannot_be_accepted(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, bill(1), certificates(evidence=()))
    _window, page = opened(qtbot, bare, settings, said.ALLOCATION)
    dialog = proposed(qtbot, page.allocation)
    assert not dialog.go_on.isEnabled() and "There is nothing to allocate" in words(dialog)


def test_a_proposal_that_does_not_fit_any_more_is_told(qtbot: QtBot, view: AllocationView, filled: Session) -> None:
    dialog = proposed(qtbot, view)
    keep(filled, allocated("al00009", "i00001", "a00012"))
    keep(filled, allocated("al00010", "i00001", "a00011"))
    notices = told(view.page)
    dialog.go_on.click()
    assert notices[-1].level == "bad"
    assert len(filled.ledger.held(Allocation)) == 6


def test_the_proposal_can_be_read_and_operated(qtbot: QtBot, view: AllocationView) -> None:
    dialog = proposed(qtbot, view)
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert beyond(dialog) == []


# ---------------------------------------------------------------------- back


def test_allocations_are_taken_back(view: AllocationView, filled: Session) -> None:
    view.covers.show_record("al00002")
    view.take_button.click()
    assert {one.id for one in filled.ledger.held(Allocation)} == {"al00001", "al00003", "al00004"}
    assert cells(view, "a00002")["covered"] == "0"
    filled.undo()
    assert cells(view, "a00002")["covered"] == "1.000"


def test_without_instruments_nothing_can_be_allocated(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, bill(1))
    _window, page = opened(qtbot, bare, settings, said.ALLOCATION)
    view = page.allocation
    assert not view.by_hand.isEnabled() and "instrument" in view.by_hand.toolTip()
    assert not view.take_button.isEnabled()
