"""Same company, similar, another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.instruments.naming import likeness

PLANT = ("Zhangjiakou", "Acme Brakes (Zhangjiakou) Co., Ltd.")


@pytest.mark.parametrize(
    "said",
    [
        "Acme Brakes (Zhangjiakou) Co., Ltd.",
        "ACME BRAKES（ZHANGJIAKOU）CO LTD",
        "acme brakes zhangjiakou co. ltd",
        "zhangjiakou",
        "  Zhang-Jiakou ",
    ],
)
def test_the_same(said: str) -> None:
    assert likeness(said, PLANT) == "same"


@pytest.mark.parametrize(
    "said",
    [
        "Acme Brakes Zhangjiakou GmbH",
        "Acme Brakes",
        "Plant Zhangjiakou of Acme",
        "Acme Brakes (Zhangjiakou) Company Limited",
    ],
)
def test_similar(said: str) -> None:
    assert likeness(said, PLANT) == "similar"


@pytest.mark.parametrize(
    "said", ["Somebody Else Ltd.", "Co., Ltd.", "", "A", "Zhang", "Acme Dampers (Langfang) Co., Ltd."]
)
def test_another(said: str) -> None:
    assert likeness(said, ("Zhangjiakou plant 1", "Acme Brakes (Hebei) Co., Ltd.")) == "other"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("张家口某某汽车零部件有限公司", "same"),
        ("张家口某某汽车零部件", "similar"),
        ("张家口某某汽车零部件股份有限公司", "similar"),
        ("廊坊某某汽车零部件有限公司", "other"),
        ("有限公司", "other"),
    ],
)
def test_chinese_names(said: str, expected: str) -> None:
    assert likeness(said, ("", "张家口某某汽车零部件有限公司")) == expected


def test_a_nameless_plant_is_nobody() -> None:
    assert likeness("Acme", ("", " ")) == "other"
    assert likeness("", ("", " ")) == "other"


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_every_name_is_itself(name: str) -> None:
    assert likeness(name, (name,)) == ("same" if name.strip() else "other")


@given(st.text(max_size=20), st.text(max_size=20))
def test_it_is_mutual(one: str, other: str) -> None:
    if one.strip() and other.strip():
        assert likeness(one, (other,)) == likeness(other, (one,))
