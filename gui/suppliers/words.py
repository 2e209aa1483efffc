"""Words, icons and numbers of suppliers, as the parts of their page show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core.disclosures.undertakings import RISKS, TEXTS, Coverage
from core.i18n import Localised, Name, T, show_date
from core.ledger import MineralDeclaration
from core.minerals import ACCEPTED, SENT_BACK, STANDING_NAMES, STATUS_NAMES
from core.minerals.problem import COMPLETE, INCOMPLETE, REJECTED, REVIEW
from core.minerals.standing import ABSENT, NO_LIST
from core.minerals.templates import ANSWER_NAMES
from core.minerals.words import ACTIVE, CONFORMANT, NOT_CONFORMANT, OTHER, mineral_name
from gui.language import _, language, say
from gui.tables.model import Level
from gui.wording import listed, shown_percent

DASH = "–"
STATUS_LEVELS: dict[str, Level] = {COMPLETE: "good", REVIEW: "info", INCOMPLETE: "warning", REJECTED: "bad"}
"""The icon of each state of a declaration."""
STANDING_LEVELS: dict[str, Level] = {
    CONFORMANT: "good", ACTIVE: "info", OTHER: "info", NOT_CONFORMANT: "bad", ABSENT: "warning", NO_LIST: "info",
}  # fmt: skip
VERDICTS: dict[str, Localised] = {
    ACCEPTED: Name("accepted", "已接受"), SENT_BACK: T("sent back"), "": T("not decided"),
}  # fmt: skip
FEW = 3
"""Names that are listed before the rest is counted."""


def status_words(status: str) -> str:
    """State of a declaration by the rules."""
    return say(STATUS_NAMES[status])


def standing_words(key: str) -> str:
    """What lists say of a smelter."""
    return say(STANDING_NAMES[key])


def verdict_words(one: MineralDeclaration) -> str:
    """What a person decided."""
    return say(VERDICTS[one.verdict]) if one.verdict in VERDICTS else one.verdict


def edition_words(one: MineralDeclaration) -> str:
    """Template with its edition."""
    return f"{one.template} {one.edition}".strip()


def text_words(key: str) -> str:
    """A text that is signed; empty: any of them."""
    return say(TEXTS[key]) if key in TEXTS else key


def risk_words(key: str) -> str:
    """How a supplier is judged."""
    return say(RISKS[key]) if key in RISKS else key


def minerals_words(keys: Iterable[str]) -> str:
    """Names of minerals."""
    return listed(say(mineral_name(one)) for one in keys)


def answer_words(key: str) -> str:
    """An answer of a declaration; one that was not understood as it was written."""
    return say(ANSWER_NAMES[key]) if key in ANSWER_NAMES else key.removeprefix("?")


def day_words(day: str | date) -> str:
    """A day that is kept as ISO text; as it is where it is none."""
    if isinstance(day, date):
        return show_date(day, language())
    try:
        return show_date(date.fromisoformat(day), language())
    except ValueError:
        return day


def few(names: Iterable[str], most: int = FEW) -> str:
    """The first of many names, and how many more there are."""
    every = list(names)
    if len(every) <= most:
        return listed(every)
    return listed([*every[:most], _("{count} more", count=len(every) - most)])


def percent_words(value: Decimal | None) -> str:
    """A share with its sign."""
    shown = shown_percent(value)
    return shown if shown == DASH else f"{shown}\u00a0%"


def spend_words(one: Coverage) -> str:
    """Share of the money that goes to suppliers that signed, by currency."""
    known = [each for each in one.spend if each.percent is not None]
    if len(known) == 1:
        return percent_words(known[0].percent)
    return listed(f"{each.currency} {percent_words(each.percent)}".strip() for each in known) or DASH
