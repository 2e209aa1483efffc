"""The GB/T summary as a workbook in the shape that Chinese reports use, with the proof of each parameter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from core.exchange.book import Sheet, Value, write_book
from core.i18n import Localised, Name, Text, show_date, verbatim
from core.inventory import Inventory
from core.inventory.views import Component, GbtLine, GbtRow, GbtView, gbt_view
from core.ledger import Audit
from core.library import GASES, policy_named
from core.methods import all_methods, exact_sum

BASIC = Name("Basic information", "基本信息")
ACTIVITY = Name("Activity data", "活动数据")
FACTORS = Name("Emission factors", "排放因子")
SUMMARY = Name("Summary", "排放量汇总")
DETAILS = Name("Lines", "分源明细")
LEFT_OUT = Name("Not counted", "未计入数据")

ROW = Name("Part", "排放类别")
SOURCE = Name("Source", "排放源")
ITEM = Name("Item", "品种")
QUANTITY = Name("Quantity", "活动数据")
UNIT = Name("Unit", "单位")
BILL_AND_FILES = Name("Proof (bill, files)", "证明材料（票据号、文件）")
START, END = Name("From", "开始日期"), Name("To", "结束日期")
YES, NO = Name("yes", "是"), Name("no", "否")
ORIGINS = {"measured": Name("measured", "实测值"), "default": Name("default", "缺省值")}
APPROACHES = {
    "operational_control": Name("operational control", "运营控制"),
    "financial_control": Name("financial control", "财务控制"),
    "equity_share": Name("equity share", "股权比例"),
}
COUNTED = Name("Counted (t)", "计入排放量（t）")
BESIDE = Name("Other gases beside (t CO2e)", "另列的其他气体（tCO2e）")
ZERO_RATED = Name("Taken off for proven non-fossil power (t CO2)", "有证明的非化石电力扣减（tCO2）")
BIOGENIC = Name("Biogenic CO2, apart (t)", "生物质CO2（单列，t）")
SIGNS = {1: Name("added", "加"), -1: Name("subtracted", "减"), 0: Name("stated beside", "另列，不计入")}
WITHOUT = Name("Total without purchased and exported energy", "排放总量（不含购入、输出电力和热力）")
WITH = Name("Total with purchased, less exported energy", "排放总量（含购入、扣除输出电力和热力）")


def write_gbt_workbook(path: Path, inventory: Inventory, audit: Audit | None = None, language: str = "zh") -> None:
    """Basic information, activity data, factors, summary, and every line with its parameters and their proof.

    Parameters
    ----------
    path
        ``.xlsx`` to write.
    inventory
        best compiled under the policy ``gbt-32150-2025``.
    audit
        choices of the year, for the first sheet.
    language
        of headings: ``zh``, ``en`` or ``both``.

    Raises
    ------
    UserError
        when the file cannot be written.

    Notes
    -----
    The shape follows the report formats of GB/T 32151-2024, appendix B. Texts of the plant are written as texts, so
    none becomes a formula; numbers are numbers, with the 15 digits that Excel keeps.
    """
    view = gbt_view(inventory)
    of_lines = (24, 22, 20, 26, 14, 10, *(14,) * 4, 18, 14, 16, 16, 12, 20, 50)
    lists = (
        Sheet(BASIC, (Name("Field", "项目"), Name("Content", "内容")), (36, 70), _basic(inventory, audit, language)),
        Sheet(ACTIVITY, ACTIVITY_HEAD, (24, 22, 20, 12, 12, 14, 12, 8, 36), _activity(inventory, view)),
        Sheet(FACTORS, FACTOR_HEAD, (24, 22, 24, 14, 18, 10, 44, 40, 50), _factors(inventory, view)),
        Sheet(SUMMARY, SUMMARY_HEAD, (46, 16, *(14,) * 7, 18, 18, 16, 14), _summary(view)),
        Sheet(DETAILS, DETAIL_HEAD, of_lines, _details(inventory, view)),
        Sheet(LEFT_OUT, LEFT_OUT_HEAD, (24, 22, 14, 10, 80), _left_out(inventory)),
    )  # fmt: skip
    write_book(path, lists, language)


def _basic(inventory: Inventory, audit: Audit | None, language: str) -> Iterator[Sequence[Value]]:
    plant, choices = inventory.plant, inventory.choices
    tongue = "en" if language == "en" else "zh"
    start, end = (show_date(day, tongue) for day in (choices.period.start, choices.period.end))
    yield Name("Reporting entity", "报告主体"), plant.organisation or plant.name
    yield Name("Plant", "工厂名称"), plant.name
    yield Name("Address", "地址"), plant.address
    yield Name("Country and region", "国家和地区"), " ".join(part for part in (plant.country, plant.region) if part)
    yield Name("Reporting period", "核算期间"), f"{start} – {end}"
    yield Name("Standard of this workbook", "核算标准"), "GB/T 32150-2025"
    yield Name("Policy that chose the factors", "排放因子选取规则"), policy_named(choices.policy).title
    yield Name("GWP set (where a row counts several gases)", "全球变暖潜势来源"), f"IPCC {choices.gwp_set}"
    if audit is not None:
        yield Name("Consolidation", "边界确定方法"), APPROACHES.get(audit.approach, verbatim(audit.approach))
        yield Name("Boundary", "核算边界"), audit.boundary
        yield Name("Criteria", "核算依据"), audit.criteria
        yield Name("Prepared by", "编制人"), audit.preparer
    yield Name("Note", "备注"), plant.note


ACTIVITY_HEAD = (ROW, SOURCE, ITEM, START, END, QUANTITY, UNIT, Name("Estimated", "是否估算"), BILL_AND_FILES)


def _counted(view: GbtView) -> Iterator[tuple[GbtRow, GbtLine]]:
    """Lines that the standard asks about."""
    return ((row, detail) for row in view.rows if row.sign for detail in row.details)


def _activity(inventory: Inventory, view: GbtView) -> Iterator[Sequence[Value]]:
    for row, detail in _counted(view):
        line = detail.line
        a = line.activity
        yield (row.row.title, a.source, _item(inventory, a.item), line.portion.start, line.portion.end,
               line.portion.quantity, a.unit, YES if a.estimated else NO, _proof(detail))  # fmt: skip


FACTOR_HEAD = (
    ROW, ITEM, Name("Parameter", "参数"), Name("Value", "数值"), UNIT, Name("Kind", "取值方式"),
    Name("Source", "来源"), Name("Place", "出处（表、页、报告号）"), Name("Used by", "适用排放源"),
)  # fmt: skip


def _factors(inventory: Inventory, view: GbtView) -> Iterator[Sequence[Value]]:
    """Each number once, with the sources that use it."""
    users: dict[tuple[str, str, Component], list[str]] = {}
    for row, detail in _counted(view):
        for one in detail.components:
            sources = users.setdefault((row.row.key, detail.line.activity.item, one), [])
            if detail.line.activity.source not in sources:
                sources.append(detail.line.activity.source)
    for (key, item, one), sources in users.items():
        yield (view.row(key).row.title, _item(inventory, item), one.title, one.value, one.unit, ORIGINS[one.origin],
               one.source, one.place, "、".join(sources))  # fmt: skip


SUMMARY_HEAD = (
    ROW, COUNTED, *(Name(f"{gas} (t CO2e)", f"{gas}（tCO2e）") for gas in GASES), BESIDE, ZERO_RATED, BIOGENIC,
    Name("In the total", "计入方式"),
)  # fmt: skip


def _summary(view: GbtView) -> Iterator[Sequence[Value]]:
    for row in view.rows:
        gases = [row.row.gases[gas] for gas in GASES]
        yield (row.row.title, row.counted, *gases, row.beside, row.zero_rated, row.row.biogenic, SIGNS[row.sign])
    blank: list[Value] = [None] * len(GASES)
    for title, total in ((WITHOUT, view.without_energy), (WITH, view.with_energy)):
        yield (title, total, *blank, None, None, None, None)
    beside = exact_sum(row.beside for row in view.rows if row.sign == 1)
    yield (Name("Other gases beside, added rows", "另列的其他气体合计"), None, *blank, beside, None, None, None)
    yield (Name("Biogenic CO2, apart", "生物质CO2合计（单列）"), None, *blank, None, None, view.biogenic, None)


DETAIL_HEAD = (
    ROW, SOURCE, ITEM, Name("Method", "核算方法"), QUANTITY, UNIT, Name("Net calorific value", "低位发热量"),
    Name("Carbon content", "单位热值含碳量"), Name("Oxidation rate", "碳氧化率"), Name("Emission factor", "排放因子"),
    Name("Unit of the factor", "排放因子单位"), COUNTED, BESIDE, ZERO_RATED, Name("Kind", "取值方式"),
    Name("Line", "明细编号"), BILL_AND_FILES,
)  # fmt: skip


def _details(inventory: Inventory, view: GbtView) -> Iterator[Sequence[Value]]:
    methods = all_methods()
    for row, detail in _counted(view):
        line = detail.line
        a = line.activity
        numbers = [next((c.value for c in detail.components if c.key == key), None)
                   for key in ("ncv", "carbon", "oxidation")]  # fmt: skip
        kind = "measured" if any(c.origin == "measured" for c in detail.components) else "default"
        method: Localised = methods[a.method].title if a.method in methods else verbatim(a.method)
        yield (row.row.title, a.source, _item(inventory, a.item), method, line.portion.quantity, a.unit, *numbers,
               line.factor.value, line.factor.unit, detail.counted, detail.beside, detail.zero_rated, ORIGINS[kind],
               line.id, _proof(detail))  # fmt: skip


LEFT_OUT_HEAD = (SOURCE, ITEM, QUANTITY, UNIT, Name("Reason", "原因"))


def _left_out(inventory: Inventory) -> Iterator[Sequence[Value]]:
    for one in inventory.excluded:
        a = one.portion.activity
        yield a.source, _item(inventory, a.item), one.portion.quantity, a.unit, one.finding.message


def _item(inventory: Inventory, key: str) -> Name | Text:
    found = inventory.library.items.get(key)
    return verbatim(key) if found is None else found.name


def _proof(detail: GbtLine) -> str:
    return "；".join(detail.proof)
