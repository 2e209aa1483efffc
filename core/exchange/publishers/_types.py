"""What every publisher's reader is and gives. It only says what is printed; which item that is, is decided later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.exchange.publishers._book import Book
from core.i18n import T, Text
from core.library import FactorSet

NOT_A_FACTOR = T("This program does not calculate with such numbers.")


@dataclass(frozen=True, slots=True)
class Published:
    """One row as printed."""

    words: tuple[str, ...]
    """The publisher's headings from the widest to the narrowest: sheet, group, name, column."""
    unit: str
    """Below the line, in the publisher's words: ``tonnes``, ``gallon``."""
    amounts: Mapping[str, Decimal]
    """By gas, in ``of``."""
    place: str
    """Sheet and cells: ``Fuels!D23:G23``."""
    region: str
    """As in the library."""
    year: int = 0
    """That the number describes; 0: it does not depend on the year."""
    of: str = "kg"
    """Unit above the line."""
    item: str = ""
    use: str = ""
    """Both given where the publication is about one thing, like electricity."""
    problem: Text | None = None
    """Why the row cannot be believed; such a row has no amounts."""
    skipped: Text | None = None
    """Why nobody needs it."""

    @property
    def name(self) -> str:
        """The words in one, by which a row is mapped."""
        return " / ".join(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """A publication as a reader read it."""

    set: FactorSet
    rows: tuple[Published, ...]
    empty: int = 0
    """Rows of the publication that hold no number."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One format of one publisher. A file of this folder that defines ``READER`` is found by itself."""

    key: str
    """The name of its file."""
    title: Text
    recognise: Callable[[Book], bool]
    """Whether a file has this format; must not read more than it needs."""
    read: Callable[[Book], Found]
    """Raises UserError when the file as a whole cannot be used."""
    names: str = ""
    """``resources/publishers/<names>.csv`` says which item the publisher's words mean; empty: none is needed."""


@dataclass(slots=True)
class Rows:
    """Collects rows and notices when the same thing is printed twice."""

    found: list[Published] = field(default_factory=list)
    empty: int = 0
    _seen: dict[tuple[object, ...], str] = field(default_factory=dict)

    def add(self, row: Published) -> None:
        """Keep a row; the second of its kind is kept as refused."""
        key = (*(" ".join(word.casefold().split()) for word in row.words), row.unit.casefold(), row.region, row.year)
        other = self._seen.setdefault(key, row.place)
        if other != row.place and row.problem is None:
            row = refused(row, T("The same is printed in {other}.", other=other))
        self.found.append(row)


def refused(row: Published, problem: Text) -> Published:
    """The row without its numbers."""
    return Published(row.words, row.unit, {}, row.place, row.region, row.year, row.of, problem=problem)
