"""The records of those who ask: answers with their proofs, decisions about questions, what was submitted, and audits by
others. A plant's ledger and a group's register hold the same kinds.

A data point is named by its key, ``policy.env``; a question of the checklist is one too, ``check.G1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered for a data point that follows from no other record; its id is ``2025 policy.env``."""

    id: str
    point: str
    """Key of the data point or of a question of the checklist."""
    year: int
    """Of the period it speaks of."""
    day: date
    """On which it was answered."""
    value: str = ""
    """Plain digits of a number, an ISO date, the key of a choice, or a text."""
    unit: str = ""
    """Of a number; empty: that of the data point."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table: its rows, each with as many cells as the data point has columns."""
    by: str = ""
    """Who answered."""
    valid_to: str = ""
    """Last day on which it holds, as ISO date; empty: the end of the next year it speaks of."""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDecision:
    """What a person decided about one question of a framework in a year; its id is ``2025 cdp_2025 3.5.2``."""

    id: str
    map: str
    """Key of the disclosure map."""
    question: str
    """Id of the question in that map."""
    year: int
    applies: str = ""
    """Of a conditional question: ``yes`` or ``no``; empty: nobody has decided."""
    reason: str = ""
    comment: str = ""
    """Goes into the exported workbook."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of a questionnaire that the plant or the group received as its own workbook."""

    id: str
    map: str
    """Key of the disclosure map whose codes it extends."""
    code: str
    """As in the received workbook."""
    label: str
    """Short words of whoever linked it, or the received ones: they stay in this file."""
    points: tuple[str, ...] = ()
    """Keys of the data points that answer it; none: it is not linked yet."""
    requirement: str = "must"
    """``must``, ``cond`` or ``opt``."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapFile:
    """A disclosure map of head office, or a newer edition of one, that was brought in; its id is the key of the map."""

    id: str
    name: str
    """File name as received."""
    sha256: str
    """Of the map as this program writes it, kept as a blob."""
    size: int
    framework: str
    edition: str
    signer: str = ""
    """Who signed it; empty: head office's own."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in to those who asked, as it was on that day."""

    id: str
    map: str
    """Key of the disclosure map."""
    edition: str
    year: int
    day: date
    """On which it was handed in."""
    by: str = ""
    recipient: str = ""
    values: tuple[tuple[str, ...], ...] = ()
    """Question, data point, value and unit, in the order of the map."""
    evidence: tuple[str, ...] = ()
    """The workbook, and what the recipient confirmed."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExternalAudit:
    """What others found: a certificate, a score, a validation. It is stored as they said it and never scored again."""

    id: str
    scheme: str
    """``sbti``, ``cdp``, ``saq``, ``ecovadis``, ``rba``, ``iso14001``, ``iso50001``, ``iso45001``, ``iso14064`` or
    ``other``."""
    name: str
    day: date
    """Of the result."""
    body: str = ""
    """Who audited, scored or certified."""
    result: str = ""
    """As stated, e.g. ``A-``, ``78/100``, ``certified``."""
    valid_to: str = ""
    """Last day, as ISO date; empty: none was stated."""
    scope: str = ""
    """What it covers, in words."""
    findings: tuple[tuple[str, ...], ...] = ()
    """Each finding: text, day by which it is due, and day on which it was closed, the days as ISO dates or empty."""
    evidence: tuple[str, ...] = ()
    note: str = ""
