"""Suppliers of the group: its place. The page itself is loaded when it is shown for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.office.office import Office
    from gui.settings import Settings

PAGE = PageInfo("group_suppliers", T("Suppliers"), group="office", order=32, icon="suppliers", mode="office")


def create(session: Office, settings: Settings) -> Page:
    """The page."""
    from gui.suppliers.page import SuppliersPage

    return SuppliersPage(session, settings)
