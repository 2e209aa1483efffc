"""The plant manager's monthly question in one sentence: is the plant on its way to the share that it promised?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.i18n import show_number
from core.ledger import Ledger, Target
from core.renewables.way import Way
from gui.language import _
from gui.renewables import words
from gui.widgets import marked


def standing(way: Way, ledger: Ledger) -> QWidget:
    """The answer with its mark."""
    level, sentence = told(way, promised=any(one.kind == "renewable" for one in ledger.held(Target)))
    icon, token = {"good": ("check", "good"), "info": ("info", "accent"), "warning": ("warning", "warning"),
                   "bad": ("error", "bad")}[level]  # fmt: skip
    return marked(icon, token, sentence)


def told(way: Way, *, promised: bool) -> tuple[str, str]:
    """How the plant stands, as ``good``, ``info``, ``warning`` or ``bad``, and in words; ``promised``: by a target."""
    percent, year, mwh = show_number(way.percent), str(way.year), words.mwh(way.gap)
    if not way.gap:
        return "good", _("Nothing is missing for {percent} % in {year}.", percent=percent, year=year)
    if not promised:
        return "info", _("Not covered: {mwh} MWh; no target is entered", mwh=mwh)
    if way.year == way.data_year:
        return "bad", _("{percent} % in {year} is not reached: {mwh} MWh are missing.",
                        percent=percent, year=year, mwh=mwh)  # fmt: skip
    if not way.mix:
        return "bad", _("Not on the way to {percent} % in {year}: {mwh} MWh a year are missing, and nothing is planned "
                        "that would close the gap.", percent=percent, year=year, mwh=mwh)  # fmt: skip
    if way.open:
        return "bad", _("Not on the way to {percent} % in {year}: {mwh} MWh a year are missing, and what is planned "
                        "leaves {open} MWh open.", percent=percent, year=year, mwh=mwh,
                        open=words.mwh(way.open))  # fmt: skip
    return "warning", _("{percent} % in {year} is not secured yet: {mwh} MWh a year are missing. What is planned would "
                        "close the gap for {money} a year.", percent=percent, year=year, mwh=mwh,
                        money=words.money(way.cost, way.currency))  # fmt: skip
