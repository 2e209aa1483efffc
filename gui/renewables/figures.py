"""Big numbers of renewable electricity: three shares that are never added, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.i18n import show_number
from core.library import EXACT
from core.renewables.allocating import THOUSAND
from core.renewables.parts import CONTRACTS, LINE, OWN_PART
from core.renewables.shares import CERTIFIED, OWN_SHARE, TRACED, Share
from core.renewables.way import Way
from gui.language import _, say
from gui.renewables import words
from gui.solar import words as solar_words
from gui.widgets import bar, button, label, marked, number_card
from gui.wording import named

BIG = 2.0
"""Of the other letters."""
_INK = {CERTIFIED: CONTRACTS, TRACED: LINE, OWN_SHARE: OWN_PART}
"""The colours of the bars by month."""


def share_card(share: Share, view: str) -> QFrame:
    """One of the three shares, rounded down, over its bar."""
    title, meaning = words.VIEWS[view]
    shown = words.shown_share(share.shown(view))
    beside = _("{part} of {whole} MWh", part=words.mwh_down(share.kwh(view)), whole=solar_words.mwh(share.used))
    frame, inside = _figure(say(title), shown, "%", beside)
    inside.addWidget(bar(float(share.exact(view)), words.part_colours()[_INK[view]], track=True))
    inside.addWidget(label(say(meaning), "muted", size=0.92, wrap=True))
    inside.addStretch(1)
    return frame


def gap_card(way: Way, act: tuple[str, Callable[[], object]] | None = None) -> QFrame:
    """What is missing for the share that is promised."""
    title = _("Missing for {percent} % in {year}", percent=show_number(way.percent), year=str(way.year))
    secured, use = words.mwh_down(EXACT.multiply(way.secured, THOUSAND)), words.mwh(way.use)
    if way.year > way.data_year:  # certificates of this year are used up by then
        beside = _("Own generation and what is contracted for {year} secure {secured} of {use} MWh",
                   year=str(way.year), secured=secured, use=use)  # fmt: skip
    else:
        beside = _("{secured} of {use} MWh are secured", secured=secured, use=use)
    frame, inside = _figure(title, words.mwh(way.gap), "MWh", beside)
    if act is not None:
        inside.addWidget(button(act[0], act[1], role="link"), 0, Qt.AlignmentFlag.AlignLeft)
    inside.addStretch(1)
    return frame


def apart(share: Share) -> Iterable[QWidget]:
    """What stands in no share, where there is any."""
    if share.low_carbon:
        yield marked("info", "accent", _("Nuclear electricity, {mwh} MWh: low in carbon, and in no share.",
                                         mwh=solar_words.mwh(share.low_carbon)))  # fmt: skip
    if share.untitled:
        yield marked("warning", "warning", _("Own generation of {mwh} MWh whose attributes nobody has claimed for the "
                                             "plant: not counted with certificates.",
                                             mwh=solar_words.mwh(share.untitled)))  # fmt: skip


def _figure(title: str, text: str, unit: str, beside: str) -> tuple[QFrame, QVBoxLayout]:
    said = named(title, f"{text} {unit}, {beside}")
    frame, inside = number_card(title, text, unit, size=BIG, spacing=4, said=said)
    inside.addWidget(label(beside, "muted", wrap=True))
    return frame, inside
