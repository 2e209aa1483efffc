"""Answers, decisions about questions, own questions, what was handed in, and audits by others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.disclosures.catalogue import all_points
from core.disclosures.deciding import APPLIES, decision_id
from core.disclosures.external import SCHEMES
from core.disclosures.maps import KEY, all_maps
from core.disclosures.point import Column
from core.entering.checking import basics, year
from core.entering.forms import Choices, Entered, Form
from core.entering.plant.common import NOTE, proofs
from core.entering.refusing import FieldError, refuse
from core.entering.rows import RowColumn
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import prefix_of
from core.exchange.numbers import parse_number
from core.exchange.questionnaires import LONGEST_CODE, LONGEST_LABEL
from core.i18n import Localised, Name, T, verbatim
from core.ledger import Register
from core.ledger.codec import decimal_text
from core.ledger.disclosures import Answer, ExternalAudit, OwnQuestion, QuestionDecision, Submission
from core.ledger.filing import Records
from core.library.units import normal

REQUIREMENTS: Choices = {
    "must": Name("Required", "必答"), "cond": Name("Conditional", "视情况"), "opt": Name("Optional", "选答"),
}  # fmt: skip


def points() -> Choices:
    """Every data point by its key."""
    return {key: one.name for key, one in all_points().items()}


def maps() -> Choices:
    """The shipped maps by key."""
    return {key: one.title for key, one in all_maps().items()}


def level_of(records: Records) -> str:
    """Whether records are those of head office or of a plant."""
    return "group" if isinstance(records, Register) else "plant"


# ---------------------------------------------------------------------- answers


def answer_columns(key: str) -> tuple[RowColumn, ...]:
    """Of the table of a data point; of a share or rate its two parts."""
    point = all_points().get(key)
    if point is None or (point.kind != "table" and point.fold != "ratio"):
        return ()
    return tuple(RowColumn(one.key, _titled(one), "number" if one.number else "text") for one in point.columns)


def _titled(one: Column) -> Localised:
    return T("{name} [{unit}]", name=one.name, unit=one.unit) if one.unit else one.name


def tidy_answer(one: Answer) -> Answer:
    """Numbers as plain digits, days as ISO dates, choices by their key, whatever way they were said.

    Raises
    ------
    FieldError
        for a number or day that cannot be read.
    """
    point, said = all_points().get(one.point), one.value.strip()
    if point is None or not said:
        return replace(one, value=said)
    try:
        value = _READ.get(point.kind, str)(said)
    except UserError as error:
        raise FieldError("answer", "value", error.message, error.remedy, prefixed=True) from None
    if point.kind == "choice":
        spellings = {normal(words.in_language(lang)): key for key, words in point.choices for lang in ("en", "zh")}
        value = spellings.get(normal(said), said)
    return replace(one, value=value)


def _digits(said: str) -> str:
    return decimal_text(parse_number(said))


_READ: dict[str, Callable[[str], str]] = {
    "number": _digits, "percent": _digits, "date": lambda said: parse_date(said).isoformat(),
}  # fmt: skip


def _answer(records: Records, one: Answer) -> None:
    from core.disclosures.answering import check_answer  # knows what is derived, and with it half of the engine

    basics(records, ANSWER, one)
    year("answer", "year", one.year)
    _named_by(ANSWER, one, f"{one.year} {one.point}")
    try:
        check_answer(all_points()[one.point], one, level_of(records))
    except UserError as error:
        key = "rows" if one.rows else "value"
        raise FieldError("answer", key, error.message, error.remedy) from None


def _named_by(form: Form, one: Answer | QuestionDecision, wanted: str) -> None:
    """Its id is what it is about; a record that says otherwise was made by hand."""
    if one.id != wanted:
        refuse(form.kind, form.key[0], T("“{id}” is not the id of “{wanted}”.", id=one.id[:80], wanted=wanted[:80]),
               T("Enter another one."))  # fmt: skip


def _of_point(_records: Records, one: Answer) -> Localised:
    point = all_points().get(one.point)
    words: Localised = verbatim(one.point) if point is None else point.name
    return T("{point}, {year}", point=words, year=str(one.year))


ANSWER = Form(
    "answer", "",
    (
        Entered("year", "whole", True),
        Entered("point", "choice", True, points, T("What follows from other records is not answered here.")),
        Entered("day", "day", True),
        Entered("value", "long",
                hint=T("Number, day, choice or words; “none” for a table that is known to be empty.")),
        Entered("unit", hint=T("Of a number; empty: that of the data point. Of money its currency.")),
        Entered("rows", "rows", hint=T("Of a table its rows; of a share its two numbers."),
                columns=answer_columns, by="point"),
        Entered("by", also=("answered by", "答复人")),
        Entered("valid_to", "last", hint=T("Last day on which it holds; empty: as long as is usual for it.")),
        proofs(),
        NOTE,
    ),
    T("Answers"), T("What a person answers for a data point that follows from no other record."),
    _answer, ("year", "point"), ("year", "point"), titled=_of_point, key=("year", "point"), tidy=tidy_answer,
)  # fmt: skip

# ---------------------------------------------------------------------- questions


def _known_map(records: Records, kind: str, key: str, *, own: bool = False) -> None:
    """Shipped, brought in, or begun by an own question."""
    if key in all_maps() or records.get("map_file", key) is not None:
        return
    if any(one.map == key for one in records.held(OwnQuestion)) and (not own or KEY.fullmatch(key)):
        return
    refuse(kind, "map", T("There is no disclosure map “{map}”.", map=key[:60]),
           T("Use its key, e.g. {example}.", example=next(iter(all_maps()))))  # fmt: skip


def _decision(records: Records, one: QuestionDecision) -> None:
    basics(records, QUESTION_DECISION, one)
    year("question_decision", "year", one.year)
    _known_map(records, "question_decision", one.map)
    _named_by(QUESTION_DECISION, one, decision_id(one.year, one.map, one.question))
    _conditional(records, one)
    if one.applies and not one.reason.strip():
        refuse("question_decision", "reason", T("The reason is missing."), T("Say it in a sentence."))
    if not one.applies and not one.comment.strip():
        refuse("question_decision", "applies", T("Nothing is decided and nothing is said."),
               T("Decide, write a comment, or remove it."))  # fmt: skip


def _conditional(records: Records, one: QuestionDecision) -> None:
    """Of a map that is at hand; one that was brought in is read where its questions are shown."""
    if one.map not in all_maps() or records.get("map_file", one.map) is not None:
        return
    asked = {own.code: own.requirement for own in records.held(OwnQuestion) if own.map == one.map}
    question = all_maps()[one.map].question(one.question)
    requirement = asked.get(one.question) or (question.requirement if question is not None else "")
    if not requirement:
        refuse("question_decision", "question", T("{map} has no question “{question}”.", map=all_maps()[one.map].title,
               question=one.question[:60]), T("Write its number as in the list of questions."))  # fmt: skip
    if one.applies and requirement != "cond":
        refuse("question_decision", "applies",
               T("Question {question} of {map} is not conditional.", question=one.question,
                 map=all_maps()[one.map].title),
               T("It is asked of everybody; answer it, or write a comment."))  # fmt: skip


def _of_question(_records: Records, one: QuestionDecision) -> Localised:
    return T("{question} of {map}, {year}", question=one.question, map=_called(one.map), year=str(one.year))


def _called(key: str) -> Localised:
    return all_maps()[key].title if key in all_maps() else verbatim(key)


MAP = Entered("map", required=True, choices=maps, hint=T("Key of the map, e.g. cdp_2025."))
QUESTION_DECISION = Form(
    "question_decision", "",
    (
        Entered("year", "whole", True),
        MAP,
        Entered("question", required=True, hint=T("Its number in the framework.")),
        Entered("applies", "choice", False, APPLIES, T("Of a conditional question.")),
        Entered("reason", "long", hint=T("Needed for a decision.")),
        Entered("comment", "long", hint=T("For those who ask; stands in the exported workbook.")),
        Entered("by", also=("decided by", "决定人")),
    ),
    T("Decisions on questions"), T("Whether a conditional question applies, and what is said beside a question."),
    _decision, ("year", "map", "question"), ("year", "map", "question"), titled=_of_question,
    key=("year", "map", "question"),
)  # fmt: skip


def _own(records: Records, one: OwnQuestion) -> None:
    basics(records, OWN_QUESTION, one)
    _known_map(records, "own_question", one.map, own=True)
    for key, most in (("label", LONGEST_LABEL), ("code", LONGEST_CODE)):
        if len(getattr(one, key)) > most:
            refuse("own_question", key, T("This is longer than {most} characters.", most=most), T("Shorten it."))
    if any(
        (other.map, other.code) == (one.map, one.code) and other.id != one.id for other in records.held(OwnQuestion)
    ):
        refuse("own_question", "code", T("“{id}” is there already.", id=one.code), T("Change that one."))


OWN_QUESTION = Form(
    "own_question", prefix_of("own_question"),
    (
        replace(MAP, hint=T("Key of the map that it extends, or of a questionnaire of your own, e.g. customer_2025.")),
        Entered("code", required=True),
        Entered("label", required=True, hint=T("In a few words.")),
        Entered("points", "choices", False, points, T("What answers it; empty: not linked yet.")),
        Entered("requirement", "choice", True, REQUIREMENTS),
        NOTE,
    ),
    T("Own questions"), T("A question of a questionnaire that was received, and the data points that answer it."),
    _own, ("map", "code"), ("map", "code"),
    titled=lambda _records, one: T("{code} of {map}", code=one.code, map=_called(one.map)),
)  # fmt: skip

# ---------------------------------------------------------------------- handed in


def _submission(records: Records, one: Submission) -> None:
    basics(records, SUBMISSION, one)
    year("submission", "year", one.year)
    _known_map(records, "submission", one.map)


SUBMISSION = Form(
    "submission", prefix_of("submission"),
    (
        MAP,
        Entered("edition"),
        Entered("year", "whole", True),
        Entered("day", "day", True),
        Entered("by", also=("handed in by", "提交人")),
        Entered("recipient"),
        Entered("values", "rows", True, hint=T("Question, data point, value and unit; cells of a table behind them."),
                columns=(
                    RowColumn("question", Name("Question", "问题"), required=True),
                    RowColumn("point", Name("Data point", "数据点"), required=True),
                    RowColumn("value", Name("Value", "数值")),
                    RowColumn("unit", Name("Unit", "单位")),
                ), more=True),
        proofs(T("The workbook, and what the recipient confirmed.")),
        NOTE,
    ),
    T("Handed in"), T("What was handed in to those who asked, as it was on that day."),
    _submission, ("map", "year", "day", "recipient"), ("day", "id"),
    titled=lambda _records, one: T("{map} for {year}, {day}", map=_called(one.map), year=str(one.year), day=one.day),
    fixed=("map", "edition", "year", "day", "by", "recipient", "values"),
    lasting=T("What was handed in is never changed. Hand in again; the later one supersedes it."),
)  # fmt: skip

# ---------------------------------------------------------------------- audits by others


def _external(records: Records, one: ExternalAudit) -> None:
    basics(records, EXTERNAL_AUDIT, one)
    if one.valid_to and one.valid_to < one.day.isoformat():
        refuse("external_audit", "valid_to", T("It ends before the day of its result."), T("Correct one of the two."))


EXTERNAL_AUDIT = Form(
    "external_audit", prefix_of("external_audit"),
    (
        Entered("scheme", "choice", True, SCHEMES),
        Entered("name", required=True),
        Entered("day", "day", True),
        Entered("body", hint=T("Who audited, scored or certified.")),
        Entered("result", hint=T("As stated, e.g. A-, 78/100, certified.")),
        Entered("valid_to", "last", hint=T("Last day on which it holds; empty: none was stated.")),
        Entered("scope", "long", hint=T("What it covers, in words.")),
        Entered("findings", "rows", hint=T("What was found, by when it is to be solved, and when it was."),
                columns=(
                    RowColumn("text", Name("Finding", "发现项"), required=True),
                    RowColumn("due", Name("Due", "整改期限"), "day"),
                    RowColumn("closed", Name("Closed", "关闭日期"), "day"),
                )),
        proofs(T("Certificate or report.")),
        NOTE,
    ),
    T("Audits by others"), T("A certificate, score or validation, kept as it was stated; it is never scored again."),
    _external, ("scheme", "name", "day"), ("day", "name"),
)  # fmt: skip
DISCLOSURES = (ANSWER, QUESTION_DECISION, OWN_QUESTION, SUBMISSION, EXTERNAL_AUDIT)
