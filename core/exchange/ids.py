"""Names of new records: a letter and a number that continues what the ledger holds."""

from __future__ import annotations

import re

from core.ledger import Activity, Allocation, Evidence
from core.ledger.filing import Records

_PREFIX = {
    "action": "ac",
    "activity": "a",
    "allocation": "al",
    "allocation_key": "ak",
    "benchmark": "be",
    "claim": "c",
    "commitment": "cm",
    "communication": "co",
    "component": "cp",
    "credit": "cr",
    "data_request": "dq",
    "driver": "dr",
    "earlier_year": "ey",
    "evidence": "e",
    "external_audit": "ea",
    "factor": "f",
    "finding": "fi",
    "instrument": "i",
    "key_figure": "kf",
    "leg": "lg",
    "measure": "s",
    "meter": "m",
    "meter_exchange": "x",
    "milestone": "mi",
    "mineral_declaration": "md",
    "output": "ou",
    "own_question": "oq",
    "person": "pe",
    "plan_item": "pl",
    "product": "pd",
    "pv_array": "q",
    "pv_system": "p",
    "reading": "r",
    "recalculation": "rc",
    "resolution": "re",
    "sample": "sa",
    "scenario": "sc",
    "serials_elsewhere": "se",
    "smelter_list": "sl",
    "submission": "sb",
    "supplier": "su",
    "supply_option": "so",
    "target": "ta",
    "tariff": "t",
    "test": "te",
    "undertaking": "un",
    "weather": "w",
}
"""By kind of record."""


def prefix_of(kind: str) -> str:
    """The letters with which ids of a kind of record begin."""
    return _PREFIX[kind]


def next_ids(records: Records, count: int, kind: str = "activity") -> tuple[str, ...]:
    """The next free ids of a kind of record, ``a00001`` for activity data, ``m00001`` for meters, ascending.

    Examples
    --------
    >>> from core.ledger import Ledger
    >>> next_ids(Ledger(), 2)
    ('a00001', 'a00002')
    """
    prefix = _PREFIX[kind]
    pattern = re.compile(f"{prefix}([0-9]{{1,15}})")
    # A deleted record may still be linked, and the next one must not inherit its proofs or what covers it.
    linked = {key for one in records.held(Evidence) for key in one.activities} if kind == "activity" else set()
    linked |= {one.activity for one in records.held(Allocation)} if kind == "activity" else set()
    if kind == "factor":
        linked = {value for one in records.held(Activity) for name, value in one.parameters if name == "factor"}
    used = (int(match[1]) for key in linked | records.records[kind].keys() if (match := pattern.fullmatch(key)))
    first = max(used, default=0) + 1
    return tuple(f"{prefix}{number:05d}" for number in range(first, first + count))
