"""EMRT 2.1 and 2.11: the product list also holds the numbers of whoever asks."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    LISTED,
    MINES,
    REQUESTED,
    SCOPE,
    VERIFIED,
    Block,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="emrt_2_1",
    template="EMRT",
    editions=("2.1", "2.11", "2.11.1"),
    head=SCOPE | people_from(16),
    questions=blocks(first=29, step=12, count=7, rows=10),
    company={"A": 115, "B": 117, "D": 131, "E": 133, "F": 135, "G": 137},
    each=(Block("C", 119, 10),),
    smelters=Rows("Smelter List", 5, LISTED),
    products=REQUESTED,
    mines=MINES,
    sure={"head": VERIFIED, "questions": VERIFIED, "company": VERIFIED, "smelters": VERIFIED, "products": VERIFIED,
          "mines": VERIFIED},
    seen="Public programs that write EMRT 2.1 and 2.11 cell by cell; 2.11.1 by analogy",
    chosen=("D12", "E12", "G12", "D13", "E13", "G13"),
)  # fmt: skip
