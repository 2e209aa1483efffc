"""Areas, actions, milestones and what committees decided."""

from __future__ import annotations

import re

from core.entering.checking import basics, between, money, not_below_zero, numbers_between
from core.entering.forms import Choices, Entered, Form
from core.entering.plant.common import NOTE, currency, parts, proofs
from core.entering.plant.targets import action_statuses
from core.entering.refusing import refuse
from core.exchange.ids import prefix_of
from core.i18n import T
from core.ledger import Action, ActionArea, Ledger, Milestone, Resolution
from core.library import load_library

LONGEST_LIFE = 60
"""[a]"""
_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


def areas() -> Choices:
    """The areas as shipped."""
    from core.actions.areas import all_areas

    return {one.key: one.name for one in all_areas()}


def energies() -> Choices:
    """What energy an action may save."""
    return {"": T("None"), **{key: item.name for key, item in load_library().items.items() if item.kind in ENERGIES}}


ENERGIES = frozenset({"fuel", "electricity", "heat", "cooling", "compressed_air"})
"""Kinds of items."""


def _area(ledger: Ledger, one: ActionArea) -> None:
    basics(ledger, ACTION_AREA, one)
    if _KEY.fullmatch(one.id) is None:
        refuse("action_area", "id", T("“{text}” cannot be the key of an area.", text=one.id[:40]),
               T("Use small letters, digits and _; one of the eight shipped keys gives that area another name."),
               )  # fmt: skip


def _action(ledger: Ledger, one: Action) -> None:
    basics(ledger, ACTION, one)
    between("action", "life", one.life, 1, LONGEST_LIFE)
    for key in ("energy", "tonnes", "capex"):
        not_below_zero("action", key, getattr(one, key))
    if one.energy and not one.item:
        refuse("action", "item", T("Energy is saved, and it is not said which."), T("Choose it."))
    numbers_between("action", "ramp", one.ramp, 0, 100)
    between("action", "discount", one.discount, 0, 50)
    money(ACTION, one, "capex", "opex", "saving")
    if one.id in one.excludes:
        refuse("action", "excludes", T("An action does not exclude itself."), T("Choose others."))


def _milestone(ledger: Ledger, one: Milestone) -> None:
    basics(ledger, MILESTONE, one)


def _resolution(ledger: Ledger, one: Resolution) -> None:
    basics(ledger, RESOLUTION, one)


ACTION_AREA = Form(
    "action_area", "",
    (
        Entered("id", required=True, also=("key", "area", "领域代码"),
                hint=T("Key of one of the eight areas to call it otherwise, or a new one.")),
        Entered("name", required=True),
        Entered("owner", also=("responsible", "负责人")),
        NOTE,
    ),
    T("Areas of action"), T("What the plant calls the areas of its plan, and who answers for them."),
    _area, ("id",),
)  # fmt: skip
ACTION = Form(
    "action", prefix_of("action"),
    (
        Entered("name", required=True, also=("action", "measure", "措施")),
        Entered("area", "record", True, areas, of=("action_area",)),
        Entered("part", "choice", True, parts, T("What falls by it."), also=("scope", "范围")),
        Entered("start", "day", True, hint=T("First day of its effect.")),
        Entered("life", "whole", True, hint=T("Years of its effect.")),
        Entered("owner", also=("responsible", "负责人")),
        Entered("status", "choice", True, action_statuses),
        Entered("source", hint=T("Emission source it works on; actions on one source multiply. Empty: all of it.")),
        Entered("item", "choice", False, energies, T("Energy that is saved or replaced.")),
        Entered("energy", "number", hint=T("Saved in a year at full effect.")),
        Entered("tonnes", "number", hint=T("Saved in a year at full effect, where no energy says it.")),
        Entered("ramp", "pairs", keys="step",
                hint=T("Year of effect and the part of the full effect it has: 1=50; 2=100. Empty: all at once.")),
        Entered("capex", "number"),
        Entered("opex", "number", hint=T("Additional running cost.")),
        Entered("saving", "number", hint=T("Money saved in a year at full effect.")),
        currency(),
        Entered("discount", "number", True),
        Entered("excludes", "records", hint=T("Actions that cannot be done besides this one."), of=("action",)),
        Entered("measure", "record", hint=T("The savings measure whose effect is measured; empty: none."),
                of=("measure",)),
        proofs(),
        NOTE,
    ),
    T("Actions"), T("Something that lowers emissions: what, who, when, what it costs and saves."),
    _action, ("name",), ("start", "name"), instead=T("Remove those first, or set it to stopped."),
)  # fmt: skip
MILESTONE = Form(
    "milestone", prefix_of("milestone"),
    (
        Entered("action", "record", True, of=("action",)),
        Entered("name", required=True, also=("milestone",)),
        Entered("due", "day", True),
        Entered("done", "first", hint=T("Day on which it was reached; empty: not yet.")),
        proofs(),
        NOTE,
    ),
    T("Milestones"), T("A step of an action, with the day by which it is due."),
    _milestone, ("action", "name"), ("due", "name"),
)  # fmt: skip
RESOLUTION = Form(
    "resolution", prefix_of("resolution"),
    (
        Entered("day", "day", True),
        Entered("body", required=True, hint=T("The committee."), also=("committee",)),
        Entered("title", required=True),
        Entered("decision", "long", True),
        Entered("actions", "records", hint=T("What it is about."), of=("action",)),
        Entered("targets", "records", hint=T("What it is about."), of=("target",)),
        proofs(T("The minutes.")),
    ),
    T("Decisions of committees"), T("What a committee decided, with its minutes."),
    _resolution, ("day", "title"), ("day", "title"),
)  # fmt: skip
ACTIONS = (ACTION_AREA, ACTION, MILESTONE, RESOLUTION)
