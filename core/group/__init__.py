"""Head office: receive reports of many plants, verify, recalculate, file, and add them up. Trusts nothing it did not check."""

from core.group.inbox import Arrival, import_report, import_reports
from core.group.summary import PlantYear, Summary, summarise

__all__ = ["Arrival", "PlantYear", "Summary", "import_report", "import_reports", "summarise"]
