"""What a plot shows as rows of text, and how they and its pictures come into a file: completely or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.disk import cannot_write, drafted
from core.exchange.cells import guard
from core.i18n import T
from gui.jobs import Progress

Rows = Sequence[Sequence[str]]
PIECE = 65_536
"""Rows that are written at once."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that is shown, with all digits; pure values, so that a job may write them."""

    head: tuple[str, ...]
    count: int
    """Rows below the head."""
    between: Callable[[int, int], Rows]
    """The rows from the first number to before the second."""


def numbers_of(rows: Rows) -> Numbers:
    """Of a few rows, headings first."""
    body = rows[1:]
    return Numbers(tuple(rows[0]), len(body), lambda first, last: body[first:last])


def all_rows(numbers: Numbers) -> list[Sequence[str]]:
    """Head and rows, safe to be pasted into a spreadsheet program."""
    return [[safe(cell) for cell in row] for row in (numbers.head, *numbers.between(0, numbers.count))]


def safe(cell: str) -> str:
    """A cell that no spreadsheet program runs as a formula; numbers stay numbers, also below zero."""
    guarded = guard(cell)
    if guarded is cell:
        return cell
    try:
        float(cell)
    except ValueError:
        return guarded
    return cell


def digits(values: Iterable[float]) -> list[str]:
    """Numbers as short as they can be without losing anything; missing ones are empty."""
    return ["" if value != value else repr(value).removesuffix(".0") for value in values]


def csv_of(numbers: Numbers, progress: Progress | None = None) -> Iterator[bytes]:
    """The file in pieces: UTF-8 with its mark, so that Excel shows Chinese."""
    yield b"\xef\xbb\xbf" + _lines([numbers.head])
    for first in range(0, numbers.count, PIECE):
        if progress is not None:
            progress(first / numbers.count, T("Writing rows"))
        yield _lines(numbers.between(first, min(first + PIECE, numbers.count)))


def _lines(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def write(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file of any size.

    Raises
    ------
    UserError
        when the folder or the disk refuses; what stood there before still does.
    """
    try:
        with drafted(path) as draft, draft.open("wb") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path
