"""Interval data: series of values in equal steps, how they are kept, summed and looked at.

A :class:`Series` is a stretch of equal steps in UTC with numpy values. Everything here is pure: blobs come in through a
function, times as arguments.
"""

from core.series.index import Chunk, Index
from core.series.keep import Blob, Merged, intervals_of, merge, rezoned, without
from core.series.media import MEDIA, Medium
from core.series.read import MonthSum, monthly, series_of, totals
from core.series.series import ESTIMATED, MEASURED, Series
from core.series.zones import zone_named, zone_of

__all__ = [
    "ESTIMATED",
    "MEASURED",
    "MEDIA",
    "Blob",
    "Chunk",
    "Index",
    "Medium",
    "Merged",
    "MonthSum",
    "Series",
    "intervals_of",
    "merge",
    "monthly",
    "rezoned",
    "series_of",
    "totals",
    "without",
    "zone_named",
    "zone_of",
]
