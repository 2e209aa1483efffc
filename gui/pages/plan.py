"""Management plan and key figures: their place. The page itself is loaded when it is shown first: it takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("plan", T("Management plan"), group="data", order=60, icon="plan")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.plan.page import PlanPage

    return PlanPage(session, settings)
