"""Products in the window: footprints down to bills and factors, records, sharing, files for customers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import AllocationKey, Component, Leg, Output, Plant, Product
from core.products import footprints_of
from gui import fonts
from gui.entering.form import RecordForm
from gui.language import set_language
from gui.notices import Notice
from gui.pages import discover
from gui.products.declaring import CATENA_X, PACT
from gui.products.page import TABS, ProductsPage
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.exchange.stating import WHEN, WHOLE_DISC, WHOLE_STRUT
from tests.core.products.plants import BY_MASS, DISC, GIVEN, LEGS, PARTS, STRUT, bill
from tests.gui.showing import settle
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

OFFICE = AllocationKey("ak00002", "Office", "none", (), "Sales office")
Open = Callable[..., ProductsPage]


@pytest.fixture
def filled(bare: Session) -> Session:
    """Two products of 2023, of a plant with a legal entity."""
    plant = replace(bare.ledger.plant, organisation="Example Damping Co. Ltd.")
    others = [one for one in GIVEN if not isinstance(one, Product)]
    bare.put(T("Test"), plant, *others, WHOLE_STRUT, WHOLE_DISC, OFFICE)
    bare.show_year(2023)
    return bare


@pytest.fixture
def opened(qtbot: QtBot, settings: Settings) -> Open:
    windows: list[Window] = []

    def make(session: Session, *, large: bool = False) -> ProductsPage:
        window = Window(session, settings, discover("plant"), empty=True)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1920 if large else 1280, 1080 if large else 800)
        window.show()
        page = window.page("products")
        assert isinstance(page, ProductsPage)
        window.go("products")
        rested(qtbot, page)
        return page

    return make


def rested(qtbot: QtBot, page: ProductsPage) -> None:
    settle(qtbot, page.latest)


def go(qtbot: QtBot, page: ProductsPage, tab: str) -> None:
    page.tabs.setCurrentIndex(TABS.index(tab))
    rested(qtbot, page)


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def inspected(page: ProductsPage) -> QWidget:
    made = page.inspect()
    assert made is not None
    made.show()
    return made


def press(made: QWidget, start: str) -> None:
    """Press the link of the inspector that begins like this."""
    next(one for one in made.findChildren(QPushButton) if one.text().startswith(start)).click()


def stands_on(page: ProductsPage, tab: int) -> bool:
    return page.tabs.currentIndex() == tab


def heard(page: ProductsPage) -> list[Notice]:
    told: list[Notice] = []
    page.told.connect(told.append)
    return told


# ---------------------------------------------------------------------- footprints


def test_a_row_for_each_product_is_that_of_the_core(opened: Open, filled: Session) -> None:
    page = opened(filled)
    found = footprints_of(filled.ledger, filled.inventory, filled.library)
    table = page.footprints.table
    columns = {one.key: one for one in table.model.columns}
    assert [row.id for row in table.model.records] == [DISC.id, STRUT.id]  # the largest first
    for row in table.model.records:
        one = found.of(row.id)
        assert one is not None
        assert columns["footprint"].value(row) == f"{one.per_unit:f}"
        assert columns["made"].value(row) == f"{one.quantity:f}"
        assert columns["primary"].value(row) == f"{one.primary_share:f}"
        assert columns["number"].text(row) == one.product.number
        for stage, kg in one.stages:
            assert columns[stage].value(row) == f"{kg:f}"
    assert found.problems == ()


def test_shared_and_apart_are_the_plant(opened: Open, filled: Session) -> None:
    page = opened(filled)
    found = footprints_of(filled.ledger, filled.inventory, filled.library)
    totals = filled.inventory.totals
    emitted = totals.scopes["scope1"] + totals.scopes["scope2_market"] + totals.categories[3] + totals.categories[5]
    assert found.apart > 0
    shown = [one.text() for one in page.footprints._sum._numbers]
    full = [one.toolTip() for one in page.footprints._sum._numbers]
    numbers = [Decimal(one.replace(",", "")) for one in shown]
    assert numbers[0] + numbers[1] == numbers[2]
    assert [Decimal(one.split()[0].replace(",", "")) for one in full] == [found.shared, found.apart, emitted]
    page.footprints.findChildren(QPushButton)
    press(page.footprints, "How it was shared")
    assert page.tabs.currentIndex() == TABS.index("keys")


def test_the_other_figure_and_the_published_factor_are_asked_for(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    view = page.footprints
    for box, row, how in (
        (view.scope2, 1, {"view": "location"}),
        (view.electricity, 1, {"view": "location", "electricity": "footprint"}),
    ):
        box.setCurrentIndex(row)
        box.activated.emit(row)
        rested(qtbot, page)
        found = footprints_of(filled.ledger, filled.inventory, filled.library, **how)
        assert page.found is not None and page.found.found == found
        kept = {row.id: row.footprint for row in view.table.model.records}
        assert kept == {one.product.id: one for one in found.footprints}
    assert "0.6205 kg/kWh" in words(view.remarks)


def test_where_no_factor_is_published_the_choice_goes_back_and_says_why(
    qtbot: QtBot, opened: Open, filled: Session
) -> None:
    filled.put(T("Test"), replace(filled.ledger.plant, country="PL", region=""))
    page = opened(filled)
    told = heard(page)
    page.footprints.electricity.setCurrentIndex(1)
    page.footprints.electricity.activated.emit(1)
    rested(qtbot, page)
    assert page.footprints.electricity.currentIndex() == 0
    assert [one.level for one in told] == ["bad"] and "published for PL" in told[0].sentence
    assert "electricity of the inventory" in told[0].sentence
    assert page.found is not None and page.found.found.electricity == "inventory"


def test_what_stands_in_the_way_is_said_with_its_remedy(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    filled.put(T("Test"), replace(WHOLE_DISC, mass=None))
    rested(qtbot, page)
    said = words(page.footprints.remarks)
    assert "the mass of “Disc” is not entered. Enter it at the product" in said
    rows = {row.id: row for row in page.footprints.table.model.records}
    assert {row.footprint for row in rows.values()} == {None}  # no share is whole without it
    assert "mass of “Disc”" in page.footprints.table.model._marks(rows[DISC.id])["product"].text  # type: ignore[misc]
    assert not page.out.button.isEnabled() and "no footprint" in page.out.button.toolTip()
    page.footprints.table.show_record(DISC.id)
    assert "mass of “Disc”" in words(inspected(page))
    filled.undo()
    rested(qtbot, page)
    assert page.out.button.isEnabled() and "mass of “Disc”" not in words(page.footprints.remarks)


def test_many_remarks_unfold_and_fold(qtbot: QtBot, opened: Open, filled: Session) -> None:
    for number in range(4):
        filled.put(T("Test"), Product(f"pd9{number}", f"New {number}"))
    page = opened(filled)
    remarks = page.footprints.remarks
    assert words(remarks).count("no output is entered") == 2
    press(remarks, "Show")
    qtbot.waitUntil(lambda: words(remarks).count("no output is entered") == 4)
    press(remarks, "Show fewer")
    qtbot.waitUntil(lambda: words(remarks).count("no output is entered") == 2)


def test_bars_show_the_stages_as_the_person_wants_them(opened: Open, filled: Session) -> None:
    page = opened(filled)
    view = page.footprints
    data, found = view.chart.data, page.found
    assert data is not None and found is not None
    assert data.categories == ("Disc", "Strut") and data.lying and data.value_title == "Per piece"
    row = found.of(DISC.id)
    assert row is not None and row.footprint is not None
    kg = dict(row.footprint.stages)
    assert [one.name for one in data.series] == [
        "Purchased parts and materials", "Transport to the plant", "Energy of the plant",
        "Process emissions of the plant",
    ]  # fmt: skip
    assert data.series[0].values[0] == kg["materials"]
    assert sum(one.values[0] for one in data.series) == row.footprint.per_unit  # the way out is apart
    view.by.setCurrentIndex(1)
    view.by.activated.emit(1)
    data = view.chart.data
    assert data is not None and data.unit == "%"
    assert sum(one.values[0] for one in data.series) == pytest.approx(Decimal(100))
    view.by.setCurrentIndex(2)
    view.by.activated.emit(2)
    data = view.chart.data
    assert data is not None and data.unit == "t CO₂e"
    whole = {name: sum(one.values[n] for one in data.series) for n, name in enumerate(data.categories)}
    assert whole["Disc"] == pytest.approx(row.footprint.per_unit * 100_000 / 1000)


# ---------------------------------------------------------------------- down to bills and factors


def test_a_product_is_explained_down_to_a_bill(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    assert page.inspect() is None
    page.show_subject(STRUT.id)
    assert page.tabs.currentIndex() == 0 and page.product == STRUT.id
    made = inspected(page)
    said = words(made)
    one = page.found.of(STRUT.id).footprint  # type: ignore[union-attr]
    assert one is not None and f"{one.per_unit:f}".rstrip("0") in said
    assert "Beyond the gate: no part of the footprint." in said and "Made [piece]" in said
    press(made, "Main meter")
    settle(qtbot)
    made = inspected(page)
    said = words(made)
    part = next(each for each in one.contributions if each.what == "Main meter" and each.primary)
    assert "Main meter" in said and f"{part.tonnes:,f}".rstrip("0") in said
    assert "E × w ÷ Σw = E × 1,280,000 kg ÷ 2,030,000 kg" in said
    assert "Presses and ovens work by mass" in said
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    press(made, "2023-01-01 – 2023-12-31 · 1,000,000 kWh")
    press(made, "In the library")
    qtbot.waitUntil(lambda: len(wanted) == 2)
    assert wanted[0] == ("activity", "a1")
    assert wanted[1][0] == "library" and filled.library.factor(str(wanted[1][1])) is not None
    press(made, "← Back")
    qtbot.waitUntil(lambda: "Beyond the gate" in words(inspected(page)))


def test_components_and_legs_open_their_records(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    page.show_subject(STRUT.id)
    for name, tab, said in (
        ("Spring", "components", "× 3.1 kg CO₂e/"), ("Tube", "components", "1,040,000 kg × "),
        ("Tube works to plant", "legs", "2.6 kg × 300 km"),
    ):  # fmt: skip
        page.tabs.setCurrentIndex(0)
        page.footprints.table.show_record(STRUT.id)
        page._close()
        made = inspected(page)
        next(link for link in made.findChildren(QPushButton) if link.toolTip() == name).click()
        settle(qtbot)
        made = inspected(page)
        assert said in words(made), name
        press(made, "In the bill of materials" if tab == "components" else "The transport leg")
        place = TABS.index(tab)
        qtbot.waitUntil(partial(stands_on, page, place))
        part = page._table_part()
        assert part is not None
        current = part.table.current_record()
        assert current is not None and getattr(current, "name", "") == name


def test_another_product_closes_what_was_opened(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    page.show_subject(STRUT.id)
    press(inspected(page), "Main meter")
    qtbot.waitUntil(lambda: "How it is calculated" in words(inspected(page)))
    page.show_subject(DISC.id)
    assert "How it is calculated" not in words(inspected(page)) and "Disc" in words(inspected(page))


# ---------------------------------------------------------------------- records


def test_a_new_record_begins_with_what_is_known(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    page.show_subject(DISC.id)
    go(qtbot, page, "outputs")
    page.outputs.ask_new()
    form = page.outputs.dialog
    assert isinstance(form, RecordForm)
    assert form._reads["product"]() == DISC.id
    assert (form._reads["start"](), form._reads["end"]()) == (date(2023, 1, 1), date(2023, 12, 31))
    form.prefill({"quantity": Decimal(5), "start": date(2022, 1, 1), "end": date(2022, 12, 31)})
    form.go.click()
    rested(qtbot, page)
    (made,) = [one for one in filled.ledger.held(Output) if one.start.year == 2022]
    assert made.product == DISC.id and made.quantity == 5
    go(qtbot, page, "components")
    page.components.table.show_record("cp00001")
    page.components.ask_new()
    assert page.components.dialog._reads["product"]() == STRUT.id  # the row one stands on goes before
    page.components.dialog.reject()


def test_lines_say_what_they_add_and_what_is_wrong(qtbot: QtBot, opened: Open, filled: Session) -> None:
    filled.put(T("Test"), replace(PARTS[0], unit="piece"))
    page = opened(filled)
    go(qtbot, page, "components")
    table = page.components.table
    columns = {one.key: one for one in table.model.columns}
    rows = {one.id: one for one in table.model.records}
    assert columns["effect"].text(rows["cp00003"]) == "15.39"  # 8.1 kg of castings at 1.9
    assert columns["effect"].text(rows["cp00001"]) == "–"
    marks = page.components._marks(rows["cp00001"])
    assert marks["name"].level == "warning" and "Steel per piece" in marks["name"].text
    assert page.components._marks(rows["cp00003"]) == {}
    go(qtbot, page, "legs")
    legs = {one.id: one for one in page.legs.table.model.records}
    assert {one.key for one in page.legs.table.model.columns} >= {"effect", "distance"}
    assert set(legs) == {one.id for one in LEGS}


def test_a_typed_cell_is_a_change_that_the_footprint_follows(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    before = page.found.of(STRUT.id).footprint.per_unit  # type: ignore[union-attr]
    go(qtbot, page, "components")
    table = page.components.table
    row, place = table.model.row_of("cp00001"), [one.key for one in table.model.columns].index("quantity")
    assert row is not None
    table.model.setData(table.model.index(row, place), "5.2")
    rested(qtbot, page)
    held = filled.ledger.get("component", "cp00001")
    assert isinstance(held, Component) and held.quantity == Decimal("5.2")
    assert page.found is not None
    after = page.found.of(STRUT.id)
    assert after is not None and after.footprint is not None and after.footprint.per_unit > before


def test_every_table_leaves_and_comes_back(qtbot: QtBot, opened: Open, filled: Session, tmp_path: Path) -> None:
    page = opened(filled)
    for tab in TABS[2:]:
        go(qtbot, page, tab)
        part = page._table_part()
        assert part is not None and page.takes(tmp_path / "a.csv"), tab
        held = {one.id: one for one in part.table.model.records}
        assert held, tab
        out = tmp_path / f"{tab}.xlsx"
        part.write_table(out)
        part.table.view.selectAll()
        part.remove_chosen()
        rested(qtbot, page)
        page.take([out])
        part.importing.accept()
        rested(qtbot, page)
        assert len(filled.records.records[part.kind]) == len(held), tab
        filled.undo()
        filled.undo()
        rested(qtbot, page)
        assert dict(filled.records.records[part.kind]) == held, tab


def test_a_product_that_others_name_stays(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    told = heard(page)
    go(qtbot, page, "products")
    page.products.table.show_record(STRUT.id)
    page.products.remove_chosen()
    assert told[0].level == "bad" and "Component Tube" in told[0].sentence
    assert len(filled.ledger.held(Product)) == 2


def test_proofs_are_attached_where_there_are_some(
    qtbot: QtBot, opened: Open, filled: Session, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(filled)
    proof = tmp_path / "pcf.pdf"
    proof.write_bytes(b"%PDF-1.7 footprint of the spring")
    assert not page.takes(proof)
    page.show_subject("cp00002")
    assert page.tabs.currentIndex() == TABS.index("components") and page.takes(proof)
    page.take([proof])
    qtbot.waitUntil(lambda: bool(filled.ledger.evidence))
    held = filled.ledger.get("component", "cp00002")
    assert isinstance(held, Component) and held.evidence == (filled.ledger.evidence[0].id,)
    rested(qtbot, page)
    go(qtbot, page, "legs")
    page.legs.table.show_record("lg00001")
    assert not page.takes(proof) and isinstance(filled.ledger.get("leg", "lg00001"), Leg)


# ---------------------------------------------------------------------- sharing


def test_each_source_is_told_once_with_key_and_reason(qtbot: QtBot, opened: Open, filled: Session) -> None:
    filled.put(T("Test"), bill("b1", "Boiler", "stationary_combustion", "natural_gas", "700", "m3", estimated=True))
    page = opened(filled)
    go(qtbot, page, "keys")
    rows = {(one.source, one.stage): one for one in page.keys.table.model.records}
    assert len(rows) == len(page.keys.table.model.records)
    columns = {one.key: one for one in page.keys.table.model.columns}
    boiler, office = rows["Boiler", "energy"], rows["Office", "energy"]
    assert columns["key"].text(boiler) == "Mass" and columns["reason"].text(boiler) == BY_MASS.reason
    assert columns["key"].text(office) == "Belongs to no product" and columns["products"].text(office) == ""
    assert columns["products"].text(boiler).startswith("Strut ") and "; Disc " in columns["products"].text(boiler)
    page.keys.table.show_record(("Boiler", "energy"))
    said = words(inspected(page))
    assert "Strut" in said and "63.1 %" in said and BY_MASS.reason in said
    page.keys.table.show_record(("Office", "energy"))
    assert "it belongs to no product" in words(inspected(page))
    keys = {one.key: one for one in page.keys.part.table.model.columns}
    assert keys["source"].text(BY_MASS) == "Every other source" and keys["source"].value(BY_MASS) == ""


def test_the_key_of_a_source_is_entered_from_its_row(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "keys")
    view = page.keys
    assert not view.key.isEnabled()
    view.table.show_record(("Test bench", "process"))
    assert view.key.isEnabled()
    view.key.click()
    form = view.part.dialog
    assert form._reads["source"]() == "Test bench"
    form.prefill({"key": "own", "shares": ((STRUT.id, "1"),), "reason": "Only struts are tested"})
    form.go.click()
    rested(qtbot, page)
    (made,) = [one for one in filled.ledger.held(AllocationKey) if one.source == "Test bench"]
    assert made.shares == ((STRUT.id, "1"),)
    shared = next(one for one in view.table.model.records if one.source == "Test bench")
    assert [product for product, _part in shared.parts] == [STRUT.id]
    view.table.show_record(("Test bench", "process"))
    view.key.click()  # it has one now, which is altered
    assert view.part.dialog.windowTitle().startswith("Change") and view.part.dialog._record == made
    view.part.dialog.reject()
    view.part.ask_new()
    offered = view.part.dialog.editors["source"].line.completer()  # type: ignore[attr-defined]
    assert offered is not None and offered.model().rowCount() == len({one.source for one in view.table.model.records})
    view.part.dialog.reject()


# ---------------------------------------------------------------------- out


def declare(page: ProductsPage, form: str) -> None:
    """Fill in what a company declares."""
    editors = page.out.dialog.editors
    texts = {"company_ids": "urn:BPNL000000000DWF", "domain": "damping.example.com", "rules": "Rulebook v4",
             "exempted": "0", "technological": "2", "temporal": "1.5", "geographical": "3"}  # fmt: skip
    if form == CATENA_X:
        texts["valid_until"] = "2027-02-28"
        editors["incineration"].set("polluter pays principle")  # type: ignore[attr-defined]
    for key, text in texts.items():
        editors[key].line.setText(text)  # type: ignore[attr-defined]
    editors["standards"].set(["GHGP-Product"])  # type: ignore[attr-defined]
    editors["packaging"].set("no")  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", [PACT, CATENA_X])
def test_footprints_leave_once_everything_is_declared(
    qtbot: QtBot, opened: Open, filled: Session, settings: Settings, tmp_path: Path, form: str
) -> None:
    page = opened(filled)
    page.out.now = lambda: WHEN
    told = heard(page)
    page.show_subject(DISC.id)
    page.out.ask(form)
    dialog = page.out.dialog
    assert dialog.product.read() == ((STRUT.id, DISC.id) if form == PACT else DISC.id)
    out = tmp_path / "out.json"
    dialog.file.set_path(out)
    dialog.go.click()
    qtbot.waitUntil(lambda: "cannot be stated" in dialog._problem.text())
    assert not out.exists()
    lacking = [key for key, field in dialog.editors.items() if field.message.startswith("⚠")]
    assert {"company_ids", "standards", "exempted", "packaging"} <= set(lacking)
    assert dialog.editors["company_ids"].message.startswith("⚠ companyIds: Declare")
    declare(page, form)
    with qtbot.waitSignal(dialog.done_well, timeout=20_000):
        dialog.go.click()
    assert [one.sentence for one in told] == ["Written: out.json"]
    written = json.loads(out.read_text("utf-8"))
    if form == PACT:
        assert [one["productNameCompany"] for one in written["data"]] == ["Strut", "Disc"]
        assert written["data"][0]["created"] == "2026-03-01T08:30:00Z"
    else:
        assert written["companyAndProductInformation"][0]["productInformation"][0]["productNameCompany"] == "Disc"
    page.out.ask(form)  # what was declared is remembered
    again = page.out.dialog
    assert again.declared() == dialog.declared() and settings.declared["packaging"] == "no"
    again.reject()


def test_what_lies_at_the_product_is_said_below(
    qtbot: QtBot, opened: Open, filled: Session, tmp_path: Path
) -> None:  # fmt: skip
    filled.put(T("Test"), replace(WHOLE_DISC, number="", description=""))
    page = opened(filled)
    page.out.ask(CATENA_X)
    page.out.dialog.product.set(DISC.id)
    page.out.dialog.file.set_path(tmp_path / "out.json")
    declare(page, CATENA_X)
    page.out.dialog.go.click()
    qtbot.waitUntil(lambda: "cannot be stated" in page.out.dialog._problem.text())
    lines = page.out.dialog._problem.text().splitlines()
    assert "productIds: Enter the product number at the product." in lines
    assert "productDescription: Enter the description at the product." in lines
    assert not page.out.dialog.editors["domain"].message.startswith("⚠")
    assert not (tmp_path / "out.json").exists()
    page.out.dialog.reject()


def test_the_workbook_is_written_by_a_job(
    qtbot: QtBot, opened: Open, filled: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(filled)
    told = heard(page)
    out = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (str(out), ""))
    assert [one.text() for one in page.out.menu().actions()] == [
        "PACT 3.0 (JSON)…", "Catena-X (JSON)…", "Excel workbook…",
    ]  # fmt: skip
    page.out.menu().actions()[2].trigger()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0].sentence == "Written: out.xlsx"
    sheet = openpyxl.load_workbook(out, read_only=True).worksheets[0]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"Disc", "Strut"}
    page.out.write_workbook(tmp_path / "out.txt")
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
    assert told[1].level == "bad" and "End the name with .xlsx" in told[1].sentence


# ---------------------------------------------------------------------- empty, read-only, walked


def test_an_empty_page_says_how_to_begin(qtbot: QtBot, opened: Open, bare: Session) -> None:
    page = opened(bare)
    assert "No products yet" in words(page) and page.inspect() is None
    assert not page.out.button.isEnabled()
    told = heard(page)
    page.out.ask(PACT)
    assert told[0].sentence == "There is no footprint to export yet."
    page._begin[0].click()
    assert page.tabs.currentIndex() == TABS.index("products")
    form = page.products.dialog
    form.prefill({"name": "Strut"})
    form.go.click()
    rested(qtbot, page)
    go(qtbot, page, "footprints")
    assert "Of “Strut” no output is entered in 2024" in words(page)
    (made,) = bare.ledger.held(Product)
    assert (made.name, made.unit) == ("Strut", "piece")


def test_a_file_that_cannot_be_written_still_exports(
    opened: Open, filled: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    page = opened(filled)
    assert [one.title for one in page.commands()] == [
        "Export footprints: PACT 3.0…", "Export footprints: Catena-X…", "Export footprints: workbook…",
    ]  # fmt: skip
    assert page.out.button.isEnabled() and not page.takes(tmp_path / "a.csv")
    page.add()
    page.show_subject("keys")
    page.keys.table.show_record(("Boiler", "energy"))
    assert not page.keys.key.isEnabled()
    page.keys.part.for_source("Boiler")
    assert not hasattr(page.products, "dialog") and not hasattr(page.keys.part, "dialog")


def test_subjects_lead_to_their_place(opened: Open, filled: Session) -> None:
    page = opened(filled)
    for subject, tab in (("ou00001", "outputs"), ("cp00003", "components"), ("lg00002", "legs"), ("ak00002", "keys"),
                         ("products", "products"), (DISC.id, "footprints")):  # fmt: skip
        page.show_subject(subject)
        assert page.tabs.currentIndex() == TABS.index(tab), subject
    page.show_subject(None)
    assert page.tabs.currentIndex() == 0
    assert isinstance(filled.ledger.plant, Plant)


def walked(qtbot: QtBot, page: ProductsPage) -> None:
    """Every tab: named, in order, nothing clipped, nothing scrolled sideways."""
    for tab in TABS:
        go(qtbot, page, tab)
        assert (tab, nameless(page)) == (tab, [])
        assert (tab, out_of_order(page)) == (tab, [])
        assert (tab, clipped(page)) == (tab, [])
        assert (tab, beyond(page)) == (tab, [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_is_named_in_order_and_has_room(
    qtbot: QtBot, opened: Open, filled: Session, dressed: QApplication, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    page = opened(filled)
    walked(qtbot, page)
    page.out.ask(CATENA_X)
    assert nameless(page.out.dialog) == [] and page.out.dialog.findChildren(QLineEdit)
    page.out.dialog.reject()


def test_every_tab_has_room_for_long_words(
    qtbot: QtBot, opened: Open, filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        page = opened(filled, large=True)
        for tab in TABS:
            go(qtbot, page, tab)
            assert (tab, clipped(page)) == (tab, [])
