"""What ``disclosure`` shows: maps, readiness, data points, comparisons, and the workbook."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.cli.common import GOOD, NO, print_json, table, write
from core.cli.disclosure_asked import Asked, asked_of
from core.cli.energy import DASH
from core.disclosures.catalogue import all_points
from core.disclosures.comparing import CHANGES, Compared, compare
from core.disclosures.plain import (
    compared_to_plain,
    lacking_to_plain,
    map_to_plain,
    readiness_to_plain,
    value_to_plain,
)
from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import OPEN, STATES, Count, Lacking, QuestionState, Readiness, lacking
from core.disclosures.submitting import rounded, standing, written
from core.disclosures.value import PointValue
from core.errors import UserError
from core.i18n import T, Text, show_number, verbatim
from core.ledger import Submission

SHOWN = 12
"""Missing data points that are listed below the frameworks."""
WIDEST = 60
"""Characters of a cell."""


def maps(arguments: argparse.Namespace) -> int:
    """Every map that is at hand."""
    lang = arguments.lang_ui
    with asked_of(arguments) as asked:
        if arguments.json:
            print_json([map_to_plain(one, lang) for one in asked.maps.values()])
            return GOOD
        heads = [word.in_language(lang) for word in (T("Key"), T("Title"), T("Edition"), T("Questions"))]
        rows = [[one.key, one.title.in_language(lang), one.edition, str(len(one.questions))]
                for one in asked.maps.values()]  # fmt: skip
        write(table(heads, rows, (3,)))
        _notice(asked, lang)
    return GOOD


def _notice(asked: Asked, lang: str) -> None:
    for one in asked.notices:
        write(one.in_language(lang))


# ---------------------------------------------------------------------- readiness


def readiness(arguments: argparse.Namespace) -> int:
    """Both counts, and what is missing. Exit code 1 when something is open."""
    lang = arguments.lang_ui
    with asked_of(arguments) as asked:
        every = [asked.ready(one) for one in asked.maps.values()]
        shown = [asked.ready(asked.map(arguments.map))] if arguments.map else every
        within = shown[0] if arguments.map else None
        missing = lacking(every, all_points(), within)
        if arguments.json:
            print_json({
                "year": asked.year,
                "maps": [readiness_to_plain(one, lang) for one in shown],
                "missing": lacking_to_plain(missing, lang),
            })  # fmt: skip
        elif within is not None:
            _print_questions(within, lang)
            _print_missing(missing, lang)
        else:
            _print_frameworks(shown, lang)
            _print_missing(missing[:SHOWN], lang)
        if not arguments.json:
            _notice(asked, lang)
    return NO if any(state.state in OPEN for one in shown for state in one.counted) else GOOD


def _print_frameworks(shown: Iterable[Readiness], lang: str) -> None:
    words = (T("Framework"), T("With data"), T("With proof"), T("To decide"))
    heads = [word.in_language(lang) for word in words]
    rows = [
        [one.map.title.in_language(lang), _of(one.data), _of(one.evidence), str(len(one.of_state("undecided")))]
        for one in shown
    ]
    write(table(heads, rows, (1, 2, 3)))


def _of(count: Count) -> str:
    return DASH if count.percent is None else f"{count.n}/{count.of}  {count.percent} %"


def _print_questions(one: Readiness, lang: str) -> None:
    write(f"{one.map.title.in_language(lang)}, {one.year}")
    write(T("Questions with data: {data}; with proof: {evidence}", data=_of(one.data), evidence=_of(one.evidence))
          .in_language(lang))  # fmt: skip
    heads = [word.in_language(lang) for word in (T("Question"), T("Label"), T("State"), T("With proof"), T("Values"))]
    write(table(heads, [_question(state, lang) for state in one.questions], ()))
    for state in one.of_state("undecided"):
        if state.proposal is not None:
            write(_proposal(state).in_language(lang))


def _question(state: QuestionState, lang: str) -> list[str]:
    values = "; ".join(said(value, lang) for value in state.values if value.known)
    name = state.question.name.in_language(lang)
    proven = T("yes") if state.proven else T("no")
    return [state.question.id, cut(name), STATES[state.state].in_language(lang), proven.in_language(lang),
            cut(values)]  # fmt: skip


def _proposal(state: QuestionState) -> Text:
    assert state.proposal is not None
    decision = state.proposal.decision
    words = T("applied") if decision.applies == "yes" else T("did not apply")
    return T("{question}: in {year} it {words}: {reason}", question=state.question.id, year=str(decision.year),
             words=words, reason=verbatim(decision.reason))  # fmt: skip


def _print_missing(missing: Iterable[Lacking], lang: str) -> None:
    rows = [
        [one.value.point, str(one.asked), "" if one.who is None else one.who.in_language(lang),
         cut(one.value.missing.in_language(lang) if one.value.missing is not None else
              T("The proof has expired.").in_language(lang))]
        for one in missing
    ]  # fmt: skip
    if rows:
        write("")
        heads = [word.in_language(lang) for word in (T("Missing"), T("Questions"), T("Usually from"), T("Why"))]
        write(table(heads, rows, (1,)))


def cut(words: str) -> str:
    """As much as a cell holds."""
    line = " ".join(words.split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def said(value: PointValue, lang: str) -> str:
    """A value on one line."""
    if value.missing is not None:
        return DASH
    point = all_points().get(value.point)
    if value.rows or (value.value is None and point is not None and point.kind == "table"):
        return T("Rows: {count}", count=len(value.rows)).in_language(lang)
    if value.value is None and value.covered is not None:
        return T("{n} of {of} plants with proof", n=value.covered[0], of=value.covered[1]).in_language(lang)
    words = dict(point.choices).get(str(value.value)) if point is not None else None
    said = words.in_language(lang) if words is not None else _number(value)
    if said:
        return f"{said} {value.unit}".strip()
    return (T("with proof") if value.proven else T("without proof")).in_language(lang)


def _number(value: PointValue) -> str:
    return show_number(rounded(value.value)) if isinstance(value.value, Decimal) else written(value)


# ---------------------------------------------------------------------- data points


def points(arguments: argparse.Namespace) -> int:
    """Data points with origins. Exit code 1 when one of them is not known."""
    if arguments.trail or arguments.plant:
        from core.cli.disclosure_trail import trail

        return trail(arguments)
    lang = arguments.lang_ui
    with asked_of(arguments) as asked:
        found = [one for one in wanted(arguments, asked).values() if not arguments.missing or not one.known]
        if arguments.json:
            print_json([value_to_plain(one, lang) for one in found])
        else:
            heads = [word.in_language(lang) for word in (T("Data point"), T("Value"), T("With proof"), T("Origin"))]
            write(table(heads, [_point(one, lang) for one in found], ()))
            _notice(asked, lang)
    return GOOD if all(one.known for one in found) else NO


def wanted(arguments: argparse.Namespace, asked: Asked) -> Mapping[str, PointValue]:
    """The data points that are asked about."""
    values = asked.values()
    for key in arguments.point:
        if key not in values:
            raise UserError(
                T("There is no data point “{point}”.", point=key[:60]), T("Choose one of the list of data points.")
            )
    if not arguments.map and not arguments.point:
        return values
    keys = {key for one in asked.map(arguments.map).questions for key in one.points} if arguments.map else set()
    return {key: value for key, value in values.items() if key in keys or key in arguments.point}


def _point(value: PointValue, lang: str) -> list[str]:
    why = value.missing.in_language(lang) if value.missing is not None else "; ".join(
        one.words.in_language(lang) for one in value.origins
    )  # fmt: skip
    proven = T("yes") if value.proven else T("no")
    return [value.point, cut(said(value, lang)), proven.in_language(lang), cut(why)]


# ---------------------------------------------------------------------- comparisons and workbooks


def compare_answers(arguments: argparse.Namespace) -> int:
    """Answers then and now."""
    lang = arguments.lang_ui
    with asked_of(arguments) as asked:
        old, words = _before(arguments, asked, asked.map(arguments.map))
        if old is None:
            raise UserError(T("There is nothing to compare with."), T("Name a year with --with-year, or a submission."))
        compared = compare(asked.ready(asked.map(arguments.map)), old)
    if arguments.json:
        print_json({"before": words.in_language(lang), "compared": compared_to_plain(compared, lang)})
    else:
        write(T("Before: {what}", what=words).in_language(lang))
        heads = [T("Question"), T("Data point"), T("Before"), T("Now"), T("Difference"), T("Difference, %"),
                 T("Change")]  # fmt: skip
        rows = [_compared(one, lang) for one in compared if one.change not in ("none", "same")]
        if rows:
            write(table([one.in_language(lang) for one in heads], rows, (4, 5)))
        same = sum(one.change == "same" for one in compared)
        write(T("Unchanged: {count}", count=same).in_language(lang))
    return GOOD


def _compared(one: Compared, lang: str) -> list[str]:
    old, new = (DASH if value is None else cut(said(value, lang)) for value in (one.old, one.new))
    difference = "" if one.difference is None else show_number(rounded(one.difference))
    percent = "" if one.percent is None else show_number(one.percent, 1)
    return [one.question.id, one.point, old, new, difference, percent, CHANGES[one.change].in_language(lang)]


def _before(arguments: argparse.Namespace, asked: Asked, one: DisclosureMap
            ) -> tuple[Mapping[str, PointValue] | Submission | None, Text]:  # fmt: skip
    """What was named, else what was handed in last for the year before; nothing where nothing was."""
    if arguments.submission:
        held = asked.records.get("submission", arguments.submission)
        if not isinstance(held, Submission):
            raise UserError(T("There is no submission “{id}”.", id=arguments.submission[:60]), T("Look into the list."))
        return held, _handed_in(held)
    if arguments.with_year:
        return asked.values(arguments.with_year), T("Data of {year}", year=str(arguments.with_year))
    editions = [other.key for other in asked.maps.values() if other.framework == one.framework]
    held_in = [standing(asked.records.held(Submission), key, asked.year - 1) for key in editions]
    last = max((found for found in held_in if found is not None), key=lambda found: found.day, default=None)
    return (None, T("Nothing")) if last is None else (last, _handed_in(last))


def _handed_in(one: Submission) -> Text:
    return T("{map} for {year}, {day}", map=verbatim(one.map), year=str(one.year), day=one.day)


def export(arguments: argparse.Namespace) -> int:
    """The workbook of one framework."""
    from core.exchange.disclosures import About, write_disclosure

    lang = arguments.lang_ui
    with asked_of(arguments) as asked:
        one = asked.map(arguments.map)
        old, words = _before(arguments, asked, one)
        ready = asked.ready(one)
        missing = lacking([asked.ready(other) for other in asked.maps.values()], all_points(), ready)
        about = About(asked.subject, asked.today, asked.proofs, missing, None if old is None else words,
                      asked.words)  # fmt: skip
        write_disclosure(arguments.out, ready, about, old, arguments.language)
        write(T("Saved {file}.", file=arguments.out.name).in_language(lang))
        _notice(asked, lang)
    return GOOD
