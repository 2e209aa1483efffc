"""Suppliers, what they signed, and what they are asked for; a group's register holds the first two as well."""

from __future__ import annotations

from dataclasses import replace

from core.disclosures.undertakings import RISKS, TEXTS
from core.entering.checking import basics, money, not_below_zero, year
from core.entering.forms import Entered, Form
from core.entering.naming import name_of
from core.entering.plant.common import NOTE, currency, proofs
from core.entering.refusing import FieldError, refuse
from core.entering.rows import RowColumn
from core.errors import UserError
from core.exchange.ids import prefix_of
from core.exchange.supplier_lines import ANSWERED, ASKED, Column, check_answer, check_asked, item_named
from core.i18n import Localised, T, verbatim
from core.ledger import DataRequest, Ledger, Supplier, Undertaking
from core.ledger.filing import Records

# ---------------------------------------------------------------------- suppliers


def _supplier(records: Records, one: Supplier) -> None:
    basics(records, SUPPLIER, one)
    if one.spend is not None:
        not_below_zero("supplier", "spend", one.spend)
    money(SUPPLIER, one, "spend")
    number = one.number.strip()
    if number and any(other.number.strip() == number and other.id != one.id for other in records.held(Supplier)):
        refuse("supplier", "number", T("“{id}” is there already.", id=number), T("Change that one."))


SUPPLIER = Form(
    "supplier", prefix_of("supplier"),
    (
        Entered("name", required=True, also=("supplier", "company", "供应商", "公司")),
        Entered("country", "country"),
        Entered("number", hint=T("In your own list of suppliers."), also=("vendor number", "vendor", "供应商代码")),
        Entered("goods", hint=T("What is bought, in a few words."), also=("commodity", "采购品类")),
        Entered("spend", "number", hint=T("In a year, to see who matters. Empty: not known."), unknown=True),
        currency(),
        Entered("risk", "choice", False, RISKS, T("As you judge it; empty: not judged.")),
        Entered("minerals", "flag", hint=T("Its parts hold minerals that are asked for; it counts for the share of "
                                           "answers."), also=("conflict minerals", "冲突矿产")),
        Entered("contact", hint=T("E-mail address for requests."), also=("e-mail", "email", "邮箱")),
        Entered("until", "last", hint=T("Last day on which it delivers; empty: it still does.")),
        NOTE,
    ),
    T("Suppliers"), T("Who delivers, and who is asked for undertakings, minerals and footprints."),
    _supplier, ("name", "country"), ("name",),
    instead=T("Give the supplier a last day instead: what it signed and declared stays readable."),
)  # fmt: skip

# ---------------------------------------------------------------------- what they signed


def _undertaking(records: Records, one: Undertaking) -> None:
    basics(records, UNDERTAKING, one)
    if one.valid_to and one.valid_to < one.signed.isoformat():
        refuse("undertaking", "valid_to", T("It ends before the day on which it was signed."),
               T("Correct one of the two."))  # fmt: skip


def _signed(records: Records, one: Undertaking) -> Localised:
    words = TEXTS.get(one.text, verbatim(one.text))
    return T("{supplier}, {text}, {day}", supplier=_name(records, one.supplier), text=words, day=one.signed)


def _name(records: Records, key: str) -> Localised:
    held = records.get("supplier", key)
    return verbatim(key) if held is None else name_of(held)


UNDERTAKING = Form(
    "undertaking", prefix_of("undertaking"),
    (
        Entered("supplier", "record", True, of=("supplier",)),
        Entered("text", "choice", True, TEXTS),
        Entered("version", required=True, hint=T("Of the text that was signed, e.g. 2024-06.")),
        Entered("signed", "day", True),
        Entered("signer", hint=T("Who signed for the supplier, with the function.")),
        Entered("valid_to", "last", hint=T("Last day on which it holds; empty: none was agreed.")),
        proofs(T("The signed letter.")),
        NOTE,
    ),
    T("Undertakings"), T("What a supplier signed: a code of conduct, or the principles that customers ask for."),
    _undertaking, ("supplier", "text", "signed"), ("supplier", "text", "signed"), titled=_signed,
)  # fmt: skip

