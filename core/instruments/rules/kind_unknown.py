"""What nobody knows no rule can judge."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import KINDS
from core.instruments.rule import Rule, Said, stop


def check(case: Case) -> Iterator[Said]:
    """The kind is one of the list."""
    kind = case.instrument.kind
    if kind not in KINDS:
        yield stop(
            T("“{kind}” is no kind of instrument that the rules know.", kind=kind[:40]),
            T("Choose certificates, a contract, a line or own generation."),
        )


RULE = Rule(
    T("Known kind"),
    ("stop",),
    "Our convention: what cannot be judged does not count",
    "",
    check,
)
