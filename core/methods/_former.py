"""What records of purchased electricity once said of certificates and contracts, and where that is entered now."""

from __future__ import annotations

from core.i18n import T
from core.ledger import Activity

ITEM = "renewable_electricity"
NAMES = (
    ITEM,
    "renewable electricity",
    "green electricity",
    "green power",
    "renewable power",
    "绿电",
    "绿色电力",
    "可再生电力",
    "可再生能源电力",
    "外购绿电",
    "非化石能源电力",
    "绿电（合同或绿证）",
    "renewable electricity (contract or certificate)",
)
"""What people write for electricity that is bought as renewable. None of them is an alias of electricity: a row would
lose what its author meant without a word."""
METHOD = "purchased_electricity"
PARAMETERS = frozenset({"covered", "covered_share", "instrument", "instrument_factor", "certificates", "contract"})
"""Of purchased electricity."""
WHAT = T("What makes electricity renewable is no part of a record of activity data.")
REMEDY = T(
    "Record it as purchased electricity; enter the contract or the certificates on the page “Renewables” and allocate "
    "them."
)


def says_former(activity: Activity) -> bool:
    """Whether a record says something of renewable electricity that belongs to instruments."""
    if activity.item == ITEM:
        return True
    return activity.method == METHOD and any(key in PARAMETERS for key, _ in activity.parameters)
