"""CMRT 6.6: the product list also holds the numbers of whoever asks."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    LISTED,
    REQUESTED,
    SCOPE,
    VERIFIED,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="cmrt_6_6",
    template="CMRT",
    editions=("6.6", "6.6.1"),
    head=SCOPE | people_from(12),
    questions=blocks(first=25, step=6, count=8, rows=4),
    company={"A": 75, "B": 77, "C": 79, "D": 81, "E": 83, "F": 85, "G": 87, "H": 89},
    smelters=Rows("Smelter List", 5, LISTED),
    products=REQUESTED,
    sure={"head": VERIFIED, "questions": VERIFIED, "company": VERIFIED, "smelters": VERIFIED, "products": VERIFIED},
    seen="Public programs that write CMRT 6.6 cell by cell; 6.6.1 by analogy",
    minerals=("tantalum", "tin", "gold", "tungsten"),
)
