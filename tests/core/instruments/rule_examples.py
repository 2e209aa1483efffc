"""For each rule ledgers that make it speak, with what it says, and some that only look like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.ledger import Evidence, Instrument, Ledger, Record, RuleValue, SerialsElsewhere
from tests.core.instruments.samples import BILL, PLANT, PV, allocation, gec, german, ledger, own, ppa, settled

Made = Callable[[], Ledger]
STOP, WARNING, INFO = "stop", "warning", "info"
ELSEWHERE = SerialsElsewhere("s1", "I1X0100–I1X0200", "Cheb plant", 2025, "Head office, 2026-02-01")
ORPHAN = replace(BILL, id="a2", start=date(2025, 12, 20), end=date(2026, 1, 19))


@dataclass(frozen=True)
class Example:
    """What one rule is held to. The instrument in question is always ``i1``."""

    speaks: tuple[tuple[str, Made], ...]
    """Level and ledger."""
    silent: tuple[Made, ...]


def of(instrument: Instrument, *records: Record) -> Made:
    """The instrument, allocated to the bill of March."""
    return lambda: ledger(instrument, allocation(), *records)


def used(start: date, end: date, instrument: Instrument, *records: Record) -> Made:
    """The same with a bill of other days."""
    return lambda: ledger(instrument, allocation(), replace(BILL, start=start, end=end), *records)


def rule(key: str, value: str) -> RuleValue:
    """An expert's other value."""
    return RuleValue(f"renewables.{key}", value, "Decision of the committee, 2026-02-02")


def in_germany(instrument: Instrument, **changes: Any) -> Made:
    return lambda: german(instrument, **changes)


def go(start: date, end: date, **changes: Any) -> Made:
    """Guarantees of origin in Germany, for the bill of March 2025."""
    return in_germany(gec(start=start, end=end), **changes)


def abroad(country: str, scheme: str, start: date, end: date) -> Made:
    """A certificate of another country, used there."""
    there = replace(PLANT, country=country, region="")
    one = gec(market=country, scheme=scheme, start=start, end=end)
    return lambda: ledger(one, allocation(), plant=there)


def roof(**changes: Any) -> Made:
    """Own generation with another roof."""
    return of(own(attributes=changes.pop("attributes", "with")), replace(PV, **changes))


