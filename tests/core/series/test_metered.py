"""What the meters of a ledger counted, read through a function."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from core.errors import UserError
from core.ledger import Ledger, Meter, Plant
from core.series import ESTIMATED, Series
from core.series.keep import intervals_of, merge
from core.series.metered import Metered, added, is_level
from core.series.zones import begin_of, zone_named

ZONE = zone_named("Asia/Shanghai")
START = begin_of(date(2025, 1, 1), ZONE)


def metered(*held: tuple[Meter, Series]) -> Metered:
    blobs: dict[str, bytes] = {}
    records: list[object] = [Plant("Hillside", "CN")]
    for meter, series in held:
        merged = merge(None, series, ZONE, blobs.__getitem__, overwrite=False)
        blobs.update((hashlib.sha256(data).hexdigest(), data) for data in merged.blobs)
        records += [meter, intervals_of(meter.id, merged, ())]
    return Metered(Ledger.of(records), blobs.__getitem__)  # type: ignore[arg-type]


def meter(key: str, medium: str = "electricity", unit: str = "kWh") -> Meter:
    return Meter(key, key, medium, "consumption", unit)


def hours(values: Iterable[float], step: int = 3600) -> Series:
    return Series(START, step, np.array(list(values), dtype=np.float64))


def test_days_are_those_of_the_plant() -> None:
    found = metered((meter("a"), hours(range(1, 73))))
    day = found.series("a", date(2025, 1, 2), date(2025, 1, 2))
    assert day is not None
    assert day.values.tolist() == list(range(25, 49))
    (month,) = found.monthly("a", date(2025, 1, 1), date(2025, 1, 31))
    assert (month.total, month.present, month.expected) == (Decimal(72 * 73 // 2), 72, 744)
    assert found.series("b") is None
    assert found.monthly("b", date(2025, 1, 1), date(2025, 1, 31)) == []


def test_of_a_level_the_mean_is_taken() -> None:
    found = metered((meter("t", "temperature", "degC"), hours([10.0, 20.0])))
    coarse = found.series("t", date(2025, 1, 1), date(2025, 1, 1), 7200)
    assert coarse is not None
    assert coarse.values[0] == 15.0
    assert is_level(meter("t", "temperature"))
    assert not is_level(meter("e"))


def test_meters_together_need_all_of_them() -> None:
    fine = hours([1.0] * 8, step=900)
    found = metered((meter("a"), hours([10.0, 20.0, np.nan, 40.0])), (meter("b"), fine))
    both = found.together(["a", "b"])
    assert both is not None
    assert both.step == 3600
    assert both.values[:2].tolist() == [14.0, 24.0]
    assert np.isnan(both.values[2:]).all(), "one of the two has no value there"
    assert found.together(["nobody"]) is None


def test_one_estimate_makes_the_sum_an_estimate() -> None:
    guessed = Series(START, 3600, np.array([1.0, 2.0]), np.array([0, ESTIMATED], dtype=np.uint8))
    both = added([hours([5.0, 5.0]), guessed])
    assert both.marks is not None
    assert both.marks.tolist() == [0, ESTIMATED]


def test_what_was_read_stays_read_after_an_edit() -> None:
    found = metered((meter("a"), hours([1.0])))
    index = found.index("a")
    later = found.after(found.ledger)
    assert later.index("a") is index


def test_a_plant_in_one_of_several_zones_must_say_so() -> None:
    found = Metered(Ledger.of([Plant("Plant", "US")]), lambda _key: b"")
    with pytest.raises(UserError, match="time zone"):
        _ = found.zone
