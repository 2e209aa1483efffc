"""What was done, said with the way back."""

from __future__ import annotations

from collections.abc import Callable

from core.i18n import Text
from gui.language import _
from gui.page import Page
from gui.topbar import Desk


def undo(page: Page, session: Desk) -> tuple[str, Callable[[], object]]:
    """The action of a notice that takes the last change back."""
    return _("Undo"), lambda: page.attempt(session.undo)


def tell_change(page: Page, session: Desk, why: Text, *, changed: bool = True) -> None:
    """Say why something was changed; or that nothing was, because nothing differed."""
    if changed:
        page.tell("good", _("{what}.", what=why), undo(page, session))
    else:
        page.tell("info", _("Nothing was changed."))
