"""What can be done, as data: one list feeds the menus, the shortcuts and the command palette (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.i18n import Localised
from gui.language import _, language, other_words


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the person can do."""

    title: str
    """In the language of the window."""
    run: Callable[[], object]
    shortcut: str = ""
    """As ``Ctrl+K``."""
    icon: str = ""
    menu: str = ""
    """A key of :func:`menu_titles`, or ``recent``; empty: only in the palette."""
    enabled: Callable[[], bool] | None = None
    """Asked when the menu opens and before it runs; None: always."""
    checked: Callable[[], bool] | None = None
    """For what is switched on and off."""
    also: Localised | None = None
    """Its title in any language, where that is more than a translated sentence; see ``names``."""
    why_not: Callable[[], str] | None = None
    """Why it cannot be done now; asked only then."""
    help: str = ""
    """Key of the page whose help tells of it; empty: that of the page on which it is offered, or none."""

    @property
    def possible(self) -> bool:
        """Whether it can be done now."""
        return self.enabled is None or self.enabled()

    @property
    def names(self) -> tuple[str, str]:
        """Its title in both languages, English first: one finds by either and remembers by the first."""
        english = language() == "en"
        other = other_words(self.title) if self.also is None else self.also.in_language("zh" if english else "en")
        return (self.title, other) if english else (other or self.title, self.title)

    @property
    def reason(self) -> str:
        """Why it cannot be done now; empty when it can."""
        if self.possible:
            return ""
        return (self.why_not() if self.why_not is not None else "") or _("Not possible at the moment.")


def menu_titles() -> dict[str, str]:
    """The menus in their order, each with the letter that opens it."""
    return {"file": _("&File"), "edit": _("&Edit"), "view": _("&View"), "go": _("&Go"),
            "protect": _("&Protection"), "help": _("&Help")}  # fmt: skip
