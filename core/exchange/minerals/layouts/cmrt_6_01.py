"""CMRT 6.01 to 6.5: tantalum, tin, gold and tungsten."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    LISTED,
    PRODUCTS,
    SCOPE,
    VERIFIED,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="cmrt_6_01",
    template="CMRT",
    editions=("6.01", "6.1", "6.22", "6.31", "6.4", "6.5"),
    head=SCOPE | people_from(12),
    questions=blocks(first=25, step=6, count=8, rows=4),
    company={"A": 75, "B": 77, "C": 79, "D": 81, "E": 83, "F": 85, "G": 87, "H": 89},
    smelters=Rows("Smelter List", 5, LISTED),
    products=PRODUCTS,
    sure={"head": VERIFIED, "questions": VERIFIED, "company": VERIFIED, "smelters": VERIFIED, "products": VERIFIED},
    seen="Public programs that read CMRT 3.02 and write CMRT 6.01 to 6.5 cell by cell; the language cell from 3.02",
    minerals=("tantalum", "tin", "gold", "tungsten"),
)
