"""A received report as it is filed: what it says, what was found in it, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import lru_cache

from core.i18n import Text
from core.ledger import canonical
from core.ledger.codec import read_decimal
from core.ledger.journal import text_from_plain, text_to_plain

ACCEPTED, HELD, REJECTED, SUPERSEDED = "accepted", "held", "rejected", "superseded"
READ_AT_ONCE = 8192
"""Filed reports that are kept as they were read, some kilobytes each."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A received report and what head office found in it."""

    sha256: str
    """Of the PDF as received."""
    name: str
    """File name as received."""
    received: str
    """ISO time in UTC."""
    state: str
    """``accepted``, ``held`` until somebody decides, ``rejected``, or ``superseded`` by a later revision."""
    reasons: tuple[Text, ...] = ()
    """Why it was rejected or is held, or what was noticed."""
    audit_id: str = ""
    revision: int = 0
    package_sha256: str = ""
    plant: str = ""
    country: str = ""
    region: str = ""
    year: int = 0
    totals: Mapping[str, Decimal] | None = None
    """Recalculated tonnes CO2e by scope, with ``avoided``, ``biogenic``."""
    gases: Mapping[str, Decimal] | None = None
    signed_by: tuple[str, ...] = ()
    signed_at: str = ""
    recalculated_equal: bool = False
    rebuilt: str = ""
    organisation: str = ""
    """Legal entity that operates the plant, as the report says."""
    start: str = ""
    """First day of the period, as ISO date."""
    end: str = ""
    """Last day of the period."""
    previous: str = ""
    """SHA-256 of the package of the previous revision, as the report says."""
    missing: tuple[str, ...] = ()
    """Fields of the signatures that it needs and does not have: a draft."""
    fingerprints: tuple[str, ...] = ()
    """SHA-256 of the certificates it was signed with, in the order of ``signed_by``."""
    unknown_factors: tuple[str, ...] = ()
    """Keys of factors inside that head office's library does not have."""
    figures: tuple[tuple[str, str, str], ...] = ()
    """Key figures of the period that the report states: name, unit and quantity."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Something a report names that may count only once in the group."""

    kind: str
    """``certificate`` (of attributes), ``contract``, ``meter`` or ``evidence``."""
    value: str
    """Serial number, contract number, or SHA-256."""
    label: str = ""
    """Where in the report: the source or the name of the proof."""
    amount: str = ""
    """How much of it, with its unit, as plain digits: ``120000 kWh``; empty: not said."""


def facts_of(filed: Filed) -> str:
    """Everything but the state, as it is kept."""
    plain = asdict(filed)
    del plain["state"]
    plain["reasons"] = [text_to_plain(reason) for reason in filed.reasons]
    plain["totals"] = _numbers(filed.totals)
    plain["gases"] = _numbers(filed.gases)
    return canonical(plain).decode()


@lru_cache(maxsize=READ_AT_ONCE)
def filed_from(state: str, facts: str) -> Filed:
    """What :func:`facts_of` wrote; facts of earlier versions lack some fields.

    Read once: while hundreds of files come in, all that were filed before are asked for again and again.
    """
    plain = json.loads(facts)
    plain["reasons"] = tuple(text_from_plain(reason) for reason in plain["reasons"])
    for name in ("signed_by", "missing", "fingerprints", "unknown_factors"):
        plain[name] = tuple(plain.get(name, ()))
    plain["figures"] = tuple(tuple(one) for one in plain.get("figures", ()))
    for name in ("totals", "gases"):
        if plain[name] is not None:
            plain[name] = {key: read_decimal(value) for key, value in plain[name].items()}
    return Filed(state=state, **plain)


def _numbers(values: Mapping[str, Decimal] | None) -> dict[str, str] | None:
    return None if values is None else {key: f"{value:f}" for key, value in values.items()}
