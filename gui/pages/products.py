"""Products: its place. The page itself is loaded when it is shown for the first time, for that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import T
from gui.page import Page, PageInfo

if TYPE_CHECKING:
    from gui.session import Session
    from gui.settings import Settings

PAGE = PageInfo("products", T("Products"), group="out", order=40, icon="products")


def create(session: Session, settings: Settings) -> Page:
    """The page."""
    from gui.products.page import ProductsPage

    return ProductsPage(session, settings)
