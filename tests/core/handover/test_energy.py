"""What a report states of energy: what the demo's plants state, and what head office finds in what was altered."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.demo import demo_plants
from core.handover import Draft, prepare, produce, receive
from core.handover.energy import energy_stated
from core.handover.energy_checks import contradictions, unknown_sets
from core.i18n import Name
from core.inventory import Package, Period, build, read
from core.inventory.energy import energy_from_plain
from core.ledger import Claim, Ledger, OwnFactor, PvSystem, Record, Step, canonical
from core.library import Factor, FactorSet, Library, load_library
from core.signing import Identity, Trust
from tests.core.handover.conftest import NOW, ledger
from tests.core.report.complete import complete
from tests.core.report.powered import PERIOD, powered
from tests.core.report.sample import library, package

LATER = NOW + timedelta(days=1)
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@cache
def demo(number: int) -> tuple[Ledger, dict[str, bytes]]:
    one = demo_plants()[number]
    return one.ledger, {hashlib.sha256(data).hexdigest(): data for entry in one.entries for data in entry.blobs}


def stated_by(number: int) -> dict[str, Any] | None:
    held, blobs = demo(number)
    return energy_stated(held, YEAR, load_library(), blobs.__getitem__)


@cache
def little() -> Mapping[str, object]:
    return package("en").plain


def altered(*change: Callable[[Any], None]) -> Package:
    """Something else in the energy of the complete plant, read as head office reads it; the rest is soon read."""
    energy = copy.deepcopy(complete("en", draws=0).plain["energy"])
    for one in change:
        one(energy)
    return read(canonical({**little(), "energy": energy}))


def found(*change: Callable[[Any], None]) -> list[str]:
    return [one.where for one in contradictions(altered(*change), library())]


def test_the_demo_states_its_meters_and_its_roof() -> None:
    said = stated_by(0)
    energy = energy_from_plain(said)
    assert energy is not None
    assert len(energy.meters) == 9
    for one in energy.meters[:2]:
        assert len(one.months) == 12 and all(month.complete for month in one.months)
        assert one.total == sum(month.total for month in one.months) > 0
        assert len(one.index_sha256) == 64
    (system,) = energy.systems
    (record,) = demo(0)[0].held(PvSystem)
    assert (system.name, system.dc_power_kw, len(system.arrays)) == (record.name, Decimal(2000), 2)
    assert system.weather is not None and "DEMO" in system.weather.name
    assert system.typical_year_kwh is not None and system.typical_kwh_m2 is not None
    assert system.use is not None and system.use.interval == 900
    assert system.outlook.forecast is not None and len(system.outlook.forecast.rows) == 25
    assert energy.unclear_systems == ()


def test_what_cannot_be_measured_is_null_with_a_reason() -> None:
    energy = energy_from_plain(stated_by(1))
    assert energy is not None
    (system,) = energy.systems
    assert system.loss_tree is None and system.use is None and system.figure("performance_ratio") is None
    assert system.figures["performance_ratio"].reason is not None
    assert system.notes != ()


def test_a_plant_without_meters_states_nothing() -> None:
    assert stated_by(2) is None
    nothing: dict[str, bytes] = {}
    assert energy_stated(ledger(), YEAR, load_library(), nothing.__getitem__) is None


def test_a_system_that_does_not_run_yet_is_left_out_and_one_without_arrays_named() -> None:
    held, blobs = powered()
    energy = energy_from_plain(energy_stated(held, PERIOD, library(), blobs.__getitem__))
    assert energy is not None
    assert [one.id for one in energy.systems] == ["pv1"]
    assert [(one.id, "no arrays" in str(one.reason)) for one in energy.unclear_systems] == [("pv2", True)]


def test_an_honest_package_is_not_contradicted() -> None:
    assert contradictions(complete("en", draws=0), library()) == ()
    assert unknown_sets(complete("en", draws=0), library()) == ()


def test_the_demo_is_not_contradicted() -> None:
    for number in (0, 1):
        held, blobs = demo(number)
        draft = prepare(held, 2024, load_library(), language="en", issued_by="Li", when=NOW, journal=("0" * 64, 1),
                        blob=blobs.__getitem__)  # fmt: skip
        package = read(canonical(dict(draft.package)))
        assert package.energy is not None
        assert contradictions(package, load_library()) == ()


def month(energy: Any) -> None:
    energy["meters"][0]["months"][3]["total"] = "1"


def total(energy: Any) -> None:
    energy["meters"][1]["total"] = "1"


def generated(energy: Any) -> None:
    energy["systems"][0]["energy_kwh"] = "9999999"


def tree(energy: Any) -> None:
    energy["systems"][0]["loss_tree"]["unexplained_kwh"] = "0"


def use(energy: Any) -> None:
    energy["systems"][0]["use"]["self_used_kwh"] = "3069133.7"


def avoided(energy: Any) -> None:
    energy["systems"][0]["outlook"]["balance"]["self_used_t"] = "9999"


def by_hour(energy: Any) -> None:
    energy["systems"][0]["outlook"]["hourly"]["t"] = "1"


def factor(energy: Any) -> None:
    energy["systems"][0]["outlook"]["factors"][0]["factor"]["t_per_mwh"] = "0.9"


def modules(energy: Any) -> None:
    energy["systems"][0]["outlook"]["modules"] = None


def forecast(energy: Any) -> None:
    energy["systems"][0]["outlook"]["forecast"]["constant_t"] = "90000"


def verdict(energy: Any) -> None:
    energy["claims"][1]["check"]["verdict"] = "holds"


def step(energy: Any) -> None:
    energy["claims"][1]["check"]["steps"].pop(0)


def sentence(energy: Any) -> None:
    energy["claims"][1]["check"]["summary"]["en"] = "All is well."


def question(energy: Any) -> None:
    energy["claims"][0]["check"]["questions"].pop()


def claimed(energy: Any) -> None:
    energy["claims"][1]["record"]["total_tonnes"] = "16000"


def model(energy: Any) -> None:
    energy["systems"][0]["typical_year_kwh"] = "2000000"


def in_both(energy: Any, change: Callable[[Any], None]) -> None:
    for lang in ("en", "zh"):
        change(energy["savings"][lang])


def line(energy: Any) -> None:
    in_both(energy, lambda said: said["measures"][3]["years"][0]["lines"][0].update(kwh="1"))


def saving(energy: Any) -> None:
    in_both(energy, lambda said: said["measures"][3]["total"].update(tco2e="1000"))


def saved(energy: Any) -> None:
    in_both(energy, lambda said: said["years"][0].update(kwh="1000000"))


def money(energy: Any) -> None:
    in_both(energy, lambda said: said["years"][0]["money"].update(EUR="1"))


def invented(energy: Any) -> None:
    energy["measures"] = energy["measures"][1:]


ALTERED: tuple[tuple[Callable[[Any], None], str], ...] = (
    (month, "energy.meters[main].total"),
    (total, "energy.meters[roof].total"),
    (generated, "energy.systems[pv1].energy_kwh"),
    (tree, "energy.systems[pv1].loss_tree.energy_kwh"),
    (use, "energy.systems[pv1].use.generated_kwh"),
    (avoided, "energy.systems[pv1].outlook.balance.self_used_t"),
    (by_hour, "energy.systems[pv1].outlook.hourly.t"),
    (factor, "energy.systems[pv1].outlook.factors[0].factor.t_per_mwh"),
    (modules, "energy.systems[pv1].outlook.modules"),
    (forecast, "energy.systems[pv1].outlook.forecast.constant_t"),
    (verdict, "energy.claims[claim-fangshan].check.verdict"),
    (step, "energy.claims[claim-fangshan].check.steps"),
    (sentence, "energy.claims[claim-fangshan].check.summary.en"),
    (question, "energy.claims[claim-zhangjiakou].check.questions"),
    (claimed, "energy.claims[claim-fangshan].check"),
    (model, "energy.claims[claim-zhangjiakou].check"),
    (line, "energy.savings.measures[lighting].years[2023].kwh"),
    (saving, "energy.savings.measures[lighting].total.tco2e"),
    (saved, "energy.savings.years[2023].kwh"),
    (money, "energy.savings.years[2023].money[EUR]"),
    (invented, "energy.savings.measures[baseline]"),
)


@pytest.mark.parametrize(("change", "where"), ALTERED, ids=[change.__name__ for change, _ in ALTERED])
def test_what_was_altered_is_named(change: Callable[[Any], None], where: str) -> None:
    assert any(one.startswith(where) for one in found(change)), found(change)


def test_rounding_is_no_contradiction() -> None:
    def nudged(energy: Any) -> None:
        energy["systems"][0]["use"]["fed_in_kwh"] = "144451.2"

    assert found(nudged) == []


def newer(library_now: Library) -> Library:
    """A library with a newer publication of the same grid."""
    publication = FactorSet(
        "cn_electricity_2029", Name("Newer", "新"), "MEE", "2029", 2029, "2029-01-01", "facts", rank=1
    )
    fresh = [
        Factor(f"cn_electricity_2029.electricity.location.{place}.2023.kWh", publication, "electricity", "location",
               place, 2023, "kg/kWh", {"CO2": Decimal("0.4")})
        for place in ("CN-HE", "CN-BJ", "CN")
    ]  # fmt: skip
    return library_now.with_sets(fresh)


def test_a_head_office_with_newer_publications_finds_no_difference() -> None:
    held = complete("en", draws=0)
    assert contradictions(held, newer(library())) == ()
    assert unknown_sets(held, newer(library())) == ()


def test_a_plant_with_newer_publications_is_not_called_a_liar() -> None:
    held, blobs = powered()
    energy = energy_stated(held, PERIOD, newer(library()), blobs.__getitem__)
    package = altered(lambda plain: plain.update(energy))
    assert [one.where for one in unknown_sets(package, library())] == ["energy.factor_sets[cn_electricity_2029]"]
    assert contradictions(package, library()) == ()
    assert contradictions(package, newer(library())) == ()


def test_a_factor_of_the_plant_itself_travels_with_its_ledger() -> None:
    held, blobs = powered()
    own = OwnFactor(
        "grid", "Supplier 供电公司", "supplier", "Power Co.", "Letter 3", "p. 1", "electricity", "location", "kg/kWh",
        (("CO2", "0.111"),), date(2023, 1, 1), date(2023, 12, 31), "lab", note="x",
    )  # fmt: skip
    with_own = held.apply((Step("factor", own.id, None, own),))
    energy = energy_stated(with_own, PERIOD, library(), blobs.__getitem__)
    assert energy is not None and '"0.111"' in canonical(energy).decode()
    whole = complete("en", draws=0)
    plain = copy.deepcopy(dict(whole.plain))
    package = read(canonical({**plain, "energy": energy}))
    assert contradictions(package, library()) != (), "without the factor in the ledger it is nobody's"
    carrying = replace(package, ledger=package.ledger.apply((Step("factor", own.id, None, own),)))
    assert contradictions(carrying, library()) == ()


def signed_with(change: Callable[[Any], None], auditor: Identity, more: tuple[Record, ...] = ()) -> bytes:
    """A report of the small plant with the energy of the demo, altered and signed all the same."""
    held, blobs = demo(0)
    kinds = ("meter", "intervals", "pv_system", "pv_array", "weather", "tariff")
    with_meters = Ledger({**ledger(*more).records, **{kind: held.records[kind] for kind in kinds}})
    draft = prepare(with_meters, 2024, load_library(), language="en", issued_by="Li Na", when=NOW,
                    journal=("0" * 64, 1), blob=blobs.__getitem__)  # fmt: skip
    package: dict[str, Any] = copy.deepcopy(dict(draft.package))
    change(package["energy"])
    return produce(Draft(package, draft.audit, draft.findings), auditor)


def test_a_signed_report_with_energy_is_believed_and_rebuilt(auditor: Identity, trust: Trust) -> None:
    receipt = receive(signed_with(lambda energy: None, auditor), trust, load_library(), LATER)
    assert receipt.valid, str(receipt.reason)
    assert receipt.rebuilt == "equal"
    assert receipt.package is not None and receipt.package.energy is not None


def test_a_signed_lie_about_energy_is_refused_and_named(auditor: Identity, trust: Trust) -> None:
    receipt = receive(signed_with(tree, auditor), trust, load_library(), LATER)
    assert not receipt.valid and receipt.rebuilt == "equal", "the pages show what the data say, and the data lie"
    assert [one.where for one in receipt.differences] == ["energy.systems[pv001].loss_tree.energy_kwh"]
    assert "loss_tree" in str(receipt.reason)


def test_a_publication_that_head_office_lacks_is_told_and_no_lie(auditor: Identity, trust: Trust) -> None:
    def newer_set(energy: Any) -> None:
        energy["factor_sets"].append("zz_later")

    receipt = receive(signed_with(newer_set, auditor), trust, load_library(), LATER)
    assert receipt.valid, str(receipt.reason)
    assert [one.where for one in receipt.unknown_factors] == ["energy.factor_sets[zz_later]"]


def test_broken_energy_is_refused_before_anything_is_signed(auditor: Identity) -> None:
    with pytest.raises(UserError, match="meters: total is missing"):
        signed_with(lambda energy: energy["meters"][0].pop("total"), auditor)


NUMBERS = st.none() | st.builds(
    lambda digits, power: Decimal(digits).scaleb(power), st.integers(1, 99), st.integers(-18, 15)
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    numbers=st.fixed_dictionaries(
        dict.fromkeys(("power", "area", "yearly", "total", "yearly_tonnes", "total_tonnes", "years"), NUMBERS)
    ),
    since=st.sampled_from(["", "2019", "0001", "9999-12-31", "x", "2019-02-30"]),
    published=st.dates(date(1950, 1, 1), date(2999, 12, 31)),
    country=st.sampled_from(["CN", "", "XX", "pl"]),
)  # fmt: skip
def test_any_claim_is_judged_or_refused(
    numbers: dict[str, Decimal | None], since: str, published: date, country: str
) -> None:
    """Head office takes apart what strangers claim: nothing but a refusal with its reason may come of it."""
    bare = Claim("c", "Any", "", published, country=country, since=since, system="pv1")
    claim = replace(bare, **numbers)  # type: ignore[arg-type]

    whole = complete("en", draws=0)
    assert whole.energy is not None
    said = replace(whole.energy.claims[0], claim=claim)
    try:
        assert contradictions(replace(whole, energy=replace(whole.energy, claims=(said,))), library())
    except UserError:
        return


def test_the_schema_says_that_energy_travels() -> None:
    held, blobs = powered()
    energy = energy_stated(held, PERIOD, library(), blobs.__getitem__)
    whole = complete("en", draws=0)
    plain = build(whole.ledger, whole.audit, (), library(), whole.issue, energy=energy)
    assert plain["schema"] == {"name": "plant-carbon-audit", "version": "1.3", "min_reader": "1.0"}
    assert "energy" not in build(whole.ledger, whole.audit, (), library(), whole.issue)
