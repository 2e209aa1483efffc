"""Words, lists and pairs: what a person writes in one cell, and what comes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entering.forms import Entered
from core.entering.naming import keyed, options, spelled, unmistakable
from core.entering.pairs import EXAMPLES, apart, written_pairs
from core.entering.plant import FORMS
from core.entering.plant.common import parts
from core.entering.words import shown, understood
from core.errors import UserError
from core.ledger import Driver, Evidence, Ledger
from tests.core.entering.filled import FILLED

YEARS = Entered("values", "pairs")
STEPS = Entered("ramp", "pairs", keys="step")
EFFECTS = Entered("effects", "pairs", choices=parts, keys="year part")
SHARES = Entered("efficiency", "pairs", choices=parts, keys="part")
GROWTH = Entered("growth", "pairs", of=("driver",), keys="record")
PROOFS = Entered("evidence", "records", of=("evidence",))


@pytest.mark.parametrize(
    ("one", "said", "value"),
    [
        (YEARS, "2026=1000; 2027=1,100.50", (("2026", "1000"), ("2027", "1100.50"))),
        (YEARS, "2027＝1100； 2026=1000;", (("2026", "1000"), ("2027", "1100"))),
        (YEARS, "2026=1.2万", (("2026", "12000"),)),
        (YEARS, "", ()),
        (STEPS, "10=100; 2=50", (("2", "50"), ("10", "100"))),
        (EFFECTS, "2021 scope3:4=3;2020 范围一=-12.5", (("2020 scope1", "-12.5"), ("2021 scope3:4", "3"))),
        (SHARES, "Scope 1=1.5; scope3:4=2", (("scope1", "1.5"), ("scope3:4", "2"))),
        (GROWTH, "doors MADE=-3", (("dr00001", "-3"),)),
        (GROWTH, "dr00001=0", (("dr00001", "0"),)),
        (PROOFS, "contract.pdf; e00002; contract.pdf", ("e00001", "e00002")),
        (Entered("parts", "choices", choices=parts), "scope1； Scope 3", ("scope1", "scope3")),
        (Entered("currency", "currency"), " cny ", "CNY"),
        (Entered("end", "until"), "2024-02", date(2024, 2, 29)),
        (Entered("start", "day"), "2024-02", date(2024, 2, 1)),
        (Entered("price", "number"), "", Decimal(0)),
        (Entered("life", "whole"), "", 0),
        (Entered("system", "record", of=("pv_system",)), "roof", "p00001"),
        (Entered("system", "record", of=("pv_system",)), "", ""),
        (Entered("country", "country"), "", ""),
    ],
)  # fmt: skip
def test_words_are_understood(one: Entered, said: str, value: object) -> None:
    assert understood(FILLED, one, said) == value


@pytest.mark.parametrize(
    ("one", "said", "reason"),
    [
        (YEARS, "2026", "not a key and a number"),
        (YEARS, "=5", "not a key and a number"),
        (YEARS, "2026=", "not a key and a number"),
        (YEARS, "2026=a few", "a few"),
        (YEARS, "26=5", "not a year"),
        (YEARS, "2026=5; 2026=6", "appears twice"),
        (STEPS, "0=5", "no year of effect"),
        (STEPS, "100=5", "no year of effect"),
        (EFFECTS, "2020=5", "not in the list"),
        (EFFECTS, "2020 scope9=5", "not in the list"),
        (SHARES, "2020=5", "not in the list"),
        (GROWTH, "Lorries=5", "There is no"),
        (PROOFS, "lost.pdf", "There is no"),
    ],
)
def test_what_means_nothing_is_refused_and_told_how_to_write_it(one: Entered, said: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason) as caught:
        understood(FILLED, one, said)
    assert caught.value.remedy is not None


def test_every_sort_of_key_has_an_example_that_is_understood() -> None:
    doors = Driver("dr2", "Production", "production", "piece", ("scope1",), values=(("2026", "1"),))
    ledger = Ledger.of((doors,))
    fields = {"year": YEARS, "step": STEPS, "year part": EFFECTS, "part": SHARES, "record": GROWTH}
    for keys, example in EXAMPLES.items():
        assert understood(ledger, fields[keys], example), keys


@given(st.dictionaries(st.integers(1990, 2100), st.decimals(-(10**9), 10**9, places=3), max_size=8))
def test_pairs_come_back_as_they_were_in_the_order_of_their_years(numbers: dict[int, Decimal]) -> None:
    pairs = tuple((str(year), f"{number:f}") for year, number in sorted(numbers.items()))
    assert understood(FILLED, YEARS, written_pairs(pairs, str, grouped=False)) == pairs
    said = understood(FILLED, YEARS, written_pairs(pairs, str, grouped=True))
    assert [(year, Decimal(n)) for year, n in said] == [(year, Decimal(n)) for year, n in pairs]  # type: ignore[attr-defined]


@given(st.lists(st.text(st.characters(exclude_characters=";；\n", exclude_categories=["Cs", "Cc", "Z"]), min_size=1)))
def test_names_between_semicolons_are_taken_apart_again(names: list[str]) -> None:
    assert apart("；".join(names)) == tuple(dict.fromkeys(names))
    assert [spelled(one) for one in map(spelled, names)] == [spelled(one) for one in names]


def test_two_of_one_name_are_told_apart_by_their_ids() -> None:
    twice = Ledger.of((Evidence("e1", "a.pdf", "other", "0", 1), Evidence("e2", "a.pdf", "other", "0", 1),
                       Evidence("e3", "b;c.pdf", "other", "0", 1)))  # fmt: skip
    assert [str(words) for _key, words in options(twice, PROOFS)] == ["a.pdf (e1)", "a.pdf (e2)", "b;c.pdf"]
    with pytest.raises(UserError, match="several: e1, e2"):
        keyed(twice, PROOFS, "a.pdf")
    assert keyed(twice, PROOFS, "a.pdf (e2)") == "e2"
    assert unmistakable(twice, PROOFS, ";") == {"e1": "e1", "e2": "e2", "e3": "e3"}
    assert unmistakable(twice, PROOFS)["e3"] == "b;c.pdf"
    assert shown(twice, PROOFS, ("e1", "e3"), "en") == "a.pdf; b;c.pdf"
    assert shown(twice, PROOFS, ("e1", "e3"), "en", typed=True) == "e1; e3"


def test_what_names_nothing_any_more_is_shown_by_its_id() -> None:
    assert shown(FILLED, PROOFS, ("e9",), "en") == "e9"
    assert shown(FILLED, GROWTH, (("dr9", "1"),), "en") == "dr9=1"
    assert shown(FILLED, FORMS["action"].field("area"), "gone", "zh") == "gone"


def test_a_record_is_only_named_where_it_fits() -> None:
    only = Entered("evidence", "record", of=("evidence",), only=lambda one: one.id == "e00002")
    assert [key for key, _words in options(FILLED, only)] == ["e00002"]
    assert keyed(FILLED, only, "e00002") == "e00002"
    with pytest.raises(UserError, match="There is no"):
        keyed(FILLED, only, "contract.pdf")
    with pytest.raises(UserError, match="There is no"):
        keyed(FILLED, only, "e00001")


def test_units_are_called_in_the_language_of_the_reader_and_typed_either_way() -> None:
    unit = FORMS["driver"].field("unit")
    assert shown(FILLED, unit, "kWh/piece", "zh") == "kWh/件"
    assert shown(FILLED, unit, "persons", "en") == "persons"
    for kept in ("kWh/piece", "persons", "h", "CNY"):
        assert understood(FILLED, unit, shown(FILLED, unit, kept, "zh", typed=True)) == kept
    assert understood(FILLED, unit, "件") == "piece" and understood(FILLED, unit, "扇门") == "扇门"
