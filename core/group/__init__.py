"""Head office: receive reports of many plants, verify, recalculate, file, add up. Trusts nothing it did not check.

Everything public is listed below and loaded on first use: the window of head office opens before anything is judged.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.group.inbox.coming import reports_in, settled
    from core.group.inbox.deciding import decide
    from core.group.inbox.filing import (
        Arrival,
        Examined,
        examine,
        examine_data,
        file_examined,
    )
    from core.group.inbox.importing import engine_named, examine_files, import_files, judge_again
    from core.group.inbox.judging import Judged, Order, judge, order
    from core.group.inbox.workers import judge_all, judge_limited
    from core.group.packed import Packed, pack, unpack

__all__ = [
    "Arrival",
    "Examined",
    "Judged",
    "Order",
    "Packed",
    "decide",
    "engine_named",
    "examine",
    "examine_data",
    "examine_files",
    "file_examined",
    "import_files",
    "judge",
    "judge_again",
    "judge_all",
    "judge_limited",
    "order",
    "pack",
    "reports_in",
    "settled",
    "unpack",
]

_HOMES = {
    "inbox.coming": "reports_in settled",
    "inbox.deciding": "decide",
    "inbox.filing": "Arrival Examined examine examine_data file_examined",
    "inbox.importing": "engine_named examine_files import_files judge_again",
    "inbox.judging": "Judged Order judge order",
    "inbox.workers": "judge_all judge_limited",
    "packed": "Packed pack unpack",
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names.split():
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
