"""The records of the way to net zero: base year, targets, what drives emissions, actions, credits, neutrality.

A part of the emissions is named by a key: ``scope1``, ``scope2_location``, ``scope2_market``, ``scope3`` or one of its
categories, ``scope3:4``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BasePolicy:
    """How the plant treats its base year; a ledger has at most one, with the id ``policy``."""

    year: int
    """The base year."""
    threshold: Decimal = Decimal(5)
    """Cumulative change that recalculates it. [%]"""
    rules: str = ""
    """What triggers a recalculation and what does not, in words."""
    note: str = ""
    id: str = "policy"


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """Emissions of a year that this file holds no activity data of, one part of them."""

    id: str
    year: int
    part: str
    """Key of a part of the emissions."""
    tonnes: Decimal
    """[t CO2e]"""
    source: str
    """Report that states it, with its page."""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalculation:
    """Something that may change the base year, and what was decided about it."""

    id: str
    day: date
    """On which it happened or was found."""
    trigger: str
    """``structure``, ``outsourcing``, ``method``, ``factor``, ``error``, ``boundary`` or ``organic``."""
    description: str
    effects: tuple[tuple[str, str], ...] = ()
    """Year and part, ``2020 scope1``, and the tonnes that come to it, as plain digits. [t CO2e]"""
    decision: str = "open"
    """``open``, ``recalculate`` or ``none``."""
    decided_by: str = ""
    reason: str = ""
    """Why it was decided so."""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What the plant has promised for one year."""

    id: str
    name: str
    kind: str
    """``near_term``, ``long_term``, ``net_zero``, ``renewable`` (share of electricity) or ``own``."""
    parts: tuple[str, ...]
    """Keys of the parts of the emissions that it covers; of a share of electricity none."""
    base_year: int
    year: int
    """The year in which it is to be reached."""
    reduction: Decimal
    """Of the base year; of ``renewable`` the share itself. [%]"""
    ruleset: str = "own"
    """Key of the rule set it is held against."""
    intensity: str = ""
    """Name of the key figure by which emissions are divided; empty: an absolute target."""
    status: str = "own"
    """``own``, ``committed``, ``submitted``, ``validated`` or ``withdrawn``."""
    declared: str = ""
    """When it was promised, as ISO date."""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Driver:
    """What a part of the emissions grows with: production, headcount, area."""

    id: str
    name: str
    kind: str
    """``production``, ``headcount``, ``area`` or ``other``."""
    unit: str
    parts: tuple[str, ...]
    """Keys of the parts of the emissions that follow it."""
    figure: str = ""
    """Name of the key figure that tells its past; empty: only ``values`` do."""
    values: tuple[tuple[str, str], ...] = ()
    """Year and number, past and planned, as plain digits."""
    growth: Decimal = Decimal(0)
    """After the last year that is known. [%/a]"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way in which the years to come may go."""

    id: str
    name: str
    last_year: int = 2050
    growth: tuple[tuple[str, str], ...] = ()
    """Id of a driver and another growth than its own, as plain digits. [%/a]"""
    efficiency: tuple[tuple[str, str], ...] = ()
    """Key of a part of the emissions and by how much its intensity falls, as plain digits. [%/a]"""
    grid_decline: Decimal = Decimal(0)
    """Of the location-based factor, each year from the one before. [%/a]"""
    grid_table: tuple[tuple[str, str], ...] = ()
    """Year and factor of the grid, of the first year; in place of the decline. [%]"""
    statuses: tuple[str, ...] = ("approved", "running", "done")
    """Actions of these states take part."""
    growth_sd: Decimal = Decimal(2)
    """Standard deviation of the growth of each driver, drawn once for a run. [%/a]"""
    grid_sd: Decimal = Decimal(1)
    """Standard deviation of the decline of the grid factor. [%/a]"""
    delivery_sd: Decimal = Decimal(20)
    """Standard deviation of what actions deliver of their plan. [%]"""
    seed: int = 1
    draws: int = 2000
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionArea:
    """One of the areas of the action plan as the plant calls it. Its id is the key of the area."""

    id: str
    name: str
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that lowers emissions: what, who, when, cost, saving."""

    id: str
    name: str
    area: str
    """Key of an area."""
    part: str
    """Key of the part of the emissions that falls."""
    start: date
    """First day of its effect."""
    life: int
    """Years of its effect. [a]"""
    owner: str = ""
    status: str = "idea"
    """``idea``, ``planned``, ``approved``, ``running``, ``done`` or ``stopped``."""
    source: str = ""
    """Emission source it works on; actions on one source multiply. Empty: the whole part."""
    item: str = ""
    """Energy that is saved or replaced, key of the library; empty: none."""
    energy: Decimal = Decimal(0)
    """Saved in a year at full effect. [kWh/a]"""
    tonnes: Decimal = Decimal(0)
    """Saved in a year at full effect, where no energy says it. [t CO2e/a]"""
    ramp: tuple[tuple[str, str], ...] = ()
    """Year of effect, ``1`` being the first, and the part of the full effect it has; after the last all. [%]"""
    capex: Decimal = Decimal(0)
    """[currency]"""
    opex: Decimal = Decimal(0)
    """Additional running cost. [currency/a]"""
    saving: Decimal = Decimal(0)
    """Money saved in a year at full effect. [currency/a]"""
    currency: str = ""
    """ISO 4217."""
    discount: Decimal = Decimal(8)
    """[%/a]"""
    excludes: tuple[str, ...] = ()
    """Ids of actions that cannot be done besides this one."""
    measure: str = ""
    """Id of the savings measure whose effect is measured; empty: none."""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of an action."""

    id: str
    action: str
    name: str
    due: date
    done: str = ""
    """Day on which it was reached, as ISO date; empty: not yet."""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a committee decided, with its minutes."""

    id: str
    day: date
    body: str
    """The committee."""
    title: str
    decision: str
    actions: tuple[str, ...] = ()
    """Ids of the actions it is about."""
    targets: tuple[str, ...] = ()
    """Ids of the targets it is about."""
    evidence: tuple[str, ...] = ()
    """Ids of the minutes."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Carbon credits: tonnes reduced or removed elsewhere. They never enter an inventory."""

    id: str
    registry: str
    """``VCS``, ``GS``, ``CCER`` ..."""
    project: str
    """Number and name in the registry."""
    kind: str
    """``avoidance``, ``reduction``, ``removal_nature`` or ``removal_technology``."""
    country: str
    vintage: int
    """Year of the reduction or removal."""
    serials: str
    quantity: Decimal
    """[t CO2e]"""
    method: str = ""
    """Of the project, as the registry names it."""
    retired: str = ""
    """Day of its retirement, as ISO date; empty: not retired."""
    beneficiary: str = ""
    purpose: str = ""
    year: int = 0
    """Of the emissions that it compensates; 0: none yet."""
    price: Decimal = Decimal(0)
    """[currency/t]"""
    currency: str = ""
    quality: tuple[str, ...] = ()
    """What is proven: ``additional``, ``permanent``, ``no_leakage``, ``not_double_counted``, ``verified``."""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Carbon neutrality of one subject, as it is said in public; ISO 14068-1."""

    id: str
    subject: str
    """What is to be neutral, e.g. the operations of the plant."""
    parts: tuple[str, ...]
    """Keys of the parts of the emissions inside its boundary."""
    year: int
    """From which it is to be neutral."""
    stated: str = "committed"
    """What is said: ``committed``, ``on_path`` or ``claimed``."""
    declared: str = ""
    """When it was committed to, as ISO date."""
    plan: tuple[str, ...] = ()
    """Ids of the management plan."""
    text: str = ""
    """The sentence as published."""
    evidence: tuple[str, ...] = ()
    note: str = ""
