"""Review: its place. The page itself is loaded when it is shown for the first time, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("findings", T("Review"), group="judge", order=50, icon="eye")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.findings.page import FindingsPage

    return FindingsPage(session, settings)
