"""The views of the page about PV systems: their keys and titles, and how each is made when somebody looks at it."""

from __future__ import annotations

from gui.language import _
from gui.session import Session
from gui.settings import Settings
from gui.solar.parts import View

OVERVIEW, PERFORMANCE, USE, AVOIDED, FORECAST, CLAIMS = VIEWS = (
    "overview",
    "performance",
    "use",
    "avoided",
    "forecast",
    "claims",
)
"""Keys, in the order of the tabs."""


def titles() -> dict[str, str]:
    """Of the tabs, by key."""
    return {
        OVERVIEW: _("Overview"),
        PERFORMANCE: _("Performance"),
        USE: _("Use and money"),
        AVOIDED: _("Avoided"),
        FORECAST: _("Forecast"),
        CLAIMS: _("Claim check"),
    }


def made_view(key: str, session: Session, settings: Settings) -> View:
    """A view, loaded only now; the claim check is none of them, for it keeps to itself."""
    if key == OVERVIEW:
        from gui.solar.overview import Overview

        return Overview(session)
    if key == PERFORMANCE:
        from gui.solar.performance import PerformanceView

        return PerformanceView(session, settings)
    if key == USE:
        from gui.solar.use import UseView

        return UseView(session)
    if key == AVOIDED:
        from gui.solar.avoided import AvoidedView

        return AvoidedView(session, settings)
    if key == FORECAST:
        from gui.solar.forecast import ForecastView

        return ForecastView(session, settings)
    raise KeyError(key)
