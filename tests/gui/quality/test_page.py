"""The page about quality: uncertainty by both approaches, what to measure first, scores and proof."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory.evidence import evidence_coverage
from core.inventory.uncertainty import uncertainty_of
from gui.language import set_language
from gui.notices import Notice
from gui.pages.quality import create
from gui.quality.page import QualityPage
from gui.quality.rows import VIEW_TITLES, histogram, judge
from gui.session import Session
from gui.settings import Settings
from gui.wording import shown_percent, tonnes
from tests.gui.showing import settle, shown
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


def page(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060) -> QualityPage:
    made = create(session, settings)
    assert isinstance(made, QualityPage)
    shown(qtbot, made, session, width)
    rest(qtbot, made)
    return made


def rest(qtbot: QtBot, made: QualityPage) -> None:
    """Until the answer is there and painted."""
    settle(qtbot, made.latest)


def words(made: QualityPage) -> list[str]:
    return [label.text() for label in made.findChildren(QLabel) if label.isVisible()]


def choose(made: QualityPage, key: str) -> None:
    made.view.setCurrentIndex(made.view.findData(key))
    made.view.activated.emit(made.view.currentIndex())


def test_both_approaches_say_what_the_core_says(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    known = uncertainty_of(session.inventory)
    assert known.simulation is not None
    estimate, drawn = known.formula["location"].estimate, known.simulation.views["location"]
    seen = words(made)
    assert tonnes(estimate.tonnes) in seen
    assert f"± {shown_percent(estimate.percent)} %" in seen
    assert tonnes(Decimal(drawn.median)) in seen
    choose(made, "scope1")
    qtbot.wait(10)
    assert tonnes(known.formula["scope1"].estimate.tonnes) in words(made)


def test_what_to_measure_first_is_on_top_and_proposals_are_used_only_when_somebody_says_so(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    first = uncertainty_of(session.inventory, draws=0).formula["location"].inputs[0]
    assert made.inputs.model.records[0].share == first
    data = made.variance.data
    assert data is not None and data.series[0].values[0] == first.variance
    shares = data.series[0].values
    assert list(shares) == sorted(shares, reverse=True)
    made.by.setCurrentIndex(1)
    made.by.activated.emit(1)
    assert made.variance.data is not None and made.variance.data.title != data.title
    assert made.inputs.model.records[0].spread is not None
    assert all(r.spread is None or r.spread.kind != "proposal" for r in made.inputs.model.records)
    made.proposals.setChecked(True)
    rest(qtbot, made)
    assert any(r.spread is not None and r.spread.kind == "proposal" for r in made.inputs.model.records)


def test_the_same_seed_gives_the_same_picture_and_what_is_no_number_none(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    before, seed = made.drawn.data, made.seed.text()
    made.another_seed()
    rest(qtbot, made)
    assert made.seed.text() != seed and made.drawn.data != before
    made.seed.setText(seed)
    made.seed.editingFinished.emit()
    rest(qtbot, made)
    assert made.drawn.data == before
    told: list[Notice] = []
    made.told.connect(told.append)
    made.seed.setText("-5")
    made.seed.editingFinished.emit()
    assert "is no seed" in told[0].sentence, "nothing is drawn"
    assert not made.latest.busy


def test_proof_by_source_adds_up_and_leads_to_the_record_and_the_inspector_gives_the_reasons(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    coverage = evidence_coverage(session.inventory)
    for row in made.sources.model.records:
        proven = coverage.sources["location"][row.id]
        assert row.kept == proven.percent(proven.kept)
        assert row.kept + row.number + row.nothing == 100
    ranked = [row.tonnes for row in made.unproven.model.records]
    assert ranked and ranked == sorted(ranked, reverse=True)
    wanted: list[tuple[str, object]] = []
    made.wanted.connect(lambda key, subject: wanted.append((key, subject)))
    made.tabs.setCurrentIndex(2)
    made.unproven.view.go(0, 0)
    go = next(b for b in made.findChildren(QPushButton) if b.isVisible() and b.text() == "Show the record")
    go.click()
    assert wanted == [("activity", coverage.unproven[0].activity.id)]
    for tab, table, said in ((0, made.inputs, "Basis"), (1, made.sources, "Reliability")):
        made.tabs.setCurrentIndex(tab)
        table.view.go(0, 0)
        widget = made.inspect()
        assert widget is not None
        qtbot.addWidget(widget)
        assert any(said in label.text() for label in widget.findChildren(QLabel))


def test_an_edit_is_judged_anew(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    before = made.inputs.model.records[0].share.tonnes
    bill = max(session.inventory.lines, key=lambda line: line.tco2e).activity
    session.put(T("Activity data edited"), replace(bill, quantity=bill.quantity * 3))
    rest(qtbot, made)
    assert made.inputs.model.records[0].share.tonnes != before


def test_a_plant_without_data_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = page(qtbot, bare, settings)
    assert made.empty
    assert any("Nothing to judge" in text for text in words(made))


def test_every_view_can_be_drawn_and_its_bars_are_the_draws(session: Session) -> None:
    judged = judge(session.inventory, proposals=False, draws=500, seed=7)
    assert judged.uncertainty.simulation is not None
    assert set(judged.sources) == set(judged.inputs) == set(VIEW_TITLES)
    for drawn in judged.uncertainty.simulation.views.values():
        data = histogram(drawn, 500)
        assert sum(value for series in data.series for value in series.values) == 500


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_can_be_read_and_operated(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    made = page(qtbot, session, settings)
    assert nameless(made) == []
    assert out_of_order(made) == []
    assert clipped(made) == []
    assert beyond(made) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        assert clipped(page(qtbot, session, settings, 1680)) == []
