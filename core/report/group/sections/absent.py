"""Plants that lack, came late, wait for a decision or are outside; and what else a reader has to know."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text, verbatim
from core.report.flow import Block, heading, lead
from core.report.group.data import GroupData
from core.report.style import BODY, HOLE, PART, Colour
from core.report.table import Column, Row, Table

TITLE = T("Completeness")
ORDER = 55
_STATES: dict[str, tuple[Text, Colour | None]] = {
    "missing": (T("no report"), HOLE),
    "rejected": (T("report rejected"), HOLE),
    "held": (T("waits for a decision"), PART),
    "draft": (T("a signature is missing"), PART),
    "late": (T("came late; counts"), None),
    "outside": (T("outside the group; does not count"), None),
}


def story(data: GroupData, lang: str) -> list[Any]:
    """Always: that nothing lacks is a statement, too."""
    absent, notices = data.contents.absent, data.contents.notices
    lacking = [one for one in absent if one.state in ("missing", "rejected", "held", "draft")]
    opening = (
        T("Plants whose year is not in the numbers: {count}. Nothing was estimated in their place.", count=len(lacking))
        if lacking
        else T("Every plant that was expected is in the numbers.")
    )
    flow: list[Any] = [lead(data.tr(opening, lang))]
    if absent:
        columns = [
            Column(data.tr(T("Plant"), lang), 1.0, most=3),
            Column(data.tr(T("Country"), lang), 40, fixed=True),
            Column(data.tr(T("State"), lang), 104, fixed=True, most=3),
            Column(data.tr(T("Due"), lang), 60, fixed=True),
            Column(data.tr(T("Why"), lang), 1.4, most=8),
        ]
        flow.append(Table(columns, [_row(data, one, lang) for one in absent], pad=2.6))
    if notices:
        flow.append(heading(data.tr(T("What a reader has to know"), lang), f"notices-{lang}"))
        flow += [Block(f"–\u2002{data.tr(one, lang)}", BODY.but(after=3)) for one in notices]
    return flow


def _row(data: GroupData, one: Any, lang: str) -> Row:
    words, ground = _STATES.get(one.state, (verbatim(one.state), None))
    why = "\n".join(data.tr(note, lang) for note in one.notes)
    cells = (one.name, one.country, data.tr(words, lang), one.due or "–", why)
    return Row(cells, grounds=((2, ground),) if ground else ())
