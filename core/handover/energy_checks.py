"""What head office holds the statements of a report about energy against; the interval data stay at the plant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.handover.energy import ELECTRICAL, Model, checks_of, factor_sets
from core.handover.matching_checks import matching_contradictions
from core.inventory import Difference, Package
from core.inventory.confirm import unconfirmed
from core.inventory.energy import Energy
from core.inventory.energy.outlook import StatedBalance, StatedForecast, StatedHourly
from core.inventory.energy.savings import SavedMeasure, SavedSum, StatedSavings
from core.inventory.energy.systems import StatedSystem, StatedTree, StatedUse
from core.library import EXACT, Library, own_rows
from core.methods import KG, exact_sum, plain
from core.solar.avoided import answers, modules_factor
from core.solar.claims import check_to_plain
from core.solar.outlook import Outlook, places_of
from core.solar.plain import outlook_to_plain

HALF = Decimal("0.05")
"""What rounding may hide of each number that has one decimal."""
GRAMS = Decimal("0.001")
"""What the rounding of a mean factor may hide of the tonnes of a year. [t]"""


def contradictions(package: Package, library: Library) -> tuple[Difference, ...]:
    """What a package states of energy and its own numbers do not confirm.

    Parameters
    ----------
    package
        as it was read.
    library
        the reader's own, from which claims are taken apart and factors chosen again, as far as the plant had it.

    Returns
    -------
    tuple
        empty when all is confirmed. Where the reader lacks one of the publications (:func:`unknown_sets`), claims and
        factors are not looked at.

    Raises
    ------
    UserError
        for a claim that cannot be one.

    Notes
    -----
    To the last digit: months of a meter and of a PV system add up to their totals, a loss tree closes, avoided tonnes
    are energy times factor, savings add up from their lines to all measures, hourly matching from its months. Within
    rounding: use makes the generation, years make the forecast. Claims and chosen factors come out the same again.
    """
    energy = package.energy
    if energy is None:
        return ()
    return (
        *(one for meter in energy.meters for one in _equal(f"energy.meters[{meter.id}].total", meter.total,
                                                           (month.total for month in meter.months))),
        *(one for system in energy.systems for one in _system(system)),
        *(() if energy.savings is None else _savings(energy, energy.savings)),
        *(() if energy.matching is None else matching_contradictions(energy.matching)),
        *_again(energy, package, library),
    )  # fmt: skip


def _equal(where: str, stated: Decimal, parts: Iterator[Decimal]) -> Iterator[Difference]:
    added = exact_sum(parts)
    if added != stated:
        yield Difference(where, plain(stated), plain(added))


def _near(where: str, stated: Decimal | None, parts: list[Decimal | None]) -> Iterator[Difference]:
    """Numbers of one decimal that add up within what rounding may hide."""
    known = [part for part in parts if part is not None]
    if stated is None or len(known) < len(parts):
        return
    added = exact_sum(known)
    if abs(EXACT.subtract(added, stated)) > HALF * (len(parts) + 1):
        yield Difference(where, plain(stated), plain(added))


def _system(system: StatedSystem) -> Iterator[Difference]:
    where = f"energy.systems[{system.id}]"
    counted = (month.energy_kwh for month in system.months if month.energy_kwh is not None)
    yield from _equal(f"{where}.energy_kwh", system.energy_kwh, counted)
    if system.loss_tree is not None:
        yield from _tree(f"{where}.loss_tree", system.loss_tree)
    if system.use is not None:
        yield from _use(f"{where}.use", system.use)
    if system.outlook.balance is not None:
        yield from _balance(f"{where}.outlook.balance", system.outlook.balance)
    if system.outlook.hourly is not None:
        yield from _hourly(f"{where}.outlook.hourly", system.outlook.hourly)
    if system.outlook.forecast is not None:
        yield from _forecast(f"{where}.outlook.forecast", system.outlook.forecast)


def _tree(where: str, tree: StatedTree) -> Iterator[Difference]:
    lost = exact_sum((*(loss.kwh for loss in tree.losses), tree.unexplained_kwh))
    closed = EXACT.subtract(tree.reference_kwh, lost)
    if closed != tree.energy_kwh:
        yield Difference(f"{where}.energy_kwh", plain(tree.energy_kwh), plain(closed))


def _use(where: str, use: StatedUse) -> Iterator[Difference]:
    yield from _near(f"{where}.generated_kwh", use.generated_kwh, [use.self_used_kwh, use.fed_in_kwh])
    yield from _near(f"{where}.load_kwh", use.load_kwh, [use.self_used_kwh, use.purchased_kwh])


def _balance(where: str, balance: StatedBalance) -> Iterator[Difference]:
    """Tonnes of the balance: t = E/1000 × EF, to nine decimals."""
    for key, energy, stated in (
        ("self_used_t", balance.self_used_kwh, balance.self_used_t),
        ("fed_in_t", balance.fed_in_kwh, balance.fed_in_t),
    ):
        tonnes = EXACT.quantize(EXACT.divide(EXACT.multiply(energy, balance.factor.t_per_mwh), Decimal(1000)), KG)
        if tonnes != stated:
            yield Difference(f"{where}.{key}", plain(stated), plain(tonnes))


def _hourly(where: str, hourly: StatedHourly) -> Iterator[Difference]:
    """Tonnes by the hour: energy times the mean factor, which was rounded to nine decimals."""
    tonnes = EXACT.divide(EXACT.multiply(hourly.kwh, hourly.factor.t_per_mwh), Decimal(1000))
    if abs(EXACT.subtract(tonnes, hourly.t)) > GRAMS:
        yield Difference(f"{where}.t", plain(hourly.t), plain(EXACT.quantize(tonnes, KG)))


def _forecast(where: str, forecast: StatedForecast) -> Iterator[Difference]:
    rows = forecast.rows
    yield from _near(f"{where}.p50_kwh", forecast.p50_kwh, [row.p50_kwh for row in rows])
    yield from _near(f"{where}.p90_kwh", forecast.p90_kwh, [row.p90_kwh for row in rows])
    yield from _near(f"{where}.constant_t", forecast.constant_t, [row.constant_t for row in rows])
    yield from _near(f"{where}.falling_t", forecast.falling_t, [row.falling_t for row in rows])


def _savings(energy: Energy, savings: StatedSavings) -> Iterator[Difference]:
    recorded = {one.id: (one.name, one.kind, one.item, one.start, one.end) for one in energy.measures}
    for one in savings.measures:
        where = f"energy.savings.measures[{one.id}]"
        if recorded.get(one.id) != (one.name, one.kind, one.item, one.start, one.end):
            yield Difference(where, one.name, str(recorded.get(one.id, ("no such measure",))[0]))
        yield from _measure(where, one)
    for year in savings.years:
        yield from _all_measures(f"energy.savings.years[{year.year}]", year, savings)


def _measure(where: str, one: SavedMeasure) -> Iterator[Difference]:
    for year in one.years:
        place = f"{where}.years[{year.year}]"
        yield from _equal(f"{place}.kwh", year.kwh, (line.kwh for line in year.lines if line.kwh is not None))
        yield from _equal(f"{place}.tco2e", year.tco2e, (line.tco2e for line in year.lines if line.tco2e is not None))
        yield from _equal(f"{place}.money", year.money, (line.money for line in year.lines if line.money is not None))
    yield from _equal(f"{where}.total.kwh", one.total.kwh, (year.kwh for year in one.years))
    yield from _equal(f"{where}.total.tco2e", one.total.tco2e, (year.tco2e for year in one.years))
    yield from _equal(f"{where}.total.money", one.total.money, (year.money for year in one.years))


def _all_measures(where: str, stated: SavedSum, savings: StatedSavings) -> Iterator[Difference]:
    held = [(one, year) for one in savings.measures for year in one.years if year.year == stated.year]
    yield from _equal(f"{where}.kwh", stated.kwh, (year.kwh for _, year in held))
    yield from _equal(f"{where}.tco2e", stated.tco2e, (year.tco2e for _, year in held))
    beside = (line.tco2e for _, year in held for line in year.beside if line.tco2e is not None)
    yield from _equal(f"{where}.beside_tco2e", stated.beside_tco2e, beside)
    for currency in sorted({*stated.money, *(one.currency for one, _ in held if one.currency)}):
        money = (year.money for one, year in held if one.currency == currency)
        yield from _equal(f"{where}.money[{currency}]", stated.money.get(currency, Decimal(0)), money)


def unknown_sets(package: Package, library: Library) -> tuple[Difference, ...]:
    """Publications behind claims and avoided emissions that the reader's library does not have."""
    energy = package.energy
    missing = () if energy is None else sorted({*energy.factor_sets} - {*factor_sets(library)})
    return tuple(Difference(f"energy.factor_sets[{key}]", key, "—") for key in missing)


