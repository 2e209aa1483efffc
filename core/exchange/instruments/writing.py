"""The plant's instruments as a table: the fields that are read again, and beside them what is allocated and judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.exchange.instruments.cells import in_mwh
from core.exchange.instruments.layouts import ATTRIBUTES, KINDS, TECHNOLOGIES
from core.exchange.instruments.layouts.own import FIELDS
from core.exchange.table_writing import write_records
from core.exchange.tables import Field
from core.i18n import Name
from core.instruments import LEVELS, Judged, judge
from core.ledger import Activity, Allocation, Evidence, Instrument, Ledger
from core.library import EXACT
from core.library.record_words import field_name
from core.methods import exact_sum, plain

SHEET = Name("Renewable electricity", "可再生电力")
_MOST = 30_000
"""Characters of one cell."""
_BESIDE = (
    Field("allocated", Name("Allocated [MWh]", "已分配 [MWh]"), "number", width=14),
    Field("left", Name("Not allocated [MWh]", "未分配 [MWh]"), "number", width=14),
    Field("allocations", Name("Allocations", "分配明细"), width=40),
    Field("counts", Name("Judgement", "判定"), width=12),
    Field("judgements", Name("Reasons", "判定说明"), width=60),
    Field("files", field_name("instrument", "evidence"), width=30),
)
_WORDS: Mapping[str, Mapping[str, Name]] = {"kind": KINDS, "technology": TECHNOLOGIES, "attributes": ATTRIBUTES}
_LEVELS = {"stop": Name("stopped", "不予认可"), "warning": Name("warning", "警告"), "info": Name("information", "提示")}
_SOUND = Name("nothing found", "无问题")


def write_instruments(path: Path, ledger: Ledger, language: str = "both") -> None:
    """All instruments by scheme, days and name, in the form that can be imported again.

    Parameters
    ----------
    path
        ending in ``.xlsx`` or ``.csv``.
    ledger
        the plant.
    language
        of the headings: ``en``, ``zh`` or ``both``; words of choices are English for ``both``.

    Raises
    ------
    UserError
        see :func:`core.exchange.table_writing.write_records`.
    """
    lang = "en" if language == "both" else language
    judged = judge(ledger)
    allocated: dict[str, list[Allocation]] = {}
    for one in sorted(ledger.held(Allocation), key=lambda allocation: allocation.id):
        allocated.setdefault(one.instrument, []).append(one)
    held = sorted(ledger.held(Instrument), key=lambda one: (one.kind, one.scheme, one.start, one.end, one.name, one.id))
    rows = [
        _own(one, lang)
        | _allocated(one, allocated.get(one.id, ()), ledger)
        | _judged(judged.get(one.id, ()), lang)
        | {"files": _files(one, ledger)}
        for one in held
    ]
    write_records(path, (*FIELDS, *_BESIDE), rows, language, SHEET)


def _own(one: Instrument, lang: str) -> dict[str, object]:
    row: dict[str, object] = {field.key: getattr(one, field.key) for field in FIELDS}
    for key, names in _WORDS.items():
        word = getattr(one, key)
        row[key] = names[word].in_language(lang) if word in names else word
    for key in ("factor", "price"):
        row[key] = row[key] or None
    return row


def _allocated(one: Instrument, own: Sequence[Allocation], ledger: Ledger) -> dict[str, object]:
    total = in_mwh(exact_sum(allocation.quantity for allocation in own), "kwh")
    return {
        "allocated": total,
        "left": EXACT.subtract(one.quantity, total),
        "allocations": _cut("; ".join(_allocation(allocation, ledger) for allocation in own)),
    }


def _allocation(one: Allocation, ledger: Ledger) -> str:
    activity = ledger.get("activity", one.activity)
    what = f"{activity.source} {activity.start.isoformat()}" if isinstance(activity, Activity) else one.activity
    return f"{what}: {plain(one.quantity)} kWh"


def _judged(own: Sequence[Judged], lang: str) -> dict[str, object]:
    once = dict.fromkeys(sorted(own, key=lambda one: (LEVELS.index(one.level), one.rule, one.subject)))
    worst = next((_LEVELS[one.level] for one in once), _SOUND)
    text = "; ".join(dict.fromkeys(one.message.in_language(lang) for one in once))
    return {"counts": worst.in_language(lang), "judgements": _cut(text)}


def _files(one: Instrument, ledger: Ledger) -> str:
    found = (ledger.get("evidence", key) for key in one.evidence)
    return _cut("; ".join(file.name for file in found if isinstance(file, Evidence)))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
