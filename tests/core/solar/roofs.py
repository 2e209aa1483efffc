"""The roofs of the demo, looked at over a year."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache

import numpy as np

from core.exchange.demo import demo_plants
from core.ledger import PvSystem
from core.series.metered import Metered
from core.solar.observing import observe
from core.solar.system import Observed
from core.solar.weather import Climate

CLIMATE = Climate(
    np.array([79.0, 95, 138, 161, 182, 172, 160, 147, 126, 104, 77, 68]),
    np.array([-9.0, -5, 3, 11.5, 18, 21.8, 23.6, 22, 16.5, 9, -0.5, -7]),
)
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@cache
def demo(number: int) -> Metered:
    one = demo_plants()[number]
    blobs = {hashlib.sha256(data).hexdigest(): data for entry in one.entries for data in entry.blobs}
    return Metered(one.ledger, blobs.__getitem__)


def system(metered: Metered) -> PvSystem:
    (found,) = metered.ledger.held(PvSystem)
    return found


@cache
def seen() -> Observed:
    return observe(system(demo(0)), demo(0), CLIMATE, FIRST, LAST)
