"""Serial numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.instruments import Serials, joined, normal_number, parse_serials


@pytest.mark.parametrize(
    ("said", "normal", "count"),
    [
        ("A0001-A0500", ["A0001–A0500"], 500),
        ("a1 – a3", ["A1–A3"], 3),
        ("A1～A3; A4", ["A1–A4"], 4),
        ("A1至A3；B7", ["A1–A3", "B7"], 4),
        ("GEC-A0001-GEC-A0500", ["GEC-A0001–GEC-A0500"], 500),
        ("2024-0001", ["2024-0001"], 1),
        ("I-REC 77.000001 – 77.000120", None, 0),
        ("77.000001 .. 77.000120", ["77.000001–77.000120"], 120),
        ("A1; A1; A1-A2", ["A1–A2"], 2),
        ("ABC", ["ABC"], 1),
        (
            "G01542NWSC0000000000010412300412GEN – G01542NWSC0000009467010412300412GEN",
            ["G01542NWSC-010412300412GEN-0000000000–G01542NWSC-010412300412GEN-0000009467"],
            9468,
        ),
        ("0000-0012-0000-7995", ["0000001200007995"], 1),
        ("0000-0012-3456-7995.000000 – 0000-0012-3456-8006.999999", ["0000001234567995–0000001234568006"], 12),
    ],
)
def test_how_people_write_them(said: str, normal: list[str] | None, count: int) -> None:
    if normal is None:
        with pytest.raises(UserError, match="not a range"):
            parse_serials(said)
    else:
        read = parse_serials(said)
        assert [one.text for one in read] == normal and sum(one.count for one in read) == count


@pytest.mark.parametrize(
    "said", ["", " ; ", "???", "A9–A1", "A1–B2", "A1–A2–A3", "A" * 81, ";".join(f"A{n}" for n in range(2001))]
)
def test_what_is_none(said: str) -> None:
    with pytest.raises(UserError):
        parse_serials(said)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 50), st.integers(0, 9)), min_size=1, max_size=8))
def test_joining_keeps_every_certificate_once(rows: list[tuple[str, int, int]]) -> None:
    ranges = [Serials(prefix, first, first + more, 2) for prefix, first, more in rows]
    made = joined(ranges)
    every = {(one.prefix, number) for one in ranges for number in range(one.first, one.last + 1)}
    assert sum(one.count for one in made) == len(every)
    assert {(one.prefix, number) for one in made for number in range(one.first, one.last + 1)} == every
    assert joined(made) == made == joined(reversed(ranges))
    assert parse_serials(";".join(one.text for one in made)) == made


@pytest.mark.parametrize("said", ["PPA 2024/017", "ppa2024／017", " P P A2024/017 "])
def test_contract_numbers_compare(said: str) -> None:
    assert normal_number(said) == "PPA2024/017"
