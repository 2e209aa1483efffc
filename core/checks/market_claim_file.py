"""A number that somebody typed is not yet a certificate."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

INSTRUMENT = "instrument."
"""Beginning of the keys of factors that contracts and certificates give."""
PROOFS = frozenset({"contract", "certificate", "bill"})


def _claims(setting: Setting, series: Series) -> tuple[str, ...]:
    """Ids of records that count as zero and have no file."""
    claims = [li for li in series.lines if li.scope == "scope2_market" and li.factor.key.startswith(INSTRUMENT)]
    if not claims:
        return ()
    proven = {id_ for proof in series.proofs if proof.kind in PROOFS for id_ in proof.activities}
    return tuple(line.activity.id for line in claims if line.activity.id not in proven)


def check(review: Review) -> Iterator[Finding]:
    """Renewable electricity counted as zero without contract, settlement or certificate on file, for each source."""
    for series, ids in review.each(_claims):
        yield Finding(
            RULE.key,
            RULE.severity,
            ids[0],
            T(
                "{source}: {count} records count as renewable, and no contract or certificate is kept as a file.",
                source=series.source,
                count=len(ids),
            ),
            T("Attach the contract with its settlement, or the certificates retired for this plant and year."),
        )


RULE = Rule(
    "market_claim_file",
    "warning",
    T("Market-based claim without proof on file"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 7: quality criteria; GB/T 32150-2025, 7.5.6",
    check,
    field="evidence",
)
