"""A group for the tests of its report; every figure is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from core.i18n import Name, T, verbatim
from core.ledger import Company, Deadline, Group, Register, Site, Stake, Transfer
from core.methods import SCOPES
from core.report.group import GroupPackage, read, write
from core.report.group.asked import Asked, Framework, Lack, PlantAnswers
from core.report.group.package import (
    BILLION,
    RENDERER,
    Absent,
    Cause,
    Cells,
    Changes,
    Contents,
    Eliminated,
    Intensity,
    Issue,
    PlantChange,
    PlantYear,
    Recalculation,
    Repeat,
    Rests,
    SeriesYear,
    SharedFactor,
    Uncertain,
)
from core.report.group.ways import AimSum, MissedAim, NextTonne, PlantPower, Ways

PLANTS = (
    ("Zhangjiakou brake plant 张家口制动器工厂", "CN", "Brakes", "Beijing Brake Co., Ltd. 北京制动器有限公司"),
    ("Fangshan 房山工厂", "CN", "Brakes", "Beijing Brake Co., Ltd. 北京制动器有限公司"),
    ("Luton", "GB", "Suspension", "BWI UK Ltd"),
    ("Krosno", "PL", "Suspension", "BWI Poland sp. z o.o."),
    ("Greenfield, Indiana", "US", "Suspension", ""),
    ("Chihuahua", "MX", "Brakes", "BWI México S.A."),
)
SIZES = (9120, 4210, 1900, 3300, 2740, 610)
MONTHS = range(2024 * 12, 2024 * 12 + 12)
REGISTER = Register.of(
    [
        Group("Example Automotive Group 示例汽车集团", base_year=2022),
        *(Company(f"co{n}", name, "CN") for n, name in enumerate(dict.fromkeys(p[3] for p in PLANTS if p[3]), 1)),
        *(Site(f"si{n}", name, country, business) for n, (name, country, business, _) in enumerate(PLANTS, 1)),
        Stake("st1", "group", "co1", "", percent=Decimal(80), reason="Founded 创立"),
        Stake("st2", "co1", "si1", "2019-01-01"),
        Stake("st3", "co3", "si4", "2024-06-16", percent=Decimal(50), financial="joint", reason="Bought"),
        Transfer("tr1", "si1", "si2", "Steam from Zhangjiakou"),
        Deadline("2024", date(2025, 3, 31)),
    ]
)


def cells() -> Cells:
    """A year of every plant: four scopes, two categories, two gases, twelve months."""
    rows = []
    for plant, size in enumerate(SIZES):
        for scope, share, category, gas in (
            ("scope1", 20, 0, 0), ("scope1", 1, 0, 1), ("scope2_location", 40, 0, 0), ("scope2_market", 31, 0, 0),
            ("scope3", 25, 1, 0), ("scope3", 5, 4, 0), ("scope1", 2, 0, 7),
        ):  # fmt: skip
            for month in MONTHS:
                swing = 100 + (month * 7 + plant * 3) % 11 - 5
                amount = size * share * swing * (BILLION // 120_000) + plant + 1
                rows.append((plant, SCOPES.index(scope), category, gas, month, 0, str(amount)))
    rows.append((1, SCOPES.index("scope2_location"), 0, 0, 2024 * 12, 1, str(-120 * BILLION)))
    return Cells(*(tuple(column) for column in zip(*rows, strict=True)))


def totals(tonnes: int) -> dict[str, Decimal]:
    """Of a year of the series."""
    return {"location": Decimal(tonnes), "market": Decimal(tonnes) * 9 / 10}


def shared(number: int, month: int) -> Decimal:
    """The fourth plant was bought in the middle of June."""
    return Decimal("0.5") if (number, month) == (4, 6) else Decimal(number != 4 or month > 6)


def contents(language: str = "both") -> Contents:
    """Everything that a report of a group may say."""
    plants = tuple(
        PlantYear(f"si{n}", name, country, business, company, n != 6,
                  {f"2024-{m:02}": shared(n, m) for m in range(1, 13)})
        for n, (name, country, business, company) in enumerate(PLANTS, 1)
    )  # fmt: skip
    reports = tuple(
        Rests(n, f"{n:x}a" * 32, f"{n:x}b" * 32, 1 + n % 2, "2024-01-01", "2024-12-31", ("Li Na 李娜", "Wang Fang"),
              "2025-02-03T08:00:00+00:00", (f"{n:x}c" * 32, f"{n:x}d" * 32), True, "equal",
              (T("Decided by head office: {reason}", reason="Renderer of 2024"),) if n == 1 else ())
        for n in range(6)
    )  # fmt: skip
    return Contents(
        issue=Issue("2025-05-06T07:08:09+00:00", "Chen Jie 陈洁", language, RENDERER, "ab" * 32, 17),
        year=2024,
        approach="operational_control",
        plants=plants,
        reports=reports,
        cells=cells(),
        eliminated=(Eliminated(PLANTS[0][0], PLANTS[1][0], "Steam from Zhangjiakou", Decimal(100),
                               "scope2_location", Decimal(-120)),),
        series=(
            SeriesYear(2022, totals(21840), totals(23205), ("Upper Heyford",)),
            SeriesYear(2023, totals(20930), totals(22022)),
            SeriesYear(2024, totals(19902), totals(19902)),
        ),
        recalculation=Recalculation(2022, Decimal(5), Decimal("6.25"), True,
                                    (T("{plant} was bought.", plant="Krosno"),)),
        changes=Changes(
            2023, Decimal(21980), Decimal(20480),
            (Cause("activity", T("Activity data"), Decimal(-1800)),
             Cause("factor", T("Emission factors"), Decimal(-420)),
             Cause("boundary", T("Boundary"), Decimal(720))),
            (PlantChange("Krosno", Decimal(0), Decimal(720), {"boundary": Decimal(720)}),
             PlantChange("Luton", Decimal(21980), Decimal(19760),
                         {"activity": Decimal(-1800), "factor": Decimal(-420)})),
        ),
        intensities=(
            *(Intensity(n, "production", "piece", Decimal(10000 * (n + 1)), Decimal(SIZES[n])) for n in range(5)),
            Intensity(-1, "production", "piece", Decimal(150000), Decimal(21270), 5),
        ),
        uncertainty=(
            Uncertain("scope1", Decimal(4800), Decimal("3.2"), Decimal("2.1"), Decimal(100)),
            Uncertain("scope2_location", Decimal(8700), Decimal("6.1"), Decimal("3.0"), Decimal(90)),
            Uncertain("location", Decimal(20480), Decimal("4.4"), Decimal("2.6"), Decimal("93.5")),
        ),
        shared_factors=(SharedFactor(verbatim("China, national grid 2023"), 2, Decimal(5300), Decimal(10),
                                     Decimal("61.2")),),
        repeats=(Repeat("certificate", "GEC-2024-000123", ("Luton", "Krosno"), "120000 kWh",
                        T("Both plants claim the whole amount.")),),
        absent=(
            Absent("Upper Heyford", "GB", "missing", "2025-03-31"),
            Absent("Luton", "GB", "late", "2025-03-31", (T("Signed on {day}.", day="2025-04-10"),)),
            Absent("Suzhou 苏州工厂", "CN", "held", "2025-03-31",
                   (T("The signature of the plant manager is missing."),)),
        ),
        notices=(T("“{plant}” is not in the register; it counts wholly.", plant="Chihuahua"),),
        ways=ways(),
        asked=asked(),
    )  # fmt: skip


def asked() -> Asked:
    """Two frameworks, a plant that has not reported, and what is missing for each reason."""
    return Asked(
        (Framework(Name("CDP climate 2025", "CDP 气候变化 2025"), "2025", 41, 28, 60, 4, 2),
         Framework(Name("SAQ", "SAQ 问卷"), "5.0", 30, 30, 30, 0, 0)),
        57,
        (PlantAnswers("Luton", True, 50, 31), PlantAnswers("Krosno", True, 57, 57),
         PlantAnswers("Upper Heyford", False, 0, 0)),
        (Lack(Name("Water consumed", "耗水量"), 7, ("Luton", "Upper Heyford"), 3, False, False, None),
         Lack(Name("Process for climate risks", "气候风险管理流程"), 4, (), 0, True, False, None),
         Lack(Name("Environmental management", "环境管理体系"), 3, ("Krosno",), 0, False, True, None),
         Lack(Name("Fuel used", "燃料使用量"), 2, (), 0, False, False,
              T("The plants give it in different units: {units}.", units=["MWh", "t"]))),
        5,
        (T("“{name}” is missing.", name="Luton-2024.pdf"),),
    )  # fmt: skip


def ways() -> Ways:
    """One plant that misses its promise, one that does not, one that says nothing."""
    power = (
        PlantPower(
            "Luton",
            Decimal(4_000_000),
            Decimal(3_999_999),
            Decimal(0),
            Decimal(0),
            Decimal(100),
            2027,
            Decimal("0.001"),
            Decimal(0),
            2,
            False,
        ),
        PlantPower(
            "Krosno",
            Decimal(6_000_000),
            Decimal(6_000_000),
            Decimal(600_000),
            Decimal(600_000),
            Decimal(100),
            2027,
            Decimal(0),
            Decimal(0),
            0,
            False,
        ),
        PlantPower(
            "Chihuahua",
            Decimal(1_000_000),
            Decimal(0),
            Decimal(0),
            Decimal(0),
            None,
            0,
            Decimal(0),
            Decimal(0),
            -1,
            True,
        ),
    )
    return Ways(
        power,
        (AimSum(("scope1", "scope2_market"), 2030, ("Luton", "Krosno"), ("Chihuahua",), Decimal(5200), Decimal(5000),
                Decimal(3000)),),
        (MissedAim("Luton", "Scopes 1 and 2 by 2030", Decimal(200), None),
         MissedAim("Krosno", "Net zero", None, T("The target covers too little."))),
        (NextTonne("Krosno", "Heat pumps 热泵", "EUR", Decimal("157.45"), Decimal(1100)),),
        Decimal(1500),
        (T("These reports say nothing of targets, actions or certificates; their electricity counts: {names}.",
           names=["Chihuahua"]),),
    )  # fmt: skip


@cache
def package(language: str = "both") -> GroupPackage:
    """As made and read again."""
    return read(write(contents(language), REGISTER))


def bare(language: str = "en") -> GroupPackage:
    """Only what every report has."""
    whole = contents(language)
    nothing = Contents(whole.issue, whole.year, whole.approach, whole.plants[:1], whole.reports[:1], Cells())
    return read(write(replace(nothing), REGISTER))
