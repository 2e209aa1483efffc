"""A declaration as it stands: complete, to be reviewed, incomplete or rejected, with every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from core.i18n import T, verbatim
from core.ledger import MineralDeclaration, SmelterList, Supplier
from core.minerals.asked import Asked
from core.minerals.checker import HEAD, MOST_MONTHS, check_company, check_head, check_list, check_questions
from core.minerals.contradictions import check_contradictions
from core.minerals.problem import LEVELS, REVIEW, Problem, status_of
from core.minerals.smelter_checks import check_rows, check_standings
from core.minerals.smelters import Smelter, smelters_of
from core.minerals.standing import Standings
from core.minerals.words import plain

ACCEPTED, SENT_BACK = "accepted", "sent_back"
"""What a person decides, whatever was found."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules say of a declaration; the decision is a person's."""

    status: str
    """``complete``, ``review``, ``incomplete`` or ``rejected``."""
    problems: tuple[Problem, ...]
    """Worst first."""
    smelters: tuple[Smelter, ...]
    verdict: str = ""
    """``accepted`` or ``sent_back``; empty: nobody has decided."""


def examine(
    declaration: MineralDeclaration,
    lists: Iterable[SmelterList] | Standings,
    suppliers: Iterable[Supplier],
    today: date,
    months: int = MOST_MONTHS,
) -> Examined:
    """Hold a declaration against the rules of its template, against itself and against published lists.

    Parameters
    ----------
    declaration
        as it was read.
    lists
        of smelters and their standing, as they were downloaded; or what was made of them once for many declarations.
    suppliers
        among whom the one that declares is.
    today
        day on which it must hold.
    months
        age from which on it does not count any more.
    """
    standings = lists if isinstance(lists, Standings) else Standings.of(lists)
    asked = Asked.of(declaration)
    smelters = smelters_of(declaration, standings)
    problems = [
        *_supplier(declaration, suppliers),
        *check_head(asked, today, months),
        *check_questions(asked),
        *check_company(asked),
        *check_list(asked, smelters),
        *check_rows(smelters),
        *check_contradictions(asked, smelters),
        *check_standings(smelters),
    ]
    problems.sort(key=lambda one: LEVELS.index(one.level))
    return Examined(status_of(problems), tuple(problems), smelters, declaration.verdict)


def _supplier(declaration: MineralDeclaration, suppliers: Iterable[Supplier]) -> Iterator[Problem]:
    """Who declares is who was asked, as far as names tell."""
    if not declaration.supplier or not declaration.company:
        return
    known = next((one for one in suppliers if one.id == declaration.supplier), None)
    if known is None:
        yield Problem(
            REVIEW, "supplier", HEAD, T("The supplier {id} is not in the register.", id=verbatim(declaration.supplier)),
            T("Enter the supplier, or choose another one."),
        )  # fmt: skip
    elif not _alike(plain(known.name), plain(declaration.company)):
        yield Problem(
            REVIEW, "company", HEAD,
            T("“{company}” declares, the supplier is called “{supplier}”.", company=verbatim(declaration.company),
              supplier=verbatim(known.name)),
            T("Look whether they belong together; else choose another supplier."),
        )  # fmt: skip


def _alike(one: str, other: str) -> bool:
    """Whether two names may mean the same company; a Chinese and an English one may."""
    return one in other or other in one or one.isascii() != other.isascii()
