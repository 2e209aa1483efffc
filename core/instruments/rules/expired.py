"""What had expired could no longer be retired."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.days import day_of, last_use
from core.instruments.rule import Rule, Said, stop


def check(case: Case) -> Iterator[Said]:
    """The retirement lies before the registry's day, or before the end of the scheme's validity."""
    retired, stated = case.retired, day_of(case.instrument.expires)
    if retired is None:
        return
    last = last_use(case.instrument, case.rules) if stated is None else stated
    if last is not None and retired > last:
        yield stop(
            T("Retired on {retired}, after its validity had ended on {last}.", retired=retired, last=last),
            T("Check both days in the registry; split certificates of several months; replace those that had expired."),
        )


RULE = Rule(
    T("Not expired"),
    ("stop",),
    "国能发新能规〔2024〕67号; Directive (EU) 2018/2001, Article 19(3); the registry's own day comes first",
    "2024-08-26; 2018",
    check,
    (
        "renewables.gec_validity",
        "renewables.gec_old_before",
        "renewables.gec_old_until",
        "renewables.go_validity",
    ),
)
