"""EMRT 1.1 to 1.3: cobalt and mica, on the sheet of a CMRT with seven questions."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    LISTED,
    PRODUCTS,
    RECALLED,
    SCOPE,
    VERIFIED,
    Block,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="emrt_1",
    template="EMRT",
    editions=("1.1", "1.11", "1.2", "1.3"),
    head=SCOPE | people_from(12),
    questions=blocks(first=25, step=6, count=7, rows=2),
    company={"A": 69, "B": 71, "D": 77, "E": 79, "F": 81, "G": 83},
    each=(Block("C", 73, 2),),
    smelters=Rows("Smelter List", 5, LISTED),
    products=PRODUCTS,
    sure={"head": RECALLED, "questions": VERIFIED, "company": VERIFIED, "smelters": VERIFIED, "products": VERIFIED},
    seen="Public programs that write EMRT 1.1 to 1.3; the head by analogy with the CMRT, for questions start alike",
    minerals=("cobalt", "mica"),
)
