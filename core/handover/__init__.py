"""Between plant and head office: a plant issues a signed report, whoever receives it verifies and recalculates.

The two directions are each other's test: :func:`receive` rebuilds from the data what :func:`produce` rendered.
"""

from core.checks import forbidding
from core.disk import write_safely
from core.handover.binding import binding, check_theirs
from core.handover.closing import FindingsForbidError, close_year, restate_year
from core.handover.conclude import Conclusion, conclude, concluded
from core.handover.countersign import Countersigned, countersign, countersigned, is_last_report, obstacle
from core.handover.factor_sets import ReceivedSet, issue_set, receive_set
from core.handover.issue import Draft, prepare, produce, recorded
from core.handover.receive import Receipt, proof_inside, receive

__all__ = [
    "Conclusion",
    "Countersigned",
    "Draft",
    "FindingsForbidError",
    "Receipt",
    "ReceivedSet",
    "binding",
    "check_theirs",
    "close_year",
    "conclude",
    "concluded",
    "countersign",
    "countersigned",
    "forbidding",
    "is_last_report",
    "issue_set",
    "obstacle",
    "prepare",
    "produce",
    "proof_inside",
    "receive",
    "receive_set",
    "recorded",
    "restate_year",
    "write_safely",
]
