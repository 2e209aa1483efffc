"""The management plan: what a line may say, and what is proposed from what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.audit.plan import FREQUENCIES, METHODS, MISSING, changing, key_named, kind_title, meter_named
from core.audit.practice import departures, practice_text, practices_of, proposed
from core.errors import UserError
from core.i18n import Name
from core.inventory import compile_inventory
from core.ledger import Evidence, Ledger, Meter, PlanItem, Record
from core.library import load_library
from tests.core.samples import CHOICES, PLANT, activity, month, year_of_bills

LINE = PlanItem("pl00001", "Main meter", "electricity", "metered")
METER = Meter("m1", "Feeder", "electricity", "import", "kWh", serial="A-7", accuracy="0.5S", source="Main meter")
COAL = [
    activity(f"c{n}", source="Kiln", method="stationary_combustion", item="anthracite", unit="t",
             start=date(2023, n, 5), end=date(2023, n, 5))
    for n in (1, 4, 9)
]  # fmt: skip


def proposal(*records: Record, lang: str = "en") -> dict[tuple[str, str], PlanItem]:
    ledger = Ledger.of([PLANT, *records])
    found = proposed(ledger, compile_inventory(ledger, CHOICES, load_library()), lang)
    return {(one.source, one.item): one for one in found}


def test_practice_becomes_a_plan() -> None:
    """A meter of the plant, with the class of its plate; coal by the load; what is guessed stays a guess."""
    gas = [
        activity(
            f"g{n}",
            source="Boiler",
            method="stationary_combustion",
            item="natural_gas",
            unit="m3",
            start=date(2023, 3 * n - 2, 1),
            end=month(3 * n)["end"],
            estimated=True,
        )
        for n in range(1, 5)
    ]
    files = [
        Evidence("e1", "b.pdf", "bill", "0", 1, activities=("m01",)),
        Evidence("e2", "c.pdf", "calibration", "1", 1, activities=("m02",)),
        Evidence("e3", "i.csv", "import", "2", 1, activities=("m03",)),
    ]
    found = proposal(*year_of_bills(), *COAL, *gas, METER, *files)
    main = found["Main meter", "electricity"]
    assert (main.method, main.meter, main.frequency, main.accuracy) == ("metered", "m1", "monthly", Decimal("0.5"))
    assert (main.missing, main.records, main.calibration_months) == (
        "highest_of_year",
        "bill, calibration certificate",
        0,
    )
    kiln, boiler = found["Kiln", "anthracite"], found["Boiler", "natural_gas"]
    assert (kiln.method, kiln.frequency) == ("weighed", "per_delivery")
    assert (boiler.method, boiler.frequency) == ("estimated", "quarterly")
    assert proposal(*year_of_bills(), files[0], lang="zh")["Main meter", "electricity"].records == "账单"


def test_without_a_meter_of_its_own_the_bill_counts() -> None:
    found = proposal(activity(start=date(2023, 1, 1), end=date(2023, 12, 31)))
    assert (found["Main meter", "electricity"].method, found["Main meter", "electricity"].frequency) == (
        "billed",
        "yearly",
    )


def test_other_peoples_doings_are_calculated() -> None:
    trips = activity(source="Trips", method="business_travel", item="flight_short", unit="pkm")
    one = proposal(trips)["Trips", "flight_short"]
    assert (one.method, one.frequency) == ("calculated", "per_delivery")


def test_daily_readings_are_told_from_deliveries() -> None:
    days = [activity(f"d{n:03}", start=date.fromordinal(date(2023, 1, 1).toordinal() + n),
                     end=date.fromordinal(date(2023, 1, 1).toordinal() + n)) for n in range(150)]  # fmt: skip
    assert proposal(*days)["Main meter", "electricity"].frequency == "daily"


def test_only_what_no_line_covers_is_proposed() -> None:
    assert set(proposal(*year_of_bills(), *COAL, LINE)) == {("Kiln", "anthracite")}
    assert proposal(*COAL, PlanItem("p", "", "anthracite", "weighed")) == {}


def test_practice_is_said_in_a_sentence_and_its_faults_are_named() -> None:
    records = [replace(one, estimated=one.id == "m03", end=month(5)["end"] if one.id == "m04" else one.end)
               for one in year_of_bills() if one.id != "m05"]  # fmt: skip
    ledger = Ledger.of([PLANT, *records, replace(METER, calibrated_to="2024-06-30")])
    (one,) = practices_of(ledger, compile_inventory(ledger, CHOICES, load_library()))
    words = practice_text(one)
    assert str(words) == "Records: 11, monthly, estimated: 1, Feeder, calibrated to 2024-06-30"
    assert "每月" in words.in_language("zh")
    named = [str(found) for found in departures(replace(LINE, meter="B-9"), one)]
    assert len(named) == 3 and "1 of 11" in named[0] and "61 days" in named[1] and "another meter" in named[2]
    assert departures(replace(LINE, method="estimated", frequency="quarterly", meter="B-9"), one) == ()
    assert len(departures(replace(LINE, meter="A-7", frequency="quarterly"), one)) == 1


def test_the_upstream_of_energy_is_no_practice_of_its_own() -> None:
    upstream = activity("u", method="upstream_energy", end=month(12)["end"])
    ledger = Ledger.of([PLANT, *year_of_bills(), upstream])
    (one,) = practices_of(ledger, compile_inventory(ledger, CHOICES, load_library()))
    assert (one.records, one.longest, one.frequency) == (12, 31, "monthly")


def test_changing_is_one_change() -> None:
    ledger = Ledger.of([PLANT, LINE])
    other = PlanItem("pl00002", "Boiler", "", "billed")
    after = ledger.apply(changing(ledger, [other, replace(LINE, responsible="Workshop")]).steps)
    assert [one.responsible for one in after.held(PlanItem)] == ["Workshop", ""]
    gone = changing(after, removed=["pl00001", "pl00002"])
    assert after.apply(gone.steps).held(PlanItem) == () and "lines removed: 2" in str(gone.why)
    assert changing(ledger, [LINE]).steps == ()
    assert "Boiler" in str(changing(ledger, [other]).why)
    swapped = [replace(LINE, source="Boiler", item=""), replace(other, source="Main meter", item="electricity")]
    assert len(changing(after, swapped).steps) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "", "item": " "},
        {"method": "guessed"},
        {"frequency": "hourly"},
        {"missing": "zero"},
        {"accuracy": Decimal(0)},
        {"accuracy": Decimal(101)},
        {"calibration_months": -1},
        {"calibration_months": 241},
        {"note": "x" * 501},
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(changes: dict[str, object]) -> None:
    with pytest.raises(UserError) as refused:
        changing(Ledger.of([PLANT]), [replace(LINE, **changes)])  # type: ignore[arg-type]
    assert refused.value.remedy is not None


def test_two_lines_about_the_same_are_refused() -> None:
    ledger = Ledger.of([PLANT, LINE])
    for lines in ([replace(LINE, id="pl00002")], [LINE, LINE]):
        with pytest.raises(UserError, match="Two lines"):
            changing(ledger, lines)
    with pytest.raises(UserError, match="no line pl9"):
        changing(ledger, removed=["pl9"])


@pytest.mark.parametrize("choices", [METHODS, FREQUENCIES, MISSING])
def test_words_are_understood_in_both_languages(choices: Mapping[str, Name]) -> None:
    for key, name in choices.items():
        for word in (key, name.en, name.zh):
            assert key_named(word, choices) == key
    with pytest.raises(UserError, match="not a choice"):
        key_named("sometimes", choices)


def test_meters_by_number_or_name_when_only_one_has_it() -> None:
    ledger = Ledger.of([PLANT, METER, replace(METER, id="m2", serial="B-7")])
    assert [meter_named(ledger, word) for word in ("m2", "a-7", "B-7", "Feeder", " C ")] == [
        "m2",
        "m1",
        "m2",
        "Feeder",
        "C",
    ]


def test_unknown_kinds_of_documents_have_a_word() -> None:
    assert kind_title("other").in_language("zh") == "单据"
