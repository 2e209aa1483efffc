"""The sections about energy: what each says, in both languages, and that nothing a stranger states breaks them."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.inventory import Package, read
from core.inventory.energy import Energy
from core.ledger import canonical
from core.report import compare, render
from core.report.data import ReportData, tonnes
from core.report.discover import all_sections
from core.report.flow import Block, Chapter, Figures, Remark
from core.report.style import HOLE, PART
from core.report.table import Row, Table
from tests.core.report import poppler
from tests.core.report.complete import complete, pages_of
from tests.core.report.sample import package

SECTIONS = ("meters", "meter_months", "pv_yield", "pv_use", "pv_forecast", "claims", "savings")


@pytest.fixture(scope="module")
def report() -> ReportData:
    return ReportData(complete())


def told(report: ReportData, key: str, lang: str = "en") -> list[Any]:
    (section,) = [one for one in all_sections() if one.key == key]
    return section.story(report, lang)


def tables(flow: list[Any]) -> list[Table]:
    return [part for part in flow if isinstance(part, Table)]


def row(table: Table, start: str) -> Row:
    return next(one for one in table.rows if one.cells[0].startswith(start))


def texts(flow: list[Any]) -> str:
    """Everything that is said outside tables and charts."""
    found = []
    for part in flow:
        if isinstance(part, (Chapter, Remark)):
            found.append(part.block.text)
        if isinstance(part, Block):
            found.append(part.text)
        if isinstance(part, Figures):
            found += [f"{one.label}: {one.number} {one.unit}" for one in part.figures]
    return "\n".join(found)


def drawn(flow: list[Any]) -> str:
    """Everything that is written inside charts."""
    return "\n".join(shape.text for part in flow for shape in getattr(part, "contents", ()) if hasattr(shape, "text"))


def energy_of(report: ReportData) -> Energy:
    assert report.package.energy is not None
    return report.package.energy


@pytest.mark.parametrize("key", SECTIONS)
@pytest.mark.parametrize("held", [package("en"), complete()], ids=["nothing", "empty"])
def test_a_section_without_anything_to_say_leaves_itself_out(key: str, held: Package) -> None:
    nothing = ReportData(replace(held, energy=None if held.energy is None else Energy()))
    assert told(nothing, key, "both" if key == "meter_months" else "en") == []


@pytest.mark.parametrize("key", SECTIONS)
def test_both_languages_say_as_much(report: ReportData, key: str) -> None:
    """The same parts in the same order, the same rows, and the same numbers in the cells that are numbers."""
    english, chinese = (told(report, key, lang) for lang in ("en", "zh"))
    assert [type(part) for part in english] == [type(part) for part in chinese]
    for left, right in zip(tables(english), tables(chinese), strict=True):
        assert [one.kind for one in left.rows] == [one.kind for one in right.rows]
        numbers = [place for place, column in enumerate(left.columns) if column.align == "right"]
        for one, other in zip(left.rows, right.rows, strict=True):
            assert [
                one.cells[n]
                for n in numbers
                if re.search("[0-9]", one.cells[n]) and not re.search("[a-z]{3}", one.cells[n])
            ] == [
                other.cells[n]
                for n in numbers
                if re.search("[0-9]", one.cells[n]) and not re.search("[a-z]{3}", one.cells[n])
            ]


@pytest.mark.parametrize("key", SECTIONS)
def test_numbers_stand_at_the_right(report: ReportData, key: str) -> None:
    """A column whose cells are plain numbers is aligned right; years, ids and dates are no numbers."""
    plain = re.compile(r"[−+]?[0-9][0-9,]*(\.[0-9]+)?%?")
    for table in tables(told(report, key)):
        for place, column in enumerate(table.columns):
            cells = [one.cells[place] for one in table.rows if one.kind == "line" and len(one.cells) > place]
            if column.title in ("Year", "Class", "") or not cells:
                continue
            if all(plain.fullmatch(cell) for cell in cells):
                assert column.align == "right", column.title


def test_meters_show_their_plates_and_what_ended(report: ReportData) -> None:
    plates = tables(told(report, "meters"))[0]
    hall = row(plates, "Hall 1")
    assert hall.cells[2:5] == ("SN-hall1", "0.5S", "2023-06-30\nended")
    assert (4, PART) in hall.grounds and (7, PART) in hall.grounds
    assert row(plates, "Grid connection").cells[4] == "2027-03-31"
    assert row(plates, "Grid connection").cells[0].endswith("10 kV 配电室")
    assert row(plates, "Gas meter").cells[5:] == ("–", "m³", "–")
    assert row(plates, "Irradiance").cells[6] == "W/m²"


def test_parts_of_a_meter_and_what_nobody_counts(report: ReportData) -> None:
    flow = told(report, "meters")
    assert "1,682,436 (18.3%)" in drawn(flow)
    assert "3,704,700 (40.3%)" in drawn(flow), "the rest, with the July that is missing"
    assert "Counted behind Plant distribution 厂用电总表" in texts(flow)
    assert "The meters below count 142,908 kWh more than the one above them" in texts(flow)


def test_problems_of_one_kind_are_told_a_few_times_and_counted(report: ReportData) -> None:
    noticed = tables(told(report, "meters"))[1]
    stuck = [one for one in noticed.rows if one.cells[1].startswith("Module") and one.cells[2] == "Stuck values"]
    assert len(stuck) == 4
    problems = sum(len(one.problems) + one.more_problems for one in energy_of(report).meters)
    assert f"Further ones: {problems - len(noticed.rows)};" in texts(told(report, "meters"))
    assert [one.cells[0] for one in noticed.rows] == sorted((one.cells[0] for one in noticed.rows), reverse=True)


def test_months_of_meters_show_gaps_and_estimates(report: ReportData) -> None:
    (table,) = tables(told(report, "meter_months", "both"))
    assert row(table, "Hall 1").cells[4] == "273,168○"
    assert row(table, "Hall 1").grounds == ((4, PART),)
    air = row(table, "Compressed air")
    assert air.cells[5] == "152,074e"
    assert air.cells[8] == "○"
    assert air.grounds == ((8, HOLE),)
    assert row(table, "Irradiance").cells[-1] == "214.3"
    assert "Gas meter 气表" not in {one.cells[0] for one in table.rows}, "it is not read in intervals"


def test_counted_stands_beside_expected_and_every_figure_is_named(report: ReportData) -> None:
    flow = told(report, "pv_yield")
    assert "it was 130.8% of what the model gives in an average year" in texts(flow)
    assert "Performance ratio (PR): 0.818" in texts(flow)
    assert {"Average year", "In the light measured", "Counted"} <= set(drawn(flow).split("\n"))
    figures = tables(flow)[2]
    assert len(figures.rows) == 9
    assert {one.cells[3] for one in figures.rows} == {"100.0%"}
    assert row(figures, "Weather-corrected PR").cells[4].startswith("PR'' = ")


def test_the_loss_tree_closes_with_an_honest_rest(report: ReportData) -> None:
    flow = told(report, "pv_yield")
    (system,) = energy_of(report).systems
    assert system.loss_tree is not None
    for said in ("Modules at their label, in the light measured", "Temperature of the modules (measured), 2.3%",
                 "Soiling (assumed), 1.9%", "Unexplained, −2.8%", "At the meter"):  # fmt: skip
        assert said in drawn(flow)
    assert "unexplained is what is left over" in texts(flow)


def test_a_gap_in_the_generation_is_seen_and_not_compared(report: ReportData) -> None:
    (system,) = energy_of(report).systems
    months = list(system.months)
    months[2] = replace(months[2], present=700)
    months[3] = replace(months[3], energy_kwh=None, present=0)
    other = replace(energy_of(report), systems=(replace(system, months=tuple(months)),))
    flow = told(ReportData(replace(report.package, energy=other)), "pv_yield")
    assert "248.1○" in drawn(flow)
    counted = [one for one in drawn(flow).split("\n") if one == "○"]
    assert len(counted) == 1
    share = next(one for one in texts(flow).split("\n") if "months that are complete" in one)
    assert "130.8%" not in share, "the months with a gap are not in it"


def test_a_system_without_sensors_says_why(report: ReportData) -> None:
    (system,) = energy_of(report).systems
    nothing = {key: replace(one, value=None, coverage=None, reason=system.outlook.forecast.path) for key, one in
               system.figures.items() if system.outlook.forecast}  # fmt: skip
    bare = replace(system, loss_tree=None, availability=None, degradation=None, curtailed_kwh=None, use=None,
                   figures=nothing, weather=None, typical_year_kwh=None, typical_kwh_m2=None)  # fmt: skip
    data = ReportData(replace(report.package, energy=replace(energy_of(report), systems=(bare,))))
    flow = told(data, "pv_yield")
    assert "Availability by time: – " in texts(flow)
    assert "Where the energy went" not in texts(flow)
    assert {one.cells[1] for one in tables(flow)[2].rows} == {"–"}
    assert row(tables(flow)[0], "Average year from").cells[1] == "no weather was chosen"
    assert "do not tell how much of it was used on site" in texts(told(data, "pv_use"))


def test_a_system_of_which_nothing_can_be_said_is_named(report: ReportData) -> None:
    assert "Carport 车棚: The PV system Carport 车棚 has no arrays." in texts(told(report, "pv_yield"))


def test_use_names_its_netting_interval(report: ReportData) -> None:
    flow = told(report, "pv_use")
    assert "Netted in intervals of 60 min, 95.3% of the generation was used on site" in texts(flow)
    assert "Netting interval: 60 min" in texts(flow)
    assert "never compared" in texts(flow)
    (system,) = energy_of(report).systems
    assert system.use is not None
    for interval, named in (("month", "local month"), ("meter", "interval of the meters"), (90, "90 s")):
        other = replace(system, use=replace(system.use, interval=interval))
        data = ReportData(replace(report.package, energy=replace(energy_of(report), systems=(other,))))
        assert f"Netting interval: {named};" in texts(told(data, "pv_use"))


def test_avoided_names_every_factor_and_subtracts_nothing(report: ReportData) -> None:
    flow = told(report, "pv_use")
    table = tables(flow)[0]
    (system,) = energy_of(report).systems
    balance = system.outlook.balance
    assert balance is not None and balance.modules_t is not None
    location = row(table, "Grid average (location-based)")
    assert "Hebei provincial average 2023" in location.cells[0]
    assert location.cells[1:5] == ("0.6516", "CO2", tonnes(balance.self_used_t), tonnes(balance.fed_in_t))
    assert row(table, "Life cycle of the modules").cells[5] == tonnes(balance.modules_t)
    assert row(table, "Combined margin").cells[1] == "–"
    assert "none of these tonnes is subtracted from anything" in texts(flow)


def test_a_factor_of_each_time_stands_beside_the_others(report: ReportData) -> None:
    hourly = energy_of(report).systems[0].outlook.hourly
    assert hourly is not None and hourly.plain_mean_t_per_mwh is not None
    assert hourly.factor.t_per_mwh < hourly.plain_mean_t_per_mwh, "the sun shines when the grid is clean"
    shown = row(tables(told(report, "pv_use"))[0], "Factor of each time")
    assert shown.cells[3:] == ("–", "–", tonnes(hourly.t))
    assert "Grid by the hour 分时电网因子; 100.0% of the intervals are known" in shown.cells[0]


def test_money_adds_up_and_says_when(report: ReportData) -> None:
    bought, fed = tables(told(report, "pv_use"))[1:]
    assert [one.cells[0] for one in bought.rows][1:4] == [
        "Monday–Friday 08:00-20:00".replace("-", "–"), "Saturday, Sunday 00:00–24:00", "Every day 00:00–24:00",
    ]  # fmt: skip
    (system,) = energy_of(report).systems
    assert system.outlook.saved is not None
    assert bought.rows[-1].cells[3] == f"{system.outlook.saved.money:,.2f}"
    assert bought.columns[1].title == "CNY/kWh"
    assert fed.rows[0].kind == "group"


def test_the_years_to_come_have_both_paths_and_every_assumption(report: ReportData) -> None:
    flow = told(report, "pv_forecast")
    years, assumed = tables(flow)
    assert [one.cells[0] for one in years.rows] == ["2020", "2025", "2030", "2035", "2040", "2044", "All 25 years"]
    (system,) = energy_of(report).systems
    forecast = system.outlook.forecast
    assert forecast is not None and forecast.constant_t is not None and forecast.falling_t is not None
    assert years.rows[-1].cells[4:] == (f"{forecast.constant_t:,.0f}", f"{forecast.falling_t:,.0f}")
    assert row(assumed, "Investment").cells[1] == "8,200,000 CNY"
    assert row(assumed, "Factor from then on").cells[1].startswith("Falling by 2 %")
    assert "roots: 1" in texts(flow)
    assert {"P50", "P90", "Factor frozen", "Factor falling"} <= set(drawn(flow).split("\n"))
    assert "none of these tonnes is subtracted" in texts(flow)


def test_a_grid_of_which_nobody_says_that_it_falls_has_one_path(report: ReportData) -> None:
    (system,) = energy_of(report).systems
    forecast = system.outlook.forecast
    assert forecast is not None
    still = replace(forecast, rows=tuple(replace(one, falling_t=one.constant_t) for one in forecast.rows))
    outlook = replace(system.outlook, forecast=still)
    other = replace(energy_of(report), systems=(replace(system, outlook=outlook),))
    flow = told(ReportData(replace(report.package, energy=other)), "pv_forecast")
    assert "Factor falling" not in drawn(flow)
    assert {len(one.cells) for one in tables(flow)[0].rows} == {5}


def test_a_claim_is_taken_apart_in_the_order_of_gravity(report: ReportData) -> None:
    flow = told(report, "claims")
    said = texts(flow)
    assert "“1.5 MW since 2019: 1,200 MWh a year on average, 4,150 MWh so far, 18,000 t CO₂ in 25 years.”" in said
    assert "Contradicted. As published, this claim does not hold." in said
    assert "avoid 12 to 17 kt instead of 18 kt" in said
    assert "4,150 MWh is 3.46 years of 1,200 MWh" in said
    assert "Contradicted\u2002·\u2002Tonnes over the years" in said
    assert "Claim: 0.600" in drawn(flow)
    assert "Claimed" in drawn(flow) and "18,000" in drawn(flow)
    fangshan = said[said.index("房山 Fangshan\n") :]
    assert fangshan.index("Contradicted\u2002") < fangshan.index("Doubtful\u2002") < fangshan.index("Holds\u2002")
    assert "1.\u2002Do the years degrade" in fangshan


def test_the_nearest_factors_stand_with_those_that_were_known(report: ReportData) -> None:
    factors = [one for one in tables(told(report, "claims")) if one.columns[0].title == "Nearest published factors"]
    assert 5 <= len(factors[0].rows) <= 7
    assert [one.cells[4] for one in factors[0].rows].count("yes") >= 2
    (krakow,) = [one for one in factors if one.columns[-1].title == "Yield it needs, kWh/kW/a"]
    assert {one.cells[3] for one in krakow.rows} == {"–"}


def test_assumptions_of_all_claims_stand_once(report: ReportData) -> None:
    assumed = tables(told(report, "claims"))[-1]
    assert len(assumed.rows) == len({one.cells for one in assumed.rows}) == 6
    assert "[assumed]" in assumed.rows[1].cells[3]


def test_savings_add_up_and_say_what_they_leave_out(report: ReportData) -> None:
    flow = told(report, "savings")
    savings = energy_of(report).savings
    assert savings is not None
    together = tables(flow)[0]
    (whole,) = [one for one in together.rows if one.kind == "total"]
    assert whole.cells[3:] == (f"{savings.years[0].kwh:,.0f}", tonnes(savings.years[0].tco2e), "72,960.00 CNY")
    assert "A saving is a memo beside the inventory and is never subtracted" in texts(flow)
    assert "–\u2002Broken 有误: “Luminaires before” is missing." in texts(flow)
    assert "–\u2002Losses of circulation and of the pipes" in texts(flow)
    assert "Measures that may count the same energy" in texts(flow)


def test_a_measure_outside_the_period_is_named_and_no_more(report: ReportData) -> None:
    savings = energy_of(report).savings
    assert savings is not None
    later = tuple(replace(one, years=()) if one.kind == "lighting" else one for one in savings.measures)
    other = replace(energy_of(report), savings=replace(savings, measures=later))
    said = texts(told(ReportData(replace(report.package, energy=other)), "savings"))
    assert "–\u2002Lighting 照明 (2022-07-01 – 2030-12-31)" in said
    assert "Measures: 4." in said
    assert "\nLighting 照明\n" not in said


def test_a_regression_names_its_denominators(report: ReportData) -> None:
    fit = next(one for one in tables(told(report, "savings")) if one.rows[0].cells[0].startswith("Periods: baseline"))
    assert [one.cells[0] for one in fit.rows][2:5] == ["CV(RMSE), n − p", "NMBE, n − p", "NMBE, n"]
    assert row(fit, "Limits of ASHRAE").cells[1] == "kept"
    assert "±13.4% with 95 % confidence" in str([one.cells for one in tables(told(report, "savings"))[1].rows])


def test_what_a_measure_emits_itself_is_in_no_sum(report: ReportData) -> None:
    pump = [
        one for one in tables(told(report, "savings")) if any(r.cells[0] == "Leaking refrigerant" for r in one.rows)
    ]
    assert [one.kind for one in pump[0].rows if one.cells[0] == "Leaking refrigerant"] == ["memo"]


# ------------------------------------------------------------------------------------------------ what strangers state


def everywhere(value: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    """The same with every leaf changed; records and sentences stay what they are."""
    if isinstance(value, dict):
        return {
            name: one if name in ("record", "measures", "args", "msgid", "factor_sets") and not isinstance(one, str)
            and key != "savings" else everywhere(one, change, name)
            for name, one in value.items()
        }  # fmt: skip
    if isinstance(value, list):
        return [everywhere(one, change, key) for one in value]
    return change(key, value)


KEPT = re.compile(r"month|first|last|commissioned|start|end|id|parent|sha256|medium|check|direction|key|basis|kind")
_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def all_numbers(new: str) -> Callable[[str, Any], Any]:
    return lambda key, value: (
        new if isinstance(value, str) and _DIGITS.fullmatch(value) and not KEPT.search(key) else value
    )


def all_texts(new: str) -> Callable[[str, Any], Any]:
    def change(key: str, value: Any) -> Any:
        free = (
            isinstance(value, str) and not _DIGITS.fullmatch(value) and not KEPT.fullmatch(key) and "-" not in value[:8]
        )
        return new if free and key not in ("severity", "verdict", "interval", "calibrated_to") else value

    return change


CASES: dict[str, Callable[[Any], Any]] = {
    "zero": lambda energy: everywhere(energy, all_numbers("0")),
    "huge": lambda energy: everywhere(energy, all_numbers("999999999999999999")),
    "negative": lambda energy: everywhere(energy, all_numbers("-987654321.123456789")),
    "tiny": lambda energy: everywhere(energy, all_numbers("0.000000000000000000000001")),
    "long texts": lambda energy: everywhere(energy, all_texts("Werk für Bremsen 涂装车间 " * 25)),
    "one long word": lambda energy: everywhere(energy, all_texts("x" * 1900)),
    "line feeds": lambda energy: everywhere(energy, all_texts("one\ntwo\n\tthree\r\n" * 30)),
    "many": lambda energy: {
        **energy,
        "meters": [{**one, "id": f"{one['id']}{n}", "parent": "plant0"} for n in range(12) for one in energy["meters"]],
        "systems": [{**one, "id": f"pv{n}"} for n in range(4) for one in energy["systems"]],
    },
    "empty lists": lambda energy: {
        **energy,
        "meters": [{**one, "months": [], "problems": []} for one in energy["meters"]],
        "systems": [{**one, "arrays": [], "months": [], "figures": {}, "notes": [], "parameters": []}
                    for one in energy["systems"]],
        "claims": [{**one, "check": {**one["check"], "steps": [], "questions": [], "assumptions": []}}
                   for one in energy["claims"]],
    },
    "unknown keys": lambda energy: {
        **energy,
        "meters": [{**one, "medium": "phlogiston", "direction": "sideways", "problems": [
            {**problem, "check": "x", "severity": "y"} for problem in one["problems"]]} for one in energy["meters"]],
        "systems": [{**one, "figures": {"mystery": next(iter(one["figures"].values()))},
                     "arrays": [{**array, "mounting": "afloat"} for array in one["arrays"]]}
                    for one in energy["systems"]],
        "claims": [{**one, "check": {**one["check"], "verdict": "perhaps"}} for one in energy["claims"]],
    },
}  # fmt: skip


def hostile(case: str) -> Package:
    """The energy of the whole plant in the report of a small one, whose other pages are soon printed."""
    energy = copy.deepcopy(complete().plain["energy"])
    language = ("en", "zh")[list(CASES).index(case) % 2]
    return read(canonical({**package(language).plain, "energy": CASES[case](energy)}))


@pytest.mark.parametrize("case", CASES)
def test_whatever_is_stated_is_printed_or_refused(case: str, tmp_path: Path) -> None:
    """Not only without an exception: inside the margins, too."""
    pdf = render(hostile(case))
    if poppler.needs_poppler.args[0]:
        return
    sizes, words = poppler.pages(pdf, tmp_path)
    assert poppler.outside(sizes, words) == []


def test_a_letter_that_no_font_has_is_a_difference_and_no_crash() -> None:
    plain = copy.deepcopy(dict(complete().plain))
    energy: Any = plain["energy"]
    energy["meters"][0]["name"] = "🔥"
    strange = read(canonical(plain))
    with pytest.raises(UserError, match="no sign for 🔥"):
        render(strange)
    assert compare(b"%PDF-1.7", strange) == "differs"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[poppler.Word]]:
    yield poppler.pages(pages_of("both"), tmp_path_factory.mktemp("both"))[1]


@poppler.needs_poppler
def test_no_page_is_nearly_empty(printed: list[poppler.Word]) -> None:
    for page in {one.page for one in printed} - {1}:
        body = {round(one.bottom) for one in printed if one.page == page and 55 < one.bottom < 780}
        assert len(body) > 4, f"page {page} has {len(body)} lines"
