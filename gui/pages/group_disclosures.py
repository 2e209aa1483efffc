"""Disclosures of the group: their place. The page itself is loaded when it is shown for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.office.office import Office
    from gui.settings import Settings

PAGE = PageInfo(
    "group_disclosures", T("Disclosures"), group="office", order=27, icon="disclosures", mode="office"
)  # fmt: skip


def create(session: Office, settings: Settings) -> Page:
    """The page."""
    from gui.disclosures.group_page import GroupDisclosuresPage

    return GroupDisclosuresPage(session, settings)
