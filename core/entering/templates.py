"""Templates of typical plants: which emission sources such a plant usually has, why, and what proves them.

A template brings no amounts. What it expects becomes lines of the management plan, to which nothing is recorded yet.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from core.audit.plan import FREQUENCIES, METHODS, changing
from core.audit.practice import proposed
from core.entering.naming import spelled
from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import Name, T
from core.inventory import Inventory
from core.inventory.judging import Decision
from core.ledger import Ledger, PlanItem
from core.library import Library
from core.methods import all_methods

OWN = "own"
"""Basis of what is our own experience and stands in no document."""


@dataclass(frozen=True, slots=True)
class ExpectedSource:
    """An emission source that such a plant usually has."""

    key: str
    name: Name
    method: str
    """Key of the emission method with which its records begin."""
    item: str
    unit: str
    how: str
    """How the figure usually comes about, as a line of the management plan says it."""
    frequency: str
    evidence: Name
    """Documents that prove it."""
    why: Name
    """Why such a plant has it, or what to look for."""
    basis: str
    """Document that says so, or :data:`OWN`."""
    category: int = 0
    """Of scope 3, where the method serves several."""
    parameters: tuple[str, ...] = ()
    """Of the method, that are usually needed."""
    optional: bool = False
    """Only some of these plants have it: it is offered, and not added by itself."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A meter or key figure that such a plant should have."""

    name: Name
    unit: str
    why: Name


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of plant."""

    key: str
    """Name of its file in ``resources/templates``."""
    name: Name
    summary: Name
    order: int
    sources: tuple[ExpectedSource, ...]
    """Its own first, then those of the templates on which it builds."""
    meters: tuple[Usual, ...]
    key_figures: tuple[Usual, ...]

    @property
    def usual(self) -> frozenset[str]:
        """Keys of the sources that are added when nobody chooses."""
        return frozenset(one.key for one in self.sources if not one.optional)


@cache
def all_templates() -> Mapping[str, Template]:
    """Every template by key, in the order in which they are offered.

    Raises
    ------
    RuntimeError
        when there are none: a frozen program that lost them must not start.
    """
    folder = files("resources") / "templates"
    texts = {one.name.removesuffix(".toml"): one.read_text("utf-8") for one in folder.iterdir()
             if one.name.endswith(".toml")}  # fmt: skip
    if not texts:
        raise RuntimeError("resources/templates is empty")
    found = [read_template(key, texts) for key in texts]
    return {one.key: one for one in sorted(found, key=lambda one: (one.order, one.key))}


def template_named(key: str) -> Template:
    """A template by its key or by its name in either language.

    Raises
    ------
    UserError
        when there is none.
    """
    wanted = spelled(key)
    for one in all_templates().values():
        if wanted in (spelled(one.key), spelled(one.name.en), spelled(one.name.zh)):
            return one
    raise UserError(
        T("There is no template “{name}”.", name=key[:60]), T("Choose one of: {known}.", known=list(all_templates()))
    )


def read_template(key: str, texts: Mapping[str, str], above: Collection[str] = ()) -> Template:
    """A template with what it builds on.

    Parameters
    ----------
    key, texts
        its key, and the text of every template by key.
    above
        those that build on it: none may build on itself.
    """
    if key in above:
        raise ValueError(f"template {key} builds on itself")
    read = tomllib.loads(texts[key])
    below = [read_template(one, texts, (*above, key)) for one in read.get("includes", ())]
    own = tuple(_source(one) for one in read.get("source", ()))
    sources = {one.key: one for part in (own, *(other.sources for other in below)) for one in reversed(part)}
    order = [one.key for part in (own, *(other.sources for other in below)) for one in part]
    return Template(
        key,
        _name(read["name"]),
        _name(read["summary"]),
        int(read["order"]),
        tuple(sources[one] for one in dict.fromkeys(order)),
        (*_usual(read, "meter"), *(one for other in below for one in other.meters)),
        (*_usual(read, "key_figure"), *(one for other in below for one in other.key_figures)),
    )


def _name(read: Mapping[str, str]) -> Name:
    return Name(read["en"], read["zh"])


def _usual(read: Mapping[str, Any], what: str) -> tuple[Usual, ...]:
    return tuple(Usual(_name(one["name"]), one["unit"], _name(one["why"])) for one in read.get(what, ()))


def _source(read: Mapping[str, Any]) -> ExpectedSource:
    how, frequency = read["how"], read["frequency"]
    if how not in METHODS or frequency not in FREQUENCIES:
        raise ValueError(f"{read['key']}: {how}, {frequency}")
    return ExpectedSource(
        read["key"], _name(read["name"]), read["method"], read["item"], read["unit"], how, frequency,
        _name(read["evidence"]), _name(read["why"]), read["basis"], int(read.get("category", 0)),
        tuple(read.get("parameters", ())), bool(read.get("optional", False)),
    )  # fmt: skip


# ---------------------------------------------------------------------- a plant


def missing(ledger: Ledger, template: Template) -> tuple[ExpectedSource, ...]:
    """The sources of a template of which the plant says nothing yet: neither its plan nor a record of any year."""
    kinds = Counter((one.method, one.item) for one in template.sources)
    return tuple(one for one in template.sources if not _known(ledger, one, kinds[one.method, one.item] == 1))


def _known(ledger: Ledger, one: ExpectedSource, alone: bool) -> bool:
    names = {spelled(one.name.en), spelled(one.name.zh)}
    for line in ledger.held(PlanItem):
        if spelled(line.source) in ("", *names) and line.item in ("", one.item):
            return True
    # Of what the template expects only once, a record under any name answers to it.
    same = (held for held in ledger.activities if (held.method, held.item) == (one.method, one.item))
    return any(alone or spelled(held.source) in names for held in same)


def applying(
    ledger: Ledger,
    template: Template,
    lang: str,
    chosen: Collection[str] | None = None,
    inventory: Inventory | None = None,
) -> Decision:
    """The change that adds what a plant lacks of a template to its management plan; without steps when nothing lacks.

    Parameters
    ----------
    ledger
        the plant now.
    template
        what such a plant usually has.
    lang
        in which the lines are written: sources are called as the plant calls them.
    chosen
        keys of sources that are added, as far as they are missing; None: those that are not optional.
    inventory
        of the year shown: where the plan begins with this change, it also gets a line for everything that is recorded,
        for a plan that leaves out what is counted is a finding.
    """
    wanted = template.usual if chosen is None else frozenset(chosen)
    lacking = [one for one in missing(ledger, template) if one.key in wanted]
    why = T("Expected sources of “{template}”: {count}", template=template.name, count=len(lacking))
    if not lacking:
        return Decision(why, ())
    lines = [_line(one, lang) for one in lacking]
    if inventory is not None and not ledger.held(PlanItem):
        lines += proposed(ledger, inventory, lang)
    ids = next_ids(ledger, len(lines), "plan_item")
    kept = [replace(one, id=key) for one, key in zip(lines, ids, strict=True)]
    return Decision(why, changing(ledger, kept).steps)


def _line(one: ExpectedSource, lang: str) -> PlanItem:
    return PlanItem(
        "",
        one.name.in_language(lang),
        one.item,
        one.how,
        frequency=one.frequency,
        records=one.evidence.in_language(lang),
        note=one.why.in_language(lang),
    )


# ---------------------------------------------------------------------- a record


@dataclass(frozen=True, slots=True)
class Beginning:
    """With what the first record of an expected source begins."""

    method: str
    source: str
    item: str
    unit: str
    category: int = 0


def beginning(line: PlanItem, library: Library) -> Beginning | None:
    """How a record that answers to a line of the plan begins; None where the line does not tell.

    Some template may know the source; else a method that alone takes the item is meant.
    """
    for one in _of_templates(line):
        return Beginning(one.method, line.source, line.item, one.unit, one.category)
    item = library.items.get(line.item)
    if item is None:
        return None
    takers = [key for key, method in all_methods().items() if item.kind in method.kinds and key not in _RARE]
    return Beginning(takers[0], line.source, line.item, item.unit) if len(takers) == 1 else None


def _of_templates(line: PlanItem) -> Iterator[ExpectedSource]:
    wanted = spelled(line.source)
    for template in all_templates().values():
        for one in template.sources:
            if one.item == line.item and wanted in (spelled(one.name.en), spelled(one.name.zh)):
                yield one


_RARE = frozenset({"chp", "franchises", "leased_assets", "refrigerant_disposal", "refrigerant_screening", "spend",
                   "supplier_specific", "transmission_losses", "upstream_energy", "use_of_sold_products",
                   "processing_of_sold_products"})  # fmt: skip
"""Methods that take nearly everything, or what another method takes first."""
