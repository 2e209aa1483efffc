"""``supplier`` and ``checklist``: who delivers, what they signed and are asked for; our own questions; what expires.

Suppliers, undertakings, checklist and calendar are those of a plant file or a group file; requests only a plant sends.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.because import add_changing
from core.cli.common import Commands, command
from core.cli.disclosure_file import EITHER
from core.cli.entering import PLANT, add_record_commands
from core.i18n import T, Text

LANGUAGES = ("en", "zh", "both")


def add_commands(commands: Commands, lang: str) -> None:
    """Register both commands with everything below them."""
    parts = add_record_commands(commands, {"supplier": "supplier"}, lang, EITHER)["supplier"]
    words = T("How many suppliers are covered by each text, by number and by money. Exit code 1 when one is lacking.")
    _day(_part(parts, "undertakings", words, lang), lang)
    due = _part(parts, "calendar", T("What expires and what is due. Exit code 1 when something is overdue."), lang)
    _day(due, lang)
    due.add_argument("--until", metavar="DATE", help=T("Only to this day.").in_language(lang))
    add_record_commands(parts, {"undertaking": "undertaking"}, lang, EITHER)
    requests = add_record_commands(parts, {"request": "data_request"}, lang, PLANT)["request"]
    written = command(requests, "write", T("Write the workbook for the supplier."), _work("write"), lang)
    written.add_argument("file", type=Path, metavar="FILE")
    written.add_argument("id", metavar="ID")
    written.add_argument("out", type=Path, metavar="OUT.xlsx")
    written.add_argument("--language", choices=LANGUAGES, default="both",
                         help=T("That stands first; the other one stands beside it.").in_language(lang))  # fmt: skip
    back = _part(requests, "take-back", T("Take an answer back with every record that came of it."), lang)
    back.add_argument("id", metavar="ID")
    add_changing(back, lang)
    answer = _part(parts, "answer", T("Take up the workbook that came back: footprints become activity data. Exit code "
                                      "1 with each refused cell."), lang)  # fmt: skip
    answer.add_argument("workbook", type=Path, metavar="WORKBOOK")
    answer.add_argument("--day", metavar="DATE", help=T("On which it came; today when not given.").in_language(lang))
    answer.add_argument("--dry-run", action="store_true", help=T("Change nothing.").in_language(lang))
    add_changing(answer, lang)
    _add_checklist(commands, lang)


def _add_checklist(commands: Commands, lang: str) -> None:
    said = T("Our own questions on governance, people and environment: state, answers, corrective actions.")
    below = commands.add_parser("checklist", help=said.in_language(lang), description=said.in_language(lang))
    parts = below.add_subparsers(metavar="COMMAND", required=True)
    status = _part(parts, "status", T("The state of each question. Exit code 1 when one has no answer that holds."),
                   lang, "checklist status")  # fmt: skip
    _year(status, lang)
    status.add_argument("--area", metavar="AREA", help=T("Only this area, e.g. ethics.").in_language(lang))
    answer = _part(parts, "answer", T("Answer a question, with its proof."), lang, "checklist answer")
    answer.add_argument("code", metavar="CODE", help="G1")
    _year(answer, lang)
    for option, words in (
        ("value", T("Number, day, choice or words.")),
        ("rows", T("Of a share its two numbers: 40|50.")),
        ("unit", T("Of a number; empty: that of the question.")),
        ("day", T("On which it is answered; today when not given.")),
        ("by", T("Who answers; the person of the change when not given.")),
        ("valid-to", T("Last day on which it holds; empty: as long as is usual for it.")),
        ("note", T("In words.")),
    ):
        answer.add_argument(f"--{option}", help=words.in_language(lang), metavar=option.upper())
    answer.add_argument("--evidence", action="append", default=[], metavar="ID|PATH",
                        help=T("A kept file, or one to keep.").in_language(lang))  # fmt: skip
    add_changing(answer, lang)
    _add_action(parts, lang)


def _add_action(parts: Commands, lang: str) -> None:
    words = T("Raise a finding of the audit because of a question: a corrective action.")
    made = _part(parts, "action", words, lang, "checklist action")
    made.add_argument("code", metavar="CODE", help="G1")
    made.add_argument("--year", type=int, required=True, help=T("Of the audit.").in_language(lang))
    made.add_argument("--kind", choices=("nonconformity", "noncompliance", "recommendation"), default="nonconformity")
    made.add_argument("--title", help=T("The question when not given.").in_language(lang))
    made.add_argument("--description", help=T("What was answered when not given.").in_language(lang))
    made.add_argument("--clause", default="", help=T("Of the standard, plan or permit.").in_language(lang))
    made.add_argument("--owner", default="", metavar="PERSON",
                      help=T("Who answers for the plant.").in_language(lang))  # fmt: skip
    made.add_argument("--due", default="", metavar="DATE", help=T("Day of the answer.").in_language(lang))
    made.add_argument("--person")


def _part(parts: Commands, name: str, summary: Text, lang: str, work: str = "") -> argparse.ArgumentParser:
    made = command(parts, name, summary, _work(work or name), lang)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--json", action="store_true")
    made.set_defaults(kept=EITHER)
    return made


def _year(made: argparse.ArgumentParser, lang: str) -> None:
    made.add_argument("--year", type=int, help=T("The last one with data when not given.").in_language(lang))


def _day(made: argparse.ArgumentParser, lang: str) -> None:
    made.add_argument("--day", metavar="DATE", help=T("Today when not given.").in_language(lang))


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """What does it, from modules that no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import checklist_acts, supplier_acts

        work: dict[str, Callable[[argparse.Namespace], int]] = {
            "undertakings": supplier_acts.undertakings,
            "calendar": supplier_acts.calendar,
            "write": supplier_acts.write_out,
            "answer": supplier_acts.take_up,
            "take-back": supplier_acts.take_back,
            "checklist status": checklist_acts.status,
            "checklist answer": checklist_acts.answer,
            "checklist action": checklist_acts.raise_action,
        }
        return work[name](arguments)

    return run
