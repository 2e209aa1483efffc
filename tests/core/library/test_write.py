"""Factor sets as text: what is written is read back as it was, for every set the program is shipped with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Name
from core.library import Factor, FactorSet
from core.library.load import read_factors
from core.library.write import to_csv

SHIPPED = sorted(f.name for f in (files("resources") / "factors").iterdir() if f.name.endswith(".csv"))
SET = FactorSet("mine", Name("Mine", "我的"), "Publisher", "No. 1", 2025, "2025-01-01", "public", gwp="AR5", rank=6)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\xa0"), min_size=1)
TIDY = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=9)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_sets_survive(name: str) -> None:
    rows = read_factors(name, (files("resources") / "factors" / name).read_text("utf-8"))
    assert read_factors(name, to_csv(rows[0].set, rows)) == rows


def factor(**changes: object) -> Factor:
    plain = Factor("mine.x.use.GB.2025.t", SET, "x", "use", "GB", 2025, "kg/t", {"CO2": Decimal(1)}, place="p. 1")
    return replace(plain, **changes)  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from(["CO2", "CH4", "N2O", "CO2e"]), NUMBERS, min_size=1), TIDY, TIDY, TIDY)
def test_any_row_survives(amounts: dict[str, Decimal], place: str, name: str, note: str) -> None:
    row = factor(amounts=amounts, place=place, name=Name(name, name), note=note, lower=Decimal("0.1"))
    assert read_factors("mine.csv", to_csv(SET, [row])) == (row,)


def test_bare_value_and_row_without_year_survive() -> None:
    row = factor(key="mine.x.ncv.GB", use="ncv", data_year=0, unit="GJ/t", amounts={}, value=Decimal("42.652"))
    assert read_factors("mine.csv", to_csv(SET, [row])) == (row,)


def test_line_breaks_become_spaces_and_nothing_else_of_the_file_moves() -> None:
    row = factor(place="p. 1\n# title_en: Other\nx", note="a\r\nb\u2028c")
    (back,) = read_factors("mine.csv", to_csv(SET, [row]))
    assert (back.place, back.note) == ("p. 1 # title_en: Other x", "a b c")
    assert back.set == SET


def test_row_of_another_set_or_with_another_gas_is_a_bug() -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        to_csv(replace(SET, key="other"), [factor()])
    with pytest.raises(ValueError, match="cannot stand"):
        to_csv(SET, [factor(amounts={"SF6": Decimal(1)})])
