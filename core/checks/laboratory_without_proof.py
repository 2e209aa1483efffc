"""A value of the laboratory beats every table, if the laboratory wrote it down."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

MEASURED = frozenset(
    {
        *("ncv", "ncv_volume", "gcv", "gcv_volume", "density", "carbon", "oxidation"),
        *("utilisation", "destruction", "inlet", "outlet"),
    }
)
"""Parameters that a laboratory gives."""


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records with measured values of their own and no kept file."""
    own = [a for a in series.records if any(key in MEASURED for key, _ in a.parameters)]
    if not own:
        return
    proven = series.proven
    silent = [a for a in own if a.id not in proven]
    if silent:
        keys = sorted({key for a in silent for key, _ in a.parameters if key in MEASURED})
        yield Finding(
            RULE.key,
            RULE.severity,
            silent[0].id,
            T(
                "{source}: {count} records of {item} state measured values ({keys}), and no report is kept as a file.",
                source=series.source,
                count=len(silent),
                item=setting.name(series.item),
                keys=keys,
            ),
            T("Attach the laboratory report with sampling date, method and accreditation; else use the default value."),
        )


RULE = Rule(
    "laboratory_without_proof",
    "warning",
    T("Laboratory value without proof"),
    "GB/T 32150-2025, 7.5: measured values; ISO/IEC 17025",
    check_series=check,
    field="evidence",
)
