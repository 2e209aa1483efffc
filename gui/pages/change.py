"""Change: its place. The page itself is loaded when it is shown for the first time, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.office.office import Office
    from gui.settings import Settings

PAGE = PageInfo("change", T("Change"), group="office", order=40, icon="compare", mode="office")


def create(session: Office, settings: Settings) -> Page:
    """The page."""
    from gui.change.page import ChangePage

    return ChangePage(session, settings)