# ---------------------------------------------------------------------- what they are asked


def _columns(columns: tuple[Column, ...]) -> tuple[RowColumn, ...]:
    return tuple(RowColumn(one.key, one.name, one.form, required=one.required) for one in columns)


def tidy_request(one: DataRequest) -> DataRequest:
    """Lines numbered from 1, items of the library by their keys."""
    rows = []
    for place, row in enumerate(one.asked, 1):
        number, what, item, *more = row
        try:
            rows.append((number or str(place), what, item_named(item), *more))
        except UserError as error:
            raise _of_row("asked", place, error) from None
    return replace(one, asked=tuple(rows))


def _of_row(key: str, place: int, error: UserError) -> FieldError:
    said = T("Row {row}: {reason}", row=place, reason=error.message)
    return FieldError("data_request", key, said, error.remedy)


def _request(ledger: Ledger, one: DataRequest) -> None:
    basics(ledger, DATA_REQUEST, one)
    year("data_request", "year", one.year)
    if one.due and one.due < one.sent.isoformat():
        refuse("data_request", "due", T("It is due before the day on which it is sent."), T("Correct one of the two."))
    seen: set[str] = set()
    for place, row in enumerate(one.asked, 1):
        try:
            check_asked(row)
        except UserError as error:
            raise _of_row("asked", place, error) from None
        if row[0] in seen:
            refuse("data_request", "asked", T("The number {number} appears twice.", number=row[0]),
                   T("Number the lines 1, 2, 3 …"))  # fmt: skip
        seen.add(row[0])
    if bool(one.answered) != bool(one.answers):
        refuse("data_request", "answers", T("An answer has its day and its lines."),
               T("Take up the workbook that came back: it fills in both."))  # fmt: skip
    _answers(one)


def _answers(one: DataRequest) -> None:
    units = {row[0]: row[4] for row in one.asked}
    for place, row in enumerate(one.answers, 1):
        if row[0] not in units:
            refuse("data_request", "answers", T("Line {number} was not asked.", number=row[0]), T("Leave it out."))
        try:
            check_answer(row, units[row[0]])
        except UserError as error:
            raise _of_row("answers", place, error) from None


def _asked_of(records: Records, one: DataRequest) -> Localised:
    return T("{supplier}, {year}", supplier=_name(records, one.supplier), year=str(one.year))


def _unanswered(_records: Records, one: DataRequest) -> None:
    if one.answered:
        raise UserError(
            T("The answer to {id} is in the activity data.", id=one.id),
            T("Take the answer back first: its records go with it."),
        )


DATA_REQUEST = Form(
    "data_request", prefix_of("data_request"),
    (
        Entered("supplier", "record", True, of=("supplier",)),
        Entered("year", "whole", True),
        Entered("sent", "day", True),
        Entered("due", "last", hint=T("Last day for the answer.")),
        Entered("asked", "rows", True, hint=T("Number, what is bought, item of the library or nothing, quantity and "
                                              "unit."), columns=_columns(ASKED)),
        Entered("answered", "last", hint=T("Is filled in when the answer is taken up.")),
        Entered("answers", "rows", hint=T("Are filled in when the answer is taken up."), columns=_columns(ANSWERED)),
        proofs(T("The workbook that came back.")),
        NOTE,
    ),
    T("Data requests"), T("What a supplier is asked for scope 3; the answer comes back as a workbook."),
    _request, ("supplier", "year", "sent"), ("sent", "supplier"), titled=_asked_of,
    fixed=("supplier", "year", "asked", "answered", "answers", "evidence"), tidy=tidy_request, leaving=_unanswered,
)  # fmt: skip
SUPPLY = (SUPPLIER, UNDERTAKING, DATA_REQUEST)
