"""Inbox: its place. The page itself is loaded when it is shown for the first time, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.office.office import Office
    from gui.settings import Settings

PAGE = PageInfo("inbox", T("Inbox"), group="office", order=10, icon="inbox", mode="office")


def create(session: Office, settings: Settings) -> Page:
    """The page."""
    from gui.inbox.page import InboxPage

    return InboxPage(session, settings)
