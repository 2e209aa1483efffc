"""A broken data file is named with its place."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.library.load import read_factors, read_gwp

HEAD = """# title_en: T
# title_zh: 题
# publisher: P
# edition: 1
# year: 2024
# published: 2024-01-01
# licence: free
item,use,region,year,unit,CO2,value,place,status
"""
ROW = "diesel,location,CN,2024,kg/kWh,0.5,,p. 1,VERIFIED\n"


def test_one_row() -> None:
    (factor,) = read_factors("x.csv", HEAD + ROW)
    assert factor.key == "x.diesel.location.CN.2024.kWh"
    assert (factor.of, factor.per, factor.status) == ("kg", "kWh", "VERIFIED")
    assert (factor.set.rank, factor.set.gwp, factor.note) == (5, "", "")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW + ROW, "two rows with the same key"),
        (ROW.replace("0.5", "half"), "row 9, column CO2: “half” is not a number"),
        (ROW.replace("0.5", "NaN"), "is not a number"),
        (ROW.replace("0.5", ""), "give either gases or a value"),
        (ROW.replace("0.5,,", "0.5,1,"), "give either gases or a value"),
        (ROW.replace("p. 1", ""), "the place in the publication is missing"),
        (ROW.strip() + ",surplus\n", "number of columns differs"),
        ("diesel,location\n", "number of columns differs"),
    ],
)
def test_broken_rows(row: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_factors("x.csv", HEAD + row)


@pytest.mark.parametrize("key", ["title_en", "title_zh", "publisher", "edition", "year", "published", "licence"])
def test_a_publication_must_say_who_and_when(key: str) -> None:
    lacking = "\n".join(line for line in HEAD.splitlines() if not line.startswith(f"# {key}:"))
    with pytest.raises(UserError, match=f"does not say its {key}"):
        read_factors("x.csv", f"{lacking}\n{ROW}")


def test_a_gas_outside_the_basket_must_say_so() -> None:
    text = "# key: AR9\nspecies,gas,value,name_en,name_zh,place,status\nXe,xenon,1,Xe,氙,p,VERIFIED\n"
    with pytest.raises(UserError, match="not one of the seven gases"):
        read_gwp("x.csv", text)
