"""The page of suppliers in a plant and at head office: register, undertakings, declarations, smelters, roll-up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.minerals import read_declaration, taking_up
from core.i18n import T
from core.ledger import DataRequest, Evidence, MineralDeclaration, Record, SmelterList, Supplier, Undertaking
from core.store import GroupFile
from gui import fonts
from gui.jobs import Job
from gui.language import set_language
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.suppliers.importing import LEFT, NEW, OWN
from gui.suppliers.page import SuppliersPage
from gui.window import Window
from tests.core.exchange.minerals.forms import Form
from tests.gui.showing import settle
from tests.gui.supplying import (
    PUBLISHED,
    REGISTER,
    REQUESTS,
    SUPPLIERS,
    TODAY,
    of_newcomer,
    of_sensor,
    of_weld,
)
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

Desk = Session | Office
Open = Callable[..., SuppliersPage]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(GroupFile.open(tmp_path / "head.group"), "Wang Wei", 2024)
    yield made
    made.close()


@pytest.fixture(params=["plant", "office"])
def desk(request: pytest.FixtureRequest) -> Desk:
    """Both, for what is the same at both."""
    found: Desk = request.getfixturevalue("bare" if request.param == "plant" else "office")
    return found


@pytest.fixture
def opened(qtbot: QtBot, settings: Settings) -> Open:
    windows: list[Window] = []

    def make(desk: Desk, *, large: bool = False) -> SuppliersPage:
        plant = isinstance(desk, Session)
        window = Window(desk, settings, discover("plant" if plant else "office"), empty=True)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(*((1920, 1080) if large else (1280, 800)))
        window.show()
        place = "suppliers" if plant else "group_suppliers"
        page = window.page(place)
        assert isinstance(page, SuppliersPage)
        page.today = lambda: TODAY
        window.go(place)
        rested(qtbot, page)
        return page

    return make


def rested(qtbot: QtBot, page: SuppliersPage) -> None:
    qtbot.waitUntil(lambda: not page.latest.busy and not Job.any_running(), timeout=20_000)
    settle(qtbot)


def told(page: SuppliersPage) -> list[Notice]:
    found: list[Notice] = []
    page.told.connect(found.append)
    return found


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)).replace(
        "\u00a0", " "
    )


def inspected(page: SuppliersPage) -> str:
    made = page.inspect()
    assert made is not None
    made.show()
    said = words(made) + "\n" + "\n".join(one.text() for one in made.findChildren(QPushButton))
    made.close()
    return said


def declared(desk: Desk, form: Form, supplier: str = "", name: str = "x.xlsx", **changes: object) -> MineralDeclaration:
    """Take a workbook up as an import does."""
    records = desk.records
    held = records.get("supplier", supplier)
    change = taking_up(read_declaration(form.saved(), name, records), records,
                       held if isinstance(held, Supplier) else None, TODAY)  # fmt: skip
    desk.edit(change.why, change.steps, change.data)
    made = desk.records.held(MineralDeclaration)[-1]
    if changes:
        desk.put(T("Test"), replace(made, **changes))  # type: ignore[arg-type]
    found = desk.records.get("mineral_declaration", made.id)
    assert isinstance(found, MineralDeclaration)
    return found


def cell(table: object, key: str, column: str) -> str:
    model = table.model  # type: ignore[attr-defined]
    row = next(one for one in model.records if model.identity(one) == key)
    return str(next(one for one in model.columns if one.key == column).text(row))


def marks(table: object, key: str) -> dict[str, tuple[str, str]]:
    model = table.model  # type: ignore[attr-defined]
    row = next(one for one in model.records if model.identity(one) == key)
    return {place: (mark.level, mark.text) for place, mark in model._marks(row).items()}


def saved(path: Path, form: Form) -> Path:
    path.write_bytes(form.saved())
    return path


# ---------------------------------------------------------------------- figures, register


def test_the_figures_say_who_signed_and_answered(opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    declared(desk, of_weld(), "su00001", verdict="accepted")
    declared(desk, of_sensor(), "su00002")
    said = words(opened(desk))
    assert "high risk 1; not judged 1" in said
    assert "33.3" in said and "1 of 3; of spend 75.0 %" in said  # who does not deliver any more is nowhere
    assert "2 of 2 suppliers" in said
    assert "To be decided" in said and "rejected 1" in said
    assert "of 5; no number 2" in said


def test_a_supplier_shows_what_follows_from_it(opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    declared(desk, of_sensor(), "su00002")
    page = opened(desk)
    table = page.suppliers.table
    assert cell(table, "su00001", "signed") == "2 of 4" and cell(table, "su00003", "signed") == "0 of 4"
    assert cell(table, "su00001", "declared") == "no answer that counts"
    assert cell(table, "su00002", "declared") == "rejected" and cell(table, "su00003", "declared") == ""
    assert marks(table, "su00002")["risk"][0] == "warning" and marks(table, "su00002")["declared"][0] == "bad"
    assert "ILO core conventions, UN Guiding Principles" in marks(table, "su00001")["signed"][1]
    page.show_subject("su00002")
    said = inspected(page)
    assert "Code of conduct 2020: signed 2020-03-01, holds until 2023-02-28, no scan is kept" in said
    assert "UN Global Compact: not signed" in said and "CMRT 6.4, 2025-06-01: rejected, not decided" in said
    page.show_subject("su00001")
    assert "No answer that counts yet." in inspected(page)


def test_a_supplier_is_entered_and_taken_back(qtbot: QtBot, opened: Open, desk: Desk) -> None:
    page = opened(desk)
    assert "Suppliers: nothing is entered yet" in words(page)
    page.commands()[0].run()
    form = page.suppliers.dialog
    form.prefill({"name": "Bolt Co", "country": "CN"})
    form.go.click()
    rested(qtbot, page)
    (made,) = desk.records.held(Supplier)
    assert (made.id, made.name) == ("su00001", "Bolt Co")
    assert page.found is not None and page.found.names == {"su00001": "Bolt Co"}
    desk.undo()
    rested(qtbot, page)
    assert desk.records.held(Supplier) == () and page.suppliers.table.model.records == ()


def test_links_lead_from_one_record_to_the_other(qtbot: QtBot, opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER)
    made = declared(desk, of_sensor(), "su00002")
    page = opened(desk)
    page.show_subject("su00002")
    shown = page.inspect()
    assert shown is not None
    next(one for one in shown.findChildren(QPushButton) if one.text().startswith("CMRT")).click()
    rested(qtbot, page)
    current = page.minerals.table.current_record()
    assert page.tabs.currentIndex() == 2 and current is not None and current.id == made.id
    back = page.inspect()
    assert back is not None
    next(one for one in back.findChildren(QPushButton) if one.text() == "Go to the supplier").click()
    assert page.tabs.currentIndex() == 0
    for subject, tab in (("un00002", 1), ("smelters", 3), ("own", 4), ("suppliers", 0)):
        page.show_subject(subject)
        assert page.tabs.currentIndex() == tab


def test_a_record_that_is_not_there_yet_is_gone_to_when_it_comes(qtbot: QtBot, opened: Open, bare: Session) -> None:
    page = opened(bare)
    page.show_subject("su00002")
    bare.put(T("Test"), *REGISTER)
    rested(qtbot, page)
    current = page.suppliers.table.current_record()
    assert current is not None and current.id == "su00002"


# ---------------------------------------------------------------------- undertakings


def test_coverage_by_text_names_who_is_lacking(opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER)
    page = opened(desk)
    page.show_subject("undertakings")
    table = page.undertakings.coverage
    assert [one.text for one in table.model.records] == ["ungc", "ilo", "ungp", "code_of_conduct"]
    found = {key: cell(table, "code_of_conduct", key) for key in ("signed", "percent", "spend", "expired", "missing")}
    assert found == {"signed": "1 of 3", "percent": "33.3\u00a0%", "spend": "75.0\u00a0%", "expired": "1: Sensor GmbH",
                     "missing": "1: Paper Co"}  # fmt: skip
    assert cell(table, "ilo", "missing") == "3: Weld Wire Ltd, Sensor GmbH, 1 more"
    table.view.go(3, 0)
    page.undertakings.looks_at_texts = True
    said = inspected(page)
    assert "1 of 3 suppliers (33.3 %)" in said and "300 of 400 CNY (75.0 %)" in said
    assert "Run out (1)" in said and "Never signed (1)" in said and "it is not known what is paid: 1." in said
    papers = page.undertakings.papers
    assert cell(papers.table, "un00001", "state") == "in force" and cell(papers.table, "un00002", "state") == "run out"


def test_looking_at_papers_or_texts_decides_what_the_inspector_tells(opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER)
    page = opened(bare)
    page.show_subject("un00001")
    part = page.undertakings
    part.coverage.view.go(0, 0)
    for view, texts in ((part.coverage.view, True), (part.papers.table.view, False)):
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn))
        assert part.looks_at_texts is texts
    assert "Undertaking" in inspected(page)


def test_a_scan_is_kept_with_what_was_signed(qtbot: QtBot, opened: Open, desk: Desk, tmp_path: Path) -> None:
    desk.put(T("Test"), *REGISTER)
    page = opened(desk)
    page.show_subject("undertakings")
    scan = tmp_path / "signed letter.pdf"
    scan.write_bytes(b"%PDF-1.7 a signed letter")
    assert not page.takes(scan)  # no row is chosen
    page.show_subject("un00003")
    assert page.takes(scan) and page.takes(tmp_path / "list.csv") and page.undertakings.papers.attach.isEnabled()
    page.take([scan])
    rested(qtbot, page)
    (kept,) = desk.records.held(Evidence)
    held = desk.records.get("undertaking", "un00003")
    assert isinstance(held, Undertaking) and held.evidence == (kept.id,)
    assert desk.file.blob(kept.sha256) == scan.read_bytes()
    assert marks(page.undertakings.papers.table, "un00003")["supplier"][0] == "proof"
    desk.undo()
    assert desk.records.held(Evidence) == ()


def test_an_undertaking_begins_with_the_supplier_one_stands_on(opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER)
    page = opened(bare)
    page.show_subject("su00003")
    page.commands()[1].run()
    form = page.undertakings.papers.dialog
    assert page.tabs.currentIndex() == 1 and form._reads["supplier"]() == "su00003"
    form.reject()


# ---------------------------------------------------------------------- import


def test_several_workbooks_are_read_and_taken_up_at_once(
    qtbot: QtBot, opened: Open, desk: Desk, tmp_path: Path
) -> None:  # fmt: skip
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    page = opened(desk)
    page.show_subject("minerals")
    weld, new = saved(tmp_path / "weld.xlsx", of_weld()), saved(tmp_path / "new.xlsx", of_newcomer())
    again = tmp_path / "weld again.xlsx"
    again.write_bytes(weld.read_bytes())
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    files = [weld, broken, new, again]
    assert all(page.takes(path) for path in files)
    page.take(files)
    rested(qtbot, page)
    dialog = page.minerals.dialog
    rows = list(dialog.came.values())
    assert [one.whose for one in rows] == ["su00001", "", "", "su00001"]
    assert [one.possible for one in rows] == [True, False, True, False]
    assert rows[1].error is not None and rows[3].twice == "weld.xlsx"
    table = dialog.table
    assert dialog._state(rows[1]) == "not readable"
    assert [dialog._whose(one) for one in rows] == [
        "Weld Wire Ltd", "is not taken up", "not said yet", "is not taken up",
    ]  # fmt: skip
    assert not dialog.go.isEnabled() and "Say of each workbook" in dialog.go.toolTip()
    table.view.go(1, 0)
    assert not dialog.whose.isEnabled()
    qtbot.waitUntil(lambda: "workbook" in words(dialog._told))
    table.view.go(3, 0)
    qtbot.waitUntil(lambda: "the same file as “weld.xlsx”" in words(dialog._told))
    table.view.go(2, 0)
    qtbot.waitUntil(lambda: "“perhaps” is none of the possible answers" in words(dialog._told))
    dialog.whose.set(NEW)
    assert dialog.came[2].whose == NEW and dialog.go.isEnabled() and dialog.go.text() == "Take up 2 declarations"
    dialog.go.click()
    rested(qtbot, page)
    held = desk.records.held(MineralDeclaration)
    assert [(one.template, one.supplier) for one in held] == [("CMRT", "su00001"), ("EMRT", "su00005")]
    assert {one.received for one in held} == {TODAY.isoformat()}
    newcomer = desk.records.get("supplier", "su00005")
    assert isinstance(newcomer, Supplier) and newcomer.name == "Newcomer Ltd" and newcomer.minerals
    assert len(desk.records.held(Evidence)) == 2
    desk.undo()
    assert desk.records.held(MineralDeclaration) == () and len(desk.records.held(Supplier)) == len(SUPPLIERS)


def test_what_was_taken_up_before_is_not_taken_up_again(
    qtbot: QtBot, opened: Open, bare: Session, tmp_path: Path
) -> None:  # fmt: skip
    bare.put(T("Test"), *REGISTER)
    path = saved(tmp_path / "weld.xlsx", of_weld())
    change = taking_up(read_declaration(path, "", bare.records), bare.records, SUPPLIERS[0], TODAY)
    bare.edit(change.why, change.steps, change.data)
    page = opened(bare)
    page.minerals.read([path])
    rested(qtbot, page)
    dialog = page.minerals.dialog
    assert "taken up before, as md00001" in words(dialog._told) and not dialog.go.isEnabled()
    dialog.reject()


def test_one_may_be_left_out_and_all_unknown_ones_entered(
    qtbot: QtBot, opened: Open, bare: Session, tmp_path: Path
) -> None:  # fmt: skip
    bare.put(T("Test"), *REGISTER)
    page = opened(bare)
    files = [
        saved(tmp_path / f"{n}.xlsx", of_weld().with_cells({"D8": name}))
        for n, name in enumerate(("One Ltd", "Two Ltd", "Weld Wire Ltd", ""))
    ]
    page.minerals.read(files)
    rested(qtbot, page)
    dialog = page.minerals.dialog
    assert dialog.rest.isVisible()
    dialog.rest.click()
    assert [one.whose for one in dialog.came.values()] == [NEW, NEW, "su00001", ""]  # who names nobody is asked about
    dialog.say(2, LEFT)
    dialog.say(3, OWN)
    assert not dialog.rest.isVisible() and dialog.go.text() == "Take up 3 declarations"
    dialog.go.click()
    rested(qtbot, page)
    held = bare.records.held(MineralDeclaration)
    assert sorted(one.company for one in held) == ["", "One Ltd", "Two Ltd"]
    assert [one.supplier for one in held if not one.company] == [""]


NO_WORKBOOKS = ((b"", "not a zip file"), (b"\xd0\xcf\x11\xe0 old", "xls"), (b"PK\x03\x04" + b"\0" * 40, "workbook"))


def test_what_is_no_workbook_is_refused_in_words(qtbot: QtBot, opened: Open, bare: Session, tmp_path: Path) -> None:
    page = opened(bare)
    path = tmp_path / "hostile.xlsx"
    for data, said in NO_WORKBOOKS:
        path.write_bytes(data)
        page.minerals.read([path])
        rested(qtbot, page)
        dialog = page.minerals.dialog
        (one,) = dialog.came.values()
        assert one.error is not None and said in str(one.error).casefold()
        assert str(one.error.message) in words(dialog._told) and not dialog.go.isEnabled(), said
        dialog.reject()
        assert bare.records.held(MineralDeclaration) == ()


# ---------------------------------------------------------------------- declarations


def test_the_inspector_gives_every_reason_with_its_remedy(opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    made = declared(desk, of_sensor(), "su00002")
    page = opened(desk)
    page.show_subject(made.id)
    table = page.minerals.table
    assert cell(table, made.id, "state") == "rejected" and marks(table, made.id)["state"][0] == "bad"
    assert cell(table, made.id, "problems") == "5" and cell(table, made.id, "smelters") == "5"
    said = inspected(page)
    assert (
        "Question 7, All smelters identified: All smelters of Tin are said to be identified, and yet 1 are not." in said
    )
    assert "Send it back and ask which of the two is right. Rows of the list: 3." in said
    assert "Smelter list: Tin: on no published list: Mystery Tin CID009999." in said
    assert "no: Tantalum, Gold, Tungsten; yes: Tin" in said
    assert "wang@weld.example" in said and "x.xlsx" in said


def test_a_good_one_is_accepted_and_taken_back(qtbot: QtBot, opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    made = declared(desk, of_weld(), "su00001")
    page = opened(desk)
    page.show_subject(made.id)
    assert page.minerals.accept.isEnabled()
    page.minerals.accept.click()
    rested(qtbot, page)
    held = desk.records.held(MineralDeclaration)[0]
    assert (held.verdict, held.by, held.reason) == ("accepted", desk.person, "")
    assert cell(page.minerals.table, made.id, "verdict") == "accepted"
    page.minerals.take_back()
    rested(qtbot, page)
    assert desk.records.held(MineralDeclaration)[0].verdict == ""


def test_one_that_the_rules_speak_against_is_accepted_for_a_reason(qtbot: QtBot, opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER, PUBLISHED)
    good, bad = declared(bare, of_weld(), "su00001"), declared(bare, of_sensor(), "su00002")
    page = opened(bare)
    page.show_subject("minerals")
    page.minerals.table.view.go(0, 0)
    page.minerals.table.view.selectAll()
    page.minerals.accept.click()
    dialog = page.minerals.reason
    assert "Sensor GmbH, CMRT 6.4" in words(dialog) and "Weld Wire" not in words(dialog)
    dialog.text.setPlainText("The smelter is being audited.")
    dialog.go.click()
    rested(qtbot, page)
    held = {one.id: one for one in bare.records.held(MineralDeclaration)}
    assert held[good.id].verdict == held[bad.id].verdict == "accepted"
    assert held[bad.id].reason == "The smelter is being audited."
    bare.undo()
    assert {one.verdict for one in bare.records.held(MineralDeclaration)} == {""}


def test_a_bad_one_goes_back_with_reason_and_list(qtbot: QtBot, opened: Open, desk: Desk, tmp_path: Path) -> None:
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    made = declared(desk, of_sensor(), "su00002")
    page = opened(desk)
    page.show_subject(made.id)
    page.minerals.back.click()
    dialog = page.minerals.returning
    assert "Points on the list: 5" in words(dialog)
    dialog.go.click()
    assert dialog.isVisible() and desk.records.held(MineralDeclaration)[0].verdict == ""  # without a reason
    out = tmp_path / "back.xlsx"
    dialog.reason.words.setPlainText("One smelter is unknown.")  # type: ignore[union-attr]
    dialog.place.set_path(tmp_path / "nowhere" / "back.xlsx")
    dialog.go.click()
    rested(qtbot, page)
    assert "cannot be written" in dialog._problem.text() and desk.records.held(MineralDeclaration)[0].verdict == ""
    dialog.place.set_path(out)
    dialog.language.set("en")
    seen = told(page)
    dialog.go.click()
    rested(qtbot, page)
    held = desk.records.held(MineralDeclaration)[0]
    assert (held.verdict, held.reason) == ("sent_back", "One smelter is unknown.")
    assert "What to correct stands in back.xlsx" in seen[-1].sentence
    rows = [[one.value for one in row] for row in load_workbook(out)["To be corrected"].iter_rows(min_row=2)]
    assert len(rows) == 5 and rows[0][1] == "must be corrected"
    assert page.found is not None and page.found.share == (0, 2)


def test_the_list_is_written_without_a_decision(qtbot: QtBot, opened: Open, bare: Session, tmp_path: Path) -> None:
    bare.put(T("Test"), *REGISTER)
    made = declared(bare, of_sensor(), "su00002")
    page = opened(bare)
    page.show_subject(made.id)
    menu = {one.text(): one for one in page.minerals.more_menu().actions()}
    assert not menu["Take the decision back"].isEnabled() and menu["Remove"].isEnabled()
    page.minerals.ask_list()
    dialog = page.minerals.returning
    dialog.go.click()
    assert "is empty" in dialog._problem.text()
    dialog.place.set_path(tmp_path / "list.xlsx")
    dialog.go.click()
    rested(qtbot, page)
    assert (tmp_path / "list.xlsx").exists() and bare.records.held(MineralDeclaration)[0].verdict == ""


def test_the_workbook_is_given_back_as_it_came(opened: Open, desk: Desk, tmp_path: Path) -> None:
    desk.put(T("Test"), *REGISTER)
    made = declared(desk, of_weld(), "su00001")
    page = opened(desk)
    page.minerals.copy(made.evidence[0], tmp_path / "copy.xlsx")
    assert load_workbook(tmp_path / "copy.xlsx")["Declaration"]["D8"].value == "Weld Wire Ltd"
    seen = told(page)
    page.minerals.copy(made.evidence[0], tmp_path / "nowhere" / "copy.xlsx")
    assert seen[-1].level == "bad"


def test_one_is_removed_and_may_come_again(qtbot: QtBot, opened: Open, desk: Desk, tmp_path: Path) -> None:
    desk.put(T("Test"), *REGISTER)
    path = saved(tmp_path / "weld.xlsx", of_weld())
    made = declared(desk, of_weld(), "su00001")
    page = opened(desk)
    page.show_subject(made.id)
    page.minerals.remove()
    rested(qtbot, page)
    assert desk.records.held(MineralDeclaration) == () and len(desk.records.held(Evidence)) == 1
    page.minerals.read([path])
    rested(qtbot, page)
    page.minerals.dialog.go.click()
    rested(qtbot, page)
    assert len(desk.records.held(MineralDeclaration)) == 1


def test_a_newer_one_of_the_same_template_replaces_the_older(opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER)
    older = declared(bare, of_weld(), "su00001", effective="2025-01-01")
    declared(bare, of_weld().with_cells({"D19": "Zhao"}), "su00001", "y.xlsx")
    page = opened(bare)
    page.show_subject(older.id)
    assert "has come since" in marks(page.minerals.table, older.id)["effective"][1]
    assert "A newer one of the same supplier and template has come since." in inspected(page)
    assert page.found is not None and len(page.found.undecided()) == 1


# ---------------------------------------------------------------------- smelters


def test_smelters_are_listed_once_with_their_standing(opened: Open, desk: Desk) -> None:
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    declared(desk, of_weld(), "su00001", verdict="accepted")
    declared(desk, of_sensor(), "su00002")
    page = opened(desk)
    page.show_subject("smelters")
    part = page.smelters
    shown = [(one.number, one.name, one.suppliers) for one in part.table.model.records]
    assert shown == [
        ("CID000100", "Alpha Tin Smelting", ("su00001", "su00002")), ("CID000400", "Delta Tin", ("su00002",)),
        ("CID009999", "Mystery Tin", ("su00002",)), ("", "", ("su00002",)), ("", "Village Furnace", ("su00002",)),
    ]  # fmt: skip
    standings = [cell(part.table, one.id, "standing") for one in part.table.model.records]
    assert standings == ["conformant", "not conformant", "on no list", "cannot be looked up", "cannot be looked up"]
    assert cell(part.table, "CID000100", "own") == "yes" and cell(part.table, "CID000400", "own") == "no"
    for kind, count in (("off_list", 2), ("numberless", 2), ("odd", 0), ("", 5)):
        part.show_kind(kind)
        assert (kind, len(part.table.model.records)) == (kind, count)
        assert part._nobody.isVisible() is (count == 0)
    assert "Compared with: “Conformant” of 2025-08-01 (4)" in words(part)
    part.table.view.go(1, 0)
    said = inspected(page)
    assert "not conformant (“Non-conformant”)" in said and "By “Conformant” of 2025-08-01" in said
    assert "Sensor GmbH" in said
    part.table.view.go(3, 0)
    assert "Without a number it cannot be looked up." in inspected(page)


def test_what_does_not_fit_between_declarations_is_shown(opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER, PUBLISHED)
    declared(bare, of_weld(), "su00001")
    other = of_weld().with_cells({"D8": "Sensor GmbH"})
    other.smelters = other.smelters | {"A5": "CID000777", "F5": "CID000777"}
    declared(bare, other, "su00002", "y.xlsx")
    page = opened(bare)
    page.show_subject("smelters")
    page.smelters.show_kind("odd")
    assert [one.number for one in page.smelters.table.model.records] == ["CID000100", "CID000777"]
    said = marks(page.smelters.table, "CID000777")["name"][1]
    assert "“Alpha Tin Smelting” has several numbers: CID000100, CID000777." in said


def test_a_list_is_read_shown_and_taken_up(qtbot: QtBot, opened: Open, desk: Desk, tmp_path: Path) -> None:
    desk.put(T("Test"), *REGISTER)
    declared(desk, of_weld(), "su00001")
    page = opened(desk)
    page.show_subject("smelters")
    assert "No published list is at hand" in words(page.smelters)
    path = tmp_path / "conformant.csv"
    path.write_text("Smelter ID,Metal,Name,Country\nCID000100,Tin,Alpha Tin Smelting,China\n", encoding="utf-8")
    assert page.takes(path) and not page.takes(tmp_path / "x.pdf")
    page.take([path])
    dialog = page.smelters.dialog
    dialog.day.set(date(2025, 8, 15))
    dialog.where.set("https://example.org/list")
    dialog.go.click()
    rested(qtbot, page)
    preview = page.smelters.preview
    assert preview.possible and len(preview.table.model.records) == 1
    preview.go_on.click()
    rested(qtbot, page)
    (made,) = desk.records.held(SmelterList)
    assert (made.name, made.day, made.source) == ("conformant", date(2025, 8, 15), "https://example.org/list")
    assert made.smelters == (("CID000100", "tin", "Alpha Tin Smelting", "China", "conformant"),)
    assert cell(page.smelters.table, "CID000100", "standing") == "conformant"
    menu = list(page.smelters.more_menu().actions())
    assert menu[0].text() == "Remove the list “conformant” of 2025-08-15"
    menu[0].trigger()
    rested(qtbot, page)
    assert desk.records.held(SmelterList) == ()


def test_a_list_with_wrong_rows_is_refused_row_by_row(
    qtbot: QtBot, opened: Open, bare: Session, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(bare)
    path = tmp_path / "list.csv"
    path.write_text("Smelter ID,Metal,Name,Status\nCID1,Tin,Alpha,Conformant\nCID000100,Tin,A,Conformant\n", "utf-8")
    page.smelters.read(path)
    page.smelters.dialog.go.click()
    rested(qtbot, page)
    preview = page.smelters.preview
    assert not preview.possible and preview.go_on.isHidden()
    assert "“CID1” is no number of a smelter." in str(preview.table.model.records[0].reason)  # type: ignore[union-attr]
    preview.reject()
    page.smelters.read(path)
    page.smelters.dialog.file.set_path(None)
    page.smelters.dialog.go.click()
    assert "is empty" in page.smelters.dialog._problem.text()


# ---------------------------------------------------------------------- own declaration


def test_the_own_declaration_follows_from_accepted_ones(
    qtbot: QtBot, opened: Open, desk: Desk, tmp_path: Path
) -> None:  # fmt: skip
    desk.put(T("Test"), *REGISTER, PUBLISHED)
    declared(desk, of_weld(), "su00001", verdict="accepted")
    declared(desk, of_sensor(), "su00002")
    declared(desk, of_weld().with_cells({"D8": "We", "D27": "No", "D33": None}), "", "own.xlsx")
    page = opened(desk)
    page.show_subject("own")
    part = page.own
    rested(qtbot, page)
    said = words(part)
    assert "2 of 2 suppliers answered · accepted 1 · not decided 1" in said
    assert "the own declaration says the opposite of what follows from: Weld Wire Ltd." in said
    assert "Declarations that nobody has decided about, so that they do not count: 1." in said
    table = part.table
    assert table is not None
    assert cell(table, "1", "mineral tin") == "yes" and cell(table, "1", "mineral gold") == "stays open"
    assert cell(table, "A", "company") == "yes" and cell(table, "1", "company") == ""
    assert marks(table, "1")["mineral tin"] == ("warning", "The own last declaration says: no")
    part.export(tmp_path / "own.xlsx")
    assert load_workbook(tmp_path / "own.xlsx").sheetnames[0] == "Overview"
    seen = told(page)
    part.export(tmp_path / "nowhere" / "own.xlsx")
    assert seen[-1].level == "bad"


def test_each_template_has_its_minerals(qtbot: QtBot, opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER)
    declared(bare, of_weld(), "su00001", verdict="accepted")
    declared(bare, of_newcomer().with_cells({"D8": "Weld Wire Ltd"}), "su00001", "y.xlsx", verdict="accepted")
    page = opened(bare)
    page.show_subject("own")
    part = page.own
    assert [part.template.itemData(n) for n in range(part.template.count())] == ["CMRT", "EMRT"]
    part.template.setCurrentIndex(1)
    assert part.table is not None
    keys = [one.key for one in part.table.model.columns]
    assert "mineral cobalt" in keys and "mineral tin" not in keys
    bare.put(T("Test"), Supplier("su00009", "Another"))  # what was chosen stays
    rested(qtbot, page)
    assert part.template.currentData() == "EMRT"


def test_the_own_workbook_is_taken_up_as_the_own_one(
    qtbot: QtBot, opened: Open, bare: Session, tmp_path: Path
) -> None:  # fmt: skip
    bare.put(T("Test"), *REGISTER)
    page = opened(bare)
    page.show_subject("own")
    assert "No own declaration follows yet" in words(page.own)
    path = saved(tmp_path / "own.xlsx", of_weld())
    assert page.takes(path)
    page.take([path])
    rested(qtbot, page)
    (one,) = page.minerals.dialog.came.values()
    assert one.whose == OWN
    page.minerals.dialog.go.click()
    rested(qtbot, page)
    assert bare.records.held(MineralDeclaration)[0].supplier == ""


# ---------------------------------------------------------------------- empty, read-only, walked


def test_an_empty_page_says_on_every_tab_how_to_begin(qtbot: QtBot, opened: Open, desk: Desk) -> None:
    page = opened(desk)
    for tab in page.parts:
        page.show_tab(tab)
        rested(qtbot, page)
        begin = [one for one in page.tabs.currentWidget().findChildren(QPushButton)
                 if one.isVisible() and one.isEnabled() and one.text()]  # fmt: skip
        assert begin, tab
    page.show_tab("smelters")
    page.smelters._begin.click()
    assert page.tabs.currentIndex() == 2


def test_only_a_plant_asks_for_data(opened: Open, desk: Desk) -> None:
    page = opened(desk)
    plant = isinstance(desk, Session)
    assert ("requests" in page.parts) is plant and (page.requests is not None) is plant
    assert len(page.commands()) == (6 if plant else 4)


def test_a_file_that_cannot_be_written_offers_nothing(
    opened: Open, bare: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare.put(T("Test"), *REGISTER, *REQUESTS, PUBLISHED)
    made = declared(bare, of_weld(), "su00001")
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    page = opened(bare)
    assert not any(one.possible for one in page.commands())
    for tab in page.parts:
        page.show_tab(tab)
        assert not page.takes(tmp_path / "a.xlsx")
    page.show_subject(made.id)
    assert page.requests is not None
    for one in (page.suppliers.add, page.minerals.bring, page.minerals.accept, page.minerals.back, page.smelters.bring,
                page.own.bring, page.undertakings.papers.attach, page.requests.read_button):  # fmt: skip
        assert not one.isEnabled()
    page.minerals.accept_chosen()
    page.minerals.ask_back()
    page.minerals.remove()
    page.smelters.remove("sl00001")
    assert bare.records.held(MineralDeclaration)[0].verdict == "" and len(bare.records.held(SmelterList)) == 1


def filled(desk: Desk) -> None:
    more: tuple[Record, ...] = REQUESTS if isinstance(desk, Session) else ()
    desk.put(T("Test"), *REGISTER, PUBLISHED, *more)
    declared(desk, of_weld(), "su00001", verdict="accepted")
    declared(desk, of_sensor(), "su00002")


def walked(qtbot: QtBot, page: SuppliersPage) -> None:
    """Every tab: named, in order, nothing clipped, nothing scrolled sideways."""
    assert isinstance(page.tabs, QTabWidget)
    for tab in page.parts:
        page.show_tab(tab)
        rested(qtbot, page)
        assert (tab, nameless(page), out_of_order(page), clipped(page), beyond(page)) == (tab, [], [], [], [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_is_named_in_order_and_has_room(
    qtbot: QtBot, opened: Open, desk: Desk, dressed: QApplication, lang: str
) -> None:
    filled(desk)
    set_language(lang)
    fonts.prepare(dressed)
    page = opened(desk)
    for size in ((1280, 800), (1024, 700)):
        page.window().resize(*size)
        walked(qtbot, page)


def test_every_tab_has_room_for_long_words(
    qtbot: QtBot, opened: Open, bare: Session, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    filled(bare)
    with stretched(monkeypatch):
        page = opened(bare, large=True)
        for tab in page.parts:
            page.show_tab(tab)
            rested(qtbot, page)
            assert (tab, clipped(page)) == (tab, [])


def test_requests_stand_beside_their_supplier(opened: Open, bare: Session) -> None:
    bare.put(T("Test"), *REGISTER, *REQUESTS)
    page = opened(bare)
    table = page.suppliers.table
    assert cell(table, "su00001", "requests") == "2024: late" and cell(table, "su00003", "requests") == ""
    assert cell(table, "su00002", "requests") == "2024: due 2025-10-01"
    held = bare.records.get("data_request", "dq00001")
    assert isinstance(held, DataRequest)
    page.show_subject("dq00002")
    assert page.tabs.currentIndex() == 5
