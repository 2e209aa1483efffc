"""Head office: receive reports of many plants, verify, recalculate, file, add up. Trusts nothing it did not check."""

from core.group.inbox.deciding import decide
from core.group.inbox.filing import (
    Arrival,
    Examined,
    examine,
    examine_data,
    file_examined,
    settled,
)
from core.group.inbox.importing import engine_named, examine_files, import_files, judge_again, reports_in
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
