"""The dialogs about PV: a system with its arrays, weather, tariffs; each one undoable change or a refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.exchange.weather import read_weather
from core.i18n import T
from core.ledger import Meter, Plant, PvArray, PvSystem, Tariff, WeatherFile
from core.solar.tariffs import week_of
from gui import fonts
from gui.asking import Asking
from gui.jobs import Job
from gui.language import set_language
from gui.latest import Latest
from gui.session import Session
from gui.settings import Settings
from gui.solar.arrays import parse_mounting
from gui.solar.climate import MonthRow, distance, text_of
from gui.solar.page import SolarPage
from gui.solar.system_form import SystemDialog
from gui.solar.tariff import TariffDialog, last_before, parse_currency
from gui.solar.weather import WeatherDialog
from gui.solar.week import WeekPicture
from gui.tables.table import Edit, Edits
from tests.gui.showing import settle
from tests.gui.solar.test_page import answered, opened, pressed, words
from tests.gui.walk import clipped, nameless, out_of_order, stretched

LIGHT = (79, 95, 138, 161, 182, 172, 160, 147, 126, 104, 77, 68)
TABLE = "month,ghi,temperature\n" + "".join(f"{month},{sun},{month}\n" for month, sun in enumerate(LIGHT, start=1))


def go(qtbot: QtBot, dialog: Asking) -> None:
    """Press the button and wait until the work is done."""
    dialog.go.click()
    qtbot.waitUntil(lambda: not Job.any_running())
    settle(qtbot)


def problem(dialog: Asking) -> str:
    return dialog._problem.text() if dialog._problem.isVisible() else ""


def held(session: Session, kind: type[PvSystem] = PvSystem) -> PvSystem:
    return session.ledger.held(kind)[0]


def type_in(model: object, row: int, column: int, text: str) -> bool:
    return bool(model.setData(model.index(row, column), text))  # type: ignore[attr-defined]


def place(model: object, key: str) -> int:
    return next(i for i, column in enumerate(model.columns) if column.key == key)  # type: ignore[attr-defined]


# ---------------------------------------------------------------------- a system


def filled(dialog: SystemDialog) -> None:
    dialog.name.set("Canteen")
    dialog.commissioned.set(date(2023, 4, 1))
    dialog.latitude.set(Decimal("40.8"))
    dialog.longitude.set(Decimal("114.9"))
    model = dialog.arrays.model
    assert type_in(model, 0, place(model, "name"), "South")
    assert type_in(model, 0, place(model, "dc_power"), "120")
    assert type_in(model, 0, place(model, "mounting"), "Open rack")


def test_a_system_with_its_arrays_is_one_change(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Test"), Meter("m1", "Roof", "electricity", "generation", "kWh"),
             Meter("m2", "Main", "electricity", "import", "kWh"),
             Meter("m3", "Sun", "irradiance", "sensor", "W/m2"))  # fmt: skip
    _window, page = opened(qtbot, bare, settings)
    pressed(page, "Describe the PV system")
    dialog = next(one for one in page.findChildren(SystemDialog))
    filled(dialog)
    dialog.generation.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.irradiance.set("m3")
    dialog.attributes_owner.set("other")
    dialog.losses["soiling"].set(Decimal("3.5"))
    entries = bare.file.entries
    go(qtbot, dialog)
    answered(qtbot, page)
    system = held(bare)
    assert bare.file.entries == entries + 1
    assert (system.id, system.name, system.generation, system.irradiance) == ("p00001", "Canteen", ("m1",), "m3")
    assert system.attributes_owner == "other"
    assert system.parameters == (("soiling", "3.5"),)
    array = bare.ledger.held(PvArray)[0]
    assert (array.id, array.system, array.dc_power, array.mounting) == ("q00001", "p00001", Decimal(120), "open_rack")
    assert page.front == "overview"
    assert "120 kW, since 2023-04-01" in words(page)
    bare.undo()
    assert not bare.ledger.held(PvSystem)
    assert not bare.ledger.held(PvArray)
    assert page.empty


def test_what_is_missing_stands_at_its_field(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    dialog = page.acts.describe(None)
    go(qtbot, dialog)
    assert "Some fields are missing" in problem(dialog)
    for field in (dialog.name, dialog.commissioned, dialog.latitude, dialog.longitude):
        assert field.message.endswith("Please fill this in.")
    dialog.name.set("Roof")
    dialog.commissioned.set(date(2023, 4, 1))
    dialog.latitude.set(Decimal(140))
    dialog.longitude.set(Decimal(10))
    go(qtbot, dialog)
    assert "has no arrays" in problem(dialog)
    type_in(dialog.arrays.model, 0, place(dialog.arrays.model, "dc_power"), "10")
    go(qtbot, dialog)
    assert "Latitude of Roof is 140" in problem(dialog)
    assert bare.ledger.held(PvSystem) == ()


REFUSED = {
    "tilt": ("95", "Enter a number from 0 to 90."),
    "dc_power": ("-1", "Enter a number of at least 0."),
    "azimuth": ("south", "south"),
    "mounting": ("glued", "Choose one of: Open rack"),
    "gamma": ("0.4", "Enter a number from -2 to 0."),
}


def test_a_cell_that_cannot_be_is_refused_below_the_table(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = page.acts.describe(held(session))
    for tilt, (column, (text, why)) in enumerate(REFUSED.items(), start=12):
        before = dialog.arrays.records
        assert not type_in(dialog.arrays.model, 0, place(dialog.arrays.model, column), text), column
        assert why in words(dialog.arrays), column
        assert dialog.arrays.records == before, column
        assert type_in(dialog.arrays.model, 0, place(dialog.arrays.model, "tilt"), str(tilt)), column
        assert why not in words(dialog.arrays), column


def test_altering_keeps_what_is_not_on_the_form(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    before = held(session)
    dialog = page.acts.describe(before)
    go(qtbot, dialog)
    assert held(session) == before  # nothing was changed, and no costs were lost
    dialog = page.acts.describe(before, "meters")
    qtbot.waitUntil(lambda: dialog.generation.list.hasFocus() or not dialog.isActiveWindow())
    dialog.ac_limit.set(None)
    model = dialog.arrays.model
    assert type_in(model, 0, place(model, "dc_power"), "1500")
    go(qtbot, dialog)
    answered(qtbot, page)
    assert held(session).ac_limit == 0
    assert dict(held(session).parameters) == dict(before.parameters)
    assert session.ledger.held(PvArray)[0].dc_power == Decimal(1500)


def test_a_deleted_array_goes_with_the_same_change(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = page.acts.describe(held(session))
    gone = dialog.arrays.records[1]
    dialog.arrays.model.asked.emit(Edits("delete", (Edit(gone, None),)))
    go(qtbot, dialog)
    assert [one.id for one in session.ledger.held(PvArray)] == ["pva001"]
    session.undo()
    assert len(session.ledger.held(PvArray)) == 2


def test_a_system_is_deleted_with_its_arrays_and_comes_back(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window, page = opened(qtbot, session, settings)
    page.act("delete")
    answered(qtbot, page)
    assert not session.ledger.held(PvSystem)
    assert not session.ledger.held(PvArray)
    assert session.ledger.held(WeatherFile) != ()
    assert page.front == "avoided"  # the bills are still there
    assert window.notices.notice is not None
    assert window.notices.notice.sentence.startswith("PV system deleted: ")
    window.undo()
    answered(qtbot, page)
    assert len(session.ledger.held(PvArray)) == 2
    assert page.front == "overview"


def test_mountings_are_understood_by_key_and_by_word() -> None:
    assert parse_mounting("open_rack") == parse_mounting("Open rack") == "open_rack"


# ---------------------------------------------------------------------- weather


def asked_weather(qtbot: QtBot, page: SolarPage) -> WeatherDialog:
    system = page.system
    assert system is not None
    dialog = page.acts.weather(system)
    settle(qtbot, dialog.latest)
    return dialog


def test_what_is_kept_is_shown_before_it_is_taken(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = asked_weather(qtbot, page)
    assert dialog.choice.currentData() == "w001"
    text = words(dialog)
    for said in ("table of twelve months", "1,509 kWh/m² a year", "0 km from the system", "MWh a year, as new"):
        assert said in text
    before = session.file.entries
    go(qtbot, dialog)
    assert session.file.entries == before  # it was chosen already


def test_a_file_is_read_and_taken_in_as_one_change(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, session, settings)
    path = tmp_path / "climate.csv"
    path.write_text("# latitude: 39.9\n# longitude: 116.4\n# source: Weather office\n" + TABLE, encoding="utf-8")
    dialog = asked_weather(qtbot, page)
    dialog.choose("file")
    dialog.path.set_path(path)
    settle(qtbot, dialog.latest)
    text = words(dialog)
    assert "162 km from the system; that is far" in text
    assert "Weather office" in text
    entries = session.file.entries
    go(qtbot, dialog)
    answered(qtbot, page)
    assert session.file.entries == entries + 1
    record = next(one for one in session.ledger.held(WeatherFile) if one.id != "w001")
    assert (record.id, record.kind, record.latitude) == ("w00002", "monthly", Decimal("39.9"))
    assert session.file.blob(record.sha256) == path.read_bytes()
    assert held(session).weather == "w00002"
    session.undo()
    assert held(session).weather == "w001"


def test_a_file_that_is_none_is_refused_in_words(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, session, settings)
    path = tmp_path / "notes.txt"
    path.write_text("nothing of the kind", encoding="utf-8")
    dialog = asked_weather(qtbot, page)
    dialog.choose("file")
    go(qtbot, dialog)
    assert "Choose a file." in problem(dialog)
    dialog.path.set_path(path)
    settle(qtbot, dialog.latest)
    assert "no weather file that is known" in problem(dialog)
    go(qtbot, dialog)
    assert "no weather file that is known" in problem(dialog)
    assert [one.id for one in session.ledger.held(WeatherFile)] == ["w001"]


def test_twelve_months_are_typed_or_pasted(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    dialog = page.acts.describe(None)
    filled(dialog)
    go(qtbot, dialog)
    answered(qtbot, page)
    weather = asked_weather(qtbot, page)
    weather.choose("typed")
    go(qtbot, weather)
    assert "Some fields" in problem(weather) or weather.source.message.endswith("Please fill this in.")
    weather.source.set("Yearbook 2020, table 3")
    go(qtbot, weather)
    assert "These months are missing: 1, 2" in problem(weather)
    columns = "\n".join(f"{sun}\t{month - 5}" for month, sun in enumerate(LIGHT, start=1))
    QGuiApplication.clipboard().setText(columns)
    weather.months.view.go(0, 1)
    weather.months.view.paste()
    settle(qtbot, weather.latest)
    assert "MWh a year, as new" in words(weather)
    go(qtbot, weather)
    answered(qtbot, page)
    record = bare.ledger.held(WeatherFile)[0]
    read = read_weather(bare.file.blob(record.sha256), record.name)
    assert read.climate is not None
    assert tuple(read.climate.ghi.tolist()) == LIGHT
    assert read.climate.temperature[0] == -4.0
    assert (record.source, record.latitude) == ("Yearbook 2020, table 3", Decimal("40.8"))
    assert held(bare).weather == record.id


def test_too_much_sun_is_refused(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = asked_weather(qtbot, page)
    dialog.choose("typed")  # the numbers of the kept table stand there, to be typed on
    assert all(row.full for row in dialog.months.records)
    assert type_in(dialog.months.model, 0, 1, "399")
    settle(qtbot, dialog.latest)
    assert "more sun than through clean air" in problem(dialog)
    assert not type_in(dialog.months.model, 0, 1, "4000")
    assert "Enter a number from 0 to 400." in words(dialog.months)


def test_weather_is_deleted_and_the_system_says_what_is_missing(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = asked_weather(qtbot, page)
    dialog.delete.click()
    answered(qtbot, page)
    assert session.ledger.held(WeatherFile) == ()
    assert held(session).weather == ""
    assert "the expected yield cannot be said" in words(page)
    pressed(page, "Add weather")
    assert any(one.isVisible() for one in page.findChildren(WeatherDialog))
    session.undo()
    assert held(session).weather == "w001"


def test_a_weather_file_dropped_on_the_window_belongs_here(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, session, settings)
    assert page.takes(Path("a.epw"))
    assert not page.takes(Path("a.csv"))
    path = tmp_path / "a.epw"
    path.write_text("LOCATION,", encoding="utf-8")
    page.take([path])
    dialog = next(one for one in page.findChildren(WeatherDialog) if one.isVisible())
    settle(qtbot, dialog.latest)
    assert dialog.path.path == path
    assert problem(dialog)


def test_a_typed_table_is_a_file_of_its_kind() -> None:
    system = PvSystem("pv001", "Roof", date(2020, 1, 1), Decimal("-33.5"), Decimal("-70.25"), Decimal(520))
    light = [*LIGHT[6:], *LIGHT[:6]]  # south of the equator
    rows = [MonthRow(month, Decimal(sun), Decimal(month) / 2) for month, sun in enumerate(light, start=1)]
    read = read_weather(text_of(rows, system, "A, B;\n C"), "x.csv")
    assert (read.latitude, read.longitude, read.elevation) == (-33.5, -70.25, 520.0)
    assert read.source == "A, B; C"
    assert read.climate is not None
    assert read.climate.ghi.tolist() == light
    assert distance(0, 0, 0, 180) == pytest.approx(np.pi * 6371, rel=1e-3)


# ---------------------------------------------------------------------- tariffs


def asked_tariff(page: SolarPage, key: str = "") -> TariffDialog:
    return page.acts.tariff(key)


def test_a_tariff_is_altered_as_one_change_and_money_follows(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings, "use")
    before = session.ledger.held(Tariff)[0]
    dialog = asked_tariff(page, "t001")
    assert [row.when for row in dialog.bands.records] == [when for when, _price in before.bands]
    go(qtbot, dialog)
    assert session.ledger.held(Tariff)[0] == before
    dialog = asked_tariff(page, "t001")
    model = dialog.bands.model
    assert type_in(model, 0, 0, "Mon-Fri")
    assert type_in(model, 0, 3, "2.5")
    assert dialog.picture.described()[0].startswith("Mon-Fri: ")
    go(qtbot, dialog)
    answered(qtbot, page)
    after = session.ledger.held(Tariff)[0]
    assert after.bands[0] == ("1-5 08:00-11:00", "2.5")
    assert after.bands[1:] == before.bands[1:]
    assert "Mon-Fri 08:00-11:00" in words(page)


def test_tariffs_that_hold_on_the_same_days_are_refused(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "use")
    dialog = asked_tariff(page)
    assert dialog.currency.line.text() == "CNY"
    dialog.name.set("Second")
    go(qtbot, dialog)
    assert "The tariff has no price." in problem(dialog)
    type_in(dialog.bands.model, 0, 3, "0.7")
    go(qtbot, dialog)
    assert "hold on the same days" in problem(dialog)
    dialog.start.set(date(2026, 1, 1))
    dialog.end.set(date(2025, 1, 1))
    go(qtbot, dialog)
    assert "ends before it begins" in problem(dialog)
    dialog.end.set(date(2026, 12, 31))
    go(qtbot, dialog)
    assert [one.id for one in session.ledger.held(Tariff)] == ["t001", "t00002"]
    assert session.ledger.held(Tariff)[1].bands == (("1-7 00:00-24:00", "0.7"),)


def test_a_year_without_a_tariff_begins_with_the_prices_of_the_last_one(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    (known,) = session.ledger.held(Tariff)
    session.put(T("Tariff"), replace(known, name="Peak and valley 2025"))
    session.show_year(2026)
    _window, page = opened(qtbot, session, settings, "use")
    dialog = asked_tariff(page)
    assert dialog.name.line.text() == "Peak and valley 2026"
    assert "The prices are those of “Peak and valley 2025”" in words(dialog)
    go(qtbot, dialog)
    (made,) = (one for one in session.ledger.held(Tariff) if one.id != known.id)
    assert (made.bands, made.feed_in, made.currency) == (known.bands, known.feed_in, known.currency)
    assert (made.start, made.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert last_before((known,), known.end.year) is None
    assert last_before((known,), known.start.year - 1) is None


def test_hours_without_a_price_are_seen_while_one_types(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "use")
    dialog = asked_tariff(page)
    type_in(dialog.bands.model, 0, 1, "6")
    assert "42 hours of the week have no price." in words(dialog)
    assert "no price" in dialog.picture.described()[0]
    assert not type_in(dialog.bands.model, 0, 1, "25")
    assert "no time of the day" in words(dialog.bands)
    type_in(dialog.bands.model, 0, 2, "6:00")  # from 6 to 6 is nothing
    assert "says no days and times" in words(dialog.bands)


def test_currencies_have_three_letters() -> None:
    assert parse_currency("eur") == "EUR"
    for text in ("€", "Yuan", ""):
        with pytest.raises(UserError, match="is no currency"):
            parse_currency(text)


def test_the_week_is_told_in_words(qtbot: QtBot) -> None:
    made = WeekPicture()
    qtbot.addWidget(made)
    bands = (("1-5 08:00-12:00", "1.2"), ("1-6 00:00-24:00", "0.6"))
    made.show_week(*week_of(Tariff("t", "T", "EUR", date.min, date.max, bands)))
    assert made.described() == [
        "Mon-Fri: 00:00-08:00 0.6, 08:00-12:00 1.2, 12:00-24:00 0.6",
        "Sat: 00:00-24:00 0.6",
        "Sun: 00:00-24:00 no price",
    ]
    assert made.gaps == 1440
    made.resize(400, 200)
    assert not made.grab().isNull()


# ---------------------------------------------------------------------- read and operated

DIALOGS: dict[str, Callable[[SolarPage], QDialog]] = {
    "system": lambda page: page.acts.describe(page.system),
    "new system": lambda page: page.acts.describe(None),
    "weather": lambda page: page.acts.weather(page.system),  # type: ignore[arg-type]
    "typed weather": lambda page: typed(page),  # noqa: PLW0108 - it stands below
    "tariff": lambda page: page.acts.tariff("t001"),
}


def typed(page: SolarPage) -> QDialog:
    assert page.system is not None
    dialog = page.acts.weather(page.system)
    dialog.choose("typed")
    return dialog


@pytest.mark.parametrize("how", ["en", "zh", "long"])
def test_every_dialog_can_be_read_and_operated(
    qtbot: QtBot,
    dressed: QApplication,
    session: Session,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    if how == "zh":
        set_language(how)
        fonts.prepare(dressed)
    with stretched(monkeypatch) if how == "long" else nullcontext():
        _window, page = opened(qtbot, session, settings)
        for which, ask in DIALOGS.items():
            dialog = ask(page)
            dialog.resize(1100, 1500)  # all of it is seen
            settle(qtbot, *dialog.findChildren(Latest))
            assert (which, nameless(dialog), out_of_order(dialog), clipped(dialog)) == (which, [], [], [])
            dialog.reject()


def test_a_plant_whose_time_zone_is_not_known_says_so(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Test"), Plant("Test", "US", "", id="plant"))
    _window, page = opened(qtbot, bare, settings)
    dialog = page.acts.describe(None)
    filled(dialog)
    go(qtbot, dialog)
    answered(qtbot, page)
    assert "time zone" in words(page).lower()