YEAR = (date(2025, 1, 1), date(2025, 12, 31))
EXAMPLES: dict[str, Example] = {
    "kind_unknown": Example(
        ((STOP, of(gec(kind="promise"))), (STOP, of(gec(kind="")))),
        (of(gec()), of(ppa()), of(own())),
    ),
    "serial_unique": Example(
        (
            (STOP, of(gec(), gec("i2", serials="i1X0100"))),
            (STOP, of(gec(), gec("i2", serials="I1X00050–I1X00060", scheme=""))),
            (STOP, of(gec(), gec("i2", serials="i1x1", scheme="GEC-NT"))),
        ),
        (
            of(gec(), gec("i2")),
            of(gec(), gec("i2", serials="i1X0101–i1X0200")),
            of(gec(), gec("i2", serials="i1X0100", scheme="I-REC")),
        ),
    ),
    "serial_elsewhere": Example(
        ((STOP, of(gec(), ELSEWHERE)),),
        (of(gec()), of(gec(), replace(ELSEWHERE, serials="I1X0101–I1X0200")), of(own(), ELSEWHERE)),
    ),
    "serial_count": Example(
        (
            (STOP, of(gec(quantity=101))),
            (STOP, of(gec(quantity="100.5"))),
            (WARNING, of(gec(quantity=99))),
            (WARNING, of(gec(), rule("gec_size", "2"))),
            (STOP, go(*YEAR, quantity=Decimal(101))),
        ),
        (
            of(gec()),
            of(gec(quantity=50), rule("gec_size", "0.5")),
            of(own()),
            of(gec(serials="")),
            go(*YEAR),
            abroad("US", "REC", *YEAR),
            abroad("GB", "REGO", *YEAR),
            abroad("BR", "I-REC", *YEAR),
        ),
    ),
    "serials_missing": Example(
        (
            (STOP, of(gec(serials=""))),
            (STOP, of(gec(serials="???"))),
            (STOP, of(ppa(contract=" "))),
            (STOP, of(ppa(kind="ppa_virtual", contract=""))),
            (STOP, of(ppa(serials="B9–A1"))),
        ),
        (of(gec()), of(ppa()), of(settled()), of(own())),
    ),
    "retired": Example(
        (
            (STOP, of(gec(retired=""))),
            (STOP, of(gec(retired="soon"))),
            (STOP, of(ppa(retired=""))),
            (STOP, of(settled(kind="ppa_virtual"))),
        ),
        (of(gec()), of(settled()), of(own()), of(gec(scheme="GEC-NT", system="pv1", retired=""))),
    ),
    "retired_for": Example(
        (
            (STOP, of(gec(beneficiary=""))),
            (STOP, of(gec(beneficiary="Somebody Else Ltd."))),
            (WARNING, of(gec(beneficiary="Acme Brakes (Zhangjiakou)"))),
            (WARNING, of(gec(beneficiary="Acme Group Holding", purpose="RE100 2025 of plant Zhangjiakou"))),
        ),
        (of(gec()), of(gec(beneficiary="zhang-jiakou")), of(gec(beneficiary="", retired="")), of(settled())),
    ),
    "retired_late": Example(
        (
            (WARNING, of(gec(retired="2026-10-01"))),
            (WARNING, of(gec(retired="2026-02-01"), rule("late_retirement", "1"))),
        ),
        (of(gec(retired="2026-09-30")), of(settled())),
    ),
    "proof": Example(
        (
            (STOP, of(gec(evidence=()))),
            (STOP, of(gec(evidence=("e2", "gone")))),
            (STOP, of(settled(evidence=()))),
            (STOP, of(settled(evidence=("e2",)))),
            (STOP, of(settled(evidence=("e3",)))),
            (STOP, of(own(), replace(PV, generation=()))),
            (STOP, of(own(system=""))),
        ),
        (
            of(gec()),
            of(settled()),
            of(settled(evidence=("e1",))),
            of(settled(evidence=("e2",)), Evidence("e4", "march.pdf", "bill", "0", 1, activities=("a1",))),
            of(own()),
            of(own(evidence=("e3",)), replace(PV, generation=())),
            in_germany(settled(evidence=("e2",)), scheme=""),
        ),
    ),
    "vintage": Example(
        (
            (STOP, used(date(2027, 1, 1), date(2027, 1, 31), gec())),
            (STOP, used(date(2024, 12, 1), date(2024, 12, 31), gec())),
            (STOP, go(date(2023, 12, 31), date(2024, 6, 30))),
            (STOP, go(date(2026, 1, 1), date(2026, 1, 31))),
            (STOP, abroad("US", "REC", date(2024, 6, 30), date(2024, 12, 31))),
            (STOP, abroad("US", "REC", date(2025, 6, 30), date(2026, 4, 1))),
            (STOP, abroad("BR", "I-REC", date(2026, 1, 1), date(2026, 4, 1))),
            (STOP, abroad("GB", "REGO", date(2024, 3, 31), date(2024, 12, 31))),
            (STOP, used(date(2025, 7, 1), date(2025, 7, 31), settled())),
            (WARNING, used(date(2025, 6, 20), date(2025, 7, 19), settled())),
            (INFO, used(date(2026, 3, 1), date(2026, 3, 31), gec())),
            (INFO, go(date(2024, 1, 1), date(2024, 12, 31))),
            (INFO, used(date(2025, 12, 1), date(2025, 12, 31), gec(start=date(2023, 3, 1), end=date(2023, 3, 31)))),
            (STOP, used(date(2026, 1, 1), date(2026, 1, 31), gec(start=date(2023, 3, 1), end=date(2023, 3, 31)))),
            (INFO, abroad("US", "REC", date(2024, 7, 1), date(2025, 3, 31))),
            (STOP, of(gec(start=date(2024, 1, 1), end=date(2024, 6, 30)), rule("gec_validity", "12"))),
        ),
        (
            of(gec()),
            lambda: ledger(gec(start=date(1999, 1, 1))),
            used(date(2025, 12, 1), date(2025, 12, 31), gec()),
            go(*YEAR),
            abroad("US", "REC", *YEAR),
            of(settled()),
            of(own()),
        ),
    ),
    "expired": Example(
        (
            (STOP, of(gec(retired="2027-01-01"))),
            (STOP, of(gec(expires="2026-01-19"))),
            (STOP, of(gec(start=date(2023, 12, 1), retired="2026-01-01"))),
            (STOP, go(date(2024, 1, 1), date(2024, 12, 31), retired="2025-07-02")),
        ),
        (
            of(gec(retired="2026-12-31")),
            of(gec(expires="2026-01-20")),
            of(gec(start=date(2022, 3, 1), retired="2025-12-31")),
            go(date(2024, 1, 1), date(2024, 12, 31), retired="2025-07-01"),
            of(gec(retired="2027-01-01", expires="2027-06-30")),
            of(settled()),
        ),
    ),
    "market": Example(
        (
            (STOP, of(gec(market="DE"))),
            (STOP, of(gec(market=""))),
            (STOP, in_germany(gec(), market="PL")),
            (STOP, in_germany(gec(), market="GB")),
        ),
        (
            of(gec()),
            in_germany(gec(), market="NO"),
            lambda: german(gec(), rule("market_europe", "DE PL"), market="PL"),
            lambda: ledger(gec(market="US", scheme="REC"), plant=replace(PLANT, country="CA")),
            lambda: ledger(gec(market="BR", scheme="I-REC"), plant=replace(PLANT, country="BR")),
        ),
    ),
    "scheme_market": Example(
        (
            (STOP, of(gec(scheme=""))),
            (STOP, of(gec(scheme="I-REC"))),
            (STOP, of(gec(scheme="GO"))),
            (STOP, of(gec(scheme="LGC"))),
            (STOP, in_germany(gec(), scheme="I-REC")),
            (STOP, abroad("BR", "REC", *YEAR)),
        ),
        (
            of(gec()),
            of(gec(scheme="GEC-NT")),
            of(gec(scheme="I-REC", start=date(2024, 1, 1), end=date(2024, 12, 31))),
            of(settled()),
            in_germany(gec(), market="NO"),
            abroad("BR", "I-REC", *YEAR),
            abroad("GB", "REGO", *YEAR),
            of(gec(scheme="GO", market="")),
        ),
    ),
    "non_tradable": Example(
        (
            (STOP, of(gec(scheme="GEC-NT"))),
            (STOP, of(gec(scheme="GEC-NT", system="gone"))),
            (STOP, of(gec(scheme="GEC-NT", technology="hydro", commissioned="2023-01-01"))),
            (WARNING, of(gec(scheme="GEC-NT", technology="hydro", commissioned="1998-01-01"))),
        ),
        (of(gec()), of(gec(scheme="GEC-NT", system="pv1")), of(own(scheme="GEC-NT"))),
    ),
    "quantity": Example(
        (
            (STOP, lambda: ledger(gec(), allocation(quantity="100000.001"))),
            (STOP, lambda: ledger(gec(), allocation("l1", quantity=60000), allocation("l2", quantity=40001))),
            (STOP, lambda: ledger(gec(quantity=-1), allocation(quantity=1))),
        ),
        (
            of(gec()),
            lambda: ledger(gec(), allocation("l1", quantity=60000), allocation("l2", quantity=40000)),
            lambda: ledger(gec(), allocation(quantity=0), allocation("l2", quantity=-5), allocation("l3")),
        ),
    ),
    "own_system": Example(
        (
            (STOP, of(own(system=""))),
            (STOP, of(own(system="gone"))),
            (STOP, roof(attributes_owner="other")),
            (STOP, roof(attributes_owner="")),
            (STOP, of(own(attributes="without"))),
            (STOP, roof(roof_owner="Landlord GmbH", attributes="")),
            (STOP, roof(system_owner="Sun Contracting", attributes="")),
            (STOP, of(gec(scheme="GEC-NT", system="pv1"), replace(PV, attributes_owner="other"))),
        ),
        (
            of(own()),
            roof(attributes=""),
            roof(roof_owner="Landlord GmbH"),
            of(gec(system="gone")),
            of(gec(system="pv1")),
        ),
    ),
    "attributes": Example(
        (
            (STOP, of(ppa(attributes="without"))),
            (STOP, of(settled(kind="green_tariff", attributes=""))),
            (WARNING, of(settled(attributes=""))),
            (WARNING, of(settled(kind="direct_line", attributes=""))),
            (STOP, of(settled(attributes=""), rule("unsaid_attributes_stop", "ppa_physical"))),
        ),
        (of(ppa()), of(ppa(attributes="")), of(settled()), of(gec(attributes="without"))),
    ),
    "virtual_ppa": Example(
        ((STOP, of(settled(kind="ppa_virtual"))), (INFO, of(ppa(kind="ppa_virtual")))),
        (of(ppa()), of(gec())),
    ),
    "only_proof": Example(
        ((WARNING, of(settled())), (WARNING, of(settled(kind="green_tariff")))),
        (of(ppa()), of(settled(kind="direct_line")), in_germany(settled(), scheme=""), of(gec(serials=""))),
    ),
    "technology": Example(
        (
            (WARNING, of(gec(technology="nuclear"))),
            (WARNING, of(gec(technology="mixed"))),
            (WARNING, of(gec(technology=""))),
            (WARNING, of(gec(technology="biomass"))),
            (INFO, of(gec(technology="hydro"))),
        ),
        (of(gec()), of(ppa()), of(gec(technology="nuclear"), rule("nuclear_is_renewable", "yes"))),
    ),
    "commissioning_age": Example(
        (
            (WARNING, of(gec(commissioned="2010-02-28"))),
            (WARNING, of(gec(commissioned="2021-06-01"), rule("commissioning_years", "3"))),
            (INFO, of(gec(commissioned=""))),
        ),
        (
            of(gec()),
            of(gec(commissioned="2010-03-01")),
            lambda: ledger(gec(commissioned="1990-01-01")),
            of(gec(commissioned="1990-01-01"), rule("commissioning_from", "2026-01-01")),
            of(own(commissioned="")),
        ),
    ),
    "factor": Example(
        ((WARNING, of(gec(factor=Decimal("0.02")))), (STOP, of(settled(factor=Decimal("-0.1"))))),
        (of(gec()), of(settled(technology="mixed", factor=Decimal("0.2")))),
    ),
    "dates_implausible": Example(
        (
            (STOP, of(gec(end=date(2024, 12, 31)))),
            (STOP, of(gec(retired="2024-12-31"))),
            (WARNING, of(gec(end=date(2026, 1, 1)))),
            (WARNING, of(gec(commissioned="2025-07-01"))),
            (WARNING, of(gec(commissioned="2021"))),
            (WARNING, of(gec(expires="end of 2026"))),
        ),
        (of(gec()), of(gec(end=date(2025, 12, 31))), of(gec(start=date(2024, 2, 29), end=date(2025, 2, 28)))),
    ),
}
