"""The page about sources: completeness by scope, category and source, decisions, months, upstream rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory.views import gbt_view, iso_view
from core.ledger import Activity
from gui.language import set_language
from gui.page import NewRecord
from gui.reason_dialog import ReasonDialog
from gui.session import Session
from gui.settings import Settings
from gui.sources.inspector import months_in_words
from gui.sources.looking import look
from gui.sources.rows import Month
from gui.sources.tree import every, proof_words, state_words, whole_percent
from tests.gui.sources.pages import branches, choose, page, rest
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


def bill(key: str, month: int, *, estimated: bool = False) -> Activity:
    first = date(2024, month, 1)
    last = date(2024, month + 1, 1).toordinal() - 1
    return Activity(key, "Boiler house", "stationary_combustion", "natural_gas", first, date.fromordinal(last),
                    Decimal(1000), "m3", estimated, note="as last year" if estimated else "")  # fmt: skip


def test_the_tree_holds_every_scope_and_all_categories_and_views_show_the_totals_of_their_standards(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    held = branches(made)
    assert {f"scope3:{n}" for n in range(1, 16)} <= set(held)
    totals = session.inventory.totals
    for scope in ("scope1", "scope2_location", "scope2_market", "scope3"):
        assert held[scope].tonnes == totals.scopes[scope]
    sources = [b for b in held.values() if b.level == "source" and b.id.startswith("scope1:")]
    assert sum(b.tonnes for b in sources) == totals.scopes["scope1"]
    looked = look(session.inventory)
    iso, gbt = iso_view(session.inventory), gbt_view(session.inventory)
    assert sum(b.tonnes for b in looked.trees["iso"].branches if b.status != "memo") == iso.total
    assert sum(b.tonnes for b in looked.trees["gbt"].branches if b.status != "memo") == gbt.with_energy
    choose(made, "iso")
    assert {f"iso:{n}" for n in range(1, 7)} <= set(branches(made))
    choose(made, "gbt")
    assert "gbt:combustion" in branches(made)
    assert made.export.isVisible() and not made.declare.isVisible()


def test_a_hole_is_a_hole_and_an_estimate_is_marked(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Bills"), bill("a1", 1), bill("a2", 2, estimated=True), bill("a4", 4))
    made = page(qtbot, bare, settings)
    boiler = next(b for b in branches(made).values() if b.level == "source")
    assert [m.state for m in boiler.months] == ["full", "full", "hole", "full", *["hole"] * 8]
    assert [m.estimated for m in boiler.months[:3]] == [False, True, False]
    assert "days missing" in state_words(boiler)
    assert proof_words(boiler) == "no proof"
    assert months_in_words(boiler.months)[:3] == [
        ("1", "complete"),
        ("2", "complete, estimated"),
        ("3", "no record"),
    ]


def test_a_category_is_declared_with_a_reason_and_taken_back(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Bills"), bill("a1", 1))
    made = page(qtbot, bare, settings)
    made.tree.go("scope3:14")
    assert made.declare.isEnabled() and not made.retract.isVisible()
    made.acts.decide("scope3:14", "not_relevant", "The plant grants no franchises.")
    rest(qtbot, made)
    (judgement,) = bare.ledger.judgements(2024)
    assert (judgement.about, judgement.verdict) == ("scope3:14", "not_relevant")
    assert branches(made)["scope3:14"].status == "not_relevant"
    assert str(branches(made)["scope3:14"].reason) == "The plant grants no franchises."
    assert made.retract.isVisible() and not made.declare.isVisible()
    made.retract.click()
    rest(qtbot, made)
    assert bare.ledger.judgements(2024) == ()
    bare.undo()
    assert bare.ledger.judgements(2024) == (judgement,)
    bare.undo()
    assert bare.ledger.judgements(2024) == ()


def test_what_is_calculated_cannot_be_declared_irrelevant(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    row = Activity("b1", "Trucks", "freight", "articulated_truck", date(2024, 1, 1), date(2024, 12, 31), Decimal(5000),
                   "tkm", category=9)  # fmt: skip
    bare.put(T("Bills"), row)
    made = page(qtbot, bare, settings)
    made.tree.go("scope3:9")
    assert branches(made)["scope3:9"].records or branches(made)["scope3:9"].excluded
    assert not made.declare.isEnabled() and "what is calculated is relevant" in made.declare.toolTip()


def test_significance_is_a_proposal_until_a_person_decides(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    choose(made, "iso")
    made.tree.go("iso:2")
    assert state_words(branches(made)["iso:2"]) == "Significant (proposed)"
    made.acts.decide("iso:2", "not_significant", "For the sake of the test.")
    rest(qtbot, made)
    assert state_words(branches(made)["iso:2"]) == "Not significant"
    made.acts.decide("iso:2", "significant", "After all.")
    rest(qtbot, made)
    assert [j.verdict for j in session.ledger.judgements(2024) if j.about == "iso:2"] == ["significant"]


def test_a_reason_is_required(qtbot: QtBot, bare: Session) -> None:
    dialog = ReasonDialog("Title", "Why", "Decide", None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.go.click()
    assert not dialog.reason and dialog.isVisible()
    assert any("The reason is missing" in label.text() for label in dialog.findChildren(QLabel))
    dialog.text.setPlainText("  Because.  ")
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.reason == "Because.")
    assert nameless(dialog) == []


def test_a_record_begins_with_a_method_that_serves_the_category_and_a_source_leads_to_its_largest(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    made.tree.go("scope3:7")
    menu = made.method_menu()
    wanted: list[tuple[str, object]] = []
    made.wanted.connect(lambda key, subject: wanted.append((key, subject)))
    titles = [action.text() for action in menu.actions()]
    assert "Employee commuting" in titles and "Stationary combustion" not in titles
    menu.actions()[titles.index("Employee commuting")].trigger()
    menu.deleteLater()
    assert wanted == [("activity", NewRecord("commuting", 7))]
    wanted.clear()
    source = next(b for b in branches(made).values() if b.level == "source" and len(b.records) > 1)
    made.tree.go(source.id)
    made.tree.itemActivated.emit(made.tree.currentItem(), 0)
    lines = [line for line in session.inventory.lines if line.activity.id in source.records]
    largest = max(lines, key=lambda line: line.tco2e if source.id.startswith(line.scope) else Decimal(-1))
    assert wanted == [("activity", largest.activity.id)]
    widget = made.inspect()
    assert widget is not None
    qtbot.addWidget(widget)
    links = list(widget.findChildren(QPushButton))
    links[0].click()
    assert wanted[1] == ("activity", source.records[0])


def test_what_is_left_out_is_listed_with_its_reason(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    odd = Activity("z1", "Odd", "stationary_combustion", "unobtainium", date(2024, 1, 1), date(2024, 1, 31),
                   Decimal(5), "t")  # fmt: skip
    bare.put(T("Bills"), bill("a1", 1), odd)
    made = page(qtbot, bare, settings)
    kinds = [row.kind for row in made.left_out.model.records]
    assert kinds.count("record") == 1 and kinds.count("gap") == 15
    assert any("left out" in state_words(one) for one in every(look(bare.inventory).trees["ghgp"].branches))


def test_a_closed_branch_stays_closed_after_an_edit(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.tree.go("scope1")
    item = made.tree.currentItem()
    assert item is not None
    item.setExpanded(False)
    session.put(T("Bill"), bill("q1", 1))
    rest(qtbot, made)
    now = made.tree.currentItem()
    assert now is not None and now.data(0, 257).id == "scope1" and not now.isExpanded()


def test_months_of_a_strip_are_spoken(qtbot: QtBot, session: Session, settings: Settings) -> None:
    assert months_in_words((Month("full", estimated=False),) * 12) == [("1–12", "complete")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_can_be_read_and_operated(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    made = page(qtbot, session, settings)
    for tab in range(made.tabs.count()):
        made.tabs.setCurrentIndex(tab)
        assert clipped(made) == [], tab
        assert nameless(made) == [], tab
        assert out_of_order(made) == [], tab
        assert beyond(made) == [], tab


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        assert clipped(page(qtbot, session, settings, 1680)) == []


def test_a_share_is_not_rounded_to_all_or_nothing() -> None:
    assert whole_percent(Decimal("99.97")) == "> 99" and whole_percent(Decimal("0.2")) == "< 1"
