"""A small catalogue, a map of our own and what a plant knows, made by hand."""

from __future__ import annotations

from decimal import Decimal

from core.disclosures.point import Column, Point
from core.disclosures.question import DisclosureMap, Question
from core.disclosures.value import Origin, PointValue
from core.i18n import Name, T, verbatim


def point(key: str, kind: str = "number", fold: str = "sum", unit: str = "", **more: object) -> Point:
    """A data point called by its key."""
    said = Point(key, Name(f"Point {key}", f"数据点 {key}"), unit, kind, fold)
    return said if not more else _with(said, more)


def _with(said: Point, more: dict[str, object]) -> Point:
    from dataclasses import replace

    return replace(said, **more)  # type: ignore[arg-type]


POINTS = {
    one.key: one
    for one in (
        point("ghg.s1", unit="tCO2e", who=Name("Energy manager", "能源经理")),
        point("ghg.s2", unit="tCO2e"),
        point("people", unit="persons"),
        point(
            "trained", "percent", "ratio", "%",
            columns=(Column("part", Name("Trained", "受训"), True, "persons"),
                     Column("whole", Name("Staff", "员工"), True, "persons")),
        ),
        point("energy.share", "percent", "ratio", "%"),
        point("ghg.intensity", "number", "ratio", "tCO2e/piece"),
        point(
            "ghg.gas", "table", "sum", "tCO2e",
            columns=(
                Column("gas", Name("Gas", "气体")),
                Column("t", Name("Emissions", "排放量"), True, "tCO2e"),
                Column("bio", Name("Of it biogenic", "其中生物源"), True, "tCO2e"),
            ),
        ),
        point("policy.env", "evidence", "coverage", who=Name("EHS manager", "环安经理")),
        point("gov.board", "text", "own"),
        point("target.set", "choice", "own", choices=(("yes", Name("Yes", "是")), ("no", Name("No", "否")))),
        point("period.end", "date", "own"),
        point(
            "action.list", "table", "union",
            columns=(Column("name", Name("Action", "措施")), Column("t", Name("Saved", "减排量"), True, "t")),
        ),
    )
}  # fmt: skip


def question(key: str, *points: str, requirement: str = "must", level: str = "both", kind: str = "number") -> Question:
    """A question called by its id."""
    return Question(key, Name(f"Question {key}", f"问题 {key}"), points, "", kind, level, requirement, "VERIFIED")


MAP = DisclosureMap(
    "own_2025", "Own", "2025", Name("Own questions 2025", "自有问题2025"),
    (
        question("1", "ghg.s1"),
        question("2", "ghg.s1", "ghg.s2"),
        question("3", "policy.env", kind="evidence"),
        question("3.1", "gov.board", requirement="cond", kind="text"),
        question("4", "action.list", kind="table"),
        question("5", "target.set", requirement="opt", kind="choice"),
        question("6", "gov.board", level="group", kind="text"),
        question("7", "energy.share", level="plant", kind="percent"),
        question("8"),
    ),
)  # fmt: skip


def number(key: str, value: int | str | Decimal, *evidence: str, unit: str | None = None) -> PointValue:
    """A number that follows from the inventory."""
    origin = Origin("line", ("a1", "a2"), T("Rows: {count}", count=2))
    said = POINTS[key].unit if unit is None else unit
    return PointValue(key, Decimal(value), said, origins=(origin,), evidence=evidence, derived=True)


def share(key: str, above: int | Decimal, below: int | Decimal, value: Decimal | None = None) -> PointValue:
    """A share with its parts."""
    parts = (Decimal(above), Decimal(below))
    shown = value if value is not None else parts[0] * 100 / parts[1]
    return PointValue(key, shown, POINTS[key].unit, parts=parts, derived=True)


def answer(key: str, value: str = "", *evidence: str, valid_to: str = "", expired: bool = False) -> PointValue:
    """What a person answered."""
    origin = Origin("answer", (f"2025 {key}",), verbatim(f"Answer {key}"))
    return PointValue(
        key, value or None, origins=(origin,), evidence=evidence, valid_to=valid_to, expired=expired
    )  # fmt: skip


def table(key: str, *rows: tuple[str, ...]) -> PointValue:
    """A table."""
    return PointValue(key, rows=rows, derived=True)


def absent(key: str) -> PointValue:
    """What nobody has said."""
    return PointValue(key, unit=POINTS[key].unit, missing=T("“{point}” is not answered.", point=key))
