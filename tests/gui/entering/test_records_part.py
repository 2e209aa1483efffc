"""Records of a plant as a table: added, changed, removed, typed into, imported, exported, undone, looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.entering.forms import Form
from core.entering.plant import FORMS
from core.group.register.fields import FORMS as OF_GROUP
from core.i18n import T
from core.ledger import Action, ActionArea, BasePolicy, Change, Instrument, Milestone, Step, kind_of
from core.ledger.records import Record
from core.store import PlantFile
from gui.entering.part import RecordsPart
from gui.entering.rows import DATE_WIDTH, DAYS, record_columns
from gui.fields import ParsedField
from gui.language import set_language
from gui.notices import Notice
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from tests.core.entering.filled import AROUND, FILLED, GIVEN, PLANT
from tests.gui.walk import clipped, nameless

WHEN = datetime(2024, 1, 1, tzinfo=UTC)


def filled_in(folder: Path) -> Session:
    """A plant with one record of every kind; its files are only named."""
    made = empty_in(folder)
    known = [one for one in AROUND if kind_of(one) not in ("plant", "evidence")]
    made.edit(T("Begun"), [Step(kind_of(one), one.id, None, one) for one in (*known, *map(unproven, GIVEN))])
    return made


def empty_in(folder: Path) -> Session:
    path = folder / "filled.plant"
    PlantFile.create(path, PLANT, "Li Na", WHEN)
    return Session(PlantFile.open(path), "Li Na", 2023)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Session]:
    """One that the test may change."""
    made = filled_in(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def only_seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A plant made as the test says, which nobody changes, for all kinds that are looked at."""
    made: Session = request.param(tmp_path_factory.mktemp("seen"))
    entries = made.file.entries
    yield made
    assert made.file.entries == entries
    made.close()


def unproven(one: Record) -> Record:
    lists: dict[str, Any] = {key: () for key in ("evidence", "plan") if getattr(one, key, ())}
    return replace(one, **lists) if lists else one


class OnePart(Page):
    """A page with nothing else."""

    def __init__(self, session: Session, settings: Settings, kind: str) -> None:
        super().__init__()
        self.part = RecordsPart(self, session, settings, kind, "What belongs here.")
        QVBoxLayout(self).addWidget(self.part)
        self.notices: list[Notice] = []
        self.told.connect(self.notices.append)

    def refresh(self) -> None:
        self.part.refresh()


