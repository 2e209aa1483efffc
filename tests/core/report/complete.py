"""A plant that leaves nothing out: many sources, own values, judgements, a closed year; every figure is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from core.checks import dismissal, review
from core.inventory import Inventory, Issue, Package, build, choices_of, compile_inventory, read
from core.inventory.caused import caused
from core.inventory.closing import figures_of
from core.ledger import (
    Activity,
    Closing,
    Evidence,
    FactorFile,
    Judgement,
    Ledger,
    OwnFactor,
    Record,
    canonical,
)
from core.report import RENDERER, compare, render
from tests.core.report import asked, audited, planned, produced, supplied
from tests.core.report.powered import stated as energy
from tests.core.report.sample import AUDIT, PLANT, library, months
from tests.core.samples import covering

Monthly: TypeAlias = "tuple[str, str, str, str, str, dict[str, str]]"
Yearly: TypeAlias = "tuple[str, str, str, str, str, dict[str, str], int]"
LABORATORY = {"ncv_volume": "35.2", "uncertainty": "2"}
LIFETIME = {"lifetime_energy": "150"}
MONTHLY: tuple[Monthly, ...] = (
    ("Boiler house 锅炉房", "stationary_combustion", "natural_gas", "m3", "21500.5", LABORATORY),
    ("Heat treatment 热处理", "stationary_combustion", "lpg", "t", "3.4", {}),
    ("Fork lifts 叉车", "mobile_combustion", "diesel", "t", "1.75", {}),
    ("Company cars 公务车", "mobile_combustion", "gasoline", "t", "0.62", {}),
    ("Welding shop 焊接车间", "welding_gas", "ar80_co2_20", "kg", "420", {}),
    ("SCR 脱硝", "urea", "adblue", "kg", "310", {}),
    ("Grid connection 1 一号变电站", "purchased_electricity", "electricity", "kWh", "815340", {}),
    ("Grid connection 2 二号变电站", "purchased_electricity", "electricity", "kWh", "402000", {}),
    ("District heating 外购热力", "purchased_heat", "heat", "GJ", "410.2", {}),
    ("Neighbour's air 外购压缩空气", "compressed_air", "compressed_air", "m3", "21000", {"specific_energy": "0.12"}),
    ("Roof PV 屋顶光伏", "solar_generation", "solar_self_used", "kWh", "131000", {}),
    ("Roof PV 屋顶光伏", "solar_generation", "solar_fed_in", "kWh", "24000", {}),
    ("Power sold to the neighbour 转供电", "exported_energy", "electricity_sold", "kWh", "18000", {}),
    ("Rubber parts 橡胶件", "purchased_goods", "plastics", "t", "12", {}),
    ("Fuels upstream 燃料上游", "upstream_energy", "diesel", "l", "2100", {}),
    ("Grid losses 输配电损失", "transmission_losses", "electricity", "kWh", "1217340", {}),
    ("Waste contractor 废弃物", "waste", "commercial_waste", "t", "6.5", {"treatment": "landfill"}),
    ("Commuting 员工通勤", "commuting", "car", "person_day", "5200", {"distance": "12"}),
)  # fmt: skip
YEARLY: tuple[Yearly, ...] = (
    ("Paint shop chillers 冷水机组", "refrigerants", "R-410A", "kg", "38.4", {}, 0),
    ("Substation 变电站", "switchgear_gas", "SF6", "kg", "45", {"basis": "charge"}, 0),
    ("Server room 机房", "fire_extinguishers", "fm_200", "kg", "60", {"basis": "fixed_extinguisher"}, 0),
    ("New press line 新冲压线", "spend", "naics_336340", "USD", "820000", {}, 2),
    ("Inbound trucks 进厂运输", "freight", "truck", "tkm", "3400000", {}, 4),
    ("Sales trips 差旅", "business_travel", "flight_short", "pkm", "310000", {}, 6),
    ("Hotels 酒店", "hotel_nights", "hotel_night", "night", "420", {}, 6),
    ("Rented warehouse 租用仓库", "leased_assets", "electricity", "kWh", "186000", {}, 8),
    ("Outbound trucks 出厂运输", "freight", "truck", "tkm", "5100000", {}, 9),
    ("Actuators in cars 产品使用", "use_of_sold_products", "electricity", "piece", "90000", LIFETIME, 11),
    ("Scrapped dampers 产品报废", "waste", "commercial_waste", "t", "720", {"treatment": "landfill"}, 12),
    ("Tooling supplier 模具供应商", "supplier_specific", "reported_emissions", "tCO2e", "164.2", {}, 1),
    ("Old generator 旧发电机", "stationary_combustion", "wood", "kWh", "80", {}, 0),
    ("Solvents 溶剂", "solvents", "toluene", "kg", "900", {}, 0),
)  # fmt: skip


def records(year: int = 2023, scale: str = "1") -> Iterator[Activity]:
    """A year of everything, more or less of it."""
    for index, (source, method, item, unit, quantity, parameters) in enumerate(MONTHLY):
        for month, (start, end) in enumerate(months(year)):
            if (index, month) in ((1, 4), (1, 5), (15, 9), (16, 11)):
                continue
            swing = 1 + Decimal((month * 7 + index * 3) % 5 - 2) / 10
            amount = Decimal(quantity) * (swing if method != "transmission_losses" else 1) * Decimal(scale)
            yield Activity(
                f"m{index:02d}{month:02d}", source, method, item, start, end, amount, unit,
                estimated=month == 7 and index % 4 == 0, evidence="" if month == 3 else f"INV-{index}-{month:03d}",
                note="Mean of the neighbouring months: the meter was broken" if month == 7 else "",
                parameters=tuple(sorted(parameters.items())),
            )  # fmt: skip
    for index, (source, method, item, unit, quantity, parameters, category) in enumerate(YEARLY):
        yield Activity(
            f"y{index:02d}", source, method, item, date(year, 1, 1), date(year, 12, 31),
            Decimal(quantity) * Decimal(scale), unit, category=category, parameters=tuple(sorted(parameters.items())),
            evidence=f"LIST-{index}", estimated=index in (6, 9),
            note="Nights per employee of the neighbouring plant" if index in (6, 9) else "",
        )  # fmt: skip


def green() -> Iterator[Record]:
    """Two contracts of half a year each that cover a part of the second connection every month."""
    index = next(n for n, row in enumerate(MONTHLY) if row[0].startswith("Grid connection 2"))
    for half, key in enumerate(("i1", "i2")):
        first, last = (date(2023, 1, 1), date(2023, 6, 30)) if half == 0 else (date(2023, 7, 1), date(2023, 12, 31))
        for month in range(6 * half, 6 * half + 6):
            proof, contract, allocated = covering(
                f"m{index:02d}{month:02d}", 250_000, key, start=first, end=last, quantity=Decimal(1500),
                scheme="GEC", serials=f"{key}-1 – {key}-1500", retired="2024-01-15", beneficiary=PLANT.name,
            )  # fmt: skip
            yield allocated
        yield from (proof, contract)


def own() -> tuple[Record, ...]:
    """What the plant states and decided itself."""
    proof = Evidence(
        "lab", "Gas analysis 天然气检测报告 2023-114.pdf", "certificate", "ab" * 32, 48_211, "application/pdf"
    )
    factor = OwnFactor(
        "heat-2023", "District heating, measured 外购热力实测值", "supplier", "Zhangjiakou Heating Co. 张家口热力",
        "Letter 2023-17", "p. 2", "heat", "supplier", "kg/GJ", (("CO2", "96.4"),), date(2023, 1, 1), date(2023, 12, 31),
        "lab", uncertainty=Decimal("4"), note="Mean of the heating season",
    )  # fmt: skip
    taken = FactorFile(
        "uk_desnz_2025_test", "ghg-conversion-factors-2025-flat-format.xlsx", "cd" * 32, 812_345, "UK DESNZ / Defra",
        "2025", "publisher",
    )  # fmt: skip
    signed = FactorFile(
        "group_2023", "group-factors-2023.pcaf", "ef" * 32, 9_120, "Group head office", "2023-2", "signed", "Chen Hong"
    )
    return (proof, factor, taken, signed, *_judgements())


def _judgements() -> tuple[Judgement, ...]:
    said = (
        (
            "scope3:10",
            "not_relevant",
            "Brakes are fitted as delivered. 产品直接装车，无需再加工。",
        ),
        ("scope3:13", "not_relevant", "Nothing is let to others. 无出租资产。"),
        ("scope3:14", "not_relevant", "There are no franchises. 无特许经营。"),
        ("iso:5", "significant", "Asked for by two customers. 两家客户要求报告。"),
    )
    return tuple(Judgement(f"j{n}", 2023, about, verdict, why) for n, (about, verdict, why) in enumerate(said))


def closing(year: int, scale: str) -> Closing:
    """A closed year that used so much of everything."""
    inventory = earlier(year, scale)
    return Closing(
        str(year), f"{year:064d}", 40_000, 1, date(year + 1, 3, 1), "Verified 已核查",
        figures=figures_of(inventory.totals, inventory.lines),
    )  # fmt: skip


@cache
def earlier(year: int, scale: str) -> Inventory:
    """What a closing year was."""
    audit = replace(AUDIT, id=str(year), start=date(year, 1, 1), end=date(year, 12, 31))
    gone = "Rented warehouse 租用仓库" if year == 2021 else ""
    kept = [a for a in records(year, scale) if a.source != gone]
    return compile_inventory(Ledger.of([PLANT, audit, *kept]), choices_of(audit, year), library())


@cache
def ledger(policy: str = "ghg-protocol", gwp: str = "AR6") -> Ledger:
    audit = replace(AUDIT, policy=policy, gwp_set=gwp, base_year="2021")
    held: list[Record] = [
        PLANT, audit, *records(), *green(), *own(), closing(2021, "1.12"), closing(2022, "1.05"),
        *audited.audit(), *planned.planned(), *asked.asked(), *produced.produced(),
        *supplied.supplied(),
    ]  # fmt: skip
    held += [
        Evidence(f"e{n}", f"Bill {n} 电费单.pdf", "bill", f"{n:064x}", 12_000 + n, "application/pdf", (f"m06{n:02d}",))
        for n in range(9)
    ]
    return Ledger.of(held)


@cache
def complete(language: str = "en", policy: str = "ghg-protocol", draws: int = 2_000) -> Package:
    """The package of the whole plant, two findings dismissed."""
    held = ledger(policy)
    audit = held.audit(2023)
    assert audit is not None
    choices = choices_of(audit, 2023)
    found = review(compile_inventory(held, choices, library()))
    warnings = [f for f in found if f.severity == "warning"]
    for finding in warnings[:1] + warnings[5:6]:
        decided = dismissal(finding, 2023, "Checked on site: the meter was replaced. 已现场核实：电表已更换。")
        held = Ledger({**held.records, "judgement": {**held.records["judgement"], decided.id: decided}})
    inventory = compile_inventory(held, choices, library())
    stated = review(inventory)
    causes = [
        caused(str(year), f"{year:064d}", earlier(year, scale), inventory)
        for year, scale in ((2021, "1.12"), (2022, "1.05"))
    ]
    issue = Issue(
        issued=datetime(2026, 3, 5, 8, 30, tzinfo=UTC), issued_by="Li Wei", language=language, renderer=RENDERER,
        journal_head="ab" * 32, journal_entries=217, required_signatures=("Auditor", "PlantManager"),
    )  # fmt: skip
    may = next(a for a in held.activities if a.id == "m0604")
    plain = build(
        held, audit, stated, library(), issue, draws=draws, comparisons=causes, energy=energy(),
        corrections=(audited.correction(may),),
    )  # fmt: skip
    return read(canonical(plain))


@cache
def pages_of(language: str = "en") -> bytes:
    """Its pages, drawn once for everybody who only looks at them."""
    return render(complete(language))


@cache
def rebuilt(language: str = "en") -> str:
    """Whether its pages are what its data give, asked once, too."""
    return compare(pages_of(language), complete(language))
