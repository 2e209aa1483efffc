"""Rows that are read late are the rows that are read at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.library import Factor, Library, Want, load_library, policy_named
from core.library.load import read_factors, read_sheet
from core.library.shelves import Shelves
from tests.core.library.test_load import HEAD, ROW

GHGP = policy_named("ghg-protocol")


def texts() -> Iterator[tuple[str, str]]:
    folder = files("resources") / "factors"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".csv"):
            yield file.name, file.read_text("utf-8")


def fresh() -> Shelves:
    return Shelves(tuple(read_sheet(name, text) for name, text in texts()))


EAGER = tuple(factor for name, text in texts() for factor in read_factors(name, text))


def test_every_row_is_the_same_in_the_same_order() -> None:
    late = fresh()
    assert len(late) == len(EAGER)
    assert late == EAGER
    assert late[0] == EAGER[0] and late[-2:] == EAGER[-2:]
    assert late != EAGER[1:] and late != "text"
    assert hash(late) == hash(fresh())


@settings(max_examples=20)
@given(st.lists(st.sampled_from(EAGER), max_size=8))
def test_whatever_is_asked_first(asked: list[Factor]) -> None:
    late = fresh()
    for factor in asked:
        assert late.of_key(factor.key) == factor
        assert late.of_key(factor.key) is late.of_key(factor.key)
        assert factor in late.about(factor.item, factor.use)
        assert tuple(late.of_item(factor.item)) == tuple(
            f for use in dict.fromkeys(f.use for f in EAGER if f.item == factor.item)
            for f in EAGER if f.item == factor.item and f.use == use
        )  # fmt: skip


def test_only_what_is_asked_for_is_read() -> None:
    broken = HEAD + ROW + ROW.replace("diesel", "wood").replace("0.5", "half")
    late = Shelves((read_sheet("x.csv", broken),))
    assert [f.key for f in late.about("diesel", "location")] == ["x.diesel.location.CN.2024.kWh"]
    assert late.sets["x"].publisher == "P" and late.items == {"diesel", "wood"} and len(late) == 2
    with pytest.raises(UserError, match="row 10, column CO2: “half” is not a number"):
        late.about("wood", "location")


def test_an_item_in_quotes_is_found() -> None:
    late = Shelves((read_sheet("x.csv", HEAD + ROW.replace("diesel", '"diesel"')),))
    assert late.about("diesel", "location")


def test_the_first_column_is_what_rows_are_found_by() -> None:
    for text in (HEAD.replace("item,use", "use,item"), HEAD.partition("item,")[0]):
        with pytest.raises(UserError, match="first column"):
            read_sheet("x.csv", text)


def test_more_factors_stand_behind() -> None:
    (own,) = read_factors("more.csv", HEAD + ROW)
    library = load_library().with_sets((own,))
    assert library.factor(own.key) is own
    assert own in library.about("diesel", "location") and own in library.about("diesel")
    assert "more" in library.sets and "more" not in load_library().sets
    assert len(library.factors) == len(load_library().factors) + 1
    assert library.with_sets((own,)) is library


def test_an_unknown_key_is_no_factor() -> None:
    library = load_library()
    for key in ("", "x", "uk_desnz_2025", "uk_desnz_2025.diesel", "uk_desnz_2025.diesel.combustion.GB.1999.l"):
        assert library.factor(key) is None


def test_a_choice_is_the_same_from_shelves_and_from_a_tuple() -> None:
    shipped = load_library()
    plain = Library(shipped.units, shipped.gwp, shipped.items, EAGER)
    for item in ("diesel", "natural_gas", "electricity", "wood_pellets"):
        for use in ("combustion", "stationary", "location", "ncv"):
            for regions in (("CN-HE", "CN", "World"), ("GB", "World"), ("US-RFCW", "US", "World"), ("PL", "World")):
                want = Want(item, (use,), 2024, regions)
                assert shipped.choose(want, GHGP) == plain.choose(want, GHGP)
