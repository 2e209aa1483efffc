"""Publishers' own workbooks, one format a file; a file that defines ``READER`` is found by itself.

A :class:`Reader` recognises its format and says what is printed where: words, unit, amounts, cell. It knows no item of
this program; :mod:`core.exchange.factor_import` maps the words with ``resources/publishers/*.csv``. Readers do not know
each other; what they share is in the modules that start with ``_``.
"""

from __future__ import annotations

import sys
from functools import cache

from core.dropins import dropped_in
from core.errors import UserError
from core.exchange.publishers._book import Book, Sheet, open_book
from core.exchange.publishers._types import Found, Published, Reader, Rows, refused
from core.i18n import T, verbatim

__all__ = ["Book", "Found", "Published", "Reader", "Rows", "Sheet", "all_readers", "open_book", "reader_of", "refused"]


@cache
def all_readers() -> dict[str, Reader]:
    """The readers by key."""
    return {key: module.READER for key, module in dropped_in(sys.modules[__name__]).items()}


def reader_of(book: Book) -> Reader:
    """The reader that recognises a file.

    Raises
    ------
    UserError
        when none does.
    """
    for reader in all_readers().values():
        if reader.recognise(book):
            return reader
    known = [reader.title for reader in all_readers().values()]
    raise UserError(
        T("“{name}” is not a publication whose form is known.", name=verbatim(book.file)),
        T("Known are: {known}. Choose the workbook as the publisher gives it out, unchanged.", known=known),
    )
