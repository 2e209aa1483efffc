"""Whether a declaration is complete: what the check sheets of the templates ask, said by rule, and its day.

The rules follow the sheets edition by edition; how old a declaration may be is our own limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.i18n import Name, T, Text, verbatim
from core.minerals.asked import Asked
from core.minerals.problem import INCOMPLETE, REJECTED, REVIEW, Problem, some
from core.minerals.smelters import Smelter
from core.minerals.templates import AMRT, MOST_CHOSEN, Question, answer_key, named
from core.minerals.words import NOT_UNDERSTOOD, mineral_name, plain

MOST_MONTHS = 12
"""Age of a declaration from which on a new one is asked for; our own limit, what customers usually ask."""
HEAD = T("Head of the declaration")
PRODUCTS = T("Product list")
LIST = T("Smelter list")
HEAD_NAMES: Mapping[str, Name] = {
    "company": Name("company", "公司名称"),
    "scope": Name("scope", "申报范围"),
    "scope_text": Name("description of the scope", "范围描述"),
    "number": Name("number of the company", "公司识别号"),
    "authority": Name("issuer of that number", "识别号签发机构"),
    "address": Name("address", "地址"),
    "contact": Name("contact", "联系人"),
    "contact_mail": Name("e-mail of the contact", "联系人邮箱"),
    "contact_phone": Name("telephone of the contact", "联系人电话"),
    "authoriser": Name("person who authorises", "授权人"),
    "authoriser_title": Name("title of that person", "授权人职务"),
    "authoriser_mail": Name("e-mail of that person", "授权人邮箱"),
    "authoriser_phone": Name("telephone of that person", "授权人电话"),
    "minerals": Name("minerals of the declaration", "申报矿产"),
}
"""Fields of the head by key."""
_REQUIRED = ("company", "scope", "contact", "contact_mail", "contact_phone", "authoriser", "authoriser_mail")
_SAME = frozenset(
    {"same", "same as above", "as above", "see above", "同上", "相同", "同联系人", "dito", "ditto", "idem"}
)
_NO_MAIL = frozenset({"n a", "na", "not available", "none", "无", "没有"})


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another.

    Examples
    --------
    >>> months_between(date(2024, 1, 31), date(2025, 1, 30))
    11
    """
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)


def check_head(asked: Asked, today: date, months: int = MOST_MONTHS) -> Iterator[Problem]:
    """Fields that must be filled, what they ask further, and the day."""
    missing = [HEAD_NAMES[key] for key in _REQUIRED if not _head(asked, key)]
    if asked.template.chosen and not asked.minerals:
        missing.append(HEAD_NAMES["minerals"])
    if missing:
        yield Problem(INCOMPLETE, "head", HEAD, T("Not filled in: {fields}.", fields=missing), _ask())
    if asked.declaration.scope == "C" and not _head(asked, "scope_text"):
        yield Problem(
            INCOMPLETE, "scope_text", HEAD, T("The scope is the company's own, and it is not described."), _ask()
        )
    if asked.declaration.scope == "B" and not any(row and row[0].strip() for row in asked.declaration.products):
        yield Problem(
            INCOMPLETE, "products", PRODUCTS, T("The scope is products, and none is listed with its number."), _ask()
        )
    if asked.template.key == AMRT and len(asked.minerals) > MOST_CHOSEN:
        yield Problem(
            INCOMPLETE, "most_minerals", HEAD,
            T("{count} minerals are chosen; {most} are possible.", count=len(asked.minerals), most=MOST_CHOSEN),
            T("Ask for a second declaration with the others."),
        )  # fmt: skip
    yield from _check_people(asked)
    yield from _check_day(asked, today, months)


def _head(asked: Asked, key: str) -> str:
    said = getattr(asked.declaration, key) if key in ("company", "scope") else asked.header.get(key, "")
    return str(said).strip()


def _check_people(asked: Asked) -> Iterator[Problem]:
    if plain(_head(asked, "authoriser")) in _SAME or plain(_head(asked, "contact")) in _SAME:
        yield Problem(INCOMPLETE, "same_person", HEAD, T("A person is not named, but called the same."),
                      T("Ask for the name."))  # fmt: skip
    for key in ("contact_mail", "authoriser_mail"):
        said = _head(asked, key)
        if said and "@" not in said and plain(said) not in _NO_MAIL:
            yield Problem(
                REVIEW, "mail", HEAD, T("“{text}” is no e-mail address.", text=verbatim(said[:80])),
                T("Ask for the address, for questions go there."),
            )  # fmt: skip


