"""What the words of a row mean: which method, which item, which unit. Each distinct wording is looked up once."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import UserError
from core.i18n import LANGUAGES, T, Text
from core.library import Item, Library, Unit
from core.library.units import normal
from core.methods import Method, all_methods, former


class Unclear(UserError):
    """A word that means nothing or too much, and the column it stands in."""

    def __init__(self, column: str, message: Text, remedy: Text) -> None:
        super().__init__(message, remedy)
        self.column = column


_FORMER = frozenset(map(normal, former.NAMES))
FUEL = "fuel"
"""The kind of items for which kWh says too little."""


@dataclass(slots=True)
class Meaning:
    """Recognises the words of one file."""

    library: Library
    _methods: dict[str, Method] = field(init=False)
    _subjects: dict[tuple[str, str], tuple[Method, Item] | Unclear] = field(default_factory=dict)
    _units: dict[tuple[str, str, bool], Unit | Unclear] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._methods = {
            normal(spelling): method
            for method in all_methods().values()
            for spelling in (method.key, *(method.title.in_language(language) for language in LANGUAGES))
        }

    def subject(self, method: str, item: str) -> tuple[Method, Item]:
        """The method and the item that two cells name; an empty method follows from the item where only one takes it.

        Raises
        ------
        Unclear
            naming the column to correct.
        """
        question = (method, item)
        if question not in self._subjects:
            if normal(item) in _FORMER:
                self._subjects[question] = Unclear("item", former.WHAT, former.REMEDY)
                return self.subject(method, item)
            try:
                self._subjects[question] = self._named(method, item) if method else self._only(item)
            except Unclear as problem:
                self._subjects[question] = problem
        answer = self._subjects[question]
        if isinstance(answer, Unclear):
            raise answer.with_traceback(None)
        return answer

    def unit(self, text: str, method: Method, kind: str = FUEL) -> Unit:
        """The unit a cell names, if the method takes it for an item of this kind.

        Raises
        ------
        Unclear
            naming the column to correct.
        """
        question = (text, method.key, kind == FUEL)
        if question not in self._units:
            try:
                self._units[question] = self._unit(text, method, kind)
            except Unclear as problem:
                self._units[question] = problem
        answer = self._units[question]
        if isinstance(answer, Unclear):
            raise answer.with_traceback(None)
        return answer

    def _named(self, text: str, item: str) -> tuple[Method, Item]:
        method = self._methods.get(normal(text))
        if method is None:
            known = [one.title for one in all_methods().values()]
            raise Unclear(
                "method",
                T("Unknown method “{method}”.", method=text),
                T("Choose one of: {known}.", known=known),
            )
        found = self.library.recognise(item, method.kinds)
        if found is None:
            raise Unclear(
                "item",
                T("“{item}” is not something that {method} knows.", item=item, method=method.title),
                T("Use a key or a name of the sheet “Items” in the template, or correct the method."),
            )
        return method, found

    def _only(self, item: str) -> tuple[Method, Item]:
        found = [
            (method, thing)
            for method in all_methods().values()
            if (thing := self.library.recognise(item, method.kinds)) is not None
        ]
        if not found:
            raise Unclear(
                "item",
                T("Unknown item “{item}”.", item=item),
                T("Use a key or a name of the sheet “Items” in the template."),
            )
        usual = _usual(found)
        if len(usual) > 1:
            raise Unclear(
                "method",
                T("“{item}” belongs to more than one method.", item=item),
                T("Fill in the method, one of: {known}.", known=[method.title for method, _ in usual]),
            )
        return usual[0]

    def _unit(self, text: str, method: Method, kind: str) -> Unit:
        unit = self.library.units.find(text)
        if unit is None:
            raise Unclear(
                "unit", T("Unknown unit “{unit}”.", unit=text), T("Use a unit of the sheet “Units” in the template.")
            )
        if kind == FUEL and unit.key in method.ambiguous:
            raise Unclear(
                "unit",
                T("{unit} of a fuel can mean net or gross calorific value.", unit=unit.name),
                T("Enter “kWh (net CV)” or “kWh (gross CV)”, as the bill says."),
            )
        if unit.dimension not in method.dimensions:
            taken = [u.name for u in self.library.units.all.values() if takes(method, u, kind)]
            raise Unclear(
                "unit",
                T("“{unit}” is not a unit for {method}.", unit=text, method=method.title),
                T("Use one of: {known}.", known=taken),
            )
        return unit


def _usual(found: list[tuple[Method, Item]]) -> list[tuple[Method, Item]]:
    """Where an item alone leads: to the method that is usual for its kind."""
    usual = [(method, item) for method, item in found if item.kind in method.usual_for]
    return usual or found


def takes(method: Method, unit: Unit, kind: str = "") -> bool:
    """Whether activity data may stand in this unit, of an item of this kind or of any; of fuels some say too little."""
    of_fuel = kind == FUEL or (not kind and set(method.kinds) == {FUEL})
    return unit.dimension in method.dimensions and not (of_fuel and unit.key in method.ambiguous)
