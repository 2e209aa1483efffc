"""As many certificates as megawatt-hours."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import FAMILIES
from core.instruments.rule import Rule, Said, stop, warning
from core.library import EXACT


def check(case: Case) -> Iterator[Said]:
    """The serial numbers stand for as much electricity as the instrument states."""
    family = FAMILIES.get(case.instrument.scheme)
    if family is None or not case.serials:
        return
    count = sum(one.count for one in case.serials)
    proven = EXACT.multiply(case.rules[f"renewables.{family}_size"].number, count)
    stated = case.instrument.quantity
    if proven < stated:
        yield stop(
            T("{count} certificates stand for {proven} MWh, not for {stated} MWh.",
              count=count, proven=proven, stated=stated),
            T("Name the missing serial numbers, or lower the quantity."),
        )  # fmt: skip
    elif proven > stated:
        yield warning(
            T("{count} certificates stand for {proven} MWh; the instrument states only {stated} MWh.",
              count=count, proven=proven, stated=stated),
            T("Check serial numbers and quantity; the rest must not be used elsewhere unnoticed."),
        )  # fmt: skip


RULE = Rule(
    T("As many certificates as megawatt-hours"),
    ("stop", "warning"),
    "Registries of the schemes: one certificate stands for a fixed quantity",
    "",
    check,
    tuple(f"renewables.{family}_size" for family in ("gec", "go", "i_rec", "rec", "rego")),
)
