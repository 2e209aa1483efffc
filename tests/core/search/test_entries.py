from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from core.checks import all_rules
from core.disclosures.catalogue import all_points
from core.i18n import Name, verbatim
from core.ledger import Activity, Evidence, Ledger, Plant, Register
from core.ledger.records import GROUP_KINDS, KINDS
from core.library import load_library
from core.search.entries import KNOWN, Entry, Index
from core.search.known import factors_of, points, reports, rules
from core.search.records import OFFICE, PLANT, entries_of, kind_title
from core.store import Filed

BILL = Activity(
    "a00042", "Boiler house", "stationary_combustion", "natural_gas", date(2024, 3, 1), date(2024, 3, 31),
    Decimal("50870"), "m3", evidence="INV-77", note="read by Wang",
)  # fmt: skip
PROOF = Evidence("e1", "gas-march.pdf", "bill", "feed" * 16, 3)


def index(*records: Activity | Evidence) -> Index:
    return Index.of(entries_of(Ledger.of([Plant("Test", "CN"), *records]), load_library()))


@pytest.mark.parametrize(
    "words",
    ["boiler", "A00042", "inv-77", "天然气", "natural gas", "wang", "50870", "2024-03", "gas boiler", "2024年3月"],
)
def test_a_bill_is_found_by_whatever_is_known_of_it_in_both_languages(words: str) -> None:
    found = index(BILL, PROOF).find(words)
    assert [one.subject for kind in found.kinds if kind.kind == "activity" for one in kind.entries] == ["a00042"]


def test_a_file_is_found_by_its_name_and_not_by_its_hash() -> None:
    assert index(PROOF).find("march").count == 1
    assert index(PROOF).find("feedfeed").count == 0


def test_nothing_typed_finds_nothing() -> None:
    assert index(BILL).find("  ").count == 0


def test_of_each_kind_the_best_are_given_and_all_are_counted() -> None:
    made = [Entry("meter", verbatim(title), "meters", title) for title in ("old boiler", "boiler", "x", "boiler 2")]
    found = Index.of(made).find("boiler", most=2)
    assert [one.subject for one in found.kinds[0].entries] == ["boiler", "boiler 2"]
    assert (found.count, found.kinds[0].count) == (3, 3)


def test_what_the_file_holds_comes_before_what_the_program_brings_along() -> None:
    held = index(BILL).plus(Index.of(factors_of(load_library())))
    kinds = [one.kind for one in held.find("natural gas").kinds]
    assert kinds == ["activity", "library"]


def test_the_newest_bill_comes_first() -> None:
    later = Activity("a00043", BILL.source, BILL.method, BILL.item, date(2025, 1, 1), date(2025, 1, 31),
                     Decimal(1), "m3")  # fmt: skip
    assert [one.subject for one in index(BILL, later).find("boiler").kinds[0].entries] == ["a00043", "a00042"]


def test_a_title_in_the_language_of_the_window_counts_as_the_title() -> None:
    made = [Entry("person", Name("Meter", "表计"), "audit", "p"), Entry("person", verbatim("计量表计"), "audit", "q")]
    assert [one.subject for one in Index.of(made, "zh").find("表计").kinds[0].entries] == ["p", "q"]


def test_every_rule_and_data_point_and_factor_can_be_found() -> None:
    library = load_library()
    known = [*rules(), *points("disclosures", "checklist"), *factors_of(library)]
    assert len(known) == len(all_rules()) + len(all_points()) + len(library.factors)
    assert {one.kind for one in known} == KNOWN - {"help"}, "help is the window's"
    found = Index.of(known)
    assert found.find("gaps").count >= 1
    assert found.find("electricity hebei 2022").count >= 1
    assert found.find("河北 电力 2022").count >= 1


def test_reports_are_found_by_plant_file_and_signer() -> None:
    one = Filed("a" * 64, "k.pdf", "2025", "accepted", plant="Krosno", year=2024, signed_by=("Nowak",))
    found = Index.of(reports([one]))
    assert [found.find(words).count for words in ("krosno 2024", "k.pdf", "nowak")] == [1, 1, 1]


def test_kinds_that_are_found_are_kinds_of_records_with_names() -> None:
    assert set(PLANT) <= set(KINDS)
    assert set(OFFICE) <= set(GROUP_KINDS)
    for kind in (*PLANT, *OFFICE, *KNOWN, "report"):
        for lang in ("en", "zh"):
            assert re.search(r"\w", kind_title(kind).in_language(lang))


def test_an_empty_group_holds_nothing_to_find() -> None:
    assert list(entries_of(Register.of([]), load_library())) == []
