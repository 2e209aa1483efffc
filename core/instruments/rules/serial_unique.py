"""A certificate that two instruments name would be claimed twice."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.rule import Rule, Said, stop


def check(case: Case) -> Iterator[Said]:
    """No other instrument of the plant names the same certificates; both are stopped until one gives them up."""
    clash = case.setting.twice.get(case.instrument.id)
    if clash is not None:
        yield stop(
            T(
                "Serial numbers {serials} also belong to “{other}”.",
                serials=clash.serials.text,
                other=case.setting.instruments[clash.other].name,
            ),
            T("Name each certificate in one instrument only; remove the one that was entered twice."),
        )


RULE = Rule(
    T("Certificates once in the plant"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 2: the only instrument that carries the claim",
    "2015",
    check,
)
