"""A roof in the window: described, held against what it should give, its use and memo told, foreseen, undone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Meter, PvArray, PvSystem, WeatherFile
from core.solar.avoided import NOTE
from core.solar.expected import monthly
from core.solar.model import model_of
from core.solar.weather import Climate
from gui.language import _, say
from gui.meters.import_dialog import SeriesImportDialog
from gui.solar.system_form import SystemDialog
from gui.solar.weather import WeatherDialog
from gui.solar.words import mwh, percent
from gui.wording import TONNES, tonnes
from tests.stories.conftest import Start
from tests.stories.engineer import Engineer, Job, in_dialog
from tests.stories.loads import CLIMATE, POWER, RATIO, Roof, roof_file
from tests.stories.person import shown, types

both = pytest.mark.parametrize("lang", ["zh", "en"])
NAME = "Roof 屋顶"


@pytest.fixture
def job(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Job:
    """Somebody in front of a new plant in Poland."""
    made = Job(Engineer(start(lang), qtbot), tmp_path, monkeypatch)
    made.creates_a_plant("PL")
    return made


@both
def test_a_roof_is_described_judged_and_foreseen(job: Job) -> None:
    roof = roof_file(job.folder / "licznik.csv", job.session.year)
    take_the_meters_in(job, roof)
    job.pastes_a_bill(roof.purchased)
    before = totals(job)
    describe_the_system(job)
    give_it_weather(job)
    look_whether_it_gives_what_it_should(job, roof)
    look_where_it_went(job, roof)
    look_what_it_avoided(job, roof)
    assert totals(job) == before, "avoided tonnes are never subtracted"
    job.person.goes_to(_("Solar"))
    foresee(job)
    undo_all_of_it(job)


def take_the_meters_in(job: Job, roof: Roof) -> None:
    person = job.person
    person.goes_to(_("Solar"))
    assert person.sees(_("No solar in {year}", year=str(job.session.year)))
    person.goes_to(_("Meters"))

    def answer(_dialog: SeriesImportDialog) -> None:
        clock = _("of the plant, {zone}, changed in spring and autumn", zone="Europe/Warsaw")
        person.chooses(_("Clock of the file"), clock)
        job.reads_the_file()
        count = sum(1 for _line in roof.path.read_text("utf-8").splitlines()[1:])
        job.confirms(4 * count)

    job.imports(roof.path, answer)
    kinds = [(one.medium, one.unit) for one in job.session.ledger.held(Meter)]
    assert kinds == [("electricity", "kWh")] * 3 + [("irradiance", "W/m2")]


def totals(job: Job) -> tuple[str, str]:
    """As the overview shows them, which is what the core calculates apart from the window."""
    job.person.goes_to(_("Overview"))
    shown_ = tuple(job.person.number(name) for name in (_("Total, location-based"), _("Total, market-based")))
    found = job.inventory.totals
    assert shown_ == (f"{tonnes(found.location)} {TONNES}", f"{tonnes(found.market)} {TONNES}")
    return shown_[0], shown_[1]


def describe_the_system(job: Job) -> None:
    person, before = job.person, job.session.file.entries
    meters = {name: next(m.name for m in job.session.ledger.held(Meter) if m.name.startswith(name))
              for name in ("Pobór", "Oddanie", "Generacja", "Nasłonecznienie")}  # fmt: skip

    def fill() -> None:
        person.presses(_("Keep"))
        assert person.sees(_("Please fill this in.")), "what is missing stands at its field"
        plain = {
            _("Name"): NAME,
            _("In operation since"): "2022-04-01",
            _("Latitude (° north)"): "49.7",
            _("Longitude (° east)"): "21.77",
            _("Elevation (m)"): "280",
        }
        for name, text in plain.items():
            person.fills(name, text)
        grid = person.grid(_("Arrays"))
        for column, text in enumerate(("South 南", str(POWER), "15", "180")):
            grid.setCurrentIndex(grid.model().index(0, column))
            write(grid, text)
        person.ticks(_("Generation is counted by"), meters["Generacja"])
        person.ticks(_("Feed-in is counted by"), meters["Oddanie"])
        person.ticks(_("Purchase is counted by"), meters["Pobór"])
        person.chooses(_("Sensor of the light"), meters["Nasłonecznienie"])
        person.presses(_("Keep"))

    person.goes_to(_("Solar"))
    in_dialog(person, SystemDialog, lambda: person.presses(_("Describe the PV system")), fill)
    assert job.session.file.entries == before + 1, "system and arrays are one change"
    (system,) = job.session.ledger.held(PvSystem)
    (array,) = job.session.ledger.held(PvArray)
    assert (system.name, array.dc_power, array.tilt, array.azimuth) == (
        NAME, Decimal(POWER), Decimal(15), Decimal(180),
    )  # fmt: skip


def write(grid: QTableView, text: str) -> None:
    """Types into the current cell."""
    QTest.keyClicks(grid, text[:1])
    (editor,) = shown(grid.viewport(), QLineEdit)
    types(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def give_it_weather(job: Job) -> None:
    person = job.person

    def fill() -> None:
        person.chooses(_("Weather"), _("Type twelve months"))
        person.fills(_("Where the numbers come from"), "Invented 虚构")
        grid = person.grid(_("Twelve months"))
        grid.setCurrentIndex(grid.model().index(0, 1))
        person.copies("\n".join(f"{ghi}\t{temperature}" for ghi, temperature in CLIMATE))
        QTest.keySequence(grid, "Ctrl+V")
        person.waits(lambda: person.sees(_("What was read")))
        person.presses(_("Use this weather"))

    person.waits(lambda: _("Add weather") in person.texts())
    in_dialog(person, WeatherDialog, lambda: person.presses(_("Add weather")), fill)
    assert len(job.session.ledger.held(WeatherFile)) == 1
    person.waits(lambda: bool(_("Average year") in person.described(_("Expected against measured"))))


def look_whether_it_gives_what_it_should(job: Job, roof: Roof) -> None:
    person = job.person
    ledger = job.session.ledger
    (system,) = ledger.held(PvSystem)
    plot = person.described(_("Expected against measured")).splitlines()[-12:]
    new = monthly(model_of(system, ledger.held(PvArray), 0.0), climate()).energy
    measured, expected = (np.array([float(line.split("; ")[n]) for line in plot]) for n in (1, 2))
    assert measured.sum() == pytest.approx(float(roof.generated) / 1000), "each month of the file"
    assert (expected < new / 1000).all() and (expected > 0.94 * new / 1000).all(), "modules as old as they are"
    assert person.number(_("Generated")).startswith(f"{mwh(roof.generated)} MWh")
    share = f"{100 * float(roof.generated) / 1000 / expected.sum():.1f}"
    assert share in person.number(_("Generated")), "held against an average year"
    assert person.number(_("Performance ratio")).startswith(f"{RATIO:.3f}"), (
        "as the light of the file was turned into energy"
    )
    person.turns_to(_("Performance"))
    rows = person.rows(_("Figures of performance"))
    assert len(rows) == 13
    assert {row[5] for row in rows} == {f"{RATIO:.3f}"}


def climate() -> Climate:
    light, warm = np.array(CLIMATE, dtype=float).T
    return Climate(light, warm)


def look_where_it_went(job: Job, roof: Roof) -> None:
    person = job.person
    person.turns_to(_("Use and money"))
    person.waits(lambda: person.sees(f"{mwh(roof.used)} MWh"))
    share = percent(roof.used / roof.generated)
    quarter = _("{minutes} min", minutes="15")
    name = _("Self-consumption, per {interval}", interval=quarter)
    assert person.number(name) == f"{share} %", "the interval is named"
    person.chooses(_("Netting interval"), person.offers(_("Netting interval"))[-1])
    person.waits(lambda: not person.sees(name))
    assert person.sees(f"{mwh(roof.generated)} MWh"), "by the month everything is used on paper, and that is said"
    caution = _(
        "The longer the interval, the more of the night's load the day's sun covers on paper. Figures of different "
        "intervals must not be compared."
    )
    assert person.sees(caution)


def look_what_it_avoided(job: Job, roof: Roof) -> None:
    person = job.person
    person.turns_to(_("Avoided"))
    person.waits(lambda: any(say(NOTE) in text for text in person.texts()))
    rows = person.rows(_("Named factors"))
    location = rows[0]
    factor = Decimal(location[1])
    assert location[4] == tonnes(factor * roof.generated / 1000)
    assert location[5], "with its publisher"


def foresee(job: Job) -> None:
    person = job.person
    person.turns_to(_("Forecast"))
    person.waits(lambda: person.sees(_("no fall is assumed")))
    still = person.number(_("Avoided, grid as it is"))
    assert person.number(_("Avoided, falling grid")).split(".")[0] == still.split(".")[0]
    person.fills(f"{say(T('Fall of the grid factor'))} (%/a)", "3")
    person.waits(lambda: person.sees(_("{percent} % less each year", percent="3")))
    assert person.number(_("Avoided, grid as it is")) == still
    falling = Decimal(person.number(_("Avoided, falling grid")).split(" ")[0].replace(",", ""))
    assert falling < Decimal(still.split(" ")[0].replace(",", ""))
    person.presses(_("Undo"))
    person.waits(lambda: person.sees(_("no fall is assumed")))


def undo_all_of_it(job: Job) -> None:
    person, ledger = job.person, job.session.ledger
    assert ledger.held(PvSystem)
    for _turn in range(2):
        person.presses(_("Undo"))
    assert job.session.ledger.held(PvSystem) == () == job.session.ledger.held(WeatherFile)
    assert person.sees(_("No solar in {year}", year=str(job.session.year)))
    for _turn in range(2):
        person.presses(_("Redo"))
    assert job.session.ledger.held(PvSystem) == ledger.held(PvSystem)
