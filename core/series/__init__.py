"""Interval data: series of values in equal steps, how they are kept, summed and looked at.

A :class:`Series` is a stretch of equal steps in UTC with numpy values. Everything here is pure: blobs come in through a
function, times as arguments.
"""

from core.series.media import MEDIA, Medium
from core.series.series import ESTIMATED, MEASURED, Series

__all__ = ["ESTIMATED", "MEASURED", "MEDIA", "Medium", "Series"]
