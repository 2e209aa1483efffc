"""Findings of the audit: its place. The page itself is loaded when it is shown for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("audit_findings", T("Findings"), group="judge", order=30, icon="findings")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.audit_findings.page import AuditFindingsPage

    return AuditFindingsPage(session, settings)
