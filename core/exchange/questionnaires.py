"""The user's own questionnaire workbook: its codes are found, matched with a map, and the rest is linked by hand.

Nothing of its text is kept but a short label in the user's own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.disclosures.catalogue import all_points
from core.disclosures.question import REQUIREMENTS, DisclosureMap, Question
from core.errors import UserError
from core.exchange.cells import Cell, narrow, plain_text
from core.exchange.ids import next_ids
from core.exchange.read import MAX_ROWS, Table, load, most_frequent_separator, read_table
from core.i18n import T, verbatim
from core.inventory.judging import Decision
from core.ledger import Step
from core.ledger.disclosures import OwnQuestion
from core.ledger.filing import Records

CODES = r"[A-Z]{2,4}[0-9]{3,4}"
"""What a code looks like where nothing else is said: GEN300, ENV3111."""
LONGEST_LABEL = 200
LONGEST_CODE = 40
LONGEST_PATTERN = 200
MOST_SHEETS = 40
MOST_CODES = 2_000
WORDY = 15
"""Characters that the cells of a column of words have on average, at least."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in the received workbook."""

    code: str
    label: str
    """The beginning of its words."""
    sheet: str
    """Empty in a csv."""
    row: int
    """As a spreadsheet program numbers it."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What a received workbook asks."""

    name: str
    """File name as received."""
    map: DisclosureMap
    matched: tuple[tuple[Question, Asked], ...]
    """Questions that the map knows, in the order of the workbook."""
    unknown: tuple[Asked, ...]
    """To be linked by hand."""

    @property
    def every(self) -> tuple[Asked, ...]:
        """All questions of the workbook."""
        return (*(asked for _question, asked in self.matched), *self.unknown)


def read_questionnaire(
    source: Path | bytes, asked: DisclosureMap, name: str = "", pattern: str = CODES
) -> Questionnaire:
    """The questions of a received workbook.

    Parameters
    ----------
    source
        an xlsx or csv file, or its bytes.
    asked
        the map whose codes it uses, own questions among them.
    name
        file name as received; empty: that of the path.
    pattern
        what a code that the map does not know looks like, as a regular expression.

    Raises
    ------
    UserError
        when the file cannot be read, is dangerous or too large, or holds no code.

    Notes
    -----
    In each sheet the column with the most codes is taken, and the first column of words on its right, else on its left.
    Where one sheet has codes that the map knows, sheets without any are left out: their codes are of something else.
    """
    codes = _Codes(asked, _compiled(pattern))
    found = [one for table in _tables(load(source)) for one in _sheet(table, codes)]
    if any(codes.question(one.code) for one in found):
        known = {one.sheet for one in found if codes.question(one.code)}
        found = [one for one in found if one.sheet in known]
    if not found:
        raise UserError(
            T("No column of codes was found that look like those of {map}.", map=asked.title),
            T("Check that this is the questionnaire, or say what its codes look like."),
        )
    if len(found) > MOST_CODES:
        raise UserError(
            T("The workbook has more than {most} codes.", most=f"{MOST_CODES:,}"),
            T("Keep only the sheets with questions."),
        )
    first = {one.code: one for one in reversed(found)}
    every = [first[code] for code in dict.fromkeys(one.code for one in found)]
    return Questionnaire(
        name or (source.name if isinstance(source, Path) else ""),
        asked,
        tuple((question, one) for one in every if (question := codes.question(one.code)) is not None),
        tuple(one for one in every if codes.question(one.code) is None),
    )


def linking(records: Records, found: Questionnaire, links: Mapping[str, Sequence[str]], requirement: str = "must"
            ) -> Decision:  # fmt: skip
    """The one change by which a person says which data points answer questions of a received workbook.

    Parameters
    ----------
    records
        of the plant or of head office.
    found
        the workbook.
    links
        keys of data points by code; none of a code: the question is kept and not linked yet.
    requirement
        of these questions: ``must``, ``cond`` or ``opt``.

    Raises
    ------
    UserError
        for a code that the workbook does not have, and a data point that nobody knows.
    """
    if requirement not in REQUIREMENTS:
        raise UserError(T("“{text}” is not in the list.", text=requirement[:40]),
                        T("Choose one of: {choices}.", choices=list(REQUIREMENTS)))  # fmt: skip
    received = {one.code: one for one in found.every}
    held = {one.code: one for one in records.held(OwnQuestion) if one.map == found.map.key}
    fresh = iter(next_ids(records, len(links), "own_question"))
    steps = []
    for code, points in links.items():
        if code not in received:
            raise UserError(
                T("“{name}” has no question “{code}”.", name=verbatim(found.name), code=code[:LONGEST_CODE]),
                T("Choose a code of the workbook."),
            )
        label = received[code].label or code
        kept = _known(points)
        before = held.get(code)
        after = (
            replace(before, points=kept, requirement=requirement)
            if before is not None
            else OwnQuestion(next(fresh), found.map.key, code, label, kept, requirement)
        )
        if before != after:
            steps.append(Step("own_question", after.id, before, after))
    why = T("Questions of “{name}” linked: {count}", name=verbatim(found.name), count=len(steps))
    return Decision(why, tuple(steps))


