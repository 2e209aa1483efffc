"""Files of head office at a plant: how they are told from others, and what they are called.

What they say is read in :mod:`core.handover`, which costs time to load; here stands what is needed before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.i18n import T, Text, show_date
from core.ledger import Ledger
from gui.language import language

MEDIA = "application/vnd.plant-audit.notice+json"
"""As in :mod:`core.handover.noticed`."""
ENDINGS = (".request", ".benchmarks", ".map", ".serials")
"""As in :mod:`core.handover.notices`."""
TRUST = ".trust"
"""Says whom to believe; not of the plant, but of the person."""
KINDS: Mapping[str, Text] = {
    "request": T("Request for data"),
    "benchmarks": T("Benchmarks"),
    "map": T("Disclosure map"),
    "serials": T("Certificates in use"),
    "factors": T("Factor set"),
    "trust": T("Certificates and revocations"),
    "update": T("Update notice"),
}


def any_taken(ledger: Ledger) -> bool:
    """Whether the plant has taken up a file of head office."""
    return any(one.media_type == MEDIA for one in ledger.evidence)


def day(text: str) -> str:
    """An ISO day as people write it; a dash for none."""
    return show_date(date.fromisoformat(text), language()) if text else "–"
