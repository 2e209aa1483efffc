"""Interval data from files of inverters, loggers and utilities: csv, xlsx and Green Button, in any usual form.

:func:`look` shows what a file is, :func:`guess` proposes a :class:`Mapping` with reasons and the questions that only a
person can answer, :func:`parse` reads the whole file under it, :func:`preview` says what each meter would gain and
:func:`change_of` makes one undoable change of it, all or nothing. The names are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from core.exchange.series.export import Exported, export_series
    from core.exchange.series.guessing import Guess, Question, guess
    from core.exchange.series.importing import Planned, Preview, change_of, preview
    from core.exchange.series.looking import Look, look
    from core.exchange.series.mapping import Mapping, Value
    from core.exchange.series.meters import proposed_meter
    from core.exchange.series.parsing import Column, Parsed, parse
    from core.exchange.series.refusals import Refused
else:
    __getattr__ = later(
        __name__,
        {
            "export": ("Exported", "export_series"),
            "guessing": ("Guess", "Question", "guess"),
            "looking": ("Look", "look"),
            "mapping": ("Mapping", "Value"),
            "meters": ("proposed_meter",),
            "parsing": ("Column", "Parsed", "parse"),
            "importing": ("Planned", "Preview", "change_of", "preview"),
            "refusals": ("Refused",),
        },
    )

__all__ = [
    "Column",
    "Exported",
    "Guess",
    "Look",
    "Mapping",
    "Parsed",
    "Planned",
    "Preview",
    "Question",
    "Refused",
    "Value",
    "change_of",
    "export_series",
    "guess",
    "look",
    "parse",
    "preview",
    "proposed_meter",
]
