"""AMRT 1.1 and 1.2, first called Pilot Reporting Template: minerals in own words, no look-up."""

from __future__ import annotations

from core.exchange.minerals.layouts._types import (
    MINES,
    PRODUCTS,
    RECALLED,
    SCOPE,
    VERIFIED,
    Layout,
    Rows,
    blocks,
    people_from,
)

LAYOUT = Layout(
    key="amrt_1_1",
    template="AMRT",
    editions=("1.1", "1.2"),
    head=SCOPE | people_from(14),
    questions=blocks(first=27, step=12, count=2, rows=10),
    company={},
    smelters=Rows(
        "Smelter List",
        5,
        {
            "mineral": "A", "name": "B", "country": "C", "id": "D", "source": "E", "street": "F", "city": "G",
            "province": "H", "contact": "I", "mail": "J", "next": "K", "mine": "L", "origin": "M", "recycled": "N",
            "comment": "O",
        },
    ),
    products=PRODUCTS,
    mines=MINES,
    sure={"head": RECALLED, "questions": VERIFIED, "company": VERIFIED, "smelters": RECALLED, "products": VERIFIED,
          "mines": VERIFIED},
    seen="Public programs that name the rows of the questions and the headings of the lists; the head by its distance "
         "from the questions, columns of smelters after the third by the order of their headings",
    chosen=("D12", "E12", "F12", "G12", "H12", "I12", "D13", "E13", "F13", "G13", "H13", "I13"),
)  # fmt: skip
