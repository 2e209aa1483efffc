"""The page of the group: totals that the core consolidates, every way to lay them out, and a tonne down to its bill."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.out.report import judge_group_report
from core.group.year.consolidated import DIMENSIONS, Consolidated
from core.group.year.consolidating import consolidate, reports_of
from core.i18n import T
from core.ledger import Site
from core.signing import load_trust
from core.store import GroupFile
from gui.change.page import ChangePage
from gui.group import asking as group_asking
from gui.group import page as _group
from gui.group.asking import Answer, HowSure, changed_by
from gui.group.page import GroupPage
from gui.group.rows import bars_of, parts_of
from gui.jobs import Job
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from gui.wording import signed_percent, tonnes
from tests.gui.grouped import BILL, EAST, NORTH, SOUTH, office_in
from tests.gui.trusted import PASSPHRASE, keys
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    Job.cancel_all()
    made.close()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Consolidated:
    """A value, which nobody can change."""
    made = office_in(tmp_path_factory.mktemp("found"))
    try:
        return consolidate(made.register, reports_of(made.file, 2024), 2024)
    finally:
        made.close()


def opened(qtbot: QtBot, office: Office, settings: Settings, *, large: bool = False) -> tuple[Window, GroupPage]:
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    window.go("group")
    page = window.page("group")
    assert isinstance(page, GroupPage)
    answered(qtbot, page, office)
    return window, page


def answered(qtbot: QtBot, page: GroupPage, office: Office) -> Answer:
    def there() -> bool:
        answer = page._answer
        asked = (office.year, page.approach.currentData())
        return (
            answer is not None
            and not page.latest.busy
            and not page.how_sure.busy
            and (answer.asked.year, answer.asked.approach) == asked
        )

    qtbot.waitUntil(there, timeout=LONG)
    assert page._answer is not None
    return page._answer


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_each_tab_says_what_the_core_says(
    qtbot: QtBot, office: Office, settings: Settings, found: Consolidated
) -> None:
    _window, page = opened(qtbot, office, settings)
    totals_are_those_of_the_core(qtbot, page, found)
    years_say_whether_the_base_year_is_recalculated(qtbot, page)
    intensities_name_who_does_not_say_the_figure(qtbot, page)
    uncertainty_names_the_plants_that_share_a_factor(qtbot, page)


def totals_are_those_of_the_core(qtbot: QtBot, page: GroupPage, held: Consolidated) -> None:
    assert page._answer is not None and page._answer.found.totals == held.totals
    rows = page.layout_part.table.model.records
    assert [row.title for row in rows] == [NORTH, SOUTH]
    assert sum((row.tonnes for row in rows), Decimal(0)) == held.location
    for expected in (tonnes(held.location), tonnes(held.market), "95 % interval"):
        qtbot.waitUntil(lambda text=expected: text in words(page))  # type: ignore[misc]


def years_say_whether_the_base_year_is_recalculated(qtbot: QtBot, page: GroupPage) -> None:
    page.tabs.setCurrentWidget(page.years)
    qtbot.waitUntil(lambda: page._series is not None, timeout=LONG)
    base = page._series.by_view["location"]  # type: ignore[union-attr]
    assert [row.year for row in page.years.years.model.records] == [2023, 2024]
    assert base.due  # a third of the group was sold
    qtbot.waitUntil(lambda: "is the one to compare with" in words(page.years))
    reasons = page.years.reasons.model.records
    assert [(one.kind, one.name) for one in reasons] == [("sold", EAST)]
    data = page.years.chart.data
    assert data is not None
    assert data.series[0].values[0] == base.years[0].original
    assert data.series[1].values[1] == base.years[0].recalculated


def intensities_name_who_does_not_say_the_figure(qtbot: QtBot, page: GroupPage) -> None:
    page.tabs.setCurrentWidget(page.intensities)
    (row,) = page.intensities.table.model.records
    assert (row.name, row.quantity) == (NORTH, Decimal(200))
    assert row.per_unit == row.tonnes / 200
    qtbot.waitUntil(lambda: f"they do not say it: {SOUTH}" in words(page.intensities))
    heads = {column.key: column.heading for column in page.intensities.table.model.columns}
    assert heads["per_unit"] == "Per unit (t CO₂e/person)" and heads["quantity"] == "Figure (person)"


def uncertainty_names_the_plants_that_share_a_factor(qtbot: QtBot, page: GroupPage) -> None:
    page.tabs.setCurrentWidget(page.sure)
    rows = page.sure.table.model.records
    shared = [row for row in rows if len(row.plants) == 2]
    assert shared
    assert all(row.kind == "factor" for row in shared)
    qtbot.waitUntil(lambda: "If no plant shared a factor" in words(page.sure))


def test_the_totals_do_not_wait_for_how_sure_they_are(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()
    slowly = group_asking.sure_of

    def waiting(found: Consolidated, path: Path) -> Callable[[], HowSure]:
        def work() -> HowSure:
            may_end.wait(LONG / 1000)
            return slowly(found, path)()

        return work

    monkeypatch.setattr(_group, "sure_of", waiting)
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.show()
    window.go("group")
    page = window.page("group")
    assert isinstance(page, GroupPage)
    qtbot.waitUntil(lambda: page._answer is not None, timeout=LONG)
    assert page._answer is not None
    location = tonnes(page._answer.found.location)
    qtbot.waitUntil(lambda: location in words(page) and "± …, 95 % interval" in words(page))
    link = page._links[-1]
    link.setFocus()
    may_end.set()
    answered(qtbot, page, office)
    assert "± …" not in words(page) and words(page).count("95 % interval") == 2
    assert window.focusWidget() is link, "the cards were not made anew below the person"


def test_another_approach_and_another_year_are_asked_anew(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    page.choose_approach("equity_share")
    assert answered(qtbot, page, office).found.approach == "equity_share"
    assert office.register.group.approach == "operational_control"
    office.show_year(2023)
    found = answered(qtbot, page, office).found
    assert {member.name for member in found.members} == {NORTH, SOUTH, EAST}
    assert window.place == "group"


@pytest.mark.parametrize("view", ["location", "market"])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_way_of_laying_out_adds_up(dimension: str, view: str, found: Consolidated) -> None:
    rows = parts_of(found, dimension, view)
    counting = [row for row in rows if row.share is not None]
    if dimension == "category":  # these plants report nothing of scope 3
        assert rows == ()
        return
    assert sum((row.tonnes for row in counting), Decimal(0)) == found.total(view)
    assert abs(sum((row.share or Decimal(0) for row in counting), Decimal(0)) - 100) < Decimal("1e-20")
    data = bars_of(rows, dimension, view)
    drawn = sum((value for series in data.series for value in series.values), Decimal(0))
    assert drawn == found.total(view)


def test_a_tonne_opens_down_to_its_bill(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    part = page.layout_part
    part.table.show_record(("si0001",))
    part.go_down()
    assert part.dimension == "source"
    assert {row.title for row in part.table.model.records} == {f"{NORTH}: Boiler", f"{NORTH}: Meter"}
    part.table.show_record(("si0001: Boiler",))
    part.go_down()
    assert part.deepest
    levels = part.records.model.records
    assert {level.key for level in levels} == {"a1", "a2"}
    part.records.view.go([level.key for level in levels].index("a1"), 0)
    window.show_inspector(True)
    qtbot.waitUntil(lambda: BILL[:8] in words(window.inspector), timeout=LONG)
    shown = words(window.inspector)
    assert "1,400" in shown  # of the second revision
    assert "Li Na" in shown
    assert "Whole group" in [b.text() for b in part.findChildren(QPushButton)]
    part.go_up(1)
    assert (part.dimension, part.deepest) == ("source", False)
    part.go_up(0)
    assert part.dimension == "plant"
    assert len(part.table.model.records) == 2


def test_a_country_opens_into_its_plants(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    part = page.layout_part
    part.show_by("business")
    part.table.show_record(("Brakes",))
    part.go_down()
    assert [row.title for row in part.table.model.records] == [NORTH]
    part.table.view.go(0, 0)
    part.go_down()
    assert part.dimension == "source"


def test_what_counts_once_stands_on_its_own(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    qtbot.waitUntil(lambda: "Used twice: 1" in words(page))
    next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Show what counts once").click()
    assert page.tabs.currentWidget() is page.once
    gone = page.once.eliminated.model.records
    assert [(one.seller, one.buyer) for one in gone] == [(NORTH, SOUTH)] * len(gone)
    assert gone
    assert all(one.tonnes < 0 for one in gone)
    twice = page.once.repeats.model.records
    assert [one.kind for one in twice] == ["evidence"]
    page.once.repeats.view.go(0, 0)
    page.once.repeats.view.doubleClicked.emit(page.once.repeats.view.currentIndex())
    assert window.place == "inbox"


def test_without_a_base_year_the_way_to_choose_one_is_shown(qtbot: QtBot, office: Office, settings: Settings) -> None:
    from dataclasses import replace

    from core.i18n import T

    office.put(T("Forget"), replace(office.register.group, base_year=0))
    window, page = opened(qtbot, office, settings)
    page.tabs.setCurrentWidget(page.years)
    qtbot.waitUntil(lambda: page._series is not None, timeout=LONG)
    button = next(b for b in page.years.findChildren(QPushButton) if b.text() == "Choose the base year…")
    button.click()
    assert window.place == "plants"
    form = window.page("plants").form  # type: ignore[attr-defined]
    assert form.isVisible()
    form.reject()


def test_plants_that_are_not_in_the_totals_are_named(qtbot: QtBot, office: Office, settings: Settings) -> None:
    office.put(T("One more"), Site("si0009", "Nowhere", "PL"))
    window, page = opened(qtbot, office, settings)
    qtbot.waitUntil(lambda: "Not in these totals: late 1 (Nowhere)." in words(page))
    next(b for b in page.findChildren(QPushButton) if b.text() == "Show the plants").click()
    assert window.place == "plants"
    table = window.page("plants").matrix.table  # type: ignore[attr-defined]
    assert [row.name for row in table.model.records] == ["Nowhere"], "only those that are not in the totals"


def test_of_many_absent_plants_the_sentence_counts_and_names_some(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    office.put(T("Many more"), *(Site(f"si01{n:02}", f"Plant {n}", "PL") for n in range(30)))
    _window, page = opened(qtbot, office, settings)
    expected = "Not in these totals: late 30 (Plant 0, Plant 1, Plant 10 and 27 more)."
    qtbot.waitUntil(lambda: expected in words(page))


def test_the_totals_say_how_they_moved_and_lead_to_why(qtbot: QtBot, office: Office, settings: Settings) -> None:
    """East was sold at the end of 2023: what is left is held against the same plants of the year before."""
    window, page = opened(qtbot, office, settings)
    before, now = (consolidate(office.register, reports_of(office.file, year), year) for year in (2023, 2024))
    both = set(before.by("plant")) & set(now.by("plant"))
    assert len(both) == 2 < len(before.by("plant"))
    was, becomes = (sum((found.by("plant")[key] for key in both), Decimal(0)) for found in (before, now))
    percent = signed_percent((becomes - was) / was * 100)
    qtbot.waitUntil(lambda: f"{percent} % on 2023, plants in both: 2" in words(page), timeout=LONG)
    plants = {row.title: row for row in page.layout_part.table.model.records}
    moved = changed_by(before.by("plant")["si0001"], now.by("plant")["si0001"])
    assert moved and plants[NORTH].moved == moved
    page._moved["market"].why.click()
    change = window.page("change")
    assert window.place == "change" and isinstance(change, ChangePage)
    qtbot.waitUntil(lambda: change.job is None and change._found is not None, timeout=LONG)
    assert (change.choice.chosen.left, change.choice.chosen.right) == ("2023", "2024")
    assert change.view.currentData() == "market"


def test_the_first_year_of_a_group_is_held_against_nothing(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    office.show_year(2023)
    answered(qtbot, page, office)
    qtbot.waitUntil(lambda: not page.against.busy, timeout=LONG)
    assert page._moved["location"].isHidden()
    assert all(row.moved is None for row in page.layout_part.table.model.records)


def test_a_year_without_reports_leads_to_the_inbox(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    office.show_year(2019)
    qtbot.wait(10)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Go to the inbox" and b.isVisible())
    button.click()
    assert window.place == "inbox"


def test_tables_are_written_by_a_job(qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path) -> None:
    _window, page = opened(qtbot, office, settings)
    out = tmp_path / "tables"
    with qtbot.waitSignal(page.told, timeout=LONG):
        page.out.write("csv", out)
    with (out / "totals.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    total = sum((Decimal(row["location"]) for row in rows if row["by"] == "plant"), Decimal(0))
    assert total == page._answer.found.location  # type: ignore[union-attr]


def test_a_report_is_made_and_signed(qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path) -> None:
    _window, page = opened(qtbot, office, settings)
    page.out.ask_report()
    dialog = page.out.dialog
    out = tmp_path / "group.pdf"
    dialog.out.set_path(out)
    dialog.compare.setChecked(False)
    dialog.lang.setCurrentIndex(dialog.lang.findData("en"))
    dialog.choice.file.set_path(keys().auditor)
    dialog.choice.secret.setText(PASSPHRASE)
    told: list[Notice] = []
    page.told.connect(told.append)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert told[-1].sentence == "Written: group.pdf"
    assert told[-1].action is not None and told[-1].action[0] == "Open"
    receipt = judge_group_report(out.read_bytes(), load_trust(keys().authority), datetime.now(UTC),
                                 isolated=False, rebuild=False)  # fmt: skip
    assert receipt.package is not None
    assert receipt.package.contents.year == 2024
    assert [one.signer for one in receipt.verification.signatures] == ["Li Na"]
    with GroupFile.open(office.path) as other:
        assert not other.writable  # the window has kept the right to write
    office.path.with_name("head-2024.pdf").touch()
    page.out.ask_report()
    again = page.out.dialog
    assert again.choice.file.path == keys().auditor, "who signed last is proposed"
    assert again.out.path is not None and not again.out.path.exists(), "and a name that is free"
    again.choice.secret.setText("wrong")
    again.go.click()
    qtbot.waitUntil(lambda: "passphrase" in words(again), timeout=LONG)
    assert again.isVisible() and len(told) == 1, "a wrong passphrase is typed again in the dialog"
    again.reject()


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        _window, page = opened(qtbot, office, settings, large=long)
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            qtbot.waitUntil(lambda: not page.over_years.busy, timeout=LONG)
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