def _again(energy: Energy, package: Package, library: Library) -> Iterator[Difference]:
    """Claims taken apart and factors chosen once more, from the publications that the plant had."""
    if unknown_sets(package, library):
        return
    stated, published = {*energy.factor_sets}, library.with_own(())
    factors = tuple(one for item in ELECTRICAL for one in published.about(item) if one.set.key in stated)
    same = Library(library.units, library.gwp, library.items, factors).with_own(own_rows(package.ledger.own_factors))
    models = {one.id: Model(one.name, one.typical_year_kwh, one.typical_kwh_m2) for one in energy.systems}
    checks = checks_of([one.claim for one in energy.claims], package.ledger.plant, same, models)
    for claim, check in zip(energy.claims, checks, strict=True):
        yield from unconfirmed(dict(claim.plain), check_to_plain(check), f"energy.claims[{claim.claim.id}].check")
    yield from _factors(package, same)


def _factors(package: Package, library: Library) -> Iterator[Difference]:
    """The named factors of each PV system, chosen again for its place and year."""
    stated = package.plain["energy"]
    assert isinstance(stated, dict)
    places, year = places_of(package.ledger.plant), package.choices.period.end.year
    again = outlook_to_plain(
        Outlook(answers(library, places, year), modules_factor(library, places, year), None, None, None, None, ())
    )
    for system in stated["systems"]:
        for key in ("factors", "modules"):
            where = f"energy.systems[{system['id']}].outlook.{key}"
            yield from unconfirmed(system["outlook"][key], again[key], where)
