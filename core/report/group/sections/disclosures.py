"""Answers to those who ask: readiness of each framework, what plants give, what is missing and of whom."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text, verbatim
from core.report.flow import Remark, heading, lead, note
from core.report.group.asked import Asked, Framework, Lack, PlantAnswers
from core.report.group.data import GroupData
from core.report.style import BODY, HOLE, PART, SIGNAL, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Answers to those who ask")
ORDER = 57
_MOST_PLANTS = 400


def story(data: GroupData, lang: str) -> list[Any]:
    """Three tables; nothing where nobody answers anybody."""
    asked = data.contents.asked
    if asked is None:
        return []
    said = T(
        "How many questions of each framework have data for {year}, and how many have proof, counted apart. This is no "
        "score: nobody who asks counts like this.",
        year=data.year,
    )
    told = T(
        "Counted are the questions that are asked of a group, and conditional ones unless a person decided that they "
        "do not apply; what nobody has decided counts as open. Numbers of plants add up, shares are divided anew from "
        "their parts, and a sum is proven with all its parts. The questions themselves stand in the documents of those "
        "who ask."
    )
    return [
        lead(data.tr(said, lang)),
        *(Remark(data.tr(one, lang), BODY, SIGNAL) for one in asked.notices[:4]),
        _frameworks(data, asked, lang),
        note(data.tr(told, lang)),
        *_plants(data, asked, lang),
        *_lacking(data, asked, lang),
    ]


# ---------------------------------------------------------------------- frameworks


def _frameworks(data: GroupData, asked: Asked, lang: str) -> Table:
    heads = (T("With data"), T("With proof"), T("To be decided"), T("Not applicable"))
    columns = [
        Column(data.tr(T("Framework"), lang), 1.0, most=4),
        *(Column(data.tr(head, lang), 62, "right", fixed=True) for head in heads),
    ]
    return Table(columns, [_framework(data, one, lang) for one in asked.frameworks], after=4, pad=2.4)


def _framework(data: GroupData, one: Framework, lang: str) -> Row:
    title = data.tr(one.title, lang)
    return Row((
        title if one.edition in one.title.en else f"{title}\n{one.edition}",
        _of(data, one.data, one.counted, lang),
        _of(data, one.evidence, one.counted, lang),
        str(one.undecided),
        str(one.put_aside),
    ))  # fmt: skip


def _of(data: GroupData, n: int, of: int, lang: str) -> str:
    return data.tr(T("{n} of {of}", n=n, of=of), lang) if of else "–"


# ---------------------------------------------------------------------- plants


def _plants(data: GroupData, asked: Asked, lang: str) -> list[Any]:
    """Of the data points that are asked of plants: what each gives and what of it is proven."""
    heads = (T("With data"), T("With proof"))
    columns = [
        Column(data.tr(T("Plant"), lang), 1.0, most=3),
        Column(data.tr(T("Report"), lang), 110, fixed=True, most=2),
        *(Column(data.tr(head, lang), 84, "right", fixed=True) for head in heads),
    ]
    rows = [_plant(data, one, asked.points, lang) for one in asked.plants[:_MOST_PLANTS]]
    told = T("These frameworks ask plants for {count} data points. A plant gives them with its signed report; nothing "
             "is estimated in place of one that has not reported.", count=asked.points)  # fmt: skip
    return [
        heading(data.tr(T("What plants give"), lang), f"asked-plants-{lang}"),
        Table(columns, rows, after=4, pad=2.4),
        note(data.tr(told, lang)),
    ]


def _plant(data: GroupData, one: PlantAnswers, points: int, lang: str) -> Row:
    state = T("accepted") if one.reported else T("no report")
    counts = (_of(data, n, points, lang) for n in (one.data, one.evidence))
    return Row((one.plant, data.tr(state, lang), *counts), grounds=() if one.reported else ((1, HOLE),))


# ---------------------------------------------------------------------- what is missing


def _lacking(data: GroupData, asked: Asked, lang: str) -> list[Any]:
    title = heading(data.tr(T("What is missing, and of whom"), lang), f"asked-missing-{lang}")
    if not asked.lacking:
        return [title, lead(data.tr(T("Nothing is missing that a framework asks for."), lang))]
    columns = [
        Column(data.tr(T("Data point"), lang), 1.1, most=4),
        Column(data.tr(T("Missing from"), lang), 1.5, most=8),
        Column(data.tr(T("Questions left open"), lang), 74, "right", fixed=True),
    ]
    rows = [_lack(data, one, lang) for one in asked.lacking]
    flow = [title, Table(columns, rows, SMALL_CELL, pad=2.4, after=4)]
    if asked.more:
        flow.append(note(data.tr(T("Further data points that are missing: {count}.", count=asked.more), lang)))
    return flow


def _lack(data: GroupData, one: Lack, lang: str) -> Row:
    cells = (data.tr(one.name, lang), data.tr(_whose(one), lang), str(one.questions))
    return Row(cells, grounds=((1, PART),) if one.expired else ())


def _whose(one: Lack) -> Text:
    if one.office:
        return T("Head office: proof expired") if one.expired else T("Head office")
    if not one.plants:
        return one.why or T("Head office")
    names = [*map(verbatim, one.plants), *([T("{count} more", count=one.others)] if one.others else [])]
    return T("Proof expired: {plants}", plants=names) if one.expired else T("{plants}", plants=names)
