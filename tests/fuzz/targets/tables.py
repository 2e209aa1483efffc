"""Tables that become records: key figures, plan, credits, certificates, maps, what people enter, measures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from core.disclosures.maps import all_maps, read_map, write_map
from core.entering.plant import FORMS
from core.entering.tables import read_table, taking_up, write_table
from core.exchange import benchmarks, credits, key_figures, plan
from core.exchange.disclosure_maps import bring_map, read_map_file
from core.exchange.instruments import read_instruments
from core.exchange.instruments import taking_up as taking_instruments
from core.exchange.measure_tables import read_measure_table
from core.exchange.measures import keeping
from core.exchange.questionnaires import linking, read_questionnaire
from core.group.out.sending import read_rows
from core.ledger import Ledger
from core.ledger.filing import Records
from core.library import load_library
from core.savings import all_kinds, parse, saving_of, savings_of
from tests.core.entering.filled import FILLED
from tests.core.exchange.books import EMPTY, csv_of, xlsx_of
from tests.core.exchange.instruments import exports
from tests.core.exchange.instruments.exports import export
from tests.core.savings.measures import PLANT, measure
from tests.fuzz.parts import parts_of, whole_of
from tests.fuzz.target import Target, shown

WHEN = datetime(2026, 3, 2, tzinfo=UTC)


def kept(ledger: Records) -> None:
    """What was taken up is written and read again as it is."""
    again = type(ledger).from_plain(ledger.to_plain())
    assert again == ledger


def _refusals(found: object) -> None:
    for one in getattr(found, "refused", ()):
        shown(one.message)


def _figures(data: bytes) -> None:
    found = key_figures.read_key_figures(data, EMPTY, "figures.csv")
    _refusals(found)
    kept(EMPTY.apply(key_figures.taking_up(found, EMPTY, load_library()).steps))


def _benchmarks(data: bytes) -> None:
    found = benchmarks.read_benchmarks(data, EMPTY, load_library(), "sisters.csv")
    _refusals(found)
    kept(EMPTY.apply(benchmarks.taking_up(found, EMPTY).steps))


def _plan(data: bytes) -> None:
    found = plan.read_plan(data, EMPTY, load_library(), "plan.csv")
    _refusals(found)
    kept(EMPTY.apply(plan.taking_up(found, EMPTY).steps))


def _credits(data: bytes) -> None:
    found = credits.read_credits(data, EMPTY, "credits.csv")
    _refusals(found)
    kept(EMPTY.apply(credits.taking_up_credits(found, EMPTY).steps))


def _instruments(data: bytes) -> None:
    found = read_instruments(data, EMPTY, "certificates.csv")
    _refusals(found)
    kept(EMPTY.apply(taking_instruments(found, EMPTY).steps))


def _map(data: bytes) -> None:
    found = read_map_file(data, "map.csv")
    assert read_map(write_map(found), "map.csv") == found
    brought = bring_map(EMPTY, data, "map.csv", "Li Na", WHEN)
    kept(EMPTY.apply(brought.change.steps))


def _questionnaire(data: bytes) -> None:
    asked = all_maps()["ecovadis_2025"]
    found = read_questionnaire(data, asked, "asked.xlsx")
    codes = [one.code for one in found.every]
    assert len(codes) == len(set(codes))
    decision = linking(EMPTY, found, {one.code: ("org.name",) for one in found.unknown})
    kept(EMPTY.apply(decision.steps))


def _entered(data: bytes) -> None:
    """The first byte says which kind of record the table is of."""
    kinds = list(FORMS)
    kind = kinds[data[0] % len(kinds)] if data else kinds[0]
    found = read_table(data[1:], FILLED, FORMS, kind, "table.csv")
    _refusals(found)
    kept(FILLED.apply(taking_up(found, FILLED, FORMS).steps))


def _measures(data: bytes) -> None:
    """The first byte says which kind of measure it is of."""
    kinds = [one for one in all_kinds().values() if one.columns]
    kind = kinds[data[0] % len(kinds)] if data else kinds[0]
    table = read_measure_table(data[1:], kind)
    for one in table.refused:
        shown(one.reason)
        shown(one.remedy)
    if not table.data:
        return
    parse(table.data, kind.columns)
    held, library = Ledger.of([PLANT]), load_library()
    made = keeping(measure(kind.key, ""), held, library, "Li Na", WHEN, table=table.data)
    blobs = {made.measure.data: table.data}
    savings_of(held.apply(made.change.steps), library, blob=blobs.__getitem__)
    saving_of(made.measure, library, PLANT, data=table.data)


# ---------------------------------------------------------------------- where they start


@cache
def _written_tables() -> tuple[bytes, ...]:
    made = []
    with tempfile.TemporaryDirectory() as name:
        for number, (kind, form) in enumerate(FORMS.items()):
            for suffix in (".csv",):
                path = Path(name) / f"{kind}{suffix}"
                write_table(path, FILLED, form)
                made.append(bytes([number]) + path.read_bytes())
    return tuple(made)


def _measure_tables() -> Iterable[bytes]:
    for number, kind in enumerate(one for one in all_kinds().values() if one.columns):
        yield bytes([number]) + kind.example_data.encode()


FIGURES = (
    b"Key figure,Unit,Start,End,Quantity,Evidence,Note\nproduction,piece,2024-01-01,2024-01-31,1234.5,MES-7,\n"
    b"headcount,person,2024,,250,,full-time equivalents\n"
)
MARKS = (
    b"Key figure,Of what,Unit,Low,Median,High,Plants,Year,Publisher\n"
    b"production,total,t/piece,0.8,1.2,1.9,7,2023,Head office\n"
)
QUESTIONS = (
    (1, "GEN300", "Which of our own made-up initiatives does your company endorse?", "x"),
    (2, "ENV999", "Does the plant keep a made-up list of lamps?", ""),
)


def _plans() -> Iterable[bytes]:
    yield b"Source,Item,Method,Meter,Frequency,Accuracy,Calibration\nMain,electricity,metered,M-1,monthly,0.5,24\n"


def _certificates() -> Iterable[bytes]:
    for name in ("GEC", "GEC_EN", "IREC", "AIB", "REGO", "MRETS", "WREGIS", "OWN"):
        yield export(getattr(exports, name), getattr(exports, f"{name}_ROW"))


def _credit_files() -> Iterable[bytes]:
    yield export(exports.VERRA, exports.VERRA_ROW)
    yield export(exports.GOLD, exports.GOLD_ROW)


def _maps() -> Iterable[bytes]:
    for key in ("ecovadis_2025", "rba_8_0"):
        lines = write_map(all_maps()[key]).splitlines()
        yield "\n".join(lines[:14]).encode() + b"\n"


def _questionnaires() -> Iterable[bytes]:
    head = ("No", "Code", "Question", "Answer")
    yield csv_of(*QUESTIONS, head=head)


def _questionnaire_books() -> Iterable[bytes]:
    yield parts_of(xlsx_of(*QUESTIONS, head=("No", "Code", "Question", "Answer"), title="General"))


def _requests() -> Iterable[bytes]:
    yield b"what,subject,unit,years,words\nfigure,production,piece,2024,all lines\nwords,,,2024,Who owns the roof?\n"


TARGETS = (
    Target("key_figures", _figures, lambda: [FIGURES]),
    Target("benchmarks", _benchmarks, lambda: [MARKS]),
    Target("plan", _plan, _plans),
    Target("credits", _credits, _credit_files),
    Target("instruments", _instruments, _certificates),
    Target("disclosure_maps", _map, _maps),
    Target("questionnaires", _questionnaire, _questionnaires),
    Target("questionnaires_xlsx", lambda data: _questionnaire(whole_of(data)), _questionnaire_books),
    Target("entering", _entered, _written_tables),
    Target("measures", _measures, _measure_tables),
    Target("request_rows", read_rows, _requests),
)
