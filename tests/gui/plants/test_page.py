"""The page of the plants: who has reported what, and the register behind it, entered in forms, cells and tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Company, Deadline, Group, Site, SiteFigure, Stake
from core.store import GroupFile
from gui.entering.form import RecordForm
from gui.entering.part import RecordsPart
from gui.fields import ChoiceField, ParsedField
from gui.inbox.page import InboxPage
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.plants.page import PlantsPage
from gui.settings import Settings
from gui.window import Window
from tests.gui.grouped import EAST, NORTH, SOUTH, group_file, office_in
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    made.close()


@pytest.fixture
def unsaid(tmp_path: Path) -> Iterator[Office]:
    """The same reports, and nobody has said what the group is."""
    path = tmp_path / "bare.group"
    path.write_bytes(group_file().read_bytes())
    made = Office(GroupFile.open(path), "Wang Wei", 2024)
    register = made.register
    everything = [one for kind in ("stake", "transfer", "site_figure", "site", "company", "deadline", "group")
                  for one in register.records[kind].values()]  # fmt: skip
    made.remove(T("Forget"), *everything)
    yield made
    made.close()


def opened(qtbot: QtBot, office: Office, settings: Settings, *, large: bool = False) -> tuple[Window, PlantsPage]:
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    window.go("plants")
    page = window.page("plants")
    assert isinstance(page, PlantsPage)
    qtbot.wait(20)
    return window, page


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def last(page: PlantsPage, act: object) -> Notice:
    told: list[Notice] = []
    page.told.connect(told.append)
    act()  # type: ignore[operator]
    assert told
    return told[-1]


# ---------------------------------------------------------------------- matrix


def test_the_matrix_says_every_state_in_words(qtbot: QtBot, office: Office, settings: Settings) -> None:
    office.put(T("One more"), Site("si0009", "Nowhere", "PL"))
    _window, page = opened(qtbot, office, settings)
    table = page.matrix.table
    assert table is not None
    column = {c.key: c for c in table.model.columns}
    by_name = {row.name: row for row in table.model.records}
    assert column["2024"].text(by_name[NORTH]) == "Signed anew, late"
    assert column["2023"].text(by_name[EAST]) == "Signed, late"
    assert column["2024"].text(by_name[EAST]) == "–"  # it was sold
    assert column["2024"].text(by_name["Nowhere"]).startswith("Late, ")
    assert "late 1, signed 2" in page.matrix.summary.text()
    marks = page.matrix._marks(by_name["Nowhere"])
    assert marks["2024"].level == "bad"
    assert "Due by 2025-03-31" in marks["2024"].text


def test_a_cell_leads_to_its_report(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    table = page.matrix.table
    assert table is not None
    row = [one.name for one in table.model.visible].index(NORTH)
    table.view.go(row, [c.key for c in table.model.columns].index("2024"))
    window.show_inspector(True)
    assert "replaced: 1" in words(window.inspector)
    table.view.doubleClicked.emit(table.view.currentIndex())
    assert window.place == "inbox"
    shown = window.page("inbox").table.current_record()  # type: ignore[attr-defined]
    assert (shown.filed.plant, shown.filed.year, shown.filed.state) == (NORTH, 2024, "accepted")


def test_only_plants_of_a_state_are_shown(qtbot: QtBot, office: Office, settings: Settings) -> None:
    office.put(T("One more"), Site("si0009", "Nowhere", "PL"))
    _window, page = opened(qtbot, office, settings)
    only = page.matrix.only
    only.setCurrentIndex(only.findData("late"))
    only.activated.emit(only.currentIndex())
    assert page.matrix.table is not None
    assert [row.name for row in page.matrix.table.model.records] == ["Nowhere"]
    assert "Late 1" in [only.itemText(place) for place in range(only.count())]
    assert only.itemText(0) == "All plants 4"


def test_a_state_is_that_of_the_year_looked_at(qtbot: QtBot, office: Office, settings: Settings) -> None:
    """What is late of an old year says nothing of this one."""
    office.put(T("Opened"), Site("si0009", "Nowhere", "PL", closed="2023-12-31"))
    _window, page = opened(qtbot, office, settings)
    page.matrix.show_only("late")
    assert page.matrix.table is not None
    assert page.matrix.table.model.records == []
    office.show_year(2023)
    assert [row.name for row in page.matrix.table.model.records] == ["Nowhere"]


def test_the_way_to_what_is_late_shows_all_of_it(qtbot: QtBot, office: Office, settings: Settings) -> None:
    office.put(T("More"), Site("si0008", "Anywhere", "PL"), Site("si0009", "Nowhere", "PL"))
    window, page = opened(qtbot, office, settings)
    page.show_subject("site")
    inbox = window.page("inbox")
    assert isinstance(inbox, InboxPage)
    window.go("inbox")
    qtbot.waitUntil(lambda: any(step.key == "late" for step in inbox.next.steps))
    step = next(step for step in inbox.next.steps if step.key == "late")
    inbox.next.wanted.emit(step.page, step.subject)
    assert window.place == "plants" and page.tabs.currentWidget() is page.matrix
    assert page.matrix.table is not None
    assert [row.name for row in page.matrix.table.model.records] == ["Anywhere", "Nowhere"]
    current = page.matrix.current()
    assert current is not None and (current[0].name, current[1]) == ("Anywhere", 2024)


def test_the_addresses_of_those_who_are_late_are_copied_at_once(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    office.put(
        T("More"), Site("si0007", "Anywhere", "PL", contact="a@example.com"), Site("si0008", "Nowhere", "PL"),
        Site("si0009", "Somewhere", "PL", contact="s@example.com"),
    )  # fmt: skip
    _window, page = opened(qtbot, office, settings)
    page.matrix.show_only("late")
    notice = last(page, page.matrix.copy_addresses)
    assert QGuiApplication.clipboard().text() == "a@example.com; s@example.com"
    assert notice.sentence == "Addresses copied: 2; without one: 1 (Nowhere)"
    page.matrix.show_only("signed")
    assert last(page, page.matrix.copy_addresses).level == "warning"
    assert QGuiApplication.clipboard().text() == "a@example.com; s@example.com", "nothing to copy empties nothing"


def test_a_report_that_came_after_its_day_says_so_in_words(qtbot: QtBot, office: Office, settings: Settings) -> None:
    office.put(T("Later"), Deadline("2024", date(9999, 12, 31)))
    _window, page = opened(qtbot, office, settings)
    table = page.matrix.table
    assert table is not None
    column = {c.key: c for c in table.model.columns}
    by_name = {row.name: row for row in table.model.records}
    assert column["2024"].text(by_name[SOUTH]) == "Signed"
    assert column["2024"].text(by_name[NORTH]) == "Signed anew"
    assert column["2023"].text(by_name[SOUTH]) == "Signed, late"


# ---------------------------------------------------------------------- beginning


def test_everybody_who_reported_is_entered_in_one_click(qtbot: QtBot, unsaid: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, unsaid, settings)
    assert "Nobody has said yet what the group is" in words(page)
    assert page.add_reported.isVisible()
    page.add_reported.click()
    register = unsaid.register
    assert {site.name for site in register.held(Site)} == {NORTH, SOUTH, EAST}
    assert [company.name for company in register.held(Company)] == ["Example North"]
    assert len(register.held(Stake)) == 2
    qtbot.wait(10)
    assert not page.add_reported.isVisible()
    unsaid.undo()
    assert unsaid.register.held(Site) == ()
    qtbot.wait(10)
    assert page.add_reported.isVisible()


def test_an_empty_tab_says_what_belongs_there(qtbot: QtBot, unsaid: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, unsaid, settings)
    for kind, part in page.parts.items():
        page.show_subject(kind)
        assert "nothing is entered yet" in words(part)
        assert [b.text() for b in part.findChildren(QPushButton) if b.isVisibleTo(part)].count("Add…") == 2


def test_without_any_plant_it_says_how_to_begin(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    office = Office(GroupFile.open(tmp_path / "new.group"), "Wang Wei")
    _window, page = opened(qtbot, office, settings)
    table = page.matrix.table
    assert table is not None and not table.isVisible()
    assert "No plants yet" in words(page.matrix)
    (begin,) = (b for b in page.matrix.findChildren(QPushButton) if b.text() == "Add a plant…" and b.isVisible())
    begin.click()
    assert page.tabs.currentWidget() is page.parts["site"] and page.parts["site"].dialog.isVisible()
    page.parts["site"].dialog.reject()
    office.put(T("Entered"), Site("si0001", NORTH, "CN", "Brakes"))
    page.tabs.setCurrentWidget(page.matrix)
    assert page.matrix.table is not None and page.matrix.table.isVisible()
    assert "No plants yet" not in words(page.matrix)
    office.close()


def test_the_group_is_named_in_a_form(qtbot: QtBot, unsaid: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, unsaid, settings)
    page.edit_group.click()
    form = page.form
    write(form, "name", "Brakes AG")
    write(form, "base_year", "2023")
    accepted(qtbot, form)
    assert unsaid.register.group == Group("Brakes AG", base_year=2023)
    qtbot.wait(10)
    assert "Brakes AG · Operational control · base year 2023, recalculated from 5 %" in words(page)


# ---------------------------------------------------------------------- forms


def write(form: RecordForm, key: str, text: str) -> None:
    field = form.editors[key]
    if isinstance(field, ChoiceField):
        field.box.setEditText(text)
    else:
        assert isinstance(field, ParsedField)
        field.line.setText(text)


def accepted(qtbot: QtBot, form: RecordForm) -> None:
    with qtbot.waitSignal(form.accepted):
        form.go.click()


def part_of(page: PlantsPage, kind: str) -> RecordsPart:
    page.show_subject(kind)
    return page.parts[kind]


def test_a_plant_is_entered_and_taken_back(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    part = part_of(page, "site")
    part.add.click()
    for key, text in {"name": "Krosno", "country": "Poland (PL)", "reported_as": "Old; Older", "opened": "2020-05",
                      "closed": "2030-02"}.items():  # fmt: skip
        write(part.dialog, key, text)
    accepted(qtbot, part.dialog)
    made = next(one for one in office.register.held(Site) if one.name == "Krosno")
    assert made == Site(made.id, "Krosno", "PL", "", ("Old", "Older"), "2020-05-01", "2030-02-28")
    current = part.table.current_record()
    assert current is not None
    assert current.id == made.id
    window.undo()
    assert office.register.get("site", made.id) is None
    window.redo()
    assert office.register.get("site", made.id) == made


def test_what_is_wrong_is_said_in_the_form_and_nothing_typed_is_lost(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "stake")
    part.add.click()
    form = part.dialog
    form.go.click()
    assert "Please fill this in" in words(form)
    write(form, "holder", "Example Group")
    write(form, "held", NORTH)
    write(form, "percent", "60")
    form.go.click()
    assert "160 %" in words(form)
    assert form.isVisible()
    field = form.editors["percent"]
    assert isinstance(field, ParsedField)
    assert field.line.text() == "60"
    form.reject()
    assert len(office.register.held(Stake)) == 4


def test_a_sale_is_a_last_day(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "stake")
    part.table.show_record("st0003")
    part.change.click()
    write(part.dialog, "end", "2024年6月")
    accepted(qtbot, part.dialog)
    held = office.register.get("stake", "st0003")
    assert isinstance(held, Stake)
    assert held.end == "2024-06-30"


def test_a_deadline_and_a_figure_have_their_forms(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "deadline")
    part.ask_new()
    write(part.dialog, "id", "2025")
    write(part.dialog, "due", "2026-03-31")
    accepted(qtbot, part.dialog)
    assert office.register.get("deadline", "2025") == Deadline("2025", date(2026, 3, 31))
    part = part_of(page, "site_figure")
    part.ask_new()
    for key, text in {"site": SOUTH, "name": "Headcount", "unit": "person", "year": "2024", "quantity": "1,250",
                      "source": "HR"}.items():  # fmt: skip
        write(part.dialog, key, text)
    accepted(qtbot, part.dialog)
    made = next(one for one in office.register.held(SiteFigure) if one.site == "si0002")
    assert (made.name, made.quantity, made.year) == ("headcount", Decimal(1250), 2024)


def test_a_new_record_begins_with_what_is_known(qtbot: QtBot, office: Office, settings: Settings) -> None:
    """Deadlines follow each other, figures are asked of plant after plant, and a stake of what nobody holds."""
    office.put(T("More"), Site("si0008", "Anywhere", "PL"), Site("si0009", "Nowhere", "PL"))
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "deadline")
    part.ask_new()
    accepted(qtbot, part.dialog)
    assert office.register.get("deadline", "2025") == Deadline("2025", date(2026, 3, 31))
    part = part_of(page, "site_figure")
    part.ask_new()
    assert part.dialog.focusWidget() is part.dialog.editors["quantity"].focusProxy()
    write(part.dialog, "quantity", "1,250")
    accepted(qtbot, part.dialog)
    made = next(one for one in office.register.held(SiteFigure) if one.site == "si0002")
    assert (made.name, made.unit, made.year, made.source) == ("headcount", "person", 2024, "HR")
    part = part_of(page, "stake")
    for expected in ("si0008", "si0009"):
        part.ask_new()
        write(part.dialog, "holder", "Example Group")
        accepted(qtbot, part.dialog)
        assert expected in {one.held for one in office.register.held(Stake)}
    part.ask_new()
    held = part.dialog.editors["held"]
    assert isinstance(held, ChoiceField) and held.box.currentText() == "", "everything is held"
    part.dialog.reject()


# ---------------------------------------------------------------------- cells and tables


def test_a_cell_takes_words_and_refuses_with_a_reason(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "site")
    model = part.table.model
    column = [c.key for c in model.columns].index("country")
    row = model.row_of("si0003")
    assert row is not None
    assert model.setData(model.index(row, column), "波兰")
    assert office.register.get("site", "si0003") == Site("si0003", EAST, "PL", "Brakes")
    notice = last(page, lambda: model.setData(model.index(row, column), "Atlantis"))
    assert "not a country" in notice.sentence
    named = [c.key for c in model.columns].index("name")
    office.put(T("Same place"), Site("si0003", EAST, "CN", "Brakes"))
    notice = last(page, lambda: model.setData(model.index(row, named), SOUTH))
    assert f"A plant “{SOUTH}” is there already." in notice.sentence
    assert model.records[row].name == EAST  # type: ignore[union-attr]


def test_what_others_name_stays(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "company")
    part.table.show_record("co0001")
    notice = last(page, part.take.click)
    assert "named by others" in notice.sentence
    assert office.register.get("company", "co0001") is not None
    part = part_of(page, "deadline")
    part.table.show_record("2023")
    notice = last(page, part.take.click)
    assert notice.action is not None
    assert office.register.get("deadline", "2023") is None
    notice.action[1]()
    assert office.register.get("deadline", "2023") is not None


def test_a_table_is_pasted_as_one_change(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "site")
    QGuiApplication.clipboard().setText("工厂\t国家\t业务板块\nEast\tCN\tDoors\nLuton\tGB\tDoors\n")
    entries = office.file.entries
    part.paste.click()
    assert part.importing.possible
    part.importing.accept()
    assert office.file.entries == entries + 1
    assert office.register.get("site", "si0003") == Site("si0003", EAST, "CN", "Doors")
    assert [site.name for site in office.register.held(Site)][-1] == "Luton"


def test_refused_rows_say_why_before_anything_is_taken(
    qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, office, settings)
    part = part_of(page, "site")
    path = tmp_path / "plants.csv"
    path.write_text("Plant,Country\nLuton,GB\nMoon,XX\n", "utf-8")
    part.read_table(path)
    assert not part.importing.possible
    assert "“XX” is not a country" in "\n".join(
        getattr(one, "reason", "") for one in part.importing.table.model.records
    )
    part.importing.reject()
    out = tmp_path / "out.xlsx"
    part.write_table(out)
    part.read_table(out)
    entries = office.file.entries
    part.importing.accept()
    assert office.file.entries == entries  # nothing differs


def test_a_table_dropped_on_a_tab_is_looked_at(
    qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, office, settings)
    path = tmp_path / "plants.csv"
    path.write_text("Plant,Country\nLuton,GB\n", "utf-8")
    assert not page.takes(path)  # the matrix takes nothing
    part = part_of(page, "site")
    assert page.takes(path)
    assert not page.takes(tmp_path / "report.pdf")
    page.take([path])
    part.importing.accept()
    assert [site.name for site in office.register.held(Site)][-1] == "Luton"


def test_read_only_nothing_can_be_entered(qtbot: QtBot, office: Office, settings: Settings) -> None:
    other = Office(GroupFile.open(office.path), "Li Na", 2024)
    try:
        _window, page = opened(qtbot, other, settings)
        part = part_of(page, "site")
        assert not part.add.isEnabled()
        assert not page.edit_group.isEnabled()
        assert part.add.accessibleDescription() == "The file is open read-only."
        assert not part.table.model.editable
    finally:
        other.close()


# ---------------------------------------------------------------------- for everybody


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        _window, page = opened(qtbot, office, settings, large=long)
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            qtbot.wait(20)
            assert nameless(page) == []
            assert out_of_order(page) == []
            qtbot.waitUntil(lambda: clipped(page) == [])
            assert beyond(page) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()
