"""A certificate that is not retired can still be sold."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import NON_TRADABLE
from core.instruments.rule import Rule, Said, stop


def check(case: Case) -> Iterator[Said]:
    """Certificates are retired, with the day; those that cannot be traded need not be."""
    if not case.certified or case.instrument.scheme == NON_TRADABLE or case.retired is not None:
        return
    if case.instrument.retired.strip():
        yield stop(
            T("“{value}” is no day of retirement.", value=case.instrument.retired[:20]),
            T("Write the day like {form}.", form="2026-02-28"),
        )
    else:
        yield stop(
            T("The certificates are not retired."),
            T("Have them retired in the registry for this plant, and enter the day."),
        )


RULE = Rule(
    T("Retired"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 3: retired or cancelled by or for the company",
    "2015",
    check,
)
