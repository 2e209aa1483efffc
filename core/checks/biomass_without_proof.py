"""Biogenic CO2 stays outside the scopes, so that it is biogenic must be proven."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding

SHARE = "biomass_share"
"""Parameter of fuels. [%]"""


def _claims(record: Activity, *, biogenic: bool) -> bool:
    return biogenic or any(key == SHARE and said.strip("0.") for key, said in record.parameters)


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Biomass, and fuels with a biomass share of their own, without bill number or file."""
    item = setting.library.items.get(series.item)
    if item is None or item.kind != "fuel":
        return
    claimed = [a for a in series.undocumented() if _claims(a, biogenic=item.biogenic)]
    if claimed:
        yield Finding(
            RULE.key,
            RULE.severity,
            claimed[0].id,
            T(
                "{source}: {count} records of {item} count as biomass without proof.",
                source=series.source,
                count=len(claimed),
                item=setting.name(series.item),
            ),
            T("Attach the delivery note or certificate that states origin and biomass share."),
        )


RULE = Rule(
    "biomass_without_proof",
    "warning",
    T("Biomass without proof"),
    "GHG Protocol Corporate Standard, ch. 9: biogenic CO2 apart; ISO 14064-1:2018, annex D",
    check_series=check,
    field="evidence",
)
