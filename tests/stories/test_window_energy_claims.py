"""The auditor takes published sentences about PV apart in a minute, keeps one, and finds it in the report."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from core.ledger import Claim
from core.library.places import countries, regions
from core.solar.claims import VERDICTS, judge, published_claims
from gui.language import _, say
from tests.core.report.poppler import needs_poppler
from tests.stories.conftest import Start
from tests.stories.engineer import Engineer, Job

both = pytest.mark.parametrize("lang", ["zh", "en"])
CONSTANT, YEARS = "0.600 t/MWh", "3.46"
RANGE = {"zh": "12～17 kt", "en": "12 to 17 kt"}
TYPED = "Fangshan typed 房山"


@pytest.fixture
def job(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Job:
    """Somebody in front of a new plant with one bill."""
    made = Job(Engineer(start(lang), qtbot), tmp_path, monkeypatch)
    made.creates_a_plant("PL")
    made.pastes_a_bill(Decimal(100_000))
    return made


@needs_poppler
@both
def test_a_published_claim_is_taken_apart(job: Job, lang: str) -> None:
    load_the_published_claims(job, lang)
    type_one(job, lang)
    keep_it(job)
    find_it_in_the_report(job, lang)


def claims(job: Job) -> QListWidget:
    return job.person.field(_("Claims"), QListWidget)


def load_the_published_claims(job: Job, lang: str) -> None:
    person = job.person
    person.goes_to(_("Solar"))
    person.presses(_("Check a published claim"))
    assert person.sees(_("Take a published sentence apart")), "an empty page says what belongs here"
    before = job.session.file.entries
    person.presses(_("Load the published claims"))
    assert job.session.file.entries == before + 1
    published = [one.claim for one in published_claims()]
    assert set(job.session.ledger.held(Claim)) == set(published)
    (fangshan,) = [one for one in published if one.total is not None]
    (zhangjiakou,) = [one for one in published if one.yearly_tonnes is not None and one.yearly is not None]
    go_to(job, zhangjiakou.name)
    assert any(CONSTANT in text for text in person.texts())
    assert person.sees(say(VERDICTS["doubtful"]))
    go_to(job, fangshan.name)
    check = judge(fangshan, job.session.library, others=published)
    assert check.verdict == "contradicted" and person.sees(say(VERDICTS["contradicted"]))
    for part in check.summary.parts:
        assert person.sees(say(part)), "what can be read in a minute"
    words = say(check.summary)
    assert CONSTANT in words and YEARS in words and RANGE[lang] in words


def go_to(job: Job, name: str) -> None:
    """With the keyboard, in the list of claims."""
    box = claims(job)
    rows = [box.item(row).text() for row in range(box.count())]
    box.setFocus()
    box.setCurrentRow(rows.index(name))
    QApplication.processEvents()


def type_one(job: Job, lang: str) -> None:
    """The same sentence number by number, judged while it is typed."""
    person, before = job.person, job.session.file.entries
    go_to(job, _("New claim"))
    said = {
        _("Name"): TYPED,
        _("Published on"): "2023-12-31",
        _("Installed power (kW)"): "1,500",
        _("Generation a year (MWh)"): "1,200",
        _("Generation so far (MWh)"): "4,150",
        _("Counted since"): "2019",
        _("Avoided in all years (t)"): "18,000",
        _("Number of years"): "25",
    }
    person.chooses(_("Country"), say(countries()["CN"]))
    person.chooses(_("Province or state"), say(regions()["CN-BJ"]))
    for name, typed in said.items():
        person.fills(name, typed)
    for words in (CONSTANT, YEARS, RANGE[lang]):
        person.waits_for(words)
    assert person.sees(say(VERDICTS["contradicted"]))
    assert job.session.file.entries == before, "nothing is kept before one says so"


def keep_it(job: Job) -> None:
    person, before = job.person, job.session.ledger.held(Claim)
    person.presses(_("Keep the claim"))
    (kept,) = set(job.session.ledger.held(Claim)) - set(before)
    assert (kept.name, kept.power, kept.yearly, kept.total) == (
        TYPED, Decimal(1500), Decimal(1_200_000), Decimal(4_150_000),
    )  # fmt: skip
    assert (kept.region, kept.since, kept.total_tonnes, kept.years) == ("CN-BJ", "2019", Decimal(18_000), Decimal(25))
    assert TYPED in [claims(job).item(row).text() for row in range(claims(job).count())]
    person.presses(_("Undo"))
    assert job.session.ledger.held(Claim) == before
    person.presses(_("Redo"))
    assert kept in job.session.ledger.held(Claim)


def find_it_in_the_report(job: Job, lang: str) -> None:
    words = job.draws_a_draft()
    for sought in (TYPED, CONSTANT, YEARS, RANGE[lang], say(VERDICTS["contradicted"])):
        assert "".join(sought.split()) in words, sought
