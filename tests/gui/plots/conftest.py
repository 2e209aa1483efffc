"""Plots in a window of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from gui.plots.tools import Plot


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Plot], None]:
    """Put a plot on the screen."""

    def shown(plot: Plot) -> None:
        qtbot.addWidget(plot)
        plot.resize(800, 360)
        plot.show()
        qtbot.waitExposed(plot)
        plot.grab()

    return shown