def _check_day(asked: Asked, today: date, months: int) -> Iterator[Problem]:
    written = asked.header.get("effective_text", "")
    if not asked.declaration.effective:
        message = (
            T("The effective date “{text}” cannot be read.", text=verbatim(written[:40]))
            if written
            else T("The effective date is missing.")
        )
        yield Problem(INCOMPLETE, "effective", HEAD, message, T("Ask for the date as day, month in letters and year."))
        return
    day = date.fromisoformat(asked.declaration.effective)
    if day > today:
        yield Problem(
            REJECTED, "future", HEAD, T("The effective date {day} lies in the future.", day=day),
            T("Ask for a declaration that holds today."),
        )  # fmt: skip
    elif months_between(day, today) >= months:
        yield Problem(
            REJECTED, "old", HEAD,
            T("The effective date {day} is {months} months old or older.", day=day, months=months),
            T("Ask for a new declaration."),
        )  # fmt: skip


# ---------------------------------------------------------------------- questions


def question_place(question: Question) -> Text:
    """How a question is named in a sentence."""
    return T("Question {number}, {name}", number=question.key, name=question.name)


def check_questions(asked: Asked) -> Iterator[Problem]:
    """Answers about minerals that are missing, not understood or not possible, and words missing beside them."""
    for question in asked.template.questions:
        wanted = [one for one in asked.minerals if asked.wanted(question, one)]
        yield from _check_answers(asked, question, wanted)


def check_company(asked: Asked) -> Iterator[Problem]:
    """The same of questions about the company, which are asked as soon as one mineral stays in."""
    if not asked.staying:
        return
    for question in asked.template.company:
        yield from _check_answers(asked, question, asked.staying if question.each else ("",))


def _check_answers(asked: Asked, question: Question, minerals: Sequence[str]) -> Iterator[Problem]:
    keys = {mineral: answer_key(question.key, mineral) for mineral in minerals}
    missing = [mineral for mineral, key in keys.items() if not asked.answers.get(key)]
    if missing:
        yield Problem(INCOMPLETE, "answer", question_place(question), _unanswered(missing), _ask())
    for mineral, key in keys.items():
        said = asked.answers.get(key, "")
        if said and said not in question.possible(mineral):
            yield Problem(
                INCOMPLETE, "answer_word", question_place(question),
                T("“{text}” is none of the possible answers.", text=verbatim(said.removeprefix(NOT_UNDERSTOOD)[:80])),
                _ask(), mineral,
            )  # fmt: skip
    silent = [mineral for mineral, key in keys.items()
              if asked.answers.get(key) in question.remark and not asked.remarks.get(key, "").strip()]  # fmt: skip
    if silent:
        yield Problem(
            INCOMPLETE, "remark", question_place(question), T("The answer needs words beside it, and there are none."),
            T("Ask for the address of the policy, for the other form, or for the reason."), silent[0],
        )  # fmt: skip


def _unanswered(minerals: Sequence[str]) -> Text:
    if minerals == [""]:
        return T("There is no answer.")
    return T("There is no answer for: {minerals}.", minerals=named(minerals))


# ---------------------------------------------------------------------- smelters


def check_list(asked: Asked, smelters: Sequence[Smelter]) -> Iterator[Problem]:
    """Minerals of which smelters must be named and are not, and rows of minerals that nobody asked about."""
    listed = {one.mineral for one in smelters}
    lacking = [one for one in asked.minerals if asked.wants_smelters(one) and one not in listed]
    if lacking:
        yield Problem(
            INCOMPLETE, "smelters", LIST, T("No smelters are named for: {minerals}.", minerals=named(lacking)), _ask()
        )
    for mineral in dict.fromkeys(one.mineral for one in smelters if one.mineral):
        if mineral not in asked.minerals:
            rows = tuple(one.row for one in smelters if one.mineral == mineral)
            yield Problem(
                INCOMPLETE, "smelter_other", LIST,
                T("Rows {rows} name {mineral}, which is none of the minerals of this declaration.",
                  rows=some(str(one) for one in rows), mineral=mineral_name(mineral)),
                T("Ask for the right mineral, or for the template that covers it."), mineral, rows,
            )  # fmt: skip


def _ask() -> Text:
    return T("Send it back and ask for it.")