def shown(qtbot: QtBot, session: Session, settings: Settings, kind: str) -> tuple[OnePart, RecordsPart]:
    page = OnePart(session, settings, kind)
    qtbot.addWidget(page)
    session.changed.connect(page.refresh)
    page.resize(1200, 700)
    page.refresh()
    page.show()
    qtbot.wait(5)
    return page, page.part


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def fill(part: RecordsPart, **values: str) -> None:
    for key, text in values.items():
        editor = part.dialog.editors[key]
        if isinstance(editor, ParsedField):
            editor.line.setText(text)
        else:
            editor.box.setEditText(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize("only_seen", [filled_in], ids=["filled"], indirect=True)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_is_listed_and_looked_at(
    qtbot: QtBot, only_seen: Session, settings: Settings, kind: str, lang: str
) -> None:
    set_language(lang)
    page, part = shown(qtbot, only_seen, settings, kind)
    held = only_seen.ledger.records[kind]
    assert len(part.table.model.visible) == len(held)
    for record in held.values():
        assert all(isinstance(column.text(record), str) for column in part.table.model.columns)
        part.table.show_record(record.id)
        looked = part.inspect()
        assert looked is not None
        qtbot.addWidget(looked)
        assert len(words(looked).splitlines()) > 3
    assert nameless(page) == []
    assert clipped(page) == []


@pytest.mark.parametrize("only_seen", [empty_in], ids=["empty"], indirect=True)
@pytest.mark.parametrize("kind", FORMS)
def test_an_empty_part_says_how_to_begin(qtbot: QtBot, only_seen: Session, settings: Settings, kind: str) -> None:
    page, part = shown(qtbot, only_seen, settings, kind)
    assert "nothing is entered yet" in words(page)
    assert "What belongs here." in words(page)
    assert part.inspect() is None
    seen = [one.text() for one in page.findChildren(QPushButton) if one.isVisibleTo(page)]
    assert seen.count("Add…") == 2
    assert not part.change.isEnabled()
    assert not part.take.isEnabled()


def test_insert_adds_and_undo_takes_it_back(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page, part = shown(qtbot, filled, settings, "milestone")
    part.table.view.setFocus()
    QTest.keyClick(part.table.view, Qt.Key.Key_Insert)
    assert part.dialog.isVisible()
    fill(part, action="Heat pump", name="Delivered", due="2024-05")
    part.dialog.go.click()
    made = filled.ledger.get("milestone", "mi00002")
    assert isinstance(made, Milestone)
    assert (made.action, made.due.isoformat()) == ("ac00001", "2024-05-01")
    assert part.table.current_record() == made
    assert page.notices[-1].sentence == "Milestone added: Delivered."
    action = page.notices[-1].action
    assert action is not None
    action[1]()
    assert filled.ledger.get("milestone", "mi00002") is None
    filled.redo()
    assert filled.ledger.get("milestone", "mi00002") == made


def test_ctrl_enter_opens_the_whole_record(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _page, part = shown(qtbot, filled, settings, "action")
    part.table.show_record("ac00001")
    part.table.view.setFocus()
    QTest.keyClick(part.table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert part.dialog.isVisible()
    fill(part, life="20", status="Running")
    part.dialog.go.click()
    held = filled.ledger.get("action", "ac00001")
    assert isinstance(held, Action)
    assert (held.life, held.status) == (20, "running")


def test_a_form_says_what_is_wrong_and_stays(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _page, part = shown(qtbot, filled, settings, "action")
    part.table.show_record("ac00001")
    part.change.click()
    fill(part, life="61")
    entries = filled.file.entries
    part.dialog.go.click()
    assert part.dialog.isVisible()
    assert "out of range" in words(part.dialog)
    assert filled.file.entries == entries
    part.dialog.reject()


def test_what_others_name_stays_and_the_rest_goes(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page, part = shown(qtbot, filled, settings, "instrument")
    part.table.show_record("i00001")
    part.take.click()
    assert "named by others" in page.notices[-1].sentence
    assert filled.ledger.get("instrument", "i00001") is not None
    page, part = shown(qtbot, filled, settings, "allocation")
    part.table.show_record("al00001")
    part.take.click()
    assert filled.ledger.get("allocation", "al00001") is None
    assert page.notices[-1].sentence.startswith("Allocation of an instrument removed: Wind 2023 for Main meter")


def test_cells_take_the_words_of_forms(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page, part = shown(qtbot, filled, settings, "scenario")
    model = part.table.model
    places = {column.key: place for place, column in enumerate(model.columns)}
    row = model.row_of("sc00001")
    assert row is not None

    def typed(key: str, text: str) -> bool:
        return bool(model.setData(model.index(row, places[key]), text))

    assert typed("growth", "Doors made=4.5")
    assert typed("efficiency", "Scope 1=2; scope3:4=1")
    assert typed("statuses", "Running; Done")
    held = filled.ledger.get("scenario", "sc00001")
    assert getattr(held, "growth", None) == (("dr00001", "4.5"),)
    assert getattr(held, "efficiency", None) == (("scope1", "2"), ("scope3:4", "1"))
    assert getattr(held, "statuses", None) == ("running", "done")
    for key, text, reason in (("growth", "Lorries=1", "There is no"), ("draws", "99", "out of range"),
                              ("grid_table", "2026", "not a key and a number"), ("name", " ", "missing")):  # fmt: skip
        typed(key, text)
        assert reason in page.notices[-1].sentence
        assert filled.ledger.get("scenario", "sc00001") == held


def test_a_table_is_pasted_as_one_change(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _page, part = shown(qtbot, filled, settings, "instrument")
    on_site = FORMS["instrument"].field("kind").offered["on_site"].in_language("zh")
    QGuiApplication.clipboard().setText(
        f"名称\t类型\t市场\t发电起始日\t发电截止日\t电量 [MWh]\n光伏\t{on_site}\t中国\t2023年\t2023年\t1,200.5\n"
        "风电\tppa_virtual\tCN\t2023-01\t2023-06\t3\n"
    )
    entries = filled.file.entries
    part.paste.click()
    assert part.importing.possible
    part.importing.accept()
    assert filled.file.entries == entries + 1
    assert [one.name for one in filled.ledger.held(Instrument)] == ["Wind 2023", "光伏", "风电"]
    part.paste.click()
    part.importing.accept()
    assert filled.file.entries == entries + 1, "the same again adds nothing"


def test_refused_cells_are_told_before_anything_is_taken(
    qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path
) -> None:
    _page, part = shown(qtbot, filled, settings, "earlier_year")
    path = tmp_path / "earlier.csv"
    path.write_text("Year,Part,Tonnes,Source\n2019,scope1,5,Report\n2018,scope9,5,Report\n", "utf-8")
    part.read_table(path)
    assert not part.importing.possible
    (told,) = part.importing.table.model.records
    assert (getattr(told, "row", 0), getattr(told, "column", "")) == (3, "Part of the emissions")
    part.importing.reject()


def test_what_is_written_is_read_again(qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path) -> None:
    page, part = shown(qtbot, filled, settings, "action")
    path = tmp_path / "actions.xlsx"
    part.write_table(path)
    assert page.notices[-1].level == "good"
    part.read_table(path)
    assert part.importing.possible
    entries = filled.file.entries
    part.importing.accept()
    assert filled.file.entries == entries
    assert page.notices[-1].sentence == "Nothing was changed."


def test_there_is_one_policy(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _page, part = shown(qtbot, bare, settings, "base_policy")
    part.add.click()
    fill(part, year="2020")
    part.dialog.go.click()
    part.add.click()
    assert part.dialog.windowTitle() == "Change: Base-year policy"
    fill(part, threshold="10")
    part.dialog.go.click()
    (held,) = bare.ledger.held(BasePolicy)
    assert (held.year, held.threshold) == (2020, Decimal(10))


def test_nothing_is_done_to_a_file_that_is_only_read(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "read.plant"
    PlantFile.create(path, PLANT, "Li Na", WHEN)
    with PlantFile.open(path) as plant:
        area = ActionArea("heat", "Oven")
        plant.append(Change("Li Na", WHEN, T("Begun"), (Step("action_area", "heat", None, area),)))
    session = Session(PlantFile.open(path, read_only=True), "Li Na", 2023)
    _page, part = shown(qtbot, session, settings, "action_area")
    part.table.show_record("heat")
    assert not any(one.isEnabled() for one in (part.add, part.change, part.take, part.paste, part.bring))
    part.ask_new()
    assert not hasattr(part, "dialog")
    session.close()


@pytest.mark.parametrize("form", [*FORMS.values(), *OF_GROUP.values()], ids=lambda form: form.kind)
def test_the_width_that_is_left_goes_to_words(form: Form) -> None:
    """Digits that stand right of an empty width are far from whatever they belong to."""
    (wide,) = (one for one in record_columns(form, lambda: FILLED) if one.stretch)
    assert wide.align == "left"


@pytest.mark.parametrize(
    ("kind", "wide"),
    [("milestone", "name"), ("resolution", "title"), ("recalculation", "description"), ("target", "name")],
)
def test_what_a_record_is_has_the_room_that_is_left_and_days_fit(kind: str, wide: str) -> None:
    columns = record_columns(FORMS[kind], lambda: FILLED)
    assert [one.key for one in columns if one.stretch] == [wide]
    days = {one.key for one in FORMS[kind].fields if one.form in DAYS}
    assert all(one.width >= DATE_WIDTH for one in columns if one.key in days)


def test_where_the_name_is_off_the_first_column_has_the_room() -> None:
    columns = record_columns(FORMS["milestone"], lambda: FILLED, hidden=("name",))
    assert [one.key for one in columns if one.stretch] == [columns[0].key]
