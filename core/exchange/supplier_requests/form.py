"""What the workbook of a request looks like, for whoever writes it and whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import UserError
from core.exchange.supplier_lines import ANSWERED, ASKED, BOUNDARIES, Column, modes
from core.exchange.tables import Field, without_brackets
from core.i18n import Name, T, verbatim
from core.ledger import DataRequest, Ledger, Supplier, sha256_of
from core.library.units import normal

SHEET = Name("Request", "数据请求")
HELP = Name("Instructions", "填写说明")
HIDDEN = "plant-carbon-audit"
"""Sheet that holds the number of the request, and what can be chosen."""
ID_CELL, MARK_CELL = "B1", "B2"
"""Of the hidden sheet."""
SHOWN_CELL = "B2"
"""Of the visible sheet, where a person reads the number."""
KEPT = tuple(one for one in ASKED if one.key != "item")
"""What the supplier reads of each line; the item of our library says nothing to others."""
FILLED = tuple(one for one in ANSWERED if one.key != "number")
"""What the supplier fills in."""
COLUMNS = (*KEPT, *FILLED)
PARTS = " / "
"""Between the two languages of a word that can be chosen."""


def fields() -> tuple[Field, ...]:
    """The columns as they are looked for."""
    return tuple(
        Field(one.key, one.name, one.form, one.key == "number", _bare(one), one.width) for one in COLUMNS
    )  # fmt: skip


def _bare(one: Column) -> tuple[str, str]:
    return without_brackets(one.name.en), without_brackets(one.name.zh)


def mark_of(request: DataRequest) -> str:
    """What tells this request from another one of the same number, of another plant.

    A copy that was merged may call request and supplier otherwise, so neither stands in it.
    """
    return sha256_of([request.year, request.sent.isoformat(), [list(row) for row in request.asked]])[:32]


def request_named(ledger: Ledger, key: str) -> tuple[DataRequest, Supplier]:
    """A request and who is asked.

    Raises
    ------
    UserError
        when there is none, or its supplier is gone.
    """
    request = ledger.get("data_request", key)
    if not isinstance(request, DataRequest):
        raise UserError(T("There is no request {id}.", id=verbatim(key[:40])), T("Look at the list of requests."))
    supplier = ledger.get("supplier", request.supplier)
    if not isinstance(supplier, Supplier):
        raise UserError(T("The supplier {id} is not in the register.", id=verbatim(request.supplier)),
                        T("Enter the supplier, or choose another one."))  # fmt: skip
    return request, supplier


def chosen(said: str, known: Mapping[str, Name]) -> str | None:
    """The key of a word that was chosen, in either language or both; None of another word."""
    spellings = {normal(key): key for key in known}
    for key, name in known.items():
        spellings |= {normal(name.en): key, normal(name.zh): key}
    found = {spellings[word] for part in (said, *said.split(PARTS)) if (word := normal(part)) in spellings}
    return found.pop() if len(found) == 1 else None


def choices() -> Mapping[str, Mapping[str, Name]]:
    """What can be chosen in which column."""
    return {"boundary": BOUNDARIES, "mode": modes()}
