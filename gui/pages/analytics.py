"""Analytical procedures: its place. The page itself is loaded when it is shown first, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("analytics", T("Analytical procedures"), group="judge", order=15, icon="analytics")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.analytics.page import AnalyticsPage

    return AnalyticsPage(session, settings)
