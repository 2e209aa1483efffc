"""Declarations of minerals from suppliers' workbooks, published lists of smelters, and the own roll-up as a workbook.

:func:`read_declaration` recognises template and edition and reads by position, :func:`taking_up` makes one undoable
change of it and keeps the workbook as it came. Where an edition keeps what is one file in
:mod:`core.exchange.minerals.layouts`. Blank originals of the templates are never shipped.
"""

from core.exchange.minerals.layouts import Layout, all_layouts
from core.exchange.minerals.lists import FoundList, read_smelter_list, taking_up_list
from core.exchange.minerals.reading import Read, read_declaration, supplier_named
from core.exchange.minerals.taking import taking_up
from core.exchange.minerals.writing import write_rollup

__all__ = [
    "FoundList",
    "Layout",
    "Read",
    "all_layouts",
    "read_declaration",
    "read_smelter_list",
    "supplier_named",
    "taking_up",
    "taking_up_list",
    "write_rollup",
]
