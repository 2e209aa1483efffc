"""One cell of a file: what it may be, and how words and yes or no are read from it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from core.errors import UserError
from core.i18n import T

Cell: TypeAlias = "str | int | float | bool | date | datetime | time | timedelta | None"
"""What a file holds in one place: csv knows only text, Excel also numbers, dates and truth values."""

LONGEST = 1000
"""Characters of a text; longer ones belong in a document kept as evidence."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_GUARDED = re.compile(r"'[\s']*[=+\-@＝＋－＠]")
_NEEDS_GUARD = re.compile(r"[\s']*[=+\-@＝＋－＠]")
_YES = frozenset({"yes", "y", "true", "1", "是", "√", "✓", "✔", "对", "估算", "estimated"})
_NO = frozenset({"no", "n", "false", "0", "否", "×", "✗", "✘", "实测", "measured", "actual"})
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x3000, 0xA0, 0x2007, 0x2009, 0x202F), " "
)


def narrow(text: str) -> str:
    """Full-width characters of Chinese typing as ASCII. Not NFKC, which would make ``102`` of ``10²``."""
    return text.translate(_NARROW)


def is_blank(cell: Cell) -> bool:
    """Nothing, or nothing but white space."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def plain_text(cell: Cell) -> str:
    """The cell as a person would write it; numbers with up to 15 digits and without exponent, as Excel shows them."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        short = f"{cell:.15g}"
        return short if "e" not in short else f"{Decimal(short):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)


def parse_text(cell: Cell, longest: int = LONGEST) -> str:
    """Words: white space at both ends removed, a guard against formulas taken off.

    Raises
    ------
    UserError
        when the text is too long or holds control characters.
    """
    text = cell if isinstance(cell, str) else plain_text(cell)
    text = text.strip()
    if len(text) > longest:
        raise UserError(
            T("The text has {count} characters; {most} are possible.", count=len(text), most=longest),
            T("Shorten it and keep the long text as evidence."),
        )
    if not text.isprintable():  # nearly all are, and the test is fast
        if _CONTROL.search(text):
            raise UserError(
                T("The text holds control characters that cannot be seen."),
                T("Type the text again, without copying it."),
            )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unguard(text)


def parse_boolean(cell: Cell) -> bool:
    """Yes or no; an empty cell is no.

    Raises
    ------
    UserError
        for anything that is neither.
    """
    if isinstance(cell, bool):
        return cell
    if cell in _NO or cell in _YES:
        return cell in _YES
    word = narrow(plain_text(cell)).strip().casefold()
    if word in _YES:
        return True
    if not word or word in _NO:
        return False
    raise UserError(T("“{value}” is neither yes nor no.", value=excerpt(cell)), T("Write yes or no, 是 or 否."))


def clean(text: str) -> str:
    """Without the characters that no xlsx or csv may hold."""
    return _CONTROL.sub("", text)


def guard(text: str) -> str:
    """Keep a spreadsheet program from running a text as a formula: an apostrophe before ``= + - @``."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguard(text: str) -> str:
    """What :func:`guard` was given."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def excerpt(cell: Cell) -> str:
    """The beginning of a cell for a message, on one line."""
    text = " ".join(_CONTROL.sub("?", plain_text(cell)[:100]).split())
    return text if len(text) <= 40 else f"{text[:40]}…"
