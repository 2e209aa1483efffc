"""The first day with a file of the utility: taken in, looked at, mended on purpose, counted, corrected."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Meter
from core.methods import all_methods
from core.store import PlantFile
from gui.language import _, say
from gui.meters.activities import ActivitiesDialog
from gui.meters.estimate import EstimateDialog
from gui.meters.form import MeterDialog
from gui.meters.import_dialog import SeriesImportDialog
from gui.meters.words import amount, figure, percent
from gui.wording import TONNES, item_name, method_name, tonnes
from tests.stories.conftest import Start
from tests.stories.engineer import Engineer, Job, in_dialog
from tests.stories.loads import CORRECTED, GAP, Utility, gap_of, large_file, load, quarters, utility_file
from tests.stories.person import shown

both = pytest.mark.parametrize("lang", ["zh", "en"])
METER = "Main meter 总表"
SOURCE = "Grid 电网"
REASON = "The logger lost power 断电"


@pytest.fixture
def job(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Job:
    """Somebody in front of a new plant in Poland."""
    made = Job(Engineer(start(lang), qtbot), tmp_path, monkeypatch)
    made.creates_a_plant("PL")
    return made


@both
def test_the_first_day_with_a_file_of_the_utility(job: Job) -> None:
    year = job.session.year
    file = utility_file(job.folder / "profil.csv", year)
    take_the_file_in(job, file)
    look_at_the_load(job, file)
    fill_the_gap_on_purpose(job)
    make_months_activity_data(job)
    take_the_same_file_again(job, file)
    take_a_corrected_file(job, utility_file(job.folder / "korekta.csv", year, corrected=True))
    write_it_out_again(job)


def meter_of(job: Job) -> Meter:
    (meter,) = job.session.ledger.held(Meter)
    return meter


def take_the_file_in(job: Job, file: Utility) -> None:
    person, before = job.person, job.session.file.entries
    person.goes_to(_("Meters"))
    assert person.sees(_("Here stand the meters of the plant")), "an empty page says what belongs here"

    def describe() -> None:
        person.fills(_("Name"), METER)
        person.fills(_("Emission source"), SOURCE)
        person.fills(_("Item"), item_name(job.session.library, "electricity"))
        person.presses(_("Keep"))

    def answer(_dialog: SeriesImportDialog) -> None:
        assert person.sees(_("The file alone does not say this. Please answer."))
        assert not person.button(_("Read the file")).isEnabled(), "what is ambiguous is asked, never guessed"
        clock = _("of the plant, {zone}, changed in spring and autumn", zone="Europe/Warsaw")
        person.chooses(_("Clock of the file"), clock)
        times = _("What the times of column {column} are", column="C  Moc czynna [kW]")
        person.chooses(times, say(T("Beginning of the interval")))
        job.reads_the_file()
        person.waits(lambda: person.sees(_("{count} new", count=f"{file.values:,}")))
        in_dialog(person, MeterDialog, lambda: person.presses(_("Change…")), describe)
        job.confirms(file.values)

    job.imports(file.path, answer)
    person.hears(_("{count} values of “{name}” were imported.", count=f"{file.values:,}", name=file.path.name))
    assert job.session.file.entries == before + 1, "meter and values are one change"
    person.strikes("Ctrl+Z")
    assert job.session.ledger.held(Meter) == ()
    assert person.sees(_("Here stand the meters of the plant"))
    person.strikes("Ctrl+Shift+Z")
    assert meter_of(job).name == METER


def look_at_the_load(job: Job, file: Utility) -> None:
    person, year = job.person, job.session.year
    total = " ".join(amount(file.energy, "kWh"))
    assert [row[:2] for row in person.rows(_("Meters"))] == [[METER, total]]
    assert person.number(_("Sum {year}", year=str(year))).startswith(total)
    assert _("{missing} missing", missing=f"{GAP:,}") in person.number(_("Completeness"))
    assert len(person.described(_("Load")).splitlines()) > 3
    for title, plot in ((_("Heat map"), _("Heat map")), (_("Profile"), _("Load profile")),
                        (_("Duration curve"), _("Duration curve")), (_("Months"), _("Months"))):  # fmt: skip
        person.turns_to(title)
        assert len(person.described(plot).splitlines()) > 3, title
    sums = job.session.metered.monthly(meter_of(job).id, date(year, 1, 1), date(year, 12, 31))
    months = person.rows(_("Months in numbers"))
    assert [row[1] for row in months[:12]] == [figure(one.total / 1000) for one in sums], "in MWh"
    assert [row[5] for row in months[:12]] == [percent(Decimal(one.present) / one.expected, 1) for one in sums]
    assert (sums[2].expected, sums[9].expected) == (31 * 96 - 4, 31 * 96 + 4), "a day of 23 hours, and one of 25"
    assert all(one.present == one.expected for one in sums if one.month.month != 5), "so nothing is missing there"
    person.turns_to(_("Problems"))
    person.waits(lambda: bool(person.rows(_("Problems"))))
    gaps = [row for row in person.rows(_("Problems")) if row[0] == say(T("Gaps"))]
    assert len(gaps) == 1 and str(GAP) in gaps[0][1] and gaps[0][2], "one gap, with what to do about it"


def fill_the_gap_on_purpose(job: Job) -> None:
    person, before = job.person, job.session.file.entries
    completeness = person.number(_("Completeness"))

    def fill() -> None:
        person.presses(_("Fill the gap"))
        assert person.sees(_("Please fill this in.")), "an estimate without a reason is refused"
        assert job.session.file.entries == before
        person.fills(_("Reason"), REASON)
        person.presses(_("Fill the gap"))

    person.grid(_("Problems")).selectRow(0)
    in_dialog(person, EstimateDialog, lambda: person.presses(_("Estimate…")), fill)
    person.hears(_("{count} values were estimated and stay marked.", count=GAP))
    told = _("{missing} missing, {estimated} estimated", missing="0", estimated=GAP)
    assert told in person.number(_("Completeness"))
    assert REASON in say(job.session.history(job.session.ledger.get("intervals", meter_of(job).id))[0].change.why)  # type: ignore[arg-type]
    person.strikes("Ctrl+Z")
    assert person.number(_("Completeness")) == completeness, "the gap is there again"
    person.strikes("Ctrl+Shift+Z")
    assert told in person.number(_("Completeness"))
    person.turns_to(_("Load"))
    assert person.sees(_("estimated")), "the key of the plot tells them apart"


def make_months_activity_data(job: Job) -> None:
    person, year = job.person, job.session.year
    person.goes_to(_("Overview"))
    assert person.sees(_("No activity data yet"))
    person.goes_to(_("Meters"))
    person.turns_to(_("Months"))

    def fill() -> None:
        person.chooses(_("Method"), method_name(all_methods()["purchased_electricity"].key))
        person.fills(_("Reason and method of the estimates"), REASON)
        person.waits(lambda: person.sees(_("Enter {count} months", count=12)))
        person.presses(_("Enter {count} months", count=12))

    in_dialog(person, ActivitiesDialog, lambda: person.presses(_("Enter months as activity data…")), fill)
    person.hears(_("{count} months were entered as activity data.", count=12))
    rows = job.session.ledger.activities
    sums = job.session.metered.monthly(meter_of(job).id, date(year, 1, 1), date(year, 12, 31))
    assert [row.quantity for row in rows] == [one.total for one in sums]
    assert [row.start.month for row in rows if row.estimated] == [5]
    person.goes_to(_("Overview"))
    totals = job.inventory.totals
    assert totals.location > 0
    assert person.number(_("Total, location-based")) == f"{tonnes(totals.location)} {TONNES}"
    assert person.number(_("Total, market-based")) == f"{tonnes(totals.market)} {TONNES}"
    person.goes_to(_("Sources"))
    person.waits(lambda: person.sees(tonnes(totals.location)))


def take_the_same_file_again(job: Job, file: Utility) -> None:
    person, before = job.person, job.session.file.entries
    held = job.session.ledger.get("intervals", meter_of(job).id)
    person.goes_to(_("Meters"))

    def answer(_dialog: SeriesImportDialog) -> None:
        person.waits(lambda: person.sees(_("This very file was read before, for {meters}.", meters=[METER])))
        assert person.sees(say(T("As last time."))), "a form that is known is read at once"
        assert person.sees(f"{_('{count} new', count='0')} · {_('{count} the same', count=f'{file.values:,}')}")
        assert not person.button(_("Import {count} values", count="0")).isEnabled()
        person.presses(_("Cancel"))

    job.imports(file.path, answer)
    assert job.session.file.entries == before
    assert job.session.ledger.get("intervals", meter_of(job).id) == held, "nothing is doubled"


def take_a_corrected_file(job: Job, file: Utility) -> None:
    person, before = job.person, job.session.file.entries
    old = job.session.ledger.get("intervals", meter_of(job).id)

    def answer(_dialog: SeriesImportDialog) -> None:
        person.waits(lambda: any(_("{count} differ and are not taken", count=CORRECTED) in t for t in person.texts()))
        person.agrees(_("Values that differ take the place of those that are there"))
        person.waits(lambda: any(_("{count} corrected", count=CORRECTED) in text for text in person.texts()))
        job.confirms(CORRECTED)

    job.imports(file.path, answer)
    assert job.session.file.entries == before + 1
    new = job.session.ledger.get("intervals", meter_of(job).id)
    assert new is not None and old is not None and new != old
    (last, *_rest) = job.session.history(new)
    assert last.change.steps[0].before == old, "what was there before is kept"
    assert file.path.name in say(last.change.why)
    person.strikes("Ctrl+Z")
    assert job.session.ledger.get("intervals", meter_of(job).id) == old
    person.strikes("Ctrl+Shift+Z")
    assert job.session.ledger.get("intervals", meter_of(job).id) == new
    assert person.number(_("Completeness")).endswith(
        _("{missing} missing, {estimated} estimated", missing="0", estimated=GAP)
    ), "what was estimated stays estimated"


def write_it_out_again(job: Job) -> None:
    person, out = job.person, job.folder / "out.csv"
    year = job.session.year
    job.chooses_files(out)
    person.picks(_("More"), _("Export values as CSV…"))
    quarters_of_year = list(quarters(year))
    person.hears(_("Saved {count} values in {file}.", count=f"{len(quarters_of_year):,}", file=out.name))
    with out.open(encoding="utf-8-sig", newline="") as file:
        (_head, *rows) = csv.reader(file)
    assert [row[0] for row in rows] == [METER] * len(quarters_of_year)
    assert [row[1] for row in rows] == [at.isoformat() for at in quarters_of_year], "with the hour that comes twice"
    lost = gap_of(year)
    for at, row in zip(quarters_of_year, rows, strict=True):
        guessed = at.date() == lost and 8 <= at.hour < 13
        assert row[6] == ("estimated" if guessed else "measured")
        if not guessed:
            corrected = (at.month, at.day) == (7, 3) and at.hour < 3
            assert Decimal(row[4]) == (load(at) + (5 if corrected else 0)) / 4, row


@both
def test_a_running_import_is_cancelled_and_leaves_nothing(job: Job) -> None:
    person, before = job.person, job.session.file.entries
    path = job.folder / "twenty-years.csv"
    count = large_file(path, range(2000, 2020))
    person.goes_to(_("Meters"))

    def answer(dialog: SeriesImportDialog) -> None:
        person.chooses(_("Clock of the file"), _("UTC{offset} all year", offset="+01:00"))
        times = _("What the times of column {column} are", column="C  Moc czynna [kW]")
        person.chooses(times, say(T("Beginning of the interval")))
        person.presses(_("Read the file"))
        assert [one for one in shown(dialog, QProgressBar) if one.accessibleName() == _("Progress")]
        person.presses(_("Cancel"))
        person.waits(person.button(_("Read the file")).isEnabled)
        assert not person.sees(_("What would happen"))
        person.presses(_("Cancel"))

    job.imports(path, answer)
    assert (job.session.file.entries, job.session.ledger.held(Meter)) == (before, ())
    assert person.sees(_("Here stand the meters of the plant"))
    plant = job.session.path
    person.window.close()
    assert sorted(one.name for one in job.folder.glob("krosno*")) == [plant.name], "nothing lies about"
    with PlantFile.open(plant) as file:
        assert file.health.sound and file.entries == before
    assert count == 700_800
