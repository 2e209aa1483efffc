"""AMRT 1.3 and 1.31: minerals are chosen from a list or named beside it; smelters are looked up."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    LISTED,
    MINES,
    REQUESTED,
    SCOPE,
    VERIFIED,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="amrt_1_3",
    template="AMRT",
    editions=("1.3", "1.31", "1.31.1"),
    head=SCOPE | people_from(17),
    questions=blocks(first=30, step=12, count=2, rows=10),
    company={},
    smelters=Rows("Smelter List", 5, LISTED),
    products=REQUESTED,
    mines=MINES,
    sure={"head": VERIFIED, "questions": VERIFIED, "company": VERIFIED, "smelters": VERIFIED, "products": VERIFIED,
          "mines": VERIFIED},
    seen="Public programs that write AMRT 1.3 cell by cell; 1.31 and 1.31.1 by analogy",
    chosen=("D12", "E12", "F12", "G12", "H12", "I12", "D13", "E13", "F13", "G13", "H13", "I13"),
    others=("D15", "E15", "F15", "G15", "H15", "I15", "D16", "E16", "F16", "G16", "H16", "I16"),
)  # fmt: skip
