"""Words and numbers of the page about targets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from core.handover.ahead import TargetsOf, reached_share
from core.i18n import T, Text, show_number
from core.instruments import Judged
from core.library.rulebook import Ruling
from core.targets.parts import counted, part_title, whole
from core.targets.pathway import decimal_of
from core.targets.status import RENEWABLE, TargetStatus
from gui.language import _, say
from gui.notices import Level
from gui.wording import TONNES, minus

DASH = "–"
STATES: dict[str, Text] = {
    "none": T("nothing may be said"),
    "committed": T("committed"),
    "on_path": T("on the path"),
    "claimed": T("claimed"),
}
"""Of neutrality."""
ORIGINS: dict[str, Text] = {
    "closed": T("Closed year"),
    "open": T("Open year"),
    "earlier": T("Stated in a report"),
}
"""Where the numbers of a year come from."""
SURE: dict[str, tuple[Level, Text]] = {
    "VERIFIED": ("good", T("Verified")),
    "VERIFIED_SECONDARY": ("good", T("Verified in a secondary source")),
    "WEAK": ("warning", T("Weak source")),
    "USER": ("info", T("Entered by the plant")),
}
"""How sure the source of a rule is."""


def shown(value: Fraction | Decimal | None, places: int = 1) -> str:
    """For reading; a dash where nobody knows."""
    if value is None:
        return DASH
    exact = decimal_of(value) if isinstance(value, Fraction) else value
    return minus(show_number(exact, places))


def signed(value: Fraction | Decimal | None, places: int = 1) -> str:
    """The same with a plus before what is more."""
    words = shown(value, places)
    return f"+{words}" if value is not None and value > 0 else words


def full(value: Fraction | Decimal | None) -> str:
    """All digits, for copying."""
    if value is None:
        return ""
    return f"{decimal_of(value) if isinstance(value, Fraction) else value:f}"


def unit_of(one: TargetStatus | None) -> str:
    """Of the numbers of a target."""
    if one is None or not one.target.intensity:
        return TONNES
    return _("{tonnes} per unit", tonnes=TONNES)


def places_of(one: TargetStatus | None) -> int:
    """Decimals of its numbers."""
    return 4 if one is not None and one.target.intensity else 1


def parts_of(found: TargetsOf, one: TargetStatus | None) -> tuple[str, ...]:
    """What is looked at: what the target covers, without one all scopes."""
    return counted(one.target.parts) if one is not None and one.target.parts else whole(found.view)


def part_words(parts: tuple[str, ...]) -> str:
    """Parts in a line."""
    return " + ".join(say(part_title(part)) for part in parts)


def state(found: TargetsOf, one: TargetStatus) -> tuple[Level, str]:
    """Where a target stands."""
    if one.target.status == "withdrawn":
        return "info", _("withdrawn")
    if worst(one.judged) == "stop":
        return "bad", _("stopped")
    if one.target.kind == RENEWABLE:
        reached = reached_share(one.target, found.share)
        if reached is None:
            return "info", _("not known")
        if reached:
            return "good", _("reached")
        return ("bad" if one.target.year <= found.year else "warning"), _("not reached yet")
    if one.gap is None:
        return "info", _("not known")
    return ("good", _("on track")) if one.gap.on_track else ("bad", _("above the pathway"))


def worst(judged: tuple[Judged, ...]) -> str:
    """The gravest level; empty: nothing is to be said."""
    return min((one.level for one in judged), key=("stop", "warning", "info").index, default="")


def ruling_value(one: Ruling) -> str:
    """A parameter as it holds, and that nobody knows it where that is so."""
    if not one.known:
        return _("not known")
    return {"yes": _("yes"), "no": _("no")}.get(one.value, one.value) if one.form == "flag" else one.value
