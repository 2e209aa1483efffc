"""What the eye sees first: the share, what is missing, who misses a target, the next tonne, what is used twice."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from core.group.ways.standing import Standing
from core.group.ways.tonnes import Tonnes
from gui.language import _, say
from gui.ways import words
from gui.widgets import button, label, number_card
from gui.wording import clauses, listed, named

CERTIFIED = "certified"


def figure_card(title: str, text: str, unit: str, note: str, link: tuple[str, Callable[[], object]]) -> QFrame:
    """One number with its unit, a line below, and where to see more."""
    frame, inside = number_card(title, text, unit, size=1.8, spacing=3)
    inside.addWidget(label(note, "muted", size=0.95, wrap=True))
    inside.addStretch(1)
    go = button(_("Show"), link[1], role="link")
    go.setAccessibleName(link[0])
    inside.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
    return frame


def share_card(found: Standing, go: Callable[[], object]) -> QFrame:
    """Renewable electricity of the group."""
    others = clauses(f"{say(words.VIEWS[view])} {words.percent(found.shown(view))} %" for view in ("traced", "own"))
    return figure_card(_("Renewable electricity, with certificates"), words.percent(found.shown(CERTIFIED)), "%",
                       others, (_("Show the shares by plant"), go))  # fmt: skip


def gap_card(found: Standing, go: Callable[[], object]) -> QFrame:
    """What is promised and not secured."""
    years = listed(map(str, found.target_years))
    if not found.target_years:
        note = _("No plant has a target for it.")
    elif not found.missing:
        note = _("Every promise is secured.")
    else:
        note = _("Plants that miss {years}: {count}", years=years, count=len(found.missing))
    title = _("Missing for {years}", years=years) if years else _("Missing for the promises")
    return figure_card(title, words.amount(found.gap, 0), "MWh/a", note, (_("Show who misses how much"), go))


def missed_card(found: Standing, go: Callable[[], object]) -> QFrame:
    """Targets of emissions."""
    plants = len({one.plant.key for one in found.missed})
    every = sum(len(one.way.aims) for one in found.plants)
    note = (
        _("Of one target; plants: {plants}", plants=plants)
        if every == 1
        else _("Of {count} targets; plants: {plants}", count=every, plants=plants)
    )
    return figure_card(_("Targets that are missed"), str(len(found.missed)), "", note, (_("Show the targets"), go))


def next_card(tonnes: Tonnes, go: Callable[[], object]) -> QFrame:
    """The cheapest tonne that could be decided, of the currency with most actions."""
    title, link = _("Cheapest next tonne"), (_("Show the cheapest tonnes"), go)
    first = next((one for curve in tonnes.curves for one in curve.next), None)
    if first is None:
        return figure_card(title, words.DASH, "", _("No plant has an action to decide."), link)
    return figure_card(title, words.amount(first.cost, 0), f"{first.action.currency}/t",
                       named(first.plant.name, first.action.name), link)  # fmt: skip


def double_card(doubled: Decimal, go: Callable[[], object]) -> QFrame:
    """Certificates that count more than once."""
    note = _("Used by more than one report") if doubled else _("Every certificate is used once.")
    return figure_card(_("Double use"), words.amount(doubled, 0), "MWh", note, (_("Show what is used twice"), go))
