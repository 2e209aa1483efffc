"""What head office chooses from."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import T, Text
from core.methods import SCOPE_TITLES

GROUP_ID = "group"
"""Id of the group itself."""
APPROACHES: Mapping[str, Text] = {
    "operational_control": T("Operational control"),
    "financial_control": T("Financial control"),
    "equity_share": T("Equity share"),
}
"""How companies are consolidated."""
FINANCIAL: Mapping[str, Text] = {"full": T("Full control"), "joint": T("Joint control"), "none": T("No control")}
"""Financial control of a holder."""
TRANSFERRED: Mapping[str, Text] = {
    "": T("Scopes 2 and 3"),
    **{scope: SCOPE_TITLES[scope] for scope in ("scope2_location", "scope2_market", "scope3")},
}
"""Lines of the buyer that a transfer is about."""
