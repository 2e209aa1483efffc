"""What every layout of a template is: cells by their addresses, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VERIFIED, RECALLED = "VERIFIED", "RECALLED"
"""How sure positions are: seen in public programs that read or write the original, or from memory and by analogy."""
PARTS = ("head", "questions", "company", "smelters", "products", "mines")


@dataclass(frozen=True, slots=True)
class Block:
    """A question that is asked for each mineral: its own row, and those of the minerals below."""

    key: str
    head: int
    """Row with the number or letter of the question."""
    rows: int
    """How many minerals may stand below."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list on a sheet of its own."""

    sheet: str
    first: int
    """First row below the headings."""
    columns: Mapping[str, str]
    """Letters of the columns by what stands in them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One template in the editions that share their positions; a file of this folder that defines one is found."""

    key: str
    """The name of its file."""
    template: str
    editions: tuple[str, ...]
    """Oldest first."""
    head: Mapping[str, str]
    """Addresses on the sheet of the declaration, by field."""
    questions: tuple[Block, ...]
    company: Mapping[str, int]
    """Rows of questions about the company, by letter."""
    smelters: Rows
    products: Rows
    sure: Mapping[str, str]
    """How sure the positions of each part are, see :data:`PARTS`."""
    seen: str
    """Where the positions come from."""
    each: tuple[Block, ...] = ()
    """Questions about the company that are asked for each mineral."""
    minerals: tuple[str, ...] = ()
    """Whose rows stand below a question, in this order; none: the workbook says which."""
    chosen: tuple[str, ...] = ()
    """Cells in which minerals are chosen."""
    others: tuple[str, ...] = ()
    """Cells that name a mineral of which only “other” was chosen, one for each of those."""
    mines: Rows | None = None
    sheet: str = "Declaration"
    language: str = "D3"
    label: str = "B"
    """Column of the words of a question or mineral."""
    answer: str = "D"
    remark: str = "G"
    revision: str = "Revision"
    """The sheet with the history of editions."""


def people_from(row: int) -> dict[str, str]:
    """The rows below the scope, which stand in this order in every template."""
    order = ("number", "authority", "address", "contact", "contact_mail", "contact_phone", "authoriser",
             "authoriser_title", "authoriser_mail", "authoriser_phone", "effective")  # fmt: skip
    return {key: f"D{row + at}" for at, key in enumerate(order)}


def blocks(first: int, step: int, count: int, rows: int) -> tuple[Block, ...]:
    """Numbered questions at equal distances."""
    return tuple(Block(str(number + 1), first + step * number, rows) for number in range(count))


SCOPE = {"company": "D8", "scope": "D9", "scope_text": "D10"}
LISTED = {
    "asked_id": "A", "mineral": "B", "chosen": "C", "name": "D", "country": "E", "id": "F", "source": "G",
    "street": "H", "city": "I", "province": "J", "contact": "K", "mail": "L", "next": "M", "mine": "N", "origin": "O",
    "recycled": "P", "comment": "Q",
}  # fmt: skip
"""Columns of a list of smelters in which a number is asked first."""
MINES = Rows("Mine List", 5, {"mineral": "A", "smelter": "B", "name": "C", "id": "D", "country": "F", "comment": "M"})
PRODUCTS = Rows("Product List", 6, {"number": "B", "name": "C", "comment": "D"})
REQUESTED = Rows(
    "Product List", 6,
    {"number": "B", "name": "C", "asked_number": "D", "asked_name": "E", "comment": "F"},
)  # fmt: skip
"""The product list with the numbers of whoever asks beside."""
