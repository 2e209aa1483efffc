"""Overview: its place. The page itself is loaded when it is shown for the first time, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("overview", T("Overview"), group="", order=0, icon="overview")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.overview.page import Overview

    return Overview(session, settings)
