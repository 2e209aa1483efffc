"""Interval data: series of values in equal steps, how they are kept, summed and looked at.

A :class:`Series` is a stretch of equal steps in UTC with numpy values. Everything here is pure: blobs come in through a
function, times as arguments.
"""

from core.series.counters import Consumed, consumption, counter_series
from core.series.index import Chunk, Index
from core.series.keep import Blob, Merged, intervals_of, merge, rezoned, without
from core.series.media import MEDIA, Medium
from core.series.netting import Netted, netted
from core.series.pyramid import Pyramid
from core.series.read import MonthSum, monthly, series_of, totals
from core.series.series import ESTIMATED, MEASURED, Series
from core.series.zones import zone_named, zone_of

__all__ = [
    "ESTIMATED",
    "MEASURED",
    "MEDIA",
    "Blob",
    "Chunk",
    "Consumed",
    "Index",
    "Medium",
    "Merged",
    "MonthSum",
    "Netted",
    "Pyramid",
    "Series",
    "consumption",
    "counter_series",
    "intervals_of",
    "merge",
    "monthly",
    "netted",
    "rezoned",
    "series_of",
    "totals",
    "without",
    "zone_named",
    "zone_of",
]
