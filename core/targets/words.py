"""What records of targets, base year, drivers, credits and commitments say, in words."""

from __future__ import annotations

from core.i18n import T, Text

TRIGGERS: dict[str, Text] = {
    "structure": T("Structural change"),
    "outsourcing": T("Outsourcing or insourcing"),
    "method": T("Change of method"),
    "factor": T("Change of factors"),
    "error": T("Error"),
    "boundary": T("Change of boundary"),
    "organic": T("Organic growth or decline"),
}
"""Of a recalculation."""
DECISIONS: dict[str, Text] = {
    "open": T("Not decided yet"),
    "recalculate": T("Recalculate"),
    "none": T("Do not recalculate"),
}
TARGET_KINDS: dict[str, Text] = {
    "near_term": T("Near-term"),
    "long_term": T("Long-term"),
    "net_zero": T("Net zero"),
    "renewable": T("Share of renewable electricity"),
    "own": T("Own target"),
}
STATUSES: dict[str, Text] = {
    "own": T("Set by the plant"),
    "committed": T("Committed"),
    "submitted": T("Submitted"),
    "validated": T("Validated"),
    "withdrawn": T("Withdrawn"),
}
"""Of targets."""
DRIVER_KINDS: dict[str, Text] = {
    "production": T("Production"),
    "headcount": T("Headcount"),
    "area": T("Floor area"),
    "other": T("Other"),
}
CREDIT_KINDS: dict[str, Text] = {
    "avoidance": T("Avoidance"),
    "reduction": T("Reduction"),
    "removal_nature": T("Removal by nature"),
    "removal_technology": T("Removal by technology"),
}
QUALITY: dict[str, Text] = {
    "additional": T("Additional"),
    "permanent": T("Permanent"),
    "no_leakage": T("Without leakage"),
    "not_double_counted": T("Not counted twice"),
    "verified": T("Verified by a third party"),
}
"""What is proven of credits."""
STATED: dict[str, Text] = {"committed": T("Committed"), "on_path": T("On the path"), "claimed": T("Neutrality claimed")}
"""What is said of neutrality."""
