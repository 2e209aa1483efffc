"""The page that says why the group changed: two years, two versions, and what is boundary."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.change.waterfall import REASONS
from core.group.year.consolidating import consolidate, reports_of
from core.inventory.views import LOCATION
from core.store import GroupFile
from gui.change.choice import VERSIONS, YEARS
from gui.change.page import ChangePage
from gui.compare.comparing import VIEWS
from gui.jobs import Job
from gui.office.office import Office
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from tests.gui.grouped import EAST, NORTH, office_in
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    Job.cancel_all()
    made.close()


def opened(qtbot: QtBot, office: Office, settings: Settings, *, large: bool = False) -> tuple[Window, ChangePage]:
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    window.go("change")
    page = window.page("change")
    assert isinstance(page, ChangePage)
    qtbot.wait(20)
    return window, page


def worked_out(qtbot: QtBot, page: ChangePage) -> None:
    page.go.click()
    qtbot.waitUntil(lambda: page.job is None and page._found is not None, timeout=LONG)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_two_years_are_taken_apart_to_the_last_digit(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    assert page.choice.titles == ("2023, base year", "2024")
    qtbot.waitUntil(lambda: "can be cancelled" in words(page))
    worked_out(qtbot, page)
    found = page._found
    assert found is not None
    before, after = (consolidate(office.register, reports_of(office.file, year), year) for year in (2023, 2024))
    assert found.total(found.before, LOCATION) == before.location
    assert found.total(found.after, LOCATION) == after.location
    assert sum(found.by_step(LOCATION).values(), before.location) == after.location
    steps = {key: value for key, value in found.by_step(LOCATION).items() if value}
    assert steps["sold"] == -before.by("plant")["si0003"]
    assert steps["activity"] > 0
    plants = {str(row.title): row for row in page.tables["plant"].model.records}
    assert page._happened(plants[EAST]) == str(REASONS["sold"])
    assert page._happened(plants[NORTH]) == str(REASONS[""])
    for row in plants.values():
        assert sum(row.causes.values(), row.before) == row.after
    qtbot.waitUntil(lambda: "Plants sold" in words(page))
    data = page.chart.data
    assert data is not None
    assert data.categories[0] == "2023"
    assert "Plants sold" in data.categories
    assert not page.go.isEnabled()


def test_a_plant_opens_into_its_sources(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    worked_out(qtbot, page)
    plants = page.tables["plant"]
    assert [column.key for column in plants.model.columns][:5] == ["title", "happened", "before", "after", "change"]
    plants.show_record("si0001")
    page.go_down()
    sources = page.tables["source"]
    assert page.tabs.currentIndex() == 1 and window.focusWidget() is sources.view
    assert {str(row.title) for row in sources.model.visible} == {f"{NORTH}: Boiler", f"{NORTH}: Meter"}


def test_another_year_at_the_top_is_the_year_that_is_asked_about(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    office.show_year(2023)
    _window, page = opened(qtbot, office, settings)
    page.choice.mode.activated.emit(0)
    office.show_year(2024)
    assert (page.choice.chosen.left, page.choice.chosen.right) == ("2023", "2024")
    page.choice.left.setCurrentIndex(page.choice.left.findData("2024"))
    page.choice.left.activated.emit(page.choice.left.currentIndex())
    chosen = page.choice.chosen
    page.refresh()
    assert page.choice.chosen == chosen, "what somebody chose stays as long as the year does"


def test_every_table_adds_up_in_every_view(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    worked_out(qtbot, page)
    found = page._found
    assert found is not None
    for view, (_title, scopes) in VIEWS.items():
        page.view.setCurrentIndex(page.view.findData(view))
        page.view.activated.emit(page.view.currentIndex())
        for part in ("plant", "source"):
            rows = page.tables[part].model.records
            assert sum((row.after for row in rows), Decimal(0)) == found.total(found.after, scopes)
            steps = sum(found.by_step(scopes).values(), Decimal(0))
            assert sum((row.change for row in rows), Decimal(0)) == steps


def test_two_versions_of_one_report(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    audit = next(one.audit_id for one in office.filed if one.state == "superseded")
    page.show_subject(audit)
    assert page.choice.chosen.mode == VERSIONS
    assert page.choice.titles == ("Revision 1, superseded", "Revision 2, accepted")
    worked_out(qtbot, page)
    found = page._found
    assert found is not None
    reports = {one.revision: one for one in office.filed if one.audit_id == audit}
    assert found.total(found.before, ("scope1",)) == (reports[1].totals or {})["scope1"]
    assert found.total(found.after, ("scope1",)) == (reports[2].totals or {})["scope1"]
    changed = {key: value for key, value in found.by_step(LOCATION).items() if value}
    assert set(changed) <= {"activity", "error"}
    assert all(value < 0 for value in changed.values())  # 1,500 m³ became 1,400
    assert not page.tabs.isTabVisible(0)
    page.choice.choose(YEARS)
    assert page._found is None
    assert page.go.isEnabled()


def test_equal_sides_change_places(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    left = page.choice.left
    left.setCurrentIndex(left.findData("2024"))
    left.activated.emit(left.currentIndex())
    assert (page.choice.chosen.left, page.choice.chosen.right) == ("2024", "2023")


def test_it_can_be_cancelled_and_leaves_nothing(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    page.go.click()
    assert page.job is not None
    assert not page.go.isEnabled()
    page.job.cancel()
    qtbot.waitUntil(lambda: page.job is None, timeout=LONG)
    assert page._found is None
    assert page.go.isEnabled()


def test_an_answer_is_forgotten_when_the_register_changes(qtbot: QtBot, office: Office, settings: Settings) -> None:
    from core.i18n import T
    from core.ledger import Deadline

    _window, page = opened(qtbot, office, settings)
    worked_out(qtbot, page)
    held = office.register.get("deadline", "2023")
    assert isinstance(held, Deadline)
    office.remove(T("Forget"), held)
    qtbot.waitUntil(lambda: page._found is None)
    assert page.go.isEnabled()


def test_without_a_second_year_or_version_it_says_what_to_do(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    made = Office(GroupFile.open(tmp_path / "new.group"), "Wang Wei", 2024)
    try:
        window, page = opened(qtbot, made, settings)
        assert page.empty
        assert "a second revision of one" in words(page)
        next(b for b in page.findChildren(QPushButton) if b.text() == "Go to the inbox").click()
        assert window.place == "inbox"
    finally:
        made.close()


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        _window, page = opened(qtbot, office, settings, large=long)
        page.show_subject(next(one.audit_id for one in office.filed if one.state == "superseded"))
        worked_out(qtbot, page)
        assert nameless(page) == []
        assert out_of_order(page) == []
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert beyond(page) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()
