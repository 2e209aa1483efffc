"""A plant with two sources and an engagement, for tests of samples."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.audit.frame import Frame, FrameItem, framed
from core.audit.sampling import Wish, drawing
from core.ledger import Ledger, Record, Sample
from tests.core.audit.finding_samples import inventory_of, ledger_of
from tests.core.samples import activity, month

GAS: dict[str, Any] = {"source": "Boiler house", "method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
BOILER = tuple(activity(f"g{n:02}", quantity=100 * n, **GAS, **month(n)) for n in range(1, 13))
"""Twelve bills of gas, each larger than the one before."""
LEVEL = Wish("Monthly bills", "random", seed="2023-A", level=30)


def plant(*more: Record) -> Ledger:
    """Twelve bills of electricity, twelve of gas, people and engagement."""
    return ledger_of(*BOILER, *more)


def sample_of(ledger: Ledger, wish: Wish = LEVEL, key: str = "sa00001", **changes: Any) -> Sample:
    """What a wish draws."""
    return drawing(ledger, inventory_of(ledger), 2023, replace(wish, **changes), key).sample


def with_sample(ledger: Ledger, wish: Wish = LEVEL, key: str = "sa00001", **changes: Any) -> Ledger:
    """The ledger after drawing."""
    return ledger.apply(drawing(ledger, inventory_of(ledger), 2023, replace(wish, **changes), key).steps)


def items(*weights: str, source: str = "Boiler") -> list[FrameItem]:
    """Items of one source, ``i00`` and so on."""
    return [FrameItem(f"i{n:02}", source, f"2023-{n % 12 + 1:02}", Decimal(w)) for n, w in enumerate(weights)]


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """Frames of one to four sources, with light, heavy and weightless records."""
    count = draw(st.integers(1, 40))
    weights = st.one_of(
        st.just(Decimal(0)), st.decimals(0, 1000, places=9), st.decimals(0, 1, places=9), st.just(Decimal(7))
    )
    return framed(
        FrameItem(f"a{n:03}", draw(st.sampled_from("ABCD")), f"2023-{draw(st.integers(1, 12)):02}", draw(weights))
        for n in range(count)
    )
