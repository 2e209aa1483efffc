"""The list of smelters of a declaration: what each row names, and what is published about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import Localised, T, verbatim
from core.ledger import MineralDeclaration
from core.minerals.standing import Standing, Standings
from core.minerals.words import NOT_IDENTIFIED, NOT_LISTED, UNKNOWN, is_word, mineral_of

ID = re.compile(r"CID[0-9]{6}")
"""How the Responsible Minerals Initiative numbers smelters."""
COLUMNS = (
    "mineral", "chosen", "name", "country", "id", "source", "street", "city", "province", "contact", "mail", "next",
    "mine", "origin", "recycled", "comment",
)  # fmt: skip
"""Of a row of the list, in the order of the record."""
NAMED, UNLISTED, UNIDENTIFIED, NAMELESS = "named", "unlisted", "unidentified", "nameless"
"""Kinds of rows: a smelter with an id, one that the form does not list, one that nobody knows yet, a name alone."""


@dataclass(frozen=True, slots=True)
class Smelter:
    """One row of the list."""

    row: int
    """Counted from 1."""
    mineral: str
    chosen: str
    name: str
    country: str
    id: str
    """As written, in capitals."""
    origin: str
    """Countries of mines as written, or that it is recycled."""
    recycled: str
    kind: str
    standing: Standing

    @property
    def valid(self) -> bool:
        """Whether its id is one of a smelter."""
        return ID.fullmatch(self.id) is not None

    @property
    def title(self) -> Localised:
        """What a person calls it."""
        words = self.name or (self.chosen if self.kind != UNIDENTIFIED else "")
        if self.valid:
            return verbatim(f"{words} {self.id}".strip())
        return verbatim(words) if words else T("row {row}", row=self.row)


def smelters_of(declaration: MineralDeclaration, standings: Standings) -> tuple[Smelter, ...]:
    """The rows of the list with what is published about each."""
    return tuple(_smelter(number, row, standings) for number, row in enumerate(declaration.smelters, 1))


def _smelter(number: int, row: Sequence[str], standings: Standings) -> Smelter:
    said = dict(zip(COLUMNS, row, strict=False))
    mineral = mineral_of(said.get("mineral", ""))
    key = said.get("id", "").strip().upper()
    chosen, name = said.get("chosen", "").strip(), said.get("name", "").strip()
    valid = ID.fullmatch(key) is not None
    return Smelter(
        number, mineral, chosen, name, said.get("country", "").strip(), key, said.get("origin", "").strip(),
        said.get("recycled", "").strip(), _kind(chosen, name, valid=valid),
        standings.standing(mineral, key if valid else ""),
    )  # fmt: skip


def _kind(chosen: str, name: str, *, valid: bool) -> str:
    if valid:
        return NAMED
    said = (one for one in (chosen, name) if one)
    if any(is_word(one, NOT_IDENTIFIED) or is_word(one, UNKNOWN) for one in said):
        return UNIDENTIFIED
    if is_word(chosen, NOT_LISTED):
        return UNLISTED
    return NAMELESS
