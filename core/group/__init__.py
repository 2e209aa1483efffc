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
from core.group.summary import PlantYear, Summary, summarise

__all__ = [
    "Arrival",
    "Examined",
    "PlantYear",
    "Summary",
    "examine",
    "examine_data",
    "file_examined",
    "import_report",
    "import_reports",
    "settled",
    "summarise",
]
