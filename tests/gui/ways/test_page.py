"""Head office's page Ways: what the core says of all plants, a way into each report, certificates sent to plants."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.ways.keeping import gathered
from core.group.ways.standing import standing
from core.group.ways.tonnes import tonnes_of
from core.group.ways.way import WAY, write
from core.store import GroupFile, Marking
from gui.jobs import Job
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.settings import Settings
from gui.ways import asking
from gui.ways.page import WaysPage
from gui.ways.renewables import bars, claim, marks, promise
from gui.window import Window
from tests.core.group.ways.planning import PLANNED, action, aim, put_plant, written
from tests.gui.grouped import NORTH, SOUTH, office_in
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Real reports of two plants, filed with ways; besides plants that plan, miss and share a certificate."""
    made = office_in(tmp_path)
    group = made.file
    put_plant(group, "Hillside", *PLANNED)
    far = put_plant(group, "Riverside")
    late = aim("t1", 90, 80, name="Half by 2030")
    group.keep_part(far, WAY, write(written(gap=9000, aims=(late,), actions=(action("a", 10, 300, currency="EUR"),))))
    for sha256 in (far, group.accepted(2024)[0].sha256):
        filed = group.received(sha256)
        assert filed is not None
        parts = {name: part for name in ("lines", "terms", WAY) if (part := group.part(sha256, name))}
        group.file(filed, group.original(sha256), parts, [Marking("certificate", "GEC-000001-GEC-000025", "Meter", "")])
    made._forget()
    yield made
    Job.cancel_all()
    made.close()


def opened(qtbot: QtBot, office: Office, settings: Settings, *, large: bool = False) -> tuple[Window, WaysPage]:
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    window.go("ways")
    page = window.page("ways")
    assert isinstance(page, WaysPage)
    answered(qtbot, page)
    return window, page


