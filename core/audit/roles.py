"""The roles that people have in an audit."""

from __future__ import annotations

from core.i18n import T, Text

PREPARER, AUDITOR, TEAM_LEAD, REVIEWER, PLANT_MANAGER = "preparer", "auditor", "team_lead", "reviewer", "plant_manager"
ROLES: dict[str, Text] = {
    PREPARER: T("Preparer"),
    PLANT_MANAGER: T("Plant manager"),
    AUDITOR: T("Auditor"),
    TEAM_LEAD: T("Team lead"),
    REVIEWER: T("Independent reviewer"),
}
"""Every role and what it is called; those of the plant first, then those who audit it."""
PLANT = frozenset({PREPARER, PLANT_MANAGER})
"""Who answers for the inventory."""
TEAM = frozenset({AUDITOR, TEAM_LEAD})
"""Who audits it."""
EVERYBODY = frozenset(ROLES)


def titles(roles: tuple[str, ...] | frozenset[str]) -> list[Text]:
    """What roles are called, in the order of :data:`ROLES`."""
    return [title for role, title in ROLES.items() if role in roles]
