"""The same lines seen from different sides. Every view adds up to the same totals."""

from core.inventory.totals import LOCATION, MARKET
from core.inventory.views.by import by_month, by_scope, by_source, months_by_source, spread, spread_days

__all__ = ["LOCATION", "MARKET", "by_month", "by_scope", "by_source", "months_by_source", "spread", "spread_days"]
