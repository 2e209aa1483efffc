"""Head office: receive reports of many plants, verify, recalculate, file, add up. Trusts nothing it did not check."""

from core.group.inbox import (
    Arrival,
    Examined,
    examine,
    examine_data,
    file_examined,
    import_report,
    import_reports,
    settled,
)
from core.group.judging import Judged, Order, judge, order
from core.group.packed import Packed, pack, unpack
from core.group.summary import PlantYear, Summary, summarise

__all__ = [
    "Arrival",
    "Examined",
    "Judged",
    "Order",
    "Packed",
    "PlantYear",
    "Summary",
    "examine",
    "examine_data",
    "file_examined",
    "import_report",
    "import_reports",
    "judge",
    "order",
    "pack",
    "settled",
    "summarise",
    "unpack",
]
