"""A closed year in the open plant: shown as it was closed, edited with a notice, restated on purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest

from core.errors import UserError
from core.handover import prepare, recorded
from core.i18n import T
from core.inventory import Inventory, read
from core.ledger import Activity, Entry, Reading, Step, canonical
from core.store import PlantFile
from gui.report.issuing import order_of, status_of
from gui.session import Session

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def bill(session: Session) -> Activity:
    """The largest electricity bill of the year."""
    found = [a for a in session.inventory.activities if a.method == "purchased_electricity"]
    return max(found, key=lambda a: a.quantity)


def correct(session: Session, quantity: int = 1) -> Entry | None:
    return session.put(T("Bill corrected"), replace(bill(session), quantity=Decimal(quantity)))


def drafted(session: Session) -> Inventory:
    """What the report of the year would say."""
    order = order_of(session, "en")
    draft = prepare(order.ledger, order.year, order.library, language="en", issued_by="L", when=NOW,
                    journal=order.journal, closed=order.closed)  # fmt: skip
    return read(canonical(draft.package)).inventory()


def test_an_edit_of_a_closed_year_waits(session: Session) -> None:
    before = session.inventory.totals
    assert session.closing is None and session.candidate is None and session.closed_blob is None
    entry = session.close_year("Verified")
    assert session.waits(entry) is None, "closing is no edit"
    assert session.closing is not None and session.inventory.totals == before and session.candidate is None
    entry = correct(session)
    assert session.inventory.totals == before, "what is shown is what was closed"
    said = session.waits(entry)
    assert said is not None and said.in_language("en") == "2024 is closed: the change waits for a restatement."
    found = session.candidate
    assert found is not None and found.inventory.totals != before
    assert {cause for cause, tonnes in found.waterfall.causes().items() if tonnes} == {"error"}
    assert session.candidate is found, "calculated once"
    assert drafted(session).totals == before, "the report says what was closed"


def test_restating_takes_the_change_over(session: Session) -> None:
    session.close_year("Verified")
    correct(session)
    assert session.candidate is not None
    expected = session.candidate.inventory.totals
    session.restate_year("The meter was read wrong")
    assert session.inventory.totals == expected and session.candidate is None
    assert session.closing is not None and session.closing.revision == 2
    assert session.closing.reason == "The meter was read wrong"


def test_what_is_undone_after_closing_is_undone_in_the_open_part_only(session: Session) -> None:
    correct(session, 7)
    session.close_year("Verified")
    assert session.undo_text is None and session.undo() is None, "a closing is final"
    correct(session, 8)
    assert session.candidate is not None
    session.undo()
    assert session.candidate is None


def test_another_year_is_calculated_as_ever_and_the_closed_one_still_compares(session: Session) -> None:
    closed = session.inventory.totals
    session.close_year("Verified")
    entry = correct(session)
    session.show_year(2023)
    assert session.closing is None and session.candidate is None
    assert session.inventory_of(2023) is session.inventory
    assert session.inventory_of(2024).totals == closed
    assert [c.id for c in session.inventory.closings] == ["2024"]
    assert session.waits(entry) is not None, "told whatever year is shown"
    mine = next(a for a in session.inventory.activities)
    assert session.waits(session.put(T("Bill corrected"), replace(mine, quantity=Decimal(3)))) is None
    session.show_year(2024)
    assert session.inventory.totals == closed and session.candidate is not None


def test_the_lines_of_each_year_are_remembered(session: Session) -> None:
    before = session.inventory_of(2023).lines
    assert before and all(one is other for one, other in zip(before, session.inventory_of(2023).lines, strict=True))
    session.show_year(2023)
    assert session.inventory.lines[0] is before[0]
    mine = before[0].activity
    session.put(T("Bill corrected"), replace(mine, quantity=mine.quantity + 1))
    assert session.inventory.lines != before and session.inventory.lines[-1] is before[-1]


def test_a_closed_year_survives_closing_the_file(session: Session) -> None:
    before = session.inventory
    session.close_year("Verified")
    correct(session)
    session.close()
    again = Session(PlantFile.open(session.path), "Li Na", 2024)
    try:
        assert again.inventory.totals == before.totals and again.inventory.lines == before.lines
        assert again.candidate is not None and again.trouble is None
        assert again.file.health.sound
        again.undo()
        assert again.undo_text is None, "undo stops at the closing in a reopened file too"
    finally:
        again.close()


def test_refused_acts_change_nothing(session: Session) -> None:
    with pytest.raises(UserError, match="not closed"):
        session.restate_year("x")
    entries = session.file.entries
    with pytest.raises(UserError, match="reason"):
        session.close_year(" ")
    session.close_year("Verified")
    with pytest.raises(UserError, match="closed already"):
        session.close_year("Again")
    with pytest.raises(UserError, match="Nothing differs"):
        session.restate_year("x")
    assert session.file.entries == entries + 1


def test_a_closing_whose_package_cannot_be_read_is_told(session: Session) -> None:
    session.close_year("Verified")
    closing = session.closing
    assert closing is not None
    junk = b"no package"
    broken = replace(closing, sha256=sha256(junk).hexdigest(), size=len(junk))
    session.edit(T("x"), [Step("closing", "2024", closing, broken)], [junk])
    assert session.trouble is not None and session.candidate is None
    assert session.inventory.lines, "the plant can still be opened and exported"
    with pytest.raises(UserError, match="damaged"):
        drafted(session)


def test_the_status_of_the_report_counts_what_it_rests_on(session: Session) -> None:
    """Edits of a closed year wait and do not age its report; a restatement does."""
    session.close_year("Verified")
    order = order_of(session, "en")
    draft = prepare(order.ledger, 2024, order.library, language="en", issued_by="L", when=NOW,
                    journal=order.journal, closed=order.closed)  # fmt: skip
    session.confirm(recorded(session.ledger, draft, "L", NOW))
    assert status_of(session).revision == draft.audit.revision and not status_of(session).changed_since
    correct(session)
    assert not status_of(session).changed_since
    session.restate_year("Meter")
    assert status_of(session).changed_since


def test_years_of_which_only_meters_know_something_can_be_shown(bare: Session) -> None:
    day = date(2022, 5, 1)
    bare.put(T("Test"), Reading("r1", "m1", day, date(2022, 5, 31), Decimal(5)))
    assert 2022 in bare.years_to_show()
    assert 2022 not in bare.years(), "there is nothing to compare"
