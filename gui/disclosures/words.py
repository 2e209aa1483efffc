"""How states, values and kinds of questions are said in the window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from core.disclosures.catalogue import all_points
from core.disclosures.cells import Words, cell_words
from core.disclosures.folding import columns_of
from core.disclosures.maps import REQUIREMENT_WORDS
from core.disclosures.point import Column, Point
from core.disclosures.readiness import STATES, Count, QuestionState, is_proven
from core.disclosures.submitting import rounded
from core.disclosures.value import PointValue
from core.i18n import T, Text, show_date, show_number
from core.ledger.codec import read_decimal
from gui.language import _, language, say
from gui.tables.model import Level
from gui.tables.table import Mark

LEVELS: Mapping[str, Level] = {
    "answered": "good", "part": "warning", "missing": "bad", "expired": "warning", "undecided": "info",
}  # fmt: skip
"""Icon of a state; the others have none, for nobody has to do anything."""
ORDER = {state: place for place, state in enumerate(("missing", "part", "expired", "undecided", "optional_open",
                                                     "answered", "not_applicable"))}  # fmt: skip
"""When sorted by state: what is to be done comes first."""
STATUSES: Mapping[str, Text] = {
    "VERIFIED_2024": T("The number was seen in the edition of 2024: look whether it still holds."),
    "RECALLED": T("Check the number: nobody has looked it up in the document of the framework."),
    "USER": T("Linked by hand in this file."),
}
"""How well the number of a question is known, where that needs a word."""
LONGEST = 60
"""Characters of a text in a cell."""
DASH = "–"


def state_words(state: str) -> str:
    """``Answered``."""
    return say(STATES[state])


def kind_words(kind: str) -> str:
    """``number``."""
    from core.exchange.disclosures import KINDS  # writes workbooks, which the page does not before it is asked to

    return say(KINDS[kind])


def requirement_words(requirement: str) -> str:
    """``conditional``."""
    return say(REQUIREMENT_WORDS[requirement])


def counted(count: Count) -> str:
    """``25 of 49``."""
    return _("{n} of {of}", n=count.n, of=count.of)


def point_name(key: str) -> str:
    """What a data point is called; its key where no catalogue knows it."""
    point = all_points().get(key)
    return key if point is None else say(point.name)


def who_words(key: str) -> str:
    """Who can usually supply it."""
    point = all_points().get(key)
    return "" if point is None or point.who is None else say(point.who)


# ---------------------------------------------------------------------- values


def brief(value: PointValue) -> str:
    """A value with its unit on one line, rounded for reading; nothing where there is none."""
    if value.missing is not None:
        return ""
    if isinstance(value.value, Decimal):
        return f"{rounded_number(value.value)} {unit_words(value.unit)}".strip()
    words = full(value)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def full(value: PointValue) -> str:
    """The same with all its digits and words; of a table how many rows it has."""
    point = all_points().get(value.point)
    if value.missing is not None:
        return ""
    if isinstance(value.value, Decimal):
        return f"{show_number(rounded(value.value))} {unit_words(value.unit)}".strip()
    if value.covered is not None and value.value is None:
        return _("{n} of {of} plants", n=value.covered[0], of=value.covered[1])
    if value.value is None:
        return _("Rows: {count}", count=len(value.rows)) if _is_table(value, point) else said_nothing(value)
    if point is not None and point.kind == "choice":
        return say(dict(point.choices)[value.value]) if value.value in dict(point.choices) else value.value
    if point is not None and point.kind == "date":
        return day(value.value)
    return " ".join(value.value.split())


def said_nothing(value: PointValue) -> str:
    """Of a statement of which there is only the proof."""
    return _("with proof") if is_proven(value) else _("without proof")


def _is_table(value: PointValue, point: Point | None) -> bool:
    return bool(value.rows) or (point is not None and point.kind == "table")


def rounded_number(number: Decimal) -> str:
    """Three digits after the point of what is small, none of what is large: the inspector has all of them."""
    places = 0 if abs(number) >= 10_000 else 1 if abs(number) >= 100 else 3
    text = show_number(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_words(unit: str) -> str:
    """Of a number; what is no unit of its own is not said."""
    if unit in COUNTED:
        return say(COUNTED[unit])
    return "" if unit in ("currency", "unit") else UNITS.get(unit, unit)


COUNTED: Mapping[str, Text] = {
    "cases": T("cases"), "persons": T("persons"), "years": T("years"), "y": T("years"), "1e6 h": T("million hours"),
    "1/1e6 h": T("per million hours"),
}  # fmt: skip
UNITS = {"tCO2e": "t CO₂e", "kgCO2e": "kg CO₂e", "tCO2": "t CO₂", "m3": "m³"}


def day(text: str) -> str:
    """An ISO date as people write it."""
    try:
        return show_date(date.fromisoformat(text), language())
    except ValueError:
        return text


def columns_for(value: PointValue) -> tuple[Column, ...]:
    """Of the table of a value: of a group its plants lead."""
    point = all_points().get(value.point)
    if point is None:
        return ()
    plain = point.columns
    led = columns_of(point)
    width = max((len(row) for row in value.rows), default=0)
    return led if width > len(plain) else plain


def cell(value: PointValue, column: Column, text: str, words: Words) -> str:
    """What a cell of a table says."""
    if column.number:
        try:
            return rounded_number(read_decimal(text))
        except ValueError:
            return text
    return say(cell_words(value.point, column.key, text, words))


# ---------------------------------------------------------------------- questions


def answer_words(state: QuestionState) -> str:
    """What is answered to a question, on one line."""
    if state.state == "not_applicable":
        return ""
    known = [one for one in state.values if one.missing is None]
    if len(state.values) == 1:
        return brief(known[0]) if known else ""
    if not known:
        return ""
    told = " · ".join(words for one in known if (words := brief(one)))
    return told if len(told) <= LONGEST else _("{n} of {of} data points", n=len(known), of=len(state.values))


def missing_words(state: QuestionState) -> str:
    """What is missing and who can say it; of what does not apply why."""
    if state.state == "undecided":
        return _("Decide whether it applies") if state.proposal is None else _(
            "Decide whether it applies; in {year}: {decision}", year=str(state.proposal.year),
            decision=applies_words(state.proposal.decision.applies))  # fmt: skip
    if state.state in ("answered", "not_applicable"):
        return state.reason
    if not state.values:
        return _("No data point is linked to this question.")
    return "; ".join(_lacking(one) for one in state.lacking)


def _lacking(value: PointValue) -> str:
    name = point_name(value.point)
    if value.expired:
        return _("{what}: proof expired", what=name)
    who = who_words(value.point)
    return _("{what} ({who})", what=name, who=who) if who else name


def why_missing(value: PointValue) -> str:
    """The reason in a sentence; nothing where it is known."""
    from core.exchange.disclosures import expired_on

    if value.missing is not None:
        return say(value.missing)
    return say(expired_on(value)) if value.expired else ""


def applies_words(applies: str) -> str:
    """What was decided."""
    return _("applies") if applies == "yes" else _("does not apply")


def marks(state: QuestionState) -> dict[str, Mark]:
    """The icon of the state, whether there is proof, and a number to be checked."""
    found: dict[str, Mark] = {}
    if state.state in LEVELS:
        found["state"] = Mark(LEVELS[state.state], state_words(state.state))
    if state.proven:
        found["value"] = Mark("proof", _("With proof"))
    if state.question.status == "RECALLED":
        found["id"] = Mark("info", say(STATUSES["RECALLED"]))
    return found


def sortable(text: str) -> Decimal:
    """A cell of a column of numbers as a number; what is none stands first."""
    try:
        return read_decimal(text)
    except ValueError:
        return Decimal("-Infinity")


def titled(column: Column) -> str:
    """The heading of a column with its unit."""
    unit = unit_words(column.unit)
    return f"{say(column.name)} [{unit}]" if unit else say(column.name)
