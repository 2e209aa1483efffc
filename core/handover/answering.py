"""What a plant answers in words to a request of head office: a judgement, which travels inside the next report."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import UserError
from core.handover.notice_rows import years_of
from core.handover.notices import Notice, Row, spelled
from core.i18n import T, verbatim
from core.inventory.judging import LONGEST, Decision
from core.ledger import Judgement, Ledger, Step
from core.ledger.canonical import sha256_of

ABOUT, ANSWERED = "request:", "answered"


def about(notice: Notice, row: Row) -> str:
    """What an answer is about: the same in every edition of a request that asks the same, at plant and head office.

    Examples
    --------
    >>> row = {"what": "words", "subject": "", "unit": "", "years": "2024", "words": "Who?"}
    >>> about(Notice("request", "Data", "Group", (row,)), row) == about(Notice("request", "DATA", "Group", ()), row)
    True
    """
    question = {
        "group": spelled(notice.group),
        "title": spelled(notice.title),
        "years": row["years"],
        "words": row["words"].strip(),
    }
    return ABOUT + sha256_of(question)[:24]


def answered(notice: Notice, row: Row, judgements: Iterable[Judgement]) -> Judgement | None:
    """The answer to a question; None when nobody has given one. Of several years the newest counts."""
    key = about(notice, row)
    found = [one for one in judgements if (one.about, one.verdict) == (key, ANSWERED)]
    return max(found, key=lambda one: one.year, default=None)


def travels_in(row: Row, ledger: Ledger) -> int:
    """The year in whose report an answer goes to head office: the last one asked for, or the first open one after it.

    A closed year stays as it was closed, and so does what travels with it.
    """
    year = years_of(row)[-1]
    while ledger.closing(year) is not None:
        year += 1
    return year


def answering(notice: Notice, row: Row, ledger: Ledger, text: str) -> Decision:
    """Answer a question of head office in words, in the place of an earlier answer.

    Raises
    ------
    UserError
        when nothing is answered, it is too long, nothing would change, or the data answer it and not words.
    """
    said = text.strip()
    if row["what"] != "words":
        raise UserError(
            T("This is not answered in words, but by the data of the plant."), T("Enter the data that are asked for.")
        )
    if not said:
        raise UserError(T("The answer is empty."), T("Write what head office shall read."))
    if len(said) > LONGEST:
        raise UserError(T("The answer is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    before = answered(notice, row, ledger.held(Judgement))
    if before is not None and before.reason == said:
        raise UserError(T("Nothing changes: it was answered so already."), T("Write another answer."))
    year, key = travels_in(row, ledger), about(notice, row)
    name = f"{key}@{year}"
    held = ledger.get("judgement", name)
    after = Judgement(name, year, key, ANSWERED, said)
    why = T("Answer to head office, “{question}”: {answer}", question=verbatim(row["words"].strip()),
            answer=verbatim(said))  # fmt: skip
    return Decision(why, (Step("judgement", name, held, after),))
