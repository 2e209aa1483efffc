"""Risk and samples: its place. The page itself is loaded when it is shown first, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("samples", T("Risk and samples"), group="judge", order=10, icon="samples")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.samples.page import SamplesPage

    return SamplesPage(session, settings)
