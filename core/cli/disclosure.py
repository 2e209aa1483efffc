"""``disclosure``: answers to those who ask, of a plant or a group: readiness, data points, workbooks; their records."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.because import add_changing
from core.cli.common import Commands, command
from core.cli.disclosure_file import EITHER
from core.cli.entering import add_record_commands
from core.i18n import T, Text

RECORDS = {
    "answer": "answer",
    "decision": "question_decision",
    "question": "own_question",
    "submission": "submission",
    "external-audit": "external_audit",
}
"""Kind of record by the name of its command."""
LANGUAGES = ("en", "zh", "both")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with everything below it."""
    said = T("Answers to those who ask, of a plant or a group: readiness, data points, workbooks; their records.")
    words = said.in_language(lang)
    below = commands.add_parser("disclosure", help=words, description=words)
    parts = below.add_subparsers(metavar="COMMAND", required=True)
    _part(parts, "maps", T("The maps of frameworks that are at hand."), lang, year=False)
    ready = _part(parts, "readiness", T("How many questions have data, how many have proof, and what is missing. Exit "
                                        "code 1 when something is open."), lang)  # fmt: skip
    ready.add_argument("--map", metavar="MAP", help=T("Key of one map; all of them when not given.").in_language(lang))
    _add_points(parts, lang)
    _add_decide(parts, lang)
    _add_export(parts, lang)
    compared = _of_map(parts, "compare", T("Answers beside those of another year, or beside what was handed in."), lang)
    _against(compared, lang)
    _add_submit(parts, lang)
    _add_link(parts, lang)
    add_record_commands(parts, RECORDS, lang, EITHER)


def _part(
    parts: Commands, name: str, summary: Text, lang: str, *, year: bool = True, json: bool = True
) -> argparse.ArgumentParser:  # fmt: skip
    made = command(parts, name, summary, _work(name), lang)
    made.add_argument("file", type=Path, metavar="FILE")
    made.set_defaults(kept=EITHER)
    if year:
        made.add_argument("--year", type=int, help=T("The last one with data when not given.").in_language(lang))
    if json:
        made.add_argument("--json", action="store_true")
    return made


def _of_map(parts: Commands, name: str, summary: Text, lang: str, *, json: bool = True) -> argparse.ArgumentParser:
    made = _part(parts, name, summary, lang, json=json)
    made.add_argument("map", metavar="MAP", help=T("Key of the map, e.g. cdp_2025.").in_language(lang))
    return made


def _add_points(parts: Commands, lang: str) -> None:
    made = _part(parts, "points", T("Data points with what is known of them and where it comes from."), lang)
    made.add_argument("--map", metavar="MAP", help=T("Those that one map asks for.").in_language(lang))
    made.add_argument("--point", action="append", default=[], metavar="POINT",
                      help=T("Key of a data point; may be repeated.").in_language(lang))  # fmt: skip
    made.add_argument("--missing", action="store_true", help=T("Only what is not known.").in_language(lang))
    made.add_argument("--trail", action="store_true",
                      help=T("Of a group: the plants behind each data point with their parts.").in_language(lang),
                      )  # fmt: skip
    made.add_argument("--plant", metavar="NAME",
                      help=T("Of a group: the records of this plant's report behind each data point, with lines and "
                             "proofs.").in_language(lang))  # fmt: skip


def _add_decide(parts: Commands, lang: str) -> None:
    made = _of_map(parts, "decide", T("Say whether conditional questions apply, or comment on questions."), lang)
    made.add_argument("questions", nargs="+", metavar="QUESTION")
    made.add_argument("--applies", choices=("yes", "no", "undecided"),
                      help=T("Of a conditional question; “undecided” takes a decision back.").in_language(lang),
                      )  # fmt: skip
    made.add_argument("--reason", default="", help=T("Needed for a decision.").in_language(lang))
    made.add_argument("--comment", help=T("For those who ask; stands in the exported workbook.").in_language(lang))
    made.add_argument("--as-before", action="store_true",
                      help=T("As in the last year in which it was decided.").in_language(lang))  # fmt: skip
    add_changing(made, lang)


def _add_export(parts: Commands, lang: str) -> None:
    made = _of_map(parts, "export", T("Write the answers to one framework as a workbook."), lang, json=False)
    made.add_argument("out", type=Path, metavar="OUT")
    made.add_argument("--language", choices=LANGUAGES, default="both",
                      help=T("Of headings and own words; both when not given.").in_language(lang))  # fmt: skip
    _against(made, lang)


def _against(made: argparse.ArgumentParser, lang: str) -> None:
    made.add_argument("--with-year", type=int, metavar="YEAR",
                      help=T("Compare with the data of this year.").in_language(lang))  # fmt: skip
    made.add_argument("--submission", metavar="ID",
                      help=T("Compare with what was handed in.").in_language(lang))  # fmt: skip


def _add_submit(parts: Commands, lang: str) -> None:
    made = _of_map(parts, "submit", T("Keep what is handed in, as it is today; it is never changed afterwards."), lang)
    made.add_argument("--recipient", default="", help=T("Who receives it.").in_language(lang))
    made.add_argument("--day", metavar="DATE", help=T("Today when not given.").in_language(lang))
    made.add_argument("--evidence", action="append", default=[], metavar="ID",
                      help=T("Kept file that belongs to it; may be repeated.").in_language(lang))  # fmt: skip
    made.add_argument("--note", default="")
    add_changing(made, lang)


def _add_link(parts: Commands, lang: str) -> None:
    summary = T("Read a received questionnaire: which codes the map knows; link the rest by hand.")
    made = _of_map(parts, "link", summary, lang)
    made.add_argument("workbook", type=Path, metavar="WORKBOOK")
    made.add_argument("--link", action="append", default=[], metavar="CODE=POINT,POINT",
                      help=T("What answers a code; nothing after “=”: not linked yet. May be repeated.")
                      .in_language(lang))  # fmt: skip
    made.add_argument("--requirement", choices=("must", "cond", "opt"), default="must",
                      help=T("Of the linked questions.").in_language(lang))  # fmt: skip
    made.add_argument("--codes", metavar="PATTERN",
                      help=T("What codes look like, as a regular expression.").in_language(lang))  # fmt: skip
    add_changing(made, lang)


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """What does it, from modules that no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import disclosure_acts, disclosure_views

        work: dict[str, Callable[[argparse.Namespace], int]] = {
            "maps": disclosure_views.maps,
            "readiness": disclosure_views.readiness,
            "points": disclosure_views.points,
            "compare": disclosure_views.compare_answers,
            "export": disclosure_views.export,
            "decide": disclosure_acts.decide_questions,
            "submit": disclosure_acts.submit,
            "link": disclosure_acts.link,
        }
        return work[name](arguments)

    return run
