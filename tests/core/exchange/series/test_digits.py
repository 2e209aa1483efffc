"""Decimal numbers in machine words, against decimal arithmetic."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.series import digits
from core.exchange.series.values import as_floats
from tests.core.exchange.series.files import laid_out

PLAIN = st.from_regex(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?", fullmatch=True).filter(lambda text: len(text.lstrip("-")) <= 16)
ANYTHING = st.text(st.sampled_from("0123456789.,-+ eE'x"), max_size=20)


@given(st.lists(PLAIN, min_size=1, max_size=40))
def test_plain_numbers_are_read_to_the_last_digit(texts: list[str]) -> None:
    found = digits.decode(*laid_out(texts), ".")
    assert found.read.all()
    places = [found.places] * len(texts) if isinstance(found.places, int) else found.places.tolist()
    for text, number, power in zip(texts, found.digits.tolist(), places, strict=True):
        assert Decimal(number).scaleb(-power) == Decimal(text)
    assert as_floats(found).tolist() == [float(text) for text in texts]


@given(st.lists(st.one_of(PLAIN, ANYTHING), min_size=1, max_size=40))
def test_what_is_read_is_read_rightly_and_the_rest_is_left(texts: list[str]) -> None:
    texts = [text.replace("\n", "") for text in texts]
    found = digits.decode(*laid_out(texts), ".")
    floats = as_floats(found)
    for text, number, read in zip(texts, floats.tolist(), found.read.tolist(), strict=True):
        if read:
            assert number == float(text)
        else:
            assert np.isnan(number)


@given(st.lists(st.integers(-(10**14), 10**14).map(lambda n: f"{n:d}"), min_size=1, max_size=20))
def test_a_decimal_comma_is_one_like_a_point(numbers: list[str]) -> None:
    texts = [f"{n[:-2] if len(n.lstrip('-')) > 2 else '0'},{n[-2:].replace('-', '0')}" for n in numbers]
    comma = digits.decode(*laid_out(texts), ",")
    point = digits.decode(*laid_out([text.replace(",", ".") for text in texts]), ".")
    assert comma.digits.tolist() == point.digits.tolist()
    assert comma.read.tolist() == point.read.tolist()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "5.",
        ".5",
        "-.5",
        "--5",
        "1-2",
        "1.2.3",
        "1,5",
        "1e5",
        "+5",
        "12345678901234567",
        "0x10",
        "-",
        ".",
        "1 2",
    ],
)
def test_other_forms_are_left_to_the_slow_way(text: str) -> None:
    assert not digits.decode(*laid_out([text, "1"]), ".").read[0]


def test_spaces_before_a_number_are_nothing() -> None:
    assert digits.decode(*laid_out(["   7.125", " -3", "42"]), ".").digits.tolist() == [7125, -3, 42]


def test_integers_beyond_2_to_the_53rd_are_rounded_once() -> None:
    texts = ["9007199254740993", "900719925474.0993", "-9007199254740993"]
    found = digits.decode(*laid_out(texts), ".")
    assert found.read.tolist() == [True, False, True]
    assert as_floats(found)[[0, 2]].tolist() == [float(texts[0]), float(texts[2])]
