"""What stands out of a PV system: what is wrong, what cannot be said and how to mend it, what is plausible."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import Text, show_date
from core.solar.observing import (
    MEAN_TEMPERATURE,
    NO_INTERVALS,
    NO_LIGHT,
    NO_METER,
    NO_SENSOR,
    NO_TEMPERATURE,
    NO_WEATHER,
)
from core.solar.performance import WHOLE
from core.solar.plausible import Verdict, area_density, judge
from core.solar.system import Observed
from gui.language import _, language, say
from gui.solar.words import mwh, percent, refused, shown
from gui.solar.work import Solved

FAR = 0.15
"""Further from the average year than years of weather differ. Our limit. [1]"""
LOST = 0.02
"""Of the energy: a larger loss by standing still is a warning. Ours. [1]"""
LEVELS = ("bad", "warning", "info", "good")
"""In the order in which they are told."""
Act = tuple[str, str]
"""Words of a button, and the key of what it does."""
Note = tuple[str, str, Act | None]
"""Level, sentence, and what can be done about it."""


def share_of_average(found: Observed) -> float | None:
    """Counted over expected in the months of which both are known; None without any. [1]"""
    known = [month for month in found.months if month.ratio is not None]
    expected = sum(month.typical or 0.0 for month in known)
    return sum(float(month.energy or 0) for month in known) / expected if expected else None


def notes(solved: Solved, writable: bool) -> Iterator[Note]:
    """What is wrong, what cannot be said, and what is plausible; with what to do, where something can be done."""
    for problem in solved.look.problems:
        yield "bad", refused(problem), mended(solved.look.lacking) if writable else None
    found = solved.observed
    if found is None:
        return
    if found.system.commissioned > found.last:
        day = show_date(found.system.commissioned, language())
        yield "info", _("The system runs since {day}, after the year shown.", day=day), None
        return
    said: list[Note] = [
        ("info", words, act if writable or act[1] == "import" else None) for words, act in missing(found)
    ]
    said += [*_off_average(found), *_stood_still(found), *_known(found)]
    for verdict in verdicts(found):
        meaning = "" if verdict.meaning is None else f" {say(verdict.meaning)}"
        words = say(verdict.text).replace("W/m2", "W/m²") + meaning
        said.append(("good" if verdict.plausible else "warning", words, None))
    yield from sorted(said, key=lambda note: LEVELS.index(note[0]))


def mended(lacking: str) -> Act | None:
    """Where a problem is mended; the time zone is that of the plant, whose description is elsewhere."""
    if lacking == "zone":
        return None
    return (_("Enter the arrays"), "arrays") if lacking == "arrays" else (_("Correct the system"), "system")


def missing(found: Observed) -> Iterator[tuple[str, Act]]:
    """What cannot be said of a system, and the way out."""
    sensor = (_("Choose the sensor"), "sensor")
    acts: dict[Text, Act] = {
        NO_METER: (_("Choose the meters"), "meters"),
        NO_INTERVALS: (_("Go to the meters"), "import"),
        NO_SENSOR: sensor,
        NO_LIGHT: (_("Go to the meters"), "import"),
        NO_TEMPERATURE: sensor,
        MEAN_TEMPERATURE: sensor,
        NO_WEATHER: (_("Add weather"), "weather"),
    }
    yield from ((say(note), acts[note]) for note in found.notes)
    if found.generation is not None and found.load is None:
        words = _("Self-consumption and money need the meters of feed-in and of purchased electricity, with intervals.")
        yield words, (_("Choose the meters"), "meters")


def _off_average(found: Observed) -> Iterator[Note]:
    share = share_of_average(found)
    if share is None:
        return
    if abs(share - 1.0) > FAR:
        words = _(
            "{percent} % of what the model expects in an average year: further off than years of weather differ. "
            "Outages, curtailment, shade, a missing array or a wrong multiplier of a meter would explain it.",
            percent=percent(share),
        )
        yield "warning", words, None
    else:
        yield "good", _("Within {limit} % of what the model expects in an average year.", limit=percent(FAR, 0)), None


def _stood_still(found: Observed) -> Iterator[Note]:
    one = found.availability
    if one is None or not one.outage:
        return
    words = _(
        "Stood still for {hours} h in the light: {energy} MWh lost, as far as the model tells.",
        hours=shown(one.outage, 1),
        energy=mwh(one.lost),
    )
    yield ("warning" if (one.energy or 1.0) < 1.0 - LOST else "info"), words, None


def _known(found: Observed) -> Iterator[Note]:
    """How much of the time the generation is known."""
    figure = None if found.whole is None else found.whole.figures["final_yield"]
    if figure is None or figure.value is None:
        return
    if figure.coverage < 1.0:
        words = _(
            "The generation is known in {percent} % of the time; gaps count nothing.", percent=percent(figure.coverage)
        )
        yield ("warning" if figure.coverage < WHOLE else "info"), words, None
    if found.whole is not None and found.whole.estimated:
        words = _("{count} intervals of the generation are estimates.", count=f"{found.whole.estimated:,}")
        yield "info", words, None


def verdicts(found: Observed) -> Iterator[Verdict]:
    """Yield, performance ratio and power per area, held against what is plausible."""
    figures = found.whole.figures if found.whole is not None else {}
    for key in ("specific_yield", "performance_ratio"):
        value = figures[key].value if key in figures else None
        if value is not None:
            yield judge(key, value)
    area = roof_area(found)
    if area > 0 and found.power > 0:
        yield judge("area_density", area_density(float(found.power), float(area)))


def roof_area(found: Observed) -> Decimal:
    """As stated for the roof, else of the modules; 0: not known. [m2]"""
    typed = dict(found.system.parameters).get("roof_area", "")
    try:
        return Decimal(typed) if typed else found.area
    except ArithmeticError:
        return found.area
