"""Instruments of renewable electricity, their allocation, changed rules and options of supply."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache

from core.entering.checking import above_zero, basics, between, in_order, money, not_below_zero, year
from core.entering.forms import Choices, Entered, Form
from core.entering.naming import name_of
from core.entering.plant.common import NOTE, currency, proofs
from core.entering.refusing import FieldError, refuse
from core.errors import UserError
from core.exchange.ids import prefix_of
from core.i18n import Localised, Name, T, verbatim
from core.instruments import parse_serials
from core.instruments.words import ATTRIBUTES, KINDS, OPTIONS, SCHEMES, TECHNOLOGIES
from core.ledger import Activity, Allocation, Instrument, Ledger, RuleValue, SupplyOption
from core.ledger.records import Record
from core.library import EXACT, load_library
from core.library.rulebook import checked, rulebook
from core.targets.rulesets import RuleSet, all_rulesets

HIGHEST_FACTOR = 5
"""[kg CO2/kWh]; no contract for electricity states more."""
LONGEST_LIFE = 60
"""[a]"""


def _instrument(ledger: Ledger, one: Instrument) -> None:
    basics(ledger, INSTRUMENT, one)
    in_order("instrument", one.start, one.end)
    above_zero("instrument", "quantity", one.quantity)
    between("instrument", "factor", one.factor, 0, HIGHEST_FACTOR)
    money(INSTRUMENT, one, "price")
    if one.kind == "certificate" and not one.scheme:
        refuse("instrument", "scheme", T("Certificates have a scheme."), T("Choose the registry that issued them."))
    serials_readable("instrument", one.serials)


def serials_readable(kind: str, text: str) -> None:
    """Refuse serial numbers that cannot be read; none are fine."""
    if not text.strip():
        return
    try:
        parse_serials(text)
    except UserError as error:
        raise FieldError(kind, "serials", error.message, error.remedy) from None


def may_be_covered(record: Record) -> bool:
    """Whether instruments may cover this kind of activity data."""
    return isinstance(record, Activity) and record.method in ("purchased_electricity", "solar_generation")


def _allocation(ledger: Ledger, one: Allocation) -> None:
    from core.inventory.covering import sold_sources
    from core.renewables.allocating import coverable, given_of, has, taken_of
    from core.renewables.consumption import whole_of

    basics(ledger, ALLOCATION, one)
    above_zero("allocation", "quantity", one.quantity)
    instrument, activity = ledger.get("instrument", one.instrument), ledger.get("activity", one.activity)
    assert isinstance(instrument, Instrument)
    assert isinstance(activity, Activity)
    if not coverable(activity, sold_sources(ledger)):
        refuse("allocation", "activity", T("The record {id} of {source} is no purchased electricity.", id=activity.id,
                                           source=activity.source),
               T("Certificates and contracts cover electricity that was bought and used; exports never count."),
               )  # fmt: skip
    _fits(given_of(ledger)[one.instrument], has(instrument), name_of(instrument))
    _fits(taken_of(ledger)[one.activity], whole_of(activity, load_library().units), name_of(activity))


def _fits(allocated: Decimal, whole: Decimal, name: Localised) -> None:
    if allocated > whole:
        over = EXACT.subtract(allocated, whole)
        refuse("allocation", "quantity",
               T("{over} kWh more would be allocated than “{name}” has.", over=over, name=name),
               T("Lower the quantity, or take another allocation back."))  # fmt: skip


def _for(ledger: Ledger, one: Allocation) -> Localised:
    named = [ledger.get("instrument", one.instrument), ledger.get("activity", one.activity)]
    words = [verbatim(key) if held is None else name_of(held)
             for held, key in zip(named, (one.instrument, one.activity), strict=True)]  # fmt: skip
    return T("{instrument} for {activity}", instrument=words[0], activity=words[1])


@cache
def parameters() -> Choices:
    """The parameters of rules that an expert may change; one that several rule sets have says of which it is."""
    held, sets = rulebook(), all_rulesets().values()
    of = {one.key: ruleset for ruleset in sets for one in ruleset.parameters.values()}
    often = Counter(one.title.en for one in held.values())
    return {
        key: _told_apart(one.title, of[key]) if key in of and often[one.title.en] > 1 else one.title
        for key, one in held.items()
    }


def _told_apart(title: Name, ruleset: RuleSet) -> Name:
    return Name(f"{title.en} ({ruleset.title.en})", f"{title.zh}（{ruleset.title.zh}）")


def _rule_value(ledger: Ledger, one: RuleValue) -> None:
    basics(ledger, RULE_VALUE, one)
    try:
        checked(one)
    except UserError as error:
        raise FieldError("rule_value", "value", error.message, error.remedy) from None


def _option(ledger: Ledger, one: SupplyOption) -> None:
    basics(ledger, SUPPLY_OPTION, one)
    year("supply_option", "first_year", one.first_year)
    above_zero("supply_option", "quantity", one.quantity)
    not_below_zero("supply_option", "capex", one.capex)
    between("supply_option", "life", one.life, 0, LONGEST_LIFE)
    if one.capex and not one.life:
        refuse("supply_option", "life", T("There is an investment and no life."),
               T("Enter over how many years it is spread."))  # fmt: skip
    money(SUPPLY_OPTION, one, "price", "capex")


INSTRUMENT = Form(
    "instrument", prefix_of("instrument"),
    (
        Entered("name", required=True, also=("instrument", "凭证")),
        Entered("kind", "choice", True, KINDS),
        Entered("market", "country", True, hint=T("Country in which it was generated."), also=("country", "国家")),
        Entered("start", "day", True, hint=T("First day of the generation."), also=("from", "vintage from", "自")),
        Entered("end", "until", True, hint=T("Last day of the generation, included."), also=("to", "vintage to", "至")),
        Entered("quantity", "number", True, also=("MWh", "volume")),
        Entered("scheme", "choice", False, SCHEMES),
        Entered("serials", hint=T("Single numbers or ranges, separated by semicolons: GEC-A0001–GEC-A0500."),
                also=("serial number", "serials", "编号")),
        Entered("technology", "choice", False, TECHNOLOGIES),
        Entered("generator", also=("power plant", "电厂")),
        Entered("commissioned", "first", hint=T("When the generating plant began; empty: not known.")),
        Entered("supplier", also=("seller", "售电方")),
        Entered("contract", hint=T("As printed on the contract or tariff.")),
        Entered("factor", "number", hint=T("As the contract states it; 0 for renewable and nuclear electricity.")),
        Entered("expires", "last", hint=T("Last day on which the registry lets it be used; empty: not stated.")),
        Entered("retired", "first", hint=T("Day of retirement or cancellation; empty: not retired."),
                also=("cancelled", "retirement date", "注销日")),
        Entered("beneficiary", hint=T("For whom it was retired, as the registry says.")),
        Entered("purpose", hint=T("What it was retired for, as the registry says.")),
        Entered("attributes", "choice", False, ATTRIBUTES),
        Entered("price", "number", hint=T("Of the attribute, or of the contract above the market; may be below 0.")),
        currency(),
        Entered("system", "record", hint=T("The plant's own system that generated it; empty: none."),
                of=("pv_system",)),
        proofs(T("Contract and settlement, statement of retirement.")),
        NOTE,
    ),
    T("Renewable instruments"), T("A claim on how electricity was generated: certificates, a contract, a line, own "
                                  "generation. What it covers is allocated to consumption."),
    _instrument, ("name", "kind", "start", "end"), ("end", "name"),
    instead=T("Take its allocations back first."),
)  # fmt: skip
ALLOCATION = Form(
    "allocation", prefix_of("allocation"),
    (
        Entered("instrument", "record", True, of=("instrument",)),
        Entered("activity", "record", True, hint=T("The record of purchased electricity that it covers."),
                of=("activity",), only=may_be_covered),
        Entered("quantity", "number", True),
        NOTE,
    ),
    T("Allocations"), T("So much of an instrument covers one record of purchased electricity."),
    _allocation, ("instrument", "activity"), titled=_for,
)  # fmt: skip
RULE_VALUE = Form(
    "rule_value", "",
    (
        Entered("id", "choice", True, parameters, also=("parameter", "rule", "参数")),
        Entered("value", required=True),
        Entered("source", required=True, hint=T("Where the other value stands, or who decided it.")),
        NOTE,
    ),
    T("Changed rules"), T("A number or list that a rule follows, as an expert of the plant decided otherwise. The "
                          "source stands wherever the rule speaks."),
    _rule_value, ("id",), titled=lambda _ledger, one: parameters().get(one.id, verbatim(one.id)),
)  # fmt: skip
SUPPLY_OPTION = Form(
    "supply_option", prefix_of("supply_option"),
    (
        Entered("name", required=True),
        Entered("kind", "choice", True, OPTIONS),
        Entered("first_year", "whole", True, hint=T("First calendar year of its effect.")),
        Entered("quantity", "number", True,
                hint=T("Most that it gives in a year; of a storage what it adds to the own use.")),
        Entered("price", "number",
                hint=T("Above the price of the grid; of own PV its running costs.")),
        Entered("capex", "number"),
        Entered("life", "whole", hint=T("Over which the investment is spread.")),
        currency(),
        NOTE,
    ),
    T("Options of supply"), T("Renewable electricity that the plant could have from some year on, with its cost."),
    _option, ("name",), ("first_year", "name"),
)  # fmt: skip
RENEWABLES = (INSTRUMENT, ALLOCATION, RULE_VALUE, SUPPLY_OPTION)
