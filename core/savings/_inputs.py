"""What a measure says, checked and as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Measure
from core.library import EXACT, Library
from core.methods import KG, Parameter, TraceStep, check_parameter
from core.savings._asking import CAPEX, CURRENCY, PRICE, SOURCE
from core.savings._table import Table
from core.savings._types import Kind

LONGEST = 60
"""Years that a measure may be looked at."""
MOST_LETTERS = 200
DECIMALS = 9
METHODS = {
    "electricity": ("purchased_electricity", "scope2_location", "kWh"),
    "fuel": ("stationary_combustion", "scope1", "kWh_net"),
    "heat": ("purchased_heat", "scope2_location", "kWh"),
}
"""For each kind of item: the method and the scope of the inventory that count it, and how a kilowatt-hour of it is
written."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A measure whose parameters are understood."""

    measure: Measure
    kind: Kind
    library: Library
    table: Table | None = None

    def said(self, parameter: Parameter) -> str:
        """What is said about a parameter; empty when nothing."""
        return next((value for key, value in self.measure.parameters if key == parameter.key), "")

    def given(self, parameter: Parameter) -> Decimal | None:
        """The number of a parameter; None when it is not stated and has no default."""
        text = self.said(parameter)
        return Decimal(text) if text else parameter.default

    def number(self, parameter: Parameter) -> Decimal:
        """The number of a parameter, or its default.

        Raises
        ------
        UserError
            when there is neither.
        """
        found = self.given(parameter)
        if found is None:
            raise missing(parameter)
        return found

    def chosen(self, parameter: Parameter) -> str:
        """The key that was chosen, or the first one."""
        return self.said(parameter) or parameter.choices[0][0]

    def item(self, parameter: Parameter) -> str:
        """The item that a parameter names.

        Raises
        ------
        UserError
            when it names none.
        """
        found = self.said(parameter)
        if not found:
            raise missing(parameter)
        return found

    def unit_of(self, item: str) -> str:
        """How a kilowatt-hour of an item is written."""
        return METHODS[self.library.items[item].kind][2]

    def needed_table(self) -> Table:
        """The table.

        Raises
        ------
        UserError
            when there is none.
        """
        if self.table is None:
            raise UserError(
                T("The measure “{name}” has no table yet.", name=verbatim(self.measure.name)),
                T("Read one in, as csv or xlsx, with the columns: {columns}.",
                  columns=[column.key for column in self.kind.columns]),
            )  # fmt: skip
        return self.table


def missing(parameter: Parameter) -> UserError:
    """A parameter without which nothing can be calculated."""
    return UserError(T("“{parameter}” is missing.", parameter=parameter.title), T("Fill it in."))


def step(what: Text, form: str, *numbers: tuple[Decimal, str], result: Decimal, unit: str) -> TraceStep:
    """One step of the calculation as an auditor would write it: nine decimals at most, where the calculation has 34
    digits."""
    return TraceStep(what, form, tuple((_shown(one), of) for one, of in numbers), _shown(result), unit)


def _shown(value: Decimal) -> Decimal:
    return value if -value.as_tuple().exponent <= DECIMALS else EXACT.quantize(value, KG)  # type: ignore[operator]


def check(measure: Measure, kind: Kind, library: Library) -> None:
    """Whether a measure says what its kind can understand.

    Raises
    ------
    UserError
        for the first thing that it cannot.
    """
    _check_frame(measure, kind, library)
    for key, said in measure.parameters:
        parameter = kind.parameter(key)
        if parameter is None:
            raise UserError(
                T("{kind} has no parameter “{parameter}”.", kind=kind.title, parameter=key),
                T("Choose one of: {known}.", known=[one.key for one in kind.parameters]),
            )
        _check_value(parameter, said, kind, library)
    stated = dict(measure.parameters)
    for parameter in kind.own:
        if parameter.required and not stated.get(parameter.key):
            raise missing(parameter)
    priced = [key for key in stated if key in (PRICE.key, CAPEX.key) or key.endswith("_price")]
    if priced and not stated.get(CURRENCY.key):
        raise missing(CURRENCY)


def _check_value(parameter: Parameter, said: str, kind: Kind, library: Library) -> None:
    if parameter.key == SOURCE.key:
        if len(said) > MOST_LETTERS or not said.isprintable():
            raise UserError(
                T("The name of the source has more than {most} letters or one that cannot be seen.", most=MOST_LETTERS),
                T("Name it as the activity data do."),
            )
    elif parameter.key in kind.item_keys:
        item = library.items.get(said)
        if item is None or item.kind not in kind.item_keys[parameter.key]:
            raise UserError(
                T("“{item}” is not an item for “{parameter}”.", item=said[:40], parameter=parameter.title),
                T("Choose one of the list."),
            )
    else:
        check_parameter(parameter, said)


def _check_frame(measure: Measure, kind: Kind, library: Library) -> None:
    """Name, item and dates."""
    if not measure.name.strip() or len(measure.name) > MOST_LETTERS or not measure.name.isprintable():
        raise UserError(T("The measure needs a name of at most {most} letters.", most=MOST_LETTERS), T("Fill it in."))
    if measure.end < measure.start:
        raise UserError(
            T("The measure ends on {end}, before it begins on {start}.", end=measure.end, start=measure.start),
            T("Correct the dates."),
        )
    if measure.end.year - measure.start.year > LONGEST:
        raise UserError(
            T("A measure is looked at for at most {years} years.", years=LONGEST), T("Choose an earlier end.")
        )
    item = library.items.get(measure.item)
    if item is None or item.kind not in kind.items:
        raise UserError(
            T("“{item}” is not something that {kind} saves.", item=measure.item[:40], kind=kind.title),
            T("Choose one of the list."),
        )