def answered(qtbot: QtBot, page: WaysPage) -> None:
    qtbot.waitUntil(lambda: page._answer is not None and not page.latest.busy, timeout=LONG)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_the_figures_are_those_of_the_core(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    with GroupFile.open(office.path, read_only=True) as group:
        found = standing(group.register, gathered(group, group.accepted(2024)).ways, 2024)
    assert page._answer is not None and page._answer.found == found
    assert page._answer.tonnes["market"] == tonnes_of(found, "market")
    qtbot.waitUntil(lambda: "Missing for 2027" in words(page))  # cards are shown a moment after they were made
    shown = words(page)
    assert "9,100" in shown and "Missing for 2027" in shown and "Plants that miss 2027: 2" in shown
    assert "25" in shown and "Used by more than one report" in shown
    assert f"{found.shown('certified')}" in shown


def test_who_misses_most_stands_first_and_leads_to_its_report(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    table = page.renewables.table
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, what: wanted.append((place, what)))
    rows = page._answer.found.plants if page._answer else ()
    assert {one.name for one in rows} == {NORTH, SOUTH, "Hillside", "Riverside"}
    worst = max(rows, key=lambda one: one.gap or 0)
    assert worst.name == "Riverside" and table.show_record(worst.key)
    table.view.doubleClicked.emit(table.view.currentIndex())
    assert wanted == [("inbox", worst.filed.sha256)]
    assert promise(next(one for one in rows if one.name == NORTH)) == "says nothing"


def test_the_inspector_says_what_is_open(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    assert page.inspect() is None or page.renewables.table.current_record() is not None
    hillside = next(one for one in page._answer.found.plants if one.name == "Hillside") if page._answer else None
    assert hillside is not None
    page.show_subject(hillside.key)
    made = page.inspect()
    assert made is not None
    qtbot.addWidget(made)
    said = "\n".join(label.text() for label in made.findChildren(QLabel))
    assert "Promised: 100 % in 2027" in said and "Missing: 100.0 MWh a year; left by its options: 50.0 MWh" in said
    assert hillside.way.claim is not None and str(hillside.way.claim.open[0].message) in said
    assert "Scopes 1 and 2 by 2030" in said


def test_targets_added_up_by_plant_and_said(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    page.show_subject("targets")
    targets = page.targets
    assert [targets.tabs.tabText(n) for n in range(3)] == ["Added up (1)", "By plant (2)", "Carbon neutrality (0)"]
    (sums,) = page._answer.found.rollups if page._answer else ()
    assert len(sums.aims) == 2
    targets.tabs.setCurrentWidget(targets.every)
    wanted: list[object] = []
    page.wanted.connect(lambda _place, what: wanted.append(what))
    missed = page._answer.found.missed if page._answer else ()
    row = (missed[0].plant.key, missed[0].aim.id)
    assert targets.every.show_record(row)
    targets.every.view.doubleClicked.emit(targets.every.view.currentIndex())
    assert wanted == [missed[0].plant.filed.sha256]
    assert page.inspect() is not None


def test_cheapest_tonnes_by_currency_and_figure(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    page.show_subject("tonnes")
    part = page.tonnes
    assert [part.currency.itemText(n) for n in range(part.currency.count())] == ["EUR", "CNY"]
    plot = part.plot.data
    assert plot is not None
    curve = page._answer.tonnes["location"].curves[0] if page._answer else None
    assert curve is not None and [one.height for one in plot.blocks] == [float(one.cost or 0) for one in curve.bars]
    assert sum(one.width for one in plot.blocks) == pytest.approx(float(curve.total))
    assert "Cheapest next: Riverside, Action a, 30.00 EUR/t" in part.said.text()
    part.currency.setCurrentIndex(1)
    part.currency.activated.emit(1)
    assert "CNY" in part.said.text() or part.plot.data is not None
    part.plot.picked.emit(f"{curve.bars[0].plant.key}\n{curve.bars[0].action.id}")
    part.figure.setCurrentIndex(1)
    part.figure.activated.emit(1)
    assert part.plot.data is not None and part.plot.data.y.unit.endswith("/t")


def test_certificates_used_twice_are_sent_to_plants(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    page.show_subject("double")
    assert "Certificates of 25 MWh are used more than once." in page.double.said.text()
    page.double.send.click()
    assert page.dialog.chosen == "serials" and page.dialog.isVisible()
    page.dialog.reject()
    wanted: list[object] = []
    page.wanted.connect(lambda _place, what: wanted.append(what))
    assert page.double.table.show_record(next(one.value for one in office.repeats if one.kind == "certificate"))
    page.double.show_report.click()
    assert wanted and wanted[0] in {one.sha256 for one in office.filed}


def test_earlier_reports_are_read_bit_by_bit_and_kept(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = office.file
    real = {one.plant: one.sha256 for one in group.accepted(2024) if one.plant in (NORTH, SOUTH)}
    before = {sha256: group.part(sha256, WAY) for sha256 in real.values()}
    for sha256 in real.values():
        group.keep_part(sha256, WAY, b"of an earlier version")
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    _window, page = opened(qtbot, office, settings)
    qtbot.waitUntil(lambda: not page.latest.busy and page._answer is not None and not page._answer.gathered.waiting,
                    timeout=LONG)  # fmt: skip
    assert {sha256: group.part(sha256, WAY) for sha256 in real.values()} == before
    assert page._answer is not None and len(page._answer.found.plants) == 4


def test_read_only_shows_and_sends_nothing(qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy.group"
    shutil.copy(office.path, copy)
    looking = Office(GroupFile.open(copy, read_only=True), "Li Na", 2024)
    try:
        _window, page = opened(qtbot, looking, settings)
        assert not page.send.isEnabled() and not page.double.send.isEnabled()
        page.ask_send()
        assert not hasattr(page, "dialog")
    finally:
        Job.cancel_all()
        looking.close()


def test_a_year_without_reports_says_how_to_begin(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    office.show_year(2019)
    assert page.empty and "No accepted reports for 2019" in words(page)
    office.show_year(2024)
    answered(qtbot, page)
    assert not page.empty and window.isVisible()


def test_another_approach_counts_with_other_shares(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    page.approach.setCurrentIndex(page.approach.findData("equity_share"))
    page.approach.activated.emit(page.approach.currentIndex())
    qtbot.waitUntil(lambda: page._answer is not None and page._answer.found.approach == "equity_share", timeout=LONG)
    assert page._answer is not None and page._answer.asked.approach == "equity_share"


def test_what_breaks_is_told(qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _window, page = opened(qtbot, office, settings)
    told: list[Notice] = []
    page.told.connect(told.append)

    def broken(*_args: object, **_more: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(asking, "standing", broken)
    page.approach.setCurrentIndex(1)
    page.approach.activated.emit(1)
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert told[0].level == "bad"


def test_everything_has_a_name_an_order_and_room(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings, large=True)
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        assert not nameless(page), nameless(page)
        assert not out_of_order(page), out_of_order(page)
        assert not clipped(page), clipped(page)
        assert not beyond(page), beyond(page)
    assert len(page.commands()) == 5 and window.isVisible()
    for command in page.commands()[:4]:
        command.run()
        assert command.enabled is not None and command.enabled()


def test_long_words_fit(qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with stretched(monkeypatch):
        _window, page = opened(qtbot, office, settings, large=True)
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            assert (place, clipped(page)) == (place, [])


def test_what_is_open_and_missing_is_marked_with_words(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    assert page._answer is not None
    plants = {one.name: one for one in page._answer.found.plants}
    hillside = plants["Hillside"]
    assert hillside.way.claim is not None
    assert claim(hillside) == f"open points: {len(hillside.way.claim.open)}"
    found = marks(hillside)
    assert found["claim"].level == "bad" and str(hillside.way.claim.open[0].message) in found["claim"].text
    assert found["gap"].level == "warning" and "100.0 MWh" in found["gap"].text
    assert claim(plants[NORTH]) == "–" and not marks(plants[NORTH])


def notes(page: WaysPage) -> str:
    items = (page._notices.itemAt(place) for place in range(page._notices.count()))
    return "\n".join(words(row) for one in items if one is not None and (row := one.widget()) is not None)


def test_of_forty_plants_the_chart_and_the_notes_stay_readable(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    for number in range(40):
        put_plant(office.file, f"Silent {number:02}")
    office._forget()
    _window, page = opened(qtbot, office, settings)
    answer = page._answer
    assert answer is not None
    data = bars(answer.found)
    assert len(data.categories) == 12 and data.title == "Renewable electricity of the 12 plants that use most"
    silent = [one.name for one in answer.found.plants if one.silent]
    assert len(silent) > 30
    qtbot.waitUntil(lambda: f" and {len(silent) - 6} more." in notes(page))
    assert silent[-1] not in notes(page)
    next(b for b in page.findChildren(QPushButton) if b.text() == "All names").click()
    qtbot.waitUntil(lambda: all(name in notes(page) for name in silent))
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "All names" and b.isVisible()]
