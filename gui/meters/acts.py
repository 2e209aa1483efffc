"""Taking a meter away with all that hangs on it, as steps of one change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.ledger import IntervalData, Ledger, Meter, MeterExchange, PvSystem, Reading, Record, Step, kind_of


def removing(ledger: Ledger, meter: Meter) -> tuple[Step, ...]:
    """A meter with its values, readings and exchanges; the meters below it go one up, PV systems forget it."""
    gone: list[Record] = [meter]
    data = ledger.get("intervals", meter.id)
    gone += [data] if isinstance(data, IntervalData) else []
    gone += [one for one in ledger.held(Reading) if one.meter == meter.id]
    gone += [one for one in ledger.held(MeterExchange) if one.meter == meter.id]
    steps = [Step(kind_of(one), one.id, one, None) for one in gone]
    steps += [
        Step("meter", one.id, one, replace(one, parent=meter.parent))
        for one in ledger.held(Meter)
        if one.parent == meter.id
    ]
    steps += [Step("pv_system", one.id, one, after) for one, after in _without(ledger.held(PvSystem), meter.id)]
    return tuple(steps)


def _without(systems: Sequence[PvSystem], key: str) -> Iterator[tuple[PvSystem, PvSystem]]:
    """The systems that go by a meter, before and after they forget it."""

    def others(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in keys if one != key)

    for one in systems:
        after = replace(
            one,
            generation=others(one.generation),
            feed_in=others(one.feed_in),
            purchased=others(one.purchased),
            irradiance="" if one.irradiance == key else one.irradiance,
            temperature="" if one.temperature == key else one.temperature,
        )
        if after != one:
            yield one, after


def users_of(ledger: Ledger, meter: str) -> list[PvSystem]:
    """PV systems that go by a meter."""
    return [one for one, _after in _without(ledger.held(PvSystem), meter)]
