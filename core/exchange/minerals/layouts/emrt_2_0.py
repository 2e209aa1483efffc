"""EMRT 2.0: six minerals of which the company chooses, and a list of mines."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    LISTED,
    MINES,
    PRODUCTS,
    SCOPE,
    VERIFIED,
    Block,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="emrt_2_0",
    template="EMRT",
    editions=("2.0",),
    head=SCOPE | people_from(16),
    questions=blocks(first=29, step=12, count=7, rows=10),
    company={"A": 115, "B": 117, "D": 131, "E": 133, "F": 135, "G": 137},
    each=(Block("C", 119, 10),),
    smelters=Rows("Smelter List", 5, LISTED),
    products=PRODUCTS,
    mines=MINES,
    sure={"head": VERIFIED, "questions": VERIFIED, "company": VERIFIED, "smelters": VERIFIED, "products": VERIFIED,
          "mines": VERIFIED},
    seen="Public programs that write EMRT 2.0 cell by cell",
    chosen=("D12", "E12", "G12", "D13", "E13", "G13"),
)  # fmt: skip
