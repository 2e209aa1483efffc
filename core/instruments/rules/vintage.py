"""Electricity is used when it is generated, or as close to it as the scheme allows."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case, Use
from core.instruments.days import last_use, months, window
from core.instruments.kinds import DELIVERED, FAMILIES, ON_SITE
from core.instruments.rule import Rule, Said, info, stop, warning

SPLIT = T("Allocate what was generated close to the use; split the instrument by the month of generation if needed.")


def check(case: Case) -> Iterator[Said]:
    """The generation lies within what scheme or contract allow for the days of each covered record."""
    delivered = not case.certified and case.instrument.kind in (*DELIVERED, ON_SITE)
    for allocation, activity in case.covered:
        yield from (_delivered if delivered else _certified)(case, allocation, activity)


def _delivered(case: Case, allocation: str, use: Use) -> Iterator[Said]:
    start, end = case.instrument.start, case.instrument.end
    if use.end < start or end < use.start:
        yield stop(
            T("Delivered from {start} to {end}, but used from {from_} to {to}.",
              start=start, end=end, from_=use.start, to=use.end),
            T("Allocate it to electricity of the days on which it was delivered."),
            allocation,
        )  # fmt: skip
    elif use.start < start or end < use.end:
        yield warning(
            T("Delivered from {start} to {end}; the record speaks of {from_} to {to}.",
              start=start, end=end, from_=use.start, to=use.end),
            T("Allocate no more than was delivered on the days of both."),
            allocation,
        )  # fmt: skip


def _certified(case: Case, allocation: str, use: Use) -> Iterator[Said]:
    start, end = case.instrument.start, case.instrument.end
    family = FAMILIES.get(case.instrument.scheme, "")
    last = last_use(case.instrument, case.rules) if family == "gec" else None
    after = months(case.rules, f"{family}_after") if family else 0
    before = months(case.rules, f"{family}_before") if family not in ("", "gec") else 0
    first, latest = window(use.start, use.end, before, after)
    if last is not None and last < use.start:
        yield stop(
            T("Generated from {start} on and valid until {last}, but used from {from_} on.",
              start=start, last=last, from_=use.start),
            SPLIT,
            allocation,
        )  # fmt: skip
    elif end > latest or (family != "gec" and start < first):
        yield stop(
            T("Generated from {start} to {end}; for this use it had to be between {first} and {latest}.",
              start=start, end=end, first=first, latest=latest),
            SPLIT,
            allocation,
        )  # fmt: skip
    elif start < window(use.start, use.end)[0] or end > window(use.start, use.end)[1]:
        yield info(
            T("Generated in part or as a whole in another year than it was used."),
            T("Say so beside the claim; a vintage of the same year is stronger."),
            allocation,
        )


RULE = Rule(
    T("Vintage"),
    ("stop", "warning", "info"),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 4: close to the period of the use",
    "2015",
    check,
    (
        "renewables.gec_validity",
        "renewables.gec_old_before",
        "renewables.gec_old_until",
        *(f"renewables.{family}_after" for family in ("gec", "go", "i_rec", "rec", "rego")),
        *(f"renewables.{family}_before" for family in ("go", "i_rec", "rec", "rego")),
    ),
)
