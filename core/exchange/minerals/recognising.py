"""Which template and edition a workbook is, and whether its positions are those of a layout that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import UserError
from core.exchange.minerals.layouts import Layout, all_layouts
from core.exchange.minerals.sheet import Sheet
from core.i18n import T, verbatim
from core.minerals.templates import KEYS, edition_key
from core.minerals.words import known_minerals, mineral_of

if TYPE_CHECKING:
    from core.exchange.workbook import Workbook

_TEMPLATE = re.compile(rf"(?<![A-Za-z])({'|'.join(KEYS)})(?![A-Za-z])")
_TITLES: Mapping[str, str] = {
    "conflict minerals reporting": "CMRT",
    "extended minerals reporting": "EMRT",
    "additional minerals reporting": "AMRT",
    "pilot reporting template": "AMRT",
}
_EDITION = re.compile(
    r"(?:revision|version|edition|rev|修订版|修订|版本|版次|改訂|リビジョン|バージョン|개정|버전|révision|überarbeitung"
    r"|revisión|versión|revisão|versão|revisione|versione|sürüm|revizyon)[^0-9]{0,12}(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<![A-Za-z])[A-Z]?MRT[ _-]*v?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[).）．.、:：]")
_LETTER = re.compile(r"\s*([A-Z])\s*[).）．.、:：]")
TOP = 8
"""Rows in which a sheet says what it is."""
HISTORY = 400
"""Rows of the history of editions that are read."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A workbook that can be read."""

    layout: Layout
    edition: str
    """As the workbook says, or its name; empty where neither does."""
    known: bool
    """Whether the layout was seen in that very edition."""
    labelled: bool
    """Whether the words of the questions were stored, so that positions could be compared."""


def recognised(book: Workbook, sheet: Sheet, name: str) -> Recognised:
    """The layout of a workbook.

    Parameters
    ----------
    book, sheet
        the workbook and its declaration.
    name
        file name as received, which counts where the workbook says nothing.

    Raises
    ------
    UserError
        when it is another form, or its questions stand elsewhere than in any edition that is known.
    """
    revision = Sheet.of(book, "Revision")
    said = (list(sheet.texts(TOP)), list(revision.texts(HISTORY)) if revision else [])
    template = next((found for texts in (*said, [name]) if (found := _template(texts))), "")
    edition = _edition(said[0]) or _newest(said[1]) or _in_name(name)
    fitting = _fitting(sheet, template, edition)
    if not fitting:
        raise _elsewhere(template, edition, sheet)
    layout, hits = fitting[0]
    if not hits and not edition:
        raise UserError(
            T("The workbook says neither what it is nor which edition."),
            T("Open it in Excel, save it and read it again, or give it a name like {example}.", example="CMRT_6.5"),
        )
    return Recognised(layout, edition, edition in layout.editions, bool(hits))


LEAST_HITS = 2
"""Questions in their places from which on the positions alone say which template it is."""


def _fitting(sheet: Sheet, template: str, edition: str) -> list[tuple[Layout, int]]:
    """Layouts that nothing speaks against, best first: of the template that is named, else by positions alone."""
    fits = [(one, hits) for one in all_layouts().values() if (hits := _fits(one, sheet)) is not None]
    own = [(one, hits) for one, hits in fits if one.template == template]
    found = own or [(one, hits) for one, hits in fits if hits >= LEAST_HITS]
    return sorted(found, key=lambda pair: (edition in pair[0].editions, pair[1], _nearness(pair[0], edition)),
                  reverse=True)  # fmt: skip


def _nearness(layout: Layout, edition: str) -> tuple[int, ...]:
    """The newest that is not newer than what is said; else the oldest; the newest where nothing is said."""
    first, said = edition_key(layout.editions[0]), edition_key(edition)
    return (1, *first) if first <= said or not any(said) else (0, *(-one for one in first))


def _template(texts: Iterable[str]) -> str:
    for one in texts:
        if match := _TEMPLATE.search(one):
            return match[1]
        said = " ".join(one.casefold().split())
        if found := next((key for title, key in _TITLES.items() if title in said), ""):
            return found
    return ""


def _edition(texts: Iterable[str]) -> str:
    return next((match[1] for one in texts if (match := _EDITION.search(one))), "")


def _newest(texts: Iterable[str]) -> str:
    """Of a history the last edition."""
    found = (match[1] for one in texts for match in _EDITION.finditer(one))
    return max(found, key=edition_key, default="")


def _in_name(name: str) -> str:
    match = _IN_NAME.search(name)
    return match[1] if match else ""


# ---------------------------------------------------------------------- positions


def _fits(layout: Layout, sheet: Sheet) -> int | None:
    """How many questions stand where they should; None as soon as one stands elsewhere."""
    hits = 0
    for _, expected, said in _anchors(layout, sheet):
        if said and said != expected:
            return None
        hits += bool(said)
    return hits


def _anchors(layout: Layout, sheet: Sheet) -> Iterable[tuple[str, str, str]]:
    """Address, what should stand there, and what does; nothing where the words were not stored."""
    for block in layout.questions:
        address = f"{layout.label}{block.head}"
        yield address, block.key, _marked(_NUMBER, sheet.text(address))
        for at, mineral in enumerate(layout.minerals, 1):
            below = f"{layout.label}{block.head + at}"
            yield below, mineral, _mineral(sheet.text(below))
    letters = {**layout.company, **{one.key: one.head for one in layout.each}}
    for key, row in letters.items():
        address = f"{layout.label}{row}"
        yield address, key, _marked(_LETTER, sheet.text(address))


def _marked(pattern: re.Pattern[str], text: str) -> str:
    """The number or letter before a question; of other words a part, which is none."""
    if not text:
        return ""
    match = pattern.match(text)
    return match[1] if match else text[:40]


def _mineral(text: str) -> str:
    key = mineral_of(text) if text else ""
    return key if key in known_minerals() or not key else text[:40]


def _elsewhere(template: str, edition: str, sheet: Sheet) -> UserError:
    known = [f"{one.template} {each}" for one in all_layouts().values() for each in one.editions]
    remedy = T("Ask for one of these editions: {editions}.", editions=known)
    own = [one for one in all_layouts().values() if one.template == template]
    missed = next((found for one in reversed(own) if (found := _first_miss(one, sheet))), None)
    if missed is None:
        return UserError(T("The workbook is no CMRT, EMRT or AMRT."), remedy)
    address, expected, said = missed
    return UserError(
        T("{what} has other positions than the editions that are known: {cell} should be {expected} and says “{said}”.",
          what=verbatim(f"{template} {edition}".strip()), cell=verbatim(f"{sheet.name}!{address}"), expected=expected,
          said=verbatim(said)),
        remedy,
    )  # fmt: skip


def _first_miss(layout: Layout, sheet: Sheet) -> tuple[str, str, str] | None:
    return next((one for one in _anchors(layout, sheet) if one[2] and one[2] != one[1]), None)
