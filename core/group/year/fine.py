"""Cells by source, worked out when somebody asks: most questions need only their sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.group.year.cells import Cells

Which = Callable[[Cells], NDArray[np.bool_]]
"""Says which cells are wanted."""


class Fine:
    """Cells of some reports, read when they are first needed, and kept from then on."""

    def __init__(
        self, read: Callable[[frozenset[int] | None], Cells], reports: frozenset[int] | None = None, *which: Which
    ) -> None:
        """``read`` gives all cells of these reports, of every report where none are named."""
        self._read, self._reports, self._which = read, reports, which

    @cached_property
    def cells(self) -> Cells:
        """In the order of reports, and what is taken away behind."""
        found = self._read(self._reports)
        for one in self._which:
            found = found.where(one(found))
        return found

    def only(self, reports: frozenset[int], which: Which) -> Fine:
        """Some of them; they all stand in these reports."""
        if "cells" in self.__dict__:
            known = self.cells
            return Fine(lambda _reports: known, reports, which)
        return Fine(self._read, reports, *self._which, which)
