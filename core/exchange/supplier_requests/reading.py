"""What came back from a supplier, checked cell by cell against what was asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.exchange.cells import clean
from core.exchange.minerals.sheet import Sheet
from core.exchange.read import load, refuse_old
from core.exchange.supplier_lines import ANSWERED, ASKED, PLACES, check_answer, choose, wrong
from core.exchange.supplier_requests.form import (
    HIDDEN,
    ID_CELL,
    MARK_CELL,
    SHOWN_CELL,
    choices,
    chosen,
    fields,
    mark_of,
    request_named,
)
from core.exchange.tables import CellError, Refused, read_records
from core.i18n import T, Text, verbatim
from core.ledger import DataRequest, Evidence, Ledger, Supplier
from core.ledger.codec import decimal_text

if TYPE_CHECKING:
    from core.exchange.workbook import Workbook

Row = tuple[str, ...]
MOST_UNPACKED = 20_000_000
"""To which a workbook may unpack; one with the most lines comes nowhere near. [bytes]"""
_NAMES = {one.key: one.name for one in ASKED}
AS_IT_CAME = T("Ask for the workbook as it was sent, with only the yellow cells filled in.")


@dataclass(frozen=True, slots=True)
class Answered:
    """A workbook that came back, as it was understood."""

    name: str
    """File name as received."""
    request: DataRequest
    """As it stands in the ledger, still with its earlier answer."""
    supplier: Supplier
    sheet: str
    """Name of the sheet that was read."""
    answers: tuple[Row, ...]
    """Of each line with an answer, as a record keeps it; none when a cell was refused."""
    rows: Mapping[str, int]
    """Row of the workbook by the number of the line."""
    open: tuple[str, ...]
    """Numbers of the lines without an answer."""
    refused: tuple[Refused, ...]
    """Each with row, column, reason and remedy."""
    already: bool
    """The very same file is the answer that was taken up last."""
    sha256: str
    data: bytes = field(repr=False)

    @property
    def possible(self) -> bool:
        """Whether it can be taken up."""
        return bool(self.answers) and not self.refused and not self.already


def read_answer(source: Path | bytes, ledger: Ledger, name: str = "") -> Answered:
    """The answers of a workbook that :func:`write_request` wrote and a supplier filled in.

    Parameters
    ----------
    source
        the file or its bytes.
    ledger
        of the plant that asked.
    name
        file name as received; empty: that of the path.

    Raises
    ------
    UserError
        when the file as a whole cannot be taken: damaged, dangerous or too large, no request of this plant, or without
        any answer. What is wrong with single cells stands in :attr:`Answered.refused`.
    """
    data, said = load(source), name or (source.name if isinstance(source, Path) else "")
    request, sheet = _asked(data, ledger)
    request, supplier = request_named(ledger, request.id)
    taker = _Taker(request)
    found = read_records(data, fields(), taker.take, Ledger(), said)
    refused = (*found.refused, *(() if found.refused else taker.lacking(found.rows)))
    answers = tuple(row for _, row in found.rows if row is not None)
    if not answers and not refused:
        raise UserError(T("No line of {id} is filled in.", id=request.id), T("Ask the supplier to fill in the yellow "
                                                                             "cells."))  # fmt: skip
    digest = hashlib.sha256(data).hexdigest()
    kept = (ledger.get("evidence", key) for key in request.evidence)
    return Answered(
        found.name, request, supplier, sheet,
        () if refused else answers,
        {row[0]: number for number, row in found.rows if row is not None},
        tuple(one[0] for one in request.asked if one[0] not in {row[0] for row in answers}),
        refused,
        any(isinstance(one, Evidence) and one.sha256 == digest for one in kept),
        digest, data,
    )  # fmt: skip


# ---------------------------------------------------------------------- which request


def _asked(data: bytes, ledger: Ledger) -> tuple[DataRequest, str]:
    """The request that the workbook answers, and the name of its first sheet."""
    from core.exchange.workbook import only_values, open_workbook

    refuse_old(data)
    book = open_workbook(data, MOST_UNPACKED)
    only_values(book)
    hidden = Sheet.of(book, HIDDEN)
    key, mark = ("", "") if hidden is None else (hidden.line(ID_CELL), hidden.line(MARK_CELL))
    if not key or not mark:
        raise UserError(T("This is not the workbook of a request of this program."), AS_IT_CAME)
    request = _of_mark(ledger, key, mark)
    sheet = _first(book)
    shown = sheet.line(SHOWN_CELL)
    if shown != key:
        raise UserError(
            T("The workbook shows the request “{shown}” and holds the answers to {id}.",
              shown=verbatim(shown[:40]), id=verbatim(key[:40])),
            AS_IT_CAME,
        )  # fmt: skip
    return request, sheet.name


def _of_mark(ledger: Ledger, key: str, mark: str) -> DataRequest:
    """By what it asks; in a copy that was merged it may have another number."""
    fitting = [one for one in ledger.held(DataRequest) if mark_of(one) == mark]
    own = [one for one in fitting if one.id == key]
    if own:
        return own[0]
    if len(fitting) == 1:
        return fitting[0]
    raise UserError(
        T("This plant has sent no request {id} with these lines.", id=verbatim(key[:40])),
        T("Check that the workbook belongs to this plant, and that the request was not removed."),
    )


def _first(book: Workbook) -> Sheet:
    shown = next((name for name, (_part, visible) in book.sheets.items() if visible), "")
    sheet = Sheet.of(book, shown) if shown else None
    if sheet is None:
        raise UserError(T("This is not the workbook of a request of this program."), AS_IT_CAME)
    return sheet


# ---------------------------------------------------------------------- lines


class _Taker:
    """Rows one after the other, each held against the line that was asked."""

    def __init__(self, request: DataRequest) -> None:
        self._asked = {row[0]: row for row in request.asked}
        self._seen: set[str] = set()

    def take(self, said: Mapping[str, Any]) -> Row | None:
        """The answer of a row as a record keeps it; None where the supplier left it empty."""
        number = said["number"]
        if number not in self._asked:
            raise _changed("number", T("Line {number} was not asked.", number=verbatim(number[:20])))
        if number in self._seen:
            raise _changed("number", T("Line {number} stands twice.", number=number))
        self._seen.add(number)
        self._unchanged(said, self._asked[number])
        filled = [one for one in ANSWERED if one.key != "number"]
        if not any(one.key in said for one in filled):
            return None
        row = (number, *(_cell(one.key, said.get(one.key)) for one in filled))
        check_answer(row, self._asked[number][4])
        if 0 < Decimal(row[PLACES["primary"]] or 0) <= 1:
            raise wrong("primary", T("{number} % of primary data is next to nothing.",
                                     number=Decimal(row[PLACES["primary"]])),
                        T("Write 80 for 80 %, and format the cell as a number."))  # fmt: skip
        return row

    def _unchanged(self, said: Mapping[str, Any], asked: Sequence[str]) -> None:
        _number, what, _item, quantity, unit = asked
        for key, was in (("what", what), ("unit", unit)):
            if _words(said.get(key, "")) != _words(was):
                raise _changed(key, T("“{was}” was asked.", was=verbatim(was)))
        if said.get("quantity") != Decimal(quantity):
            raise _changed("quantity", T("{number} was asked.", number=Decimal(quantity)))

    def lacking(self, rows: Sequence[tuple[int, Row | None]]) -> Iterator[Refused]:
        """Lines that are not there any more."""
        last = max((number for number, _row in rows), default=0)
        for number in self._asked:
            if number not in self._seen:
                yield Refused(last, _NAMES["number"], T("Line {number} is missing.", number=number), AS_IT_CAME)


def _cell(key: str, said: object) -> str:
    if said is None:
        return ""
    if isinstance(said, Decimal):
        return decimal_text(said)
    text = str(said)
    known = choices().get(key)
    if known is None:
        return text
    found = chosen(text, known)
    if found is None:
        raise wrong(key, T("“{text}” is not in the list.", text=verbatim(text[:60])), choose(known.values()))
    return found


def _words(text: str) -> str:
    return " ".join(clean(text).split())


def _changed(key: str, reason: Text) -> CellError:
    return CellError(_NAMES[key], reason, AS_IT_CAME, reason)
