"""What the complete plant plans: instruments, targets, credits, actions; one of everything that a section may say.

Every figure is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.ledger import (
    Action,
    ActionArea,
    Allocation,
    BasePolicy,
    Commitment,
    Credit,
    Driver,
    EarlierYear,
    Evidence,
    Instrument,
    KeyFigure,
    Measure,
    Milestone,
    Recalculation,
    Record,
    Resolution,
    RuleValue,
    Scenario,
    SerialsElsewhere,
    SupplyOption,
    Target,
)
from tests.core.report.powered import powered
from tests.core.report.sample import PLANT

D = Decimal
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
COVERED = D(300_000)
"""Of each bill of the first grid connection. [kWh]"""


def planned() -> tuple[Record, ...]:
    """All of it."""
    return (*_proofs(), *_instruments(), *_rules(), *_base(), *_targets(), *_ahead(), *_actions(), *_neutral())


def _proofs() -> Iterator[Record]:
    for key, name, kind in (
        ("cert", "Retirement 绿证核销证明.pdf", "certificate"),
        ("minutes", "Minutes 气候委员会纪要.pdf", "other"),
        ("plan", "Neutrality plan 碳中和管理计划.pdf", "other"),
    ):
        yield Evidence(key, name, kind, key.encode().hex().ljust(64, "0"), 9_000, "application/pdf")


def _instruments() -> Iterator[Record]:
    wind = Instrument(
        "in1", "Wind certificates 风电绿证", "certificate", "CN", *YEAR, D(3600), "GEC",
        "GEC-2023-000001–GEC-2023-003600", technology="wind", generator="Zhangbei 张北风电场",
        commissioned="2021-05-01", retired="2024-01-18", beneficiary=PLANT.name, purpose="2023", evidence=("cert",),
    )  # fmt: skip
    yield wind
    yield Instrument("in2", "Contract without proof 无凭证合同", "ppa_physical", "CN", *YEAR, D(1200), contract="PPA-7",
                     technology="solar", attributes="with")  # fmt: skip
    yield replace(wind, id="in3", name="From another market 其他市场", market="PL", quantity=D(50), scheme="GO",
                  serials="GO-1–GO-50", evidence=())  # fmt: skip
    yield replace(wind, id="in4", name="Of an earlier year 更早年份", start=date(2021, 1, 1), end=date(2021, 12, 31),
                  quantity=D(10), serials="GEC-2021-000001–GEC-2021-000010")  # fmt: skip
    for month in range(12):
        yield Allocation(f"al{month:02d}", "in1", f"m06{month:02d}", COVERED)
    yield Allocation("al90", "in2", "m0700", D(100_000))
    yield SerialsElsewhere("se1", "GEC-2021-000003", "Krosno Plant", 2021, "Head office 2024-02-01")
    yield SupplyOption("so1", "Second roof 屋顶二期", "pv", 2025, D(1300), D(28), D(3_600_000), 25, "CNY")
    yield SupplyOption("so2", "Certificates 绿证", "certificates", 2024, D(20_000), D(6), currency="CNY")
    yield SupplyOption("so3", "Storage 储能", "storage", 2029, D(200), currency="CNY")


def _rules() -> Iterator[Record]:
    yield RuleValue("renewables.late_retirement", "12", "Letter of the verifier 2024-02-02 核查机构函")
    yield RuleValue("iso_14068.retirement_months", "18", "Letter of the verifier, p. 2")
    yield RuleValue("sbti_nz_2_0.rate_scope12", "5", "Read by the climate team")
    yield RuleValue("renewables.never_heard_of", "1", "a later program")


def _base() -> Iterator[Record]:
    yield BasePolicy(2021, D(5), "Structure, methods, factors, errors 结构、方法、因子、错误")
    yield Recalculation("rc1", date(2023, 3, 1), "structure", "Press shop bought 收购车间", (("2021 scope1", "120.5"),),
                        "recalculate", "Li Wei", "Above the threshold 超过阈值", ("minutes",))  # fmt: skip
    yield Recalculation("rc2", date(2023, 7, 1), "organic", "Third shift 三班制", decision="none", decided_by="Li Wei",
                        reason="Growth of the plant itself")  # fmt: skip
    yield Recalculation(
        "rc3", date(2023, 9, 1), "factor", "Another grid factor 电网因子", (("2021 scope2_market", "-8"),)
    )
    for part, tonnes in (("scope1", "1400"), ("scope2_market", "9100"), ("scope3", "15800")):
        yield EarlierYear(f"ey-{part}", 2019, part, D(tonnes), "Sustainability report 2019, p. 31")


def _targets() -> Iterator[Record]:
    own = ("scope1", "scope2_market")
    yield Target("ta1", "Scopes 1 and 2 by 2030 范围一和二", "near_term", own, 2021, 2030, D(42), "sbti_nz_1_3",
                 status="committed", declared="2022-05-01", evidence=("minutes",), note="Own words 说明")  # fmt: skip
    yield Target("ta2", "100 % renewable 可再生电力", "renewable", (), 2021, 2027, D(100), declared="2022-05-01")
    yield Target("ta3", "Net zero 净零", "net_zero", (*own, "scope3"), 2021, 2050, D(90), "sbti_nz_2_0")
    yield Target("ta4", "Per piece 单位产品", "own", own, 2022, 2028, D(30), intensity="production")
    yield Target("ta5", "Withdrawn 已撤回", "own", ("scope1",), 2021, 2025, D(10), status="withdrawn")
    yield Target("ta6", "Not possible 不可能", "own", ("scope1",), 2021, 2025, D(120))
    yield KeyFigure("kf2022", "production", "pcs", date(2022, 1, 1), date(2022, 12, 31), D(1_180_000))


def _ahead() -> Iterator[Record]:
    yield Driver("dr1", "Production 产量", "production", "pcs", ("scope1", "scope2_location", "scope2_market"),
                 "production", growth=D(2))  # fmt: skip
    yield Scenario("sc1", "As approved 现行计划", 2050, efficiency=(("scope1", "1"),), grid_decline=D("2.5"))


def _actions() -> Iterator[Record]:
    yield next(one for one in powered()[0].held(Measure) if one.id == "lighting")
    grid = "Grid connection 1 一号变电站"
    yield ActionArea("energy_efficiency", "Energy team 能源组", "Wang Qiang 王强")
    yield Action("ac1", "Lighting 照明", "energy_efficiency", "scope2_location", date(2022, 7, 1), 12, "Zhao Min 赵敏",
                 "running", grid, "electricity", D(48_000), capex=D(90_000), saving=D(38_000), currency="CNY",
                 measure="lighting")  # fmt: skip
    yield Action("ac2", "Heat pump 热泵", "heat", "scope1", date(2027, 1, 1), 15, status="planned",
                 tonnes=D(260), ramp=(("1", "50"),), capex=D(900_000), opex=D(40_000), saving=D(60_000), currency="CNY",
                 measure="gone")  # fmt: skip
    yield Action("ac3", "Green power 绿电", "renewable_electricity", "scope2_market", date(2026, 1, 1), 5,
                 "Wang Qiang 王强", "approved", grid, "electricity", D(4_000_000), opex=D(60_000),
                 currency="CNY")  # fmt: skip
    yield Action("ac4", "Paid in euro 欧元计价", "products", "scope3:1", date(2028, 1, 1), 10, tonnes=D(20),
                 capex=D(10_000), currency="EUR")  # fmt: skip
    yield Action("ac5", "Given up 已停止", "logistics", "scope1", date(2024, 1, 1), 4, status="stopped")
    yield Milestone("mi1", "ac2", "Ordered 已订购", date(2025, 10, 1), done="2025-09-20")
    yield Milestone("mi2", "ac2", "Delivered 到货", date(2026, 2, 1))
    yield Milestone("mi3", "ac2", "Running 投运", date(2026, 12, 1))
    yield Resolution("re1", date(2025, 12, 11), "Climate committee 气候委员会", "Actions of 2026 行动", "Approved 批准",
                     ("ac1", "ac3"), ("ta2",), ("minutes",))  # fmt: skip
    yield Resolution(
        "re2", date(2025, 6, 3), "Works council 职工代表大会", "Third shift 三班制", "Noted 知悉", ("gone",)
    )


def _neutral() -> Iterator[Record]:
    own = ("scope1", "scope2_market")
    quality = ("additional", "permanent", "no_leakage", "not_double_counted", "verified")
    yield Credit("cr1", "CCER", "CCER-1 Forest 造林", "removal_nature", "CN", 2022, "F-1–F-500", D(500),
                 retired="2024-02-01", beneficiary=PLANT.name, purpose="2023", year=2023, quality=quality,
                 evidence=("cert",))  # fmt: skip
    yield Credit("cr2", "VCS", "VCS-9 Cook stoves 炉灶", "avoidance", "KE", 2015, "V-1–V-40", D(40), year=2023)
    yield Credit("cr3", "GS", "GS-4 Biochar 生物炭", "removal_technology", "FI", 2023, "G-1–G-7", D(7),
                 retired="2024-02-03", beneficiary=PLANT.name, quality=quality)  # fmt: skip
    yield Commitment("cm1", "Operations 工厂运营", own, 2027, "committed", "2023-11-17", ("plan",),
                     "Carbon neutral by 2027 2027年碳中和")  # fmt: skip
    yield Commitment("cm2", "One product line 一条产品线", ("scope1",), 2023, "claimed")
