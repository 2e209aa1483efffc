"""A certificate that another plant of the group uses cannot be used here."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.rule import Rule, Said, stop


def check(case: Case) -> Iterator[Said]:
    """Head office names no other plant of the group that uses the same certificates."""
    clash = case.setting.used_elsewhere.asked(case.serials)
    if clash is not None:
        said = case.setting.elsewhere[clash.other]
        yield stop(
            T(
                "Serial numbers {serials} are used by {holder} for {year} ({source}).",
                serials=clash.serials.text,
                holder=said.holder,
                year=said.year,
                source=said.source,
            ),
            T("Agree with head office which plant uses them, and get other certificates for the rest."),
        )


RULE = Rule(
    T("Certificates once in the group"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 2: the only instrument that carries the claim",
    "2015",
    check,
)