def _known(points: Sequence[str]) -> tuple[str, ...]:
    for key in points:
        if key not in all_points():
            raise UserError(
                T("There is no data point “{point}”.", point=key[:60]), T("Choose one of the list of data points.")
            )
    return tuple(dict.fromkeys(points))


# ---------------------------------------------------------------------- read


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        if len(pattern) > LONGEST_PATTERN:
            raise ValueError
        return re.compile(f"({pattern})(?![A-Za-z0-9])")
    except (re.error, ValueError, RecursionError, OverflowError) as error:
        raise UserError(
            T("“{text}” is no pattern of codes.", text=pattern[:60]),
            T("Write it as a regular expression, e.g. {example}.", example=verbatim(CODES)),
        ) from error


class _Codes:
    """What codes look like, and which of them the map knows."""

    def __init__(self, asked: DisclosureMap, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._questions = {_spelled(one.id): one for one in asked.questions}

    def question(self, code: str) -> Question | None:
        """The question of the map that has this code."""
        return self._questions.get(_spelled(code))

    def read(self, cell: Cell) -> tuple[str, str]:
        """The code with which a cell begins, and the words behind it; nothing where there is none."""
        if not isinstance(cell, str | int | float) or isinstance(cell, bool):
            return "", ""
        text = narrow(plain_text(cell)).strip()
        known = self._questions.get(_spelled(text[: LONGEST_CODE + 1]))
        if known is not None:
            return known.id, ""
        match = self._pattern.match(text[: LONGEST_CODE + 1])
        if match is None or not match[1]:
            return "", ""
        held = self._questions.get(_spelled(match[1]))
        return (held.id if held is not None else match[1]), text[match.end() :].strip(" .:-–—)_")


def _spelled(code: str) -> str:
    return code.casefold().strip()


def _tables(data: bytes) -> Iterator[Table]:
    """The visible sheets of a workbook, or the one table of a csv file."""
    if not data.startswith(b"PK"):
        yield read_table(data, guess=most_frequent_separator)
        return
    from core.exchange.workbook import only_values, open_workbook

    book = open_workbook(data)
    only_values(book)
    visible = [name for name, (_part, shown) in book.sheets.items() if shown]
    if len(visible) > MOST_SHEETS:
        raise UserError(
            T("The workbook has more than {most} sheets.", most=MOST_SHEETS),
            T("Keep only the sheets with questions."),
        )
    rows = 0
    for name in visible:
        table = book.table(name)
        rows += len(table.rows)
        if rows > MAX_ROWS:
            raise UserError(
                T("The file has more than {most} rows.", most=f"{MAX_ROWS:,}"),
                T("Keep only the sheets with questions."),
            )
        yield table


def _sheet(table: Table, codes: _Codes) -> Iterator[Asked]:
    width = max((len(cells) for _row, cells in table.rows), default=0)
    found: list[dict[int, tuple[str, str]]] = [{} for _ in range(width)]
    for number, cells in table.rows:
        for place, cell in enumerate(cells):
            code, rest = codes.read(cell)
            if code:
                found[place][number] = (code, rest)
    if not any(found):
        return
    column = max(range(width), key=lambda place: (_distinct(found[place], codes), -place))
    rows = [(number, cells) for number, cells in table.rows if number in found[column]]
    words = _words_beside(rows, column)
    for number, cells in rows:
        code, rest = found[column][number]
        label = rest or (plain_text(cells[words]) if words is not None else "")
        yield Asked(code, shortened(label), table.sheet, number)


def _distinct(found: Mapping[int, tuple[str, str]], codes: _Codes) -> tuple[int, int]:
    every = {code for code, _rest in found.values()}
    return sum(codes.question(code) is not None for code in every), len(every)


def _words_beside(rows: Sequence[tuple[int, list[Cell]]], column: int) -> int | None:
    """The column that holds the words: the first one on the right that is wordy, else the nearest with any."""
    width = max(len(cells) for _row, cells in rows)
    lengths: dict[int, float] = {}
    for place in range(width):
        texts = [len(cell) for _row, cells in rows if isinstance(cell := cells[place], str) and cell.strip()]
        if place != column and texts:
            lengths[place] = sum(texts) / len(texts)
    order = sorted(lengths, key=lambda place: (place < column, abs(place - column)))
    return next((place for place in order if lengths[place] >= WORDY), order[0] if order else None)


def shortened(text: str) -> str:
    """The beginning of the words of a question, on one line.

    >>> shortened("Does the company\\n  report?")
    'Does the company report?'
    """
    words = "".join(sign if sign.isprintable() else " " for sign in text[: LONGEST_LABEL * 4])
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1]}…"
