"""Instruments of renewable electricity from exports of registries and the own table, and back.

:func:`read_instruments` recognises the registry and says what each row becomes, :func:`taking_up` makes one undoable
change of it, :func:`write_instruments` writes the plant's ledger of instruments with what is allocated and judged. Each
registry is one file in :mod:`core.exchange.instruments.layouts`.
"""

from core.exchange.instruments.layouts import Layout, all_layouts
from core.exchange.instruments.lots import KnownRow
from core.exchange.instruments.taking import FoundLots, read_instruments, taking_up
from core.exchange.instruments.writing import write_instruments

__all__ = ["FoundLots", "KnownRow", "Layout", "all_layouts", "read_instruments", "taking_up", "write_instruments"]
