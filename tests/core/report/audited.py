"""An audit of the complete plant's year, concluded: people, samples, tests, findings, opinion. All is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from core.ledger import (
    Activity,
    AuditFinding,
    Communication,
    Correction,
    Declaration,
    Engagement,
    KeyFigure,
    Opinion,
    Person,
    PlanItem,
    Record,
    ReviewAnswer,
    RiskAssessment,
    Sample,
    TestSheet,
)

DAY = date(2024, 2, 6)
POWER, GAS = "Grid connection 1 一号变电站", "Boiler house 锅炉房"
TESTED = ("m0601", "m0604", "m0607", "m0002", "m0008")


def audit() -> tuple[Record, ...]:
    """Everything that the auditors recorded."""
    return (*_people(), *_agreed(), *_work(), *_found(), *_concluded())


def correction(before: Activity) -> Correction:
    """The bill of May as it was before the finding."""
    wrong = replace(before, quantity=before.quantity * 10)
    when = datetime(2024, 2, 8, 9, 0, tzinfo=UTC)
    return Correction("activity", before.id, "fi00001", wrong, "Zhao Min 赵敏", when, 211)


def _people() -> tuple[Record, ...]:
    lead = "GHG lead verifier, 12 years in the automotive industry 温室气体核查组长"
    return (
        Person("pe00001", "Zhao Min 赵敏", ("preparer",), "Zhangjiakou plant", competence="Energy manager 能源管理师"),
        Person("pe00002", "Li Wei 李伟", ("auditor", "team_lead"), "Example Audit Co.", competence=lead),
        Person("pe00003", "Sun Yan 孙燕", ("auditor",), "Example Audit Co.", competence="Energy auditor 能源审核员"),
        Person("pe00004", "Chen Hong 陈红", ("reviewer",), "Example Audit Co.", competence="Technical reviewer"),
        Person("pe00005", "Wang Qiang 王强", ("plant_manager",), "Zhangjiakou plant"),
        *(
            Declaration(f"2023:pe0000{n}", 2023, f"pe0000{n}", "I am independent of the plant. 本人独立于工厂。", DAY,
                        signature="MIIB" if n < 4 else "", evidence="" if n < 4 else "lab")
            for n in (2, 3, 4)
        ),
    )  # fmt: skip


def _agreed() -> tuple[Record, ...]:
    return (
        Engagement(
            "2023", "Example Automotive Group 示例汽车集团", "Zhangjiakou 张家口", "Verify the inventory of the year.",
            "Scopes 1, 2 and 3 of the whole site, seven gases. 全厂范围一、二、三，七种气体。", "limited", Decimal(5),
            (("scope1", "5"),), ("pe00002", "pe00003"), "pe00004", "2024-02-06", "2024-02-09", "concluded", 2,
            concluded="2024-03-01",
            reopened="A corrected bill arrived after the first conclusion. 首次结论后收到更正账单。",
        ),
        Communication("co00001", 2023, DAY, "opening_meeting", "Opening 首次会议",
                      "Scope and plan were agreed. 确认了范围和计划。", ("Li Wei 李伟", "Wang Qiang 王强"), ("lab",)),
        Communication("co00002", 2023, date(2024, 2, 9), "closing_meeting", "Closing 末次会议",
                      "One finding was handed over. 移交一项不符合项。", ("Li Wei 李伟", "Wang Qiang 王强")),
    )  # fmt: skip


def _work() -> tuple[Record, ...]:
    return (
        RiskAssessment(f"2023:{POWER}", 2023, POWER, "high", "medium", "Bills are typed by hand. 账单由人工录入。"),
        RiskAssessment(f"2023:{GAS}", 2023, GAS, "medium", "low", ""),
        Sample("sa00001", 2023, "Bills 电费单", "random", (POWER, GAS), 5, "4711", "ab" * 32, TESTED, 30,
               settings=(("confidence", "95"),)),
        Sample("sa00002", 2023, "Widened 扩大", "random", (POWER,), 6, "4711", "ab" * 32,
               ("m0601", "m0604", "m0607", "m0609", "m0610", "m0611"), 50, "sa00001",
               reason="A bill was wrong. 一张账单有误。"),
        *(
            TestSheet(f"te{n:05}", 2023, key, "traced" if n % 2 else "rekeyed", "differs" if n == 2 else "agrees",
                      "pe00003", DAY, "sa00001", finding="fi00001" if n == 2 else "")
            for n, key in enumerate((*TESTED, "m0609", "m0610", "m0611"), 1)
        ),
        KeyFigure("kf00001", "production", "pcs", date(2023, 1, 1), date(2023, 12, 31), Decimal(1_250_000)),
        PlanItem("pl00001", POWER, "electricity", "billed", accuracy=Decimal("0.5"), responsible="Energy manager"),
    )  # fmt: skip


def _found() -> tuple[Record, ...]:
    return (
        AuditFinding(
            "fi00001", 2023, "misstatement", "Bill of May typed with a zero too many 五月账单多录入一个零",
            "The record says ten times what the bill shows. 记录为账单数值的十倍。", DAY, "pe00003",
            "ISO 14064-1:2018, 8.3", ("m0604",), ("e4",), "sa00001", Decimal("3000.5"), False, "pe00001", "2024-02-20",
            "Typed by hand. 人工录入。", "The record was corrected. 已更正记录。",
            "Bills are imported from now on. 今后导入账单。",
            ("e4",), "pe00001", "closed", "corrected", None, "pe00002", "2024-02-12", "Traced to the bill again.",
        ),
        AuditFinding(
            "fi00002", 2023, "recommendation", "Calibrate the gas meter 校准燃气表", "The certificate ends soon.", DAY,
            "pe00002", status="closed", closed_by="pe00003", closed="2024-02-12",
        ),
        AuditFinding(
            "fi00003", 2023, "misstatement", "Diesel of the generator missing 缺少发电机柴油", "Two cans were found.",
            DAY, "pe00002", activities=("m0201",), effect=Decimal("-0.4"), owner="pe00001", status="closed",
            treatment="uncorrected", answered_by="pe00001", closed_by="pe00002", closed="2024-02-12",
        ),
    )  # fmt: skip


def _concluded() -> tuple[Record, ...]:
    return (
        ReviewAnswer("2023:scope", 2023, "scope", "yes", "pe00004"),
        Opinion("2023", "unmodified", "unmodified", "", "pe00002", date(2024, 2, 28),
                "The boiler house was replaced in November. 锅炉房于十一月更换。"),
    )  # fmt: skip
