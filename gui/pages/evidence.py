"""Evidence: its place. The page itself is loaded when it is shown for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("evidence", T("Evidence"), group="data", order=50, icon="evidence")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.evidence.page import EvidencePage

    return EvidencePage(session, settings)
