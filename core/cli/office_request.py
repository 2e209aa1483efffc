"""``office-request``: a plant takes up what head office sent and sees what is asked of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    library_of_plant,
    now,
    person,
    print_json,
    table,
    write,
)
from core.disk import read_within
from core.errors import UserError
from core.handover.answering import answering, travels_in
from core.handover.noticed import Open, open_items, receive_notice
from core.handover.notices import LARGEST, spelled
from core.i18n import T
from core.ledger import Change
from core.signing import load_trust
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and what is below it."""
    words = T("Files of head office: take them up, see what is asked, answer in words.").in_language(lang)
    parser = commands.add_parser("office-request", help=words, description=words)
    acts = parser.add_subparsers(metavar="ACT", required=True)
    take = command(
        acts,
        "take",
        T("Take up a signed request, benchmarks, a disclosure map or certificates in use."),
        run_take,
        lang,
    )
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("notice", type=Path, metavar="NOTICE")
    take.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    take.add_argument("--person")
    listing = command(acts, "list", T("What head office asks, and what of it is open."), run_list, lang)
    listing.add_argument("file", type=Path, metavar="FILE")
    answer = command(acts, "answer", T("Answer in words what head office asks; it travels in the next report."),
                     run_answer, lang)  # fmt: skip
    answer.add_argument("file", type=Path, metavar="FILE")
    answer.add_argument("--item", type=int, required=True, metavar="N",
                        help=T("Number of the item in the request.").in_language(lang))  # fmt: skip
    answer.add_argument("--words", required=True, metavar="TEXT")
    answer.add_argument("--request", default="", metavar="TITLE",
                        help=T("Which request, where several were taken up.").in_language(lang))  # fmt: skip
    answer.add_argument("--person")
    for one in (take, listing, answer):
        one.add_argument("--json", action="store_true")


def run_take(arguments: argparse.Namespace) -> int:
    """Verify against the trusted root, then one change; exit code 1 when it cannot be believed."""
    lang, trust = arguments.lang_ui, load_trust(arguments.trust)
    with PlantFile.open(arguments.file) as plant:
        name, data = arguments.notice.name, read_within(arguments.notice, LARGEST)
        received = receive_notice(data, name, trust, plant.ledger, plant.blob, person(arguments), now())
        if received.taken is not None:
            plant.append(received.taken.change, received.taken.blobs)
    judged, taken = received.judged, received.taken
    outcome = T("Nothing was changed.") if taken is None else taken.change.why
    if arguments.json:
        print_json(
            {
                "valid": taken is not None,
                "reason": judged.reason.in_language(lang),
                "signer": judged.signer,
                "kind": "" if judged.notice is None else judged.notice.kind,
                "edition": 0 if judged.notice is None else judged.notice.edition,
                "outcome": outcome.in_language(lang),
            }
        )
    else:
        write(judged.reason.in_language(lang))
        if judged.signer:
            write(T("Signed by {signer}.", signer=judged.signer).in_language(lang))
        write(outcome.in_language(lang))
    return NO if taken is None else GOOD


def run_list(arguments: argparse.Namespace) -> int:
    """Exit code 1 while something is open."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        items = open_items(plant.ledger, plant.blob, library_of_plant(plant))
    lang = arguments.lang_ui
    if arguments.json:
        print_json({"items": [_to_plain(one, lang) for one in items]})
    elif items:
        headings = (T("Request"), T("Item"), T("Due"), T("What is asked"), T("State"))
        rows = [
            (one.notice.title, str(one.number), one.notice.due or "–", one.words.in_language(lang), _state(one, lang))
            for one in items
        ]
        write(table([head.in_language(lang) for head in headings], rows, ()))
    else:
        write(T("Head office asks for nothing.").in_language(lang))
    return NO if any(not one.done for one in items) else GOOD


def run_answer(arguments: argparse.Namespace) -> int:
    """One change, which can be undone."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file) as plant:
        item = _asked(open_items(plant.ledger, plant.blob, library_of_plant(plant)), arguments.request, arguments.item)
        year = travels_in(item.row, plant.ledger)
        made = answering(item.notice, item.row, plant.ledger, arguments.words)
        plant.append(Change(person(arguments), now(), made.why, made.steps))
    if arguments.json:
        print_json({"request": item.notice.title, "item": item.number, "answer": arguments.words.strip(), "year": year})
    else:
        write(T("It goes to head office inside the next report of {year}.", year=str(year)).in_language(lang))
    return GOOD


def _asked(items: tuple[Open, ...], title: str, number: int) -> Open:
    """The item of a number; of a title where several requests were taken up."""
    held = [one for one in items if not title or spelled(one.notice.title) == spelled(title)]
    titles = {one.notice.series: one.notice.title for one in held}
    if len(titles) > 1:
        raise UserError(
            T("Several requests were taken up: {titles}", titles=list(titles.values())), T("Name one with --request.")
        )
    found = next((one for one in held if one.number == number), None)
    if found is None:
        raise UserError(T("There is no item {number} in the request.", number=number),
                        T("Look at office-request list."))  # fmt: skip
    return found


def _to_plain(one: Open, lang: str) -> dict[str, object]:
    return {
        "request": one.notice.title,
        "edition": one.notice.edition,
        "due": one.notice.due,
        "item": one.number,
        "words": one.words.in_language(lang),
        "done": one.done,
        "missing_years": list(one.missing),
        "answer": one.answer,
    }


def _state(one: Open, lang: str) -> str:
    if one.done:
        return T("done").in_language(lang)
    if one.in_words:
        return T("answer in words").in_language(lang)
    return T("missing: {years}", years=[str(year) for year in one.missing]).in_language(lang)
