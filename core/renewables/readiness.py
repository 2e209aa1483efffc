"""Which data a plant has for the revised Scope 2 rules, and which are missing.

The revision is a draft. Nothing here says that a plant conforms with it; the parameters stand in
``resources/rules/scope2_revision.toml`` with their sources, and an expert may change them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.i18n import LANGUAGES, T, Text
from core.instruments.kinds import CERTIFICATE, CONTRACTS
from core.ledger import Instrument, IntervalData, Ledger, Meter, PvSystem, RuleValue
from core.ledger.journal import text_to_plain
from core.library import Library
from core.library.rulebook import Rulebook, rulebook
from core.renewables.hourly_meters import Matching, instruments_in
from core.renewables.hourly_plain import tenths
from core.series.netting import Floats
from core.solar.avoided import answers
from core.solar.outlook import places_of
from core.solar.system import GRID_FACTOR

STATES = ("ready", "part", "missing", "not_needed")
READY, PART, MISSING, NOT_NEEDED = STATES
GWH, YEAR = 1e6, 365
"""[kWh], [d]"""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One kind of data."""

    key: str
    title: Text
    state: str
    """One of ``STATES``."""
    found: Text
    """What there is."""
    remedy: Text | None
    """What to do about the rest; None where nothing is missing."""


def readiness(ledger: Ledger, matching: Matching, library: Library) -> tuple[Readiness, ...]:
    """Each kind of data that the revised Scope 2 rules would ask for.

    Parameters
    ----------
    ledger
        of the plant.
    matching
        by the hour, of the period in question (:func:`core.renewables.hourly_meters.matching_of`).
    library
        of the plant, for the residual mix.

    Returns
    -------
    tuple
        always the same items, in order.

    References
    ----------
    GHG Protocol (2025), *Upcoming Scope 2 Public Consultation: Overview of Revisions* and *Hourly Matching and
    Deliverability*: hourly matching, deliverability, the most precise location-based factor that is accessible, factors
    for unmatched electricity, load profiles, exemption thresholds, a legacy clause. All of it is a draft.
    """
    rules = rulebook(ledger.held(RuleValue))
    instruments = tuple(one for one in instruments_in(ledger, matching.period) if not one.system)
    return (
        _load(matching, rules),
        _generation(ledger, matching, rules),
        _instruments(instruments, matching),
        _deliverability(ledger, instruments),
        _legacy(instruments, rules),
        _location(ledger, matching),
        _residual(ledger, matching, library),
        _exemption(matching, rules),
    )


def draft(ledger: Ledger) -> Text:
    """What has to be said beside every list of this module."""
    year = rulebook(ledger.held(RuleValue))["scope2_revision.publication"].value
    return T(
        "The revised Scope 2 rules of the GHG Protocol are a draft; the final ones are expected in {year}. This list "
        "says which data the plant has, not that it conforms.",
        year=year,
    )


def readiness_to_plain(items: Sequence[Readiness]) -> list[dict[str, object]]:
    """JSON-ready."""
    return [
        {
            "key": one.key,
            "title": {lang: one.title.in_language(lang) for lang in LANGUAGES},
            "state": one.state,
            "found": text_to_plain(one.found),
            "remedy": None if one.remedy is None else text_to_plain(one.remedy),
        }
        for one in items
    ]


def _item(key: str, title: Text, state: str, found: Text, remedy: Text) -> Readiness:
    return Readiness(key, title, state, found, remedy if state in (PART, MISSING) else None)


def _not_needed(key: str, title: Text, why: Text) -> Readiness:
    return Readiness(key, title, NOT_NEEDED, why, None)


def _load(matching: Matching, rules: Rulebook) -> Readiness:
    longest, matched = int(rules["scope2_revision.longest_interval"].number), matching.matched
    fine = matched is not None and isinstance(matched.interval, int) and matched.interval <= 60 * longest
    share = _known(matched.load) if matched is not None and fine else 0.0
    return _item(
        "load_hourly",
        T("Interval data of the load"),
        _state(share, rules),
        T("The load is known in {percent} % of the hours.", percent=_percent(share)),
        T("Import interval data of every meter of purchased electricity and feed-in, in steps of {minutes} min or "
          "less. The draft allows load profiles where there are none.", minutes=longest),
    )  # fmt: skip


def _generation(ledger: Ledger, matching: Matching, rules: Rulebook) -> Readiness:
    key, title = "generation_hourly", T("Interval data of own generation")
    # One whose certificates belong to somebody else supplies nothing, so there is nothing to be known of it.
    there = (one for one in ledger.held(PvSystem) if one.commissioned <= matching.period.end)
    systems = [one for one in there if one.attributes_owner != "other"]
    if not systems:
        return _not_needed(key, title, T("The plant has no PV system in this time whose certificates are its own."))
    held = {one.key: one.series.values for one in matching.supplies}
    share = sum(_known(held[one.id]) for one in systems if one.id in held) / len(systems)
    return _item(
        key,
        title,
        _state(share, rules),
        T("PV systems: {count}; their generation is known in {percent} % of the hours.", count=len(systems),
          percent=_percent(share)),
        T("Name the meters of generation in the description of each PV system and import their interval data."),
    )  # fmt: skip


