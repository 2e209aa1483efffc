"""Savings in the window: measures, years, the baseline drawn, the form, undo, and what is said about each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.measures import keeping
from core.i18n import T
from core.ledger import Evidence, Measure
from core.savings import all_kinds, savings_of
from gui.activity.parameters import ChosenField
from gui.fields import ChoiceField, ParsedField
from gui.language import set_language
from gui.pages import discover
from gui.savings.dialog import Known, MeasureDialog
from gui.savings.page import SavingsPage
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.savings.measures import measure
from tests.gui.showing import settle
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

WHEN = datetime(2026, 3, 2, tzinfo=UTC)
PRICED = {"currency": "CNY", "price": "0.72", "capex": "200000", "discount_rate": "6", "life": "10"}


def opened(qtbot: QtBot, session: Session, settings: Settings, *, large: bool = False) -> tuple[Window, SavingsPage]:
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1920 if large else 1280, 1080 if large else 800)
    window.show()
    window.go("savings")
    page = window.page("savings")
    assert isinstance(page, SavingsPage)
    rested(qtbot, page)
    return window, page


def rested(qtbot: QtBot, page: SavingsPage) -> None:
    settle(qtbot, page.latest)


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def keep(session: Session, draft: Measure, table: bytes | None = None) -> Measure:
    made = keeping(replace(draft, id=""), session.ledger, session.library, "Li Na", WHEN, table=table)
    session.edit(T("Test"), made.change.steps, made.data)
    return made.measure


@pytest.fixture
def filled(bare: Session) -> Session:
    keep(bare, measure("lighting", name="Hall 1", end="2026-12-31", source="Hall 1", **PRICED))
    table = all_kinds()["baseline"].example_data.encode()
    keep(bare, measure("baseline", name="Boilers", source="Boilers"), table)
    keep(bare, measure("heat_pump", name="Office", source="Office"))
    return bare


def test_key_figures_table_and_bars_are_those_of_the_core(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    found = savings_of(filled.ledger, filled.library, blob=filled.file.blob)
    year = found.of(2024)
    assert year is not None
    assert f"{year.kwh / 1000:,.1f}" in words(page) and f"{year.tonnes:,.1f}" in words(page)
    rows = page.table.model.records
    assert [row.measure.name for row in rows] == ["Hall 1", "Boilers", "Office"]
    assert [row.kwh for row in rows] == [saving.of(2024).kwh for saving in found.savings]  # type: ignore[union-attr]
    assert rows[0].currency == "CNY" and rows[0].payback is not None and rows[1].uncertainty is not None
    data = page.chart.data
    assert data is not None and data.categories == ("2024", "2025", "2026")
    assert sum(series.values[0] for series in data.series) == year.kwh / 1000
    assert "never subtracted" in words(page)


def test_bars_of_tonnes_and_money(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    offered = [page.quantity.itemData(place) for place in range(page.quantity.count())]
    assert offered == ["energy", "avoided", "money:CNY"]
    for place, unit, count in ((1, "t CO₂e", 3), (2, "CNY", 1)):
        page.quantity.setCurrentIndex(place)
        page.quantity.activated.emit(place)
        assert page.chart.data is not None
        assert page.chart.data.unit == unit and len(page.chart.data.series) == count


def test_the_baseline_of_the_selected_measure_is_drawn(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    assert not page.curve.isVisible()
    boilers = page.table.model.records[1].id
    page.table.show_record(boilers)
    assert page.curve.isVisible() and page.curve.data is not None
    assert [line.name for line in page.curve.data.lines][:2] == ["Saving", "Measured"]
    assert len(page.curve.data.lines[1].x) == 24
    page.over.setCurrentIndex(1)
    page.over.activated.emit(1)
    assert [line.kind for line in page.curve.data.lines] == ["points", "points", "points"]
    assert "temperature" in page.curve.data.x.title
    page.table.show_record(page.table.model.records[0].id)
    assert not page.curve.isVisible()


def test_a_model_of_the_temperature_alone_is_a_line(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    rows = [line.rsplit(",", 1)[0] for line in all_kinds()["baseline"].example_data.splitlines()]
    made = keep(bare, measure("baseline", name="Boilers"), ("\n".join(rows) + "\n").encode())
    _window, page = opened(qtbot, bare, settings)
    page.table.show_record(made.id)
    page.over.setCurrentIndex(1)
    page.over.activated.emit(1)
    assert page.curve.data is not None and page.curve.data.lines[-1].kind == "line"


def test_the_inspector_explains_every_number(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    window, page = opened(qtbot, filled, settings)
    for row in page.table.model.records:
        page.table.show_record(row.id)
        window.show_inspector(True)
        qtbot.waitUntil(lambda name=row.measure.name: name in words(window.inspector))  # type: ignore[misc]
        said = words(window.inspector)
        saving = row.saving
        assert saving is not None and row.year is not None
        assert saving.kind.source in said
        effect = saving.effect
        assert all(str(text) in said for text in (*effect.assumptions, *effect.left_out, *saving.warnings))
        factor = row.year.lines[0].factor
        assert factor is not None and factor.publisher in said
        assert "never subtracted" in said
        assert nameless(window.inspector) == []
    assert "CV(RMSE), n − p" not in said and "Leaking refrigerant" in said
    page.table.show_record(page.table.model.records[1].id)
    qtbot.waitUntil(lambda: "CV(RMSE), n − p" in words(window.inspector))
    page.table.show_record(page.table.model.records[0].id)
    qtbot.waitUntil(lambda: "Internal rate of return" in words(window.inspector))


def test_what_overlaps_and_what_cannot_be_calculated_is_said(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, measure("lighting", name="Hall 1"))
    keep(bare, measure("compressed_air", name="Air"))
    bare.put(T("Test"), replace(measure("lighting"), id="s9", kind="magic", name="Old"))
    _window, page = opened(qtbot, bare, settings)
    assert "not all of them name their source" in words(page)
    assert "Old: Unknown kind of measure" in words(page)
    lost = page.table.model.records[-1]
    assert lost.error is not None and lost.kwh is None


def test_of_many_remarks_the_first_measures_are_named_and_all_of_them_beside(
    qtbot: QtBot, bare: Session, settings: Settings
) -> None:
    for number in range(1, 10):
        keep(bare, measure("heat_pump", name=f"Air {number}", refrigerant=""))
    _window, page = opened(qtbot, bare, settings)
    said = "Remarks about Air 1, Air 2, Air 3, Air 4, Air 5, Air 6 and 3 more stand in the inspector."
    (shown,) = (one for one in page.findChildren(QLabel) if one.text() == said)
    assert shown.toolTip().count("Air") == 9 == shown.accessibleDescription().count("Air")


def test_a_plant_without_measures_is_told_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    assert page.empty and "No measures yet" in words(page)
    next(one for one in page.findChildren(QPushButton) if one.text() == "Add measure" and one.isVisible()).click()
    assert page.dialog.isVisible()
    page.dialog.reject()


# ---------------------------------------------------------------------- the form


def fill(dialog: MeasureDialog, **values: str) -> None:
    for key, text in values.items():
        field = dialog.parameters[key]
        if isinstance(field, ParsedField):
            field.line.setText(text)
        elif isinstance(field, ChosenField | ChoiceField):
            field.set(text)
        else:
            field.box.setEditText(text)  # type: ignore[attr-defined]


LAMPS = {
    "luminaires_before": "400", "watts_before": "90", "luminaires_after": "400", "watts_after": "14",
    "hours_per_day": "12", "days": "250",
}  # fmt: skip


def asked(page: SavingsPage, act: Callable[[], None]) -> MeasureDialog:
    act()
    assert isinstance(page.dialog, MeasureDialog)
    return page.dialog


def saved(qtbot: QtBot, page: SavingsPage, dialog: MeasureDialog) -> None:
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    rested(qtbot, page)


@pytest.mark.usefixtures("however_large")
def test_a_measure_is_added_altered_removed_and_each_is_undone(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, bare, settings)
    proof = tmp_path / "lamps.pdf"
    proof.write_bytes(b"%PDF-1.7 lamps")
    dialog = asked(page, page.add)
    dialog.name.line.setText("Hall 1")
    fill(dialog, **LAMPS, currency="CNY", price="0.72", source="Lighting of hall 1")
    dialog.proof_path.set_path(proof)
    saved(qtbot, page, dialog)
    (made,) = bare.ledger.held(Measure)
    assert made.name == "Hall 1" and dict(made.parameters)["source"] == "Lighting of hall 1"
    kept = bare.ledger.get("evidence", made.evidence[0])
    assert isinstance(kept, Evidence) and kept.name == "lamps.pdf"
    current = page.table.current_record()
    assert current is not None and current.id == made.id  # the new one is where one stands
    dialog = asked(page, page.alter)
    assert not dialog.kind.isEnabled() and "lamps.pdf" in words(dialog)
    fill(dialog, days="300")
    saved(qtbot, page, dialog)
    assert dict(bare.ledger.held(Measure)[0].parameters)["days"] == "300"
    assert page.table.model.records[0].kwh == 109440
    page.remove()
    rested(qtbot, page)
    assert page.empty and bare.ledger.held(Measure) == () and bare.ledger.evidence == ()
    for count in (1, 1, 0):
        bare.undo()
        rested(qtbot, page)
        assert len(bare.ledger.held(Measure)) == count


def test_a_table_is_read_from_a_file(qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path) -> None:
    _window, page = opened(qtbot, bare, settings)
    table = tmp_path / "meter.csv"
    table.write_text(all_kinds()["baseline"].example_data, encoding="utf-8")
    dialog = asked(page, page.add)
    dialog.kind.set("baseline")
    dialog.name.line.setText("Boilers")
    fill(dialog, model="3ph")
    dialog.go.click()
    qtbot.waitUntil(lambda: "has no table yet" in words(dialog))
    dialog.table_path.set_path(table)
    saved(qtbot, page, dialog)
    (made,) = bare.ledger.held(Measure)
    assert bare.file.blob(made.data) == table.read_bytes()
    dialog = asked(page, page.alter)
    assert "Kept already; choose a file to replace it." in words(dialog)
    dialog.note.line.setText("checked")
    saved(qtbot, page, dialog)
    assert bare.ledger.held(Measure)[0].data == made.data


def test_a_table_with_wrong_cells_is_refused_in_place(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, bare, settings)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("start,energy\n2024-01,x\n2024-02,y\n", encoding="utf-8")
    dialog = asked(page, page.add)
    dialog.kind.set("baseline")
    dialog.name.line.setText("Boilers")
    dialog.table_path.set_path(wrong)
    dialog.go.click()
    qtbot.waitUntil(lambda: "cannot be understood: 2. Row 2, column energy" in words(dialog))
    dialog.reject()
    assert bare.ledger.held(Measure) == ()


def test_what_is_missing_or_out_of_range_stands_at_its_field(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    dialog = asked(page, page.add)
    fill(dialog, **{**LAMPS, "hours_per_day": "30", "days": ""})
    dialog.go.click()
    assert "What is wrong stands below each field." in words(dialog)
    assert "out of range" in dialog.parameters["hours_per_day"].message
    assert "fill this in" in dialog.parameters["days"].message and "fill this in" in dialog.name.message
    dialog.reject()


def test_another_kind_keeps_what_both_ask_for(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    dialog = asked(page, page.add)
    fill(dialog, price="0.72", currency="EUR", days="x")
    dialog.kind.set("heat_pump")
    assert "watts_before" not in dialog.parameters
    price, currency = dialog.parameters["price"], dialog.parameters["currency"]
    assert isinstance(price, ParsedField) and price.line.text() == "0.72"
    assert isinstance(currency, ChosenField) and currency.value == "EUR"
    assert dialog.item.read() == "natural_gas"
    dialog.kind.set("lighting")
    assert dialog.item.read() == "electricity"
    dialog.reject()


def test_an_example_of_the_table_is_saved(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "example.csv"
    monkeypatch.setattr("gui.savings.dialog.QFileDialog.getSaveFileName", lambda *_said: (str(out), ""))
    _window, page = opened(qtbot, bare, settings)
    dialog = asked(page, page.add)
    dialog.kind.set("solar_hot_water")
    next(one for one in dialog.findChildren(QPushButton) if "example" in one.text()).click()
    assert out.read_text("utf-8-sig").startswith("Month,Irradiation in the plane (kWh/m²)")
    dialog.reject()


def test_the_form_of_each_kind_can_be_read_and_operated(qtbot: QtBot, dressed: QApplication, bare: Session) -> None:
    for kind in sorted(all_kinds()):
        dialog = MeasureDialog(Known(bare.ledger.plant, bare.library, ("Hall",)), 2024, kind=kind)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(qtbot)
        assert set(dialog.parameters) == {one.key for one in all_kinds()[kind].parameters}, kind
        bar = dialog._area.verticalScrollBar()
        bar.setValue(bar.maximum())  # the buttons of the dialog stand below the last field, scrolled into sight
        found = nameless(dialog), out_of_order(dialog), clipped(dialog), beyond(dialog)
        assert (kind, *found) == (kind, [], [], [], [])
        dialog.reject()


def test_the_keyboard_goes_from_the_remark_through_the_fields_of_the_kind_to_the_files(
    qtbot: QtBot, dressed: QApplication, bare: Session
) -> None:
    first, *others = sorted(all_kinds())
    dialog = MeasureDialog(Known(bare.ledger.plant, bare.library, ("Hall",)), 2024, kind=first)
    qtbot.addWidget(dialog)
    dialog.show()
    for kind in (*others, first):
        dialog.kind.box.setCurrentIndex(dialog.kind.box.findData(kind))  # fields made anew come where the others were
        dialog.kind.changed.emit()
        assert set(dialog.parameters) == {one.key for one in all_kinds()[kind].parameters}, kind
        settle(qtbot)
        stops: list[QWidget] = []
        dialog.name.editor.setFocus()
        while (at := dialog.focusWidget()) not in stops:
            assert at is not None
            stops.append(at)
            dialog.focusNextChild()
        table = [dialog.table_path.line, dialog.table_path.choose] if all_kinds()[kind].columns else []
        fields = [dialog.note.editor, *(one.editor for one in dialog.parameters.values())]
        wanted = [*fields, *table, dialog.proof_path.line, dialog.proof_path.choose]
        assert [one for one in stops if one in wanted] == wanted, kind


def test_a_file_that_may_not_be_written_offers_no_change(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    _window, page = opened(qtbot, filled, settings)
    page.table.show_record(page.table.model.records[0].id)
    assert not any(one.isEnabled() for one in (page.add_button, page.alter_button, page.remove_button))
    assert page.explain_button.isEnabled() and page.commands() == []


# ---------------------------------------------------------------------- as a person sees it


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_full_it_can_be_read_and_operated(qtbot: QtBot, filled: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    _window, page = opened(qtbot, filled, settings)
    page.table.show_record(page.table.model.records[1].id)
    assert nameless(page) == []
    assert out_of_order(page) == []
    qtbot.waitUntil(lambda: clipped(page) == [])
    assert beyond(page) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        _window, page = opened(qtbot, filled, settings, large=True)
        page.table.show_record(page.table.model.records[1].id)
        qtbot.waitUntil(lambda: clipped(page) == [])


def test_a_measure_can_be_gone_to(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    window, page = opened(qtbot, filled, settings)
    last = page.table.model.records[-1].id
    window.go("savings", last)
    current = page.table.current_record()
    assert current is not None and current.id == last


def test_another_year_shows_its_own_numbers(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    filled.show_year(2026)
    rested(qtbot, page)
    assert [row.kwh is None for row in page.table.model.records] == [False, True, True]
    assert "Savings 2026" in words(page)


def test_a_proof_that_is_gone_does_not_hinder_an_alteration(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = keep(bare, measure("lighting", name="Hall 1"))
    bare.put(T("Test"), replace(made, evidence=("e00009",)))
    _window, page = opened(qtbot, bare, settings)
    page.table.show_record(made.id)
    dialog = asked(page, page.alter)
    fill(dialog, days="300")
    saved(qtbot, page, dialog)
    assert bare.ledger.held(Measure)[0].evidence == ()
