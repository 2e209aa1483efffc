"""What head office knows of the way of one plant, for the inspector."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.group.ways.standing import PlantWay
from core.renewables.shares import VIEWS
from gui.language import _, say
from gui.ways import words
from gui.widgets import button, label, marked, subheading
from gui.wording import named

MOST = 12
"""Open points shown."""


def about(plant: PlantWay, show_report: Callable[[], object]) -> QWidget:
    """Shares, promise, what stands against the claim, and targets."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label(plant.name, size=1.15, strong=True, wrap=True))
    column.addWidget(subheading(_("Renewable electricity")))
    for view in VIEWS:
        column.addWidget(label(named(say(words.VIEWS[view]), f"{words.percent(plant.shown(view))} %"), wrap=True))
    for line in _promise(plant):
        column.addWidget(label(line, wrap=True))
    claim = plant.way.claim
    if claim is not None and claim.open:
        column.addWidget(subheading(_("Against a claim of {percent} %", percent=words.plain_percent(claim.percent))))
        for one in claim.open[:MOST]:
            column.addWidget(marked("error", "bad", say(one.message)))
    if plant.way.aims:
        column.addWidget(subheading(_("Targets")))
    for aim in plant.way.aims:
        icon, ink = ("error", "bad") if aim.missed else ("check", "good") if aim.gap is not None else ("info", "muted")
        column.addWidget(marked(icon, ink, named(aim.name, words.aim_words(aim))))
    for trouble in plant.way.troubles:
        column.addWidget(marked("warning", "warning", say(trouble)))
    column.addWidget(button(_("Show the report"), show_report))
    return made


def _promise(plant: PlantWay) -> list[str]:
    if plant.silent:
        return [_("The report says nothing of targets, actions or certificates.")]
    road = plant.way.road
    if road is None or not road.promised:
        return [_("There is no target for renewable electricity.")]
    said = [_("Promised: {percent} % in {year}", percent=words.plain_percent(road.percent), year=str(road.year))]
    said.append(_("Missing: {gap} MWh a year; left by its options: {open} MWh", gap=words.amount(plant.gap),
                  open=words.amount(plant.part(road.open))))  # fmt: skip
    if road.cost and road.currency:
        said.append(_("The cheapest mix of options costs {cost} {currency} a year.", cost=words.amount(road.cost, 0),
                      currency=road.currency))  # fmt: skip
    return said