def _instruments(instruments: Sequence[Instrument], matching: Matching) -> Readiness:
    key, title = "instruments_hourly", T("Instruments with the hour of generation")
    if not instruments:
        return _not_needed(key, title, T("No instrument covers this time."))
    metered = {held.id for one in matching.contracts for held in one.instruments if _has_values(matching, one.meter)}
    annual = sum(one.kind == CERTIFICATE for one in instruments)
    count = sum(one.id in metered for one in instruments)
    return _item(
        key,
        title,
        _of(count, len(instruments)),
        T("Instruments with generation by the hour: {count} of {all}; certificates of a month or year: {annual}.",
          count=count, all=len(instruments), annual=annual),
        T("Ask the supplier for the hourly generation behind each contract and import it as a meter with the name of "
          "the contract or of its generating plant; ask the registry for certificates with the hour."),
    )  # fmt: skip


def _has_values(matching: Matching, meter: Meter) -> bool:
    return any(one.key == meter.id and _known(one.series.values) > 0 for one in matching.supplies)


def _deliverability(ledger: Ledger, instruments: Sequence[Instrument]) -> Readiness:
    plant = ledger.plant
    placed = bool(plant.grid or plant.region)
    near = sum(one.market == plant.country and bool(one.generator) for one in instruments)
    state = READY if placed and near == len(instruments) else PART if placed or near else MISSING
    place = T("The grid or region of the plant is known.") if placed else T("The grid of the plant is not known.")
    return _item(
        "deliverability",
        T("Market boundary of plant and instruments"),
        state,
        place if not instruments
        else T("{place} Instruments that name a generating plant in the same country: {count} of {all}.", place=place,
               count=near, all=len(instruments)),
        T("Name region or grid of the plant and the generating plant of each instrument, and replace instruments of "
          "other markets."),
    )  # fmt: skip


def _legacy(instruments: Sequence[Instrument], rules: Rulebook) -> Readiness:
    key, title = "legacy", T("Contracts from before the cut-off day")
    contracts = [one for one in instruments if one.kind in CONTRACTS]
    cutoff = rules["scope2_revision.legacy_cutoff"]
    if not contracts:
        return _not_needed(key, title, T("No contract covers this time."))
    proven = sum(bool(one.contract and one.evidence) for one in contracts)
    state = _of(proven, len(contracts))
    day = T("The cut-off day is {day}.", day=cutoff.value) if cutoff.known else T("The cut-off day is not known yet.")
    return _item(
        key,
        title,
        PART if state == READY and not cutoff.known else state,
        T("Contracts with number and signed contract as evidence: {count} of {all}. {day}", count=proven,
          all=len(contracts), day=day),
        T("Keep number and signed contract with each instrument, so that its day can be shown, and enter the cut-off "
          "day among the rule parameters when it is published."),
    )  # fmt: skip


def _location(ledger: Ledger, matching: Matching) -> Readiness:
    kept = [ledger.get("intervals", one.id) for one in ledger.held(Meter) if one.medium == GRID_FACTOR]
    held, period = [one for one in kept if isinstance(one, IntervalData)], matching.period
    whole = any(one.start <= period.start and one.end >= period.end for one in held)
    partly = any(one.start <= period.end and one.end >= period.start for one in held)
    state = READY if whole else PART if partly else MISSING
    found = {
        READY: T("Factors of the grid by the hour are kept for the whole time."),
        PART: T("Factors of the grid by the hour are kept for a part of the time."),
        MISSING: T("No factors of the grid by the hour are kept."),
    }
    return _item(
        "location_hourly",
        T("Hourly factors of the grid, for the location-based figure"),
        state,
        found[state],
        T(
            "Import the hourly factors of the grid operator as a sensor “Grid factor by the hour” where they are "
            "published and free; else the yearly factor stays the most precise one."
        ),
    )


def _residual(ledger: Ledger, matching: Matching, library: Library) -> Readiness:
    key, title, year = "residual_mix", T("Residual mix for what is not matched"), matching.period.end.year
    found = next(one for one in answers(library, places_of(ledger.plant), year) if one.basis.key == "residual").factor
    if found is None:
        return _item(
            key,
            title,
            MISSING,
            T("No residual mix is published for {country}.", country=ledger.plant.country),
            T("Import it when it is published; the draft asks for the factor of fossil electricity without one."),
        )
    return _item(
        key,
        title,
        PART if found.other_year else READY,
        T("The residual mix of {year} is known ({publisher}).", year=str(found.year), publisher=found.publisher),
        T("Import the residual mix of {year} when it is published.", year=str(year)),
    )


def _exemption(matching: Matching, rules: Rulebook) -> Readiness:
    key, title = "exemption", T("Use beside the threshold of exemption")
    options = ", ".join(rules["scope2_revision.exemption_thresholds"].items)
    total = None if matching.matched is None else matching.matched.total
    remedy = T("Import interval data of the load of a whole year.")
    if total is None or not total.present:
        return _item(key, title, MISSING, T("The use of the plant is not known hour by hour."), remedy)
    return _item(
        key,
        title,
        READY if total.present == total.expected and matching.period.days >= YEAR else PART,
        T("In the hours that are known the plant used {load} GWh. The draft discusses {options} GWh a year for all "
          "sites of a company in one market together.", load=f"{total.load / GWH:.1f}", options=options),
        remedy,
    )  # fmt: skip


def _known(values: Floats) -> float:
    """Share of what is not missing. [1]"""
    return float(np.isfinite(values).mean()) if len(values) else 0.0


def _state(share: float, rules: Rulebook) -> str:
    if share * 100 >= float(rules["scope2_revision.load_coverage"].number):
        return READY
    return PART if share > 0 else MISSING


def _of(count: int, whole: int) -> str:
    return READY if count == whole else PART if count else MISSING


def _percent(share: float) -> str:
    """Rounded down, so that 100 is all."""
    return f"{tenths(math.floor(share * 1000) / 10)}"
