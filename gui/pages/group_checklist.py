"""Checklist of the group: its place. The page itself is loaded when it is shown for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.office.office import Office
    from gui.settings import Settings

PAGE = PageInfo(
    "group_checklist", T("Checklist"), group="office", order=28, icon="checklist", mode="office"
)  # fmt: skip


def create(session: Office, settings: Settings) -> Page:
    """The page."""
    from gui.checklist.of_group import GroupChecklistPage

    return GroupChecklistPage(session, settings)
