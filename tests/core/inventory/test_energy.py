"""Reading what a stranger states of energy: all of ours, and nothing of another form."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.i18n import Name, T, Text
from core.inventory import Package, read
from core.inventory.energy import Energy, energy_from_plain
from core.inventory.energy.reading import LARGEST, LONG, SHORT, both, name, number, sentence
from core.ledger import canonical
from core.ledger.journal import text_to_plain
from core.library import EXACT
from tests.core.report.complete import complete
from tests.core.report.powered import stated
from tests.core.report.sample import package

REFUSALS = (KeyError, TypeError, ValueError, UserError)


def known() -> Energy:
    found = energy_from_plain(stated())
    assert found is not None
    return found


@cache
def small() -> str:
    """The same with one thing in each list, of measures and steps those that differ, as JSON: quick to read."""

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: cut(one) for key, one in value.items()}
        if isinstance(value, list) and not all(isinstance(one, str) for one in value):  # pairs stay pairs
            return [cut(one) for one in value[:1]]
        return value

    whole = json.loads(json.dumps(stated()))
    found: dict[str, Any] = cut(whole)
    for lang in ("en", "zh"):
        kept = [
            one for one in whole["savings"][lang]["measures"] if one["kind"] in ("baseline", "lighting", "heat_pump")
        ]
        found["savings"][lang]["measures"] = cut({str(n): one for n, one in enumerate(kept)}).values()
        found["savings"][lang]["measures"] = list(found["savings"][lang]["measures"])
    steps = whole["claims"][1]["check"]["steps"]
    found["claims"] = [{**cut(whole["claims"][1])}]
    found["claims"][0]["check"]["steps"] = [cut(one) for one in steps[:2]]
    return json.dumps(found)


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*way, key)
        yield from ways(one, (*way, key))


def keys_of(way: tuple[Any, ...]) -> tuple[str, ...]:
    """A way without places in lists and without the language."""
    return tuple(key for key in way if isinstance(key, str) and key not in ("en", "zh"))


@cache
def kinds_of_ways() -> tuple[tuple[Any, ...], ...]:
    """A way to everything of its kind."""
    found = {(keys_of(way), isinstance(way[-1], int)): way for way in ways(json.loads(small()))}
    return tuple(found.values())


def put(value: str, way: tuple[Any, ...], new: Any) -> Any:
    """The same with something else at the end of a way."""
    made = json.loads(value)
    inside = made
    for key in way[:-1]:
        inside = inside[key]
    inside[way[-1]] = new
    return made


@cache
def alone(part: str) -> str:
    """One part of it, beside nothing in all others, of which it knows nothing."""
    nothing: dict[type, Any] = {list: [], dict: {}}
    whole = json.loads(small())
    beside = {key: None if key in ("savings", "matching") else nothing[type(one)] for key, one in whole.items()}
    return json.dumps(beside | {part: whole[part]})


def at_each_way(change: Callable[[Any, Any], None]) -> Iterator[tuple[tuple[Any, ...], Energy]]:
    """Change what is at the end of each kind of way; the ways after which it is still read."""
    for way in kinds_of_ways():
        inside = made = json.loads(alone(way[0]))
        for key in way[:-1]:
            inside = inside[key]
        change(inside, way[-1])
        try:
            found = energy_from_plain(made)
        except REFUSALS:
            continue
        assert isinstance(found, Energy)
        yield way, found


def test_everything_that_is_stated_is_read() -> None:
    energy = known()
    plain = stated()
    assert isinstance(plain["meters"], list)
    assert [meter.id for meter in energy.meters] == [meter["id"] for meter in plain["meters"]]
    assert [system.id for system in energy.systems] == ["pv1"]
    assert [system.id for system in energy.unclear_systems] == ["pv2"]
    assert [claim.check.verdict for claim in energy.claims] == ["doubtful", "contradicted", "unknown"]
    assert energy.savings is not None
    assert len(energy.savings.measures) == len(energy.measures) - 1, "one measure cannot be calculated"
    assert energy.items["electricity"].en == "Electricity from the grid"


def test_numbers_are_what_stands_there() -> None:
    energy, plain = known(), json.loads(json.dumps(stated()))
    system, said = energy.systems[0], plain["systems"][0]
    assert system.energy_kwh == Decimal(said["energy_kwh"]) == sum(m.energy_kwh or 0 for m in system.months)
    assert system.loss_tree is not None
    assert [str(one.kwh) for one in system.loss_tree.losses] == [one["kwh"] for one in said["loss_tree"]["losses"]]
    assert system.outlook.forecast is not None
    assert system.outlook.forecast.rows[0].year == said["outlook"]["forecast"]["rows"][0]["year"] == 2020
    assert energy.meters[0].months[0].month.isoformat() == "2023-01-01"


def test_a_level_is_a_mean_and_a_gap_is_nothing() -> None:
    meters = {one.id: one for one in known().meters}
    assert meters["light"].shown == EXACT.divide(meters["light"].total, Decimal(8760))
    assert meters["main"].shown == meters["main"].total
    assert meters["gas"].shown is None
    july = next(one for one in meters["air"].months if one.month.month == 7)
    assert (july.present, july.complete, meters["air"].reading(july.total, july.present)) == (0, False, None)
    assert [one.id for one in known().children(meters["plant"])] == ["hall1", "air"]


def put_text(en: str, zh: str) -> str:
    """What the first measure leaves out, in other words."""
    made = json.loads(small())
    for lang, said in (("en", en), ("zh", zh)):
        made["savings"][lang]["measures"][0]["left_out"] = [said]
    return json.dumps(made)


def test_what_both_languages_say_is_one_text_in_both() -> None:
    savings = known().savings
    assert savings is not None
    lighting = next(one for one in savings.measures if one.kind == "lighting")
    assert lighting.years[0].lines[0].role.en == "Lighting"
    other = energy_from_plain(json.loads(put_text("Licht", "灯")))
    assert other is not None and other.savings is not None
    assert other.savings.measures[0].left_out == (Name("Licht", "灯"),)


def test_languages_that_state_different_numbers_are_refused() -> None:
    way = ("savings", "zh", "measures", 0, "total", "kwh")
    with pytest.raises(REFUSALS):
        energy_from_plain(put(small(), way, "1"))
    shorter = json.loads(small())
    shorter["savings"]["en"]["measures"].pop()
    with pytest.raises(ValueError, match="different lists"):
        energy_from_plain(shorter)


def test_keys_of_a_later_version_are_ignored() -> None:
    later = json.loads(small())
    system = later["systems"][0]
    inner = (system["owners"], system["loss_tree"], system["outlook"], system["outlook"]["forecast"]["rows"][0])
    objects = (later, *later["meters"], system, *inner, later["savings"]["en"], later["savings"]["zh"])
    for one in objects:
        one["later"] = {"deep": [1, {"x": "y"}]}
    assert energy_from_plain(later) == energy_from_plain(json.loads(small()))


def test_nothing_stated_is_nothing() -> None:
    assert energy_from_plain(None) is None
    assert package("en").energy is None


NOT_READ = {
    ("claims", "check", "claim"), ("claims", "check", "verdict_words"), ("claims", "check", "assumptions", "key"),
    ("claims", "check", "steps", "factors", "key"), ("claims", "check", "steps", "factors", "place"),
    ("claims", "check", "steps", "factors", "published"), ("claims", "check", "steps", "factors", "status"),
    ("claims", "check", "steps", "quantities", "key"), ("claims", "check", "steps", "scenarios", "factor"),
    ("claims", "check", "steps", "sources", "key"), ("savings", "memo"), ("savings", "measures", "finance", "flows"),
    ("savings", "measures", "finance", "irr_roots"), ("savings", "measures", "notes"),
    ("savings", "measures", "parameters"), ("savings", "measures", "table"),
    ("savings", "measures", "regression", "coefficients", "key"), ("savings", "measures", "years", "beside", "factor"),
    ("savings", "measures", "years", "beside", "item"), ("savings", "measures", "years", "months"),
    ("savings", "overlaps", "measures"), ("savings", "overlaps", "remedy"), ("savings", "unclear", "id"),
    ("savings", "unclear", "remedy"), ("savings", "years", "kinds"), ("systems", "outlook", "forecast", "years"),
    ("systems", "arrays", "commissioned"), ("systems", "arrays", "gamma"), ("systems", "arrays", "id"),
    ("systems", "arrays", "inverter_efficiency"), ("systems", "arrays", "system"), ("systems", "zone"),
}  # fmt: skip
"""What no page shows; the claims are compared whole."""
OPTIONAL = {("matching",)}
"""What earlier versions did not state."""
FREE = {("claims", "record"), ("items",), ("measures",), ("savings", "years", "money"), ("systems", "figures")}
"""Records, whose fields have defaults, and objects whose keys are data."""


def test_no_key_that_is_shown_may_be_missing() -> None:
    harmless = {keys_of(way) for way, _ in at_each_way(lambda inside, key: inside.pop(key)) if isinstance(way[-1], str)}
    harmless = {way for way in harmless if "args" not in way}
    surprising = {way for way in harmless if not any(way[: len(one)] == one for one in NOT_READ | FREE)}
    assert surprising == OPTIONAL
    assert harmless > NOT_READ - {("savings", "measures", "years", "months")}


HOSTILE: tuple[Any, ...] = (
    None, True, -1, 2**52, 1.5, "", "1E+999999", "9" * 40, "NaN", "-0.0", "0x10", "１２", "x" * 100_000, [], [[]],
    [None] * 9000, {}, {"msgid": "{a.__class__}", "args": {"a": 1}}, {"msgid": 1, "args": []}, {"en": 1, "zh": "x"},
    "2023-13", "2023-02-30", "0000-00",
)  # fmt: skip


@pytest.mark.parametrize("new", HOSTILE, ids=lambda one: repr(one)[:30])
def test_nothing_of_another_form_crashes(new: Any) -> None:
    """At the end of every kind of way: it is read as what it is, or refused as no friend's."""
    read_as_it_is = [way for way, _ in at_each_way(lambda inside, key: inside.__setitem__(key, new))]
    assert len(read_as_it_is) < len(kinds_of_ways()) * 0.65, "a number where one is allowed, a text where one is"


def deep(levels: int) -> Any:
    made: Any = "x"
    for _ in range(levels):
        made = {"msgid": "{a}{a}{a}{a}", "args": {"a": {"text": made}}}
    return made


def test_a_sentence_that_would_fill_the_memory_is_refused_before_it_is_written() -> None:
    plain = text_to_plain(T("end"))
    for _ in range(30):
        plain = {"msgid": "{a}{a}", "args": {"a": {"text": plain}}}
    with pytest.raises(ValueError, match="too long"):
        sentence(plain)
    assert isinstance(sentence(text_to_plain(T("From {start} on", start="x"))), Text)


def test_lengths_and_sizes_are_bounded() -> None:
    assert number("1" + "0" * 18) == LARGEST
    for wrong in ("1" + "0" * 18 + ".1", "-" + "9" * 19, "1e5", "", " 1", 1, 1.5, None):
        with pytest.raises(ValueError):
            number(wrong)
    assert name("x" * LONG).en == "x" * LONG
    for long in ("x" * (LONG + 1), {"en": "x", "zh": "x" * (LONG + 1)}, {"en": "x"}, 7):
        with pytest.raises((TypeError, ValueError)):
            name(long)
    way = ("meters", 0, "name")
    assert isinstance(energy_from_plain(put(small(), way, "x" * SHORT)), Energy)
    with pytest.raises(ValueError, match="meters: name: a text that is too long"):
        energy_from_plain(put(small(), way, "x" * (SHORT + 1)))


@given(st.recursive(st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=3),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
                    max_leaves=8))  # fmt: skip
def test_what_is_the_same_in_both_languages_stays(value: Any) -> None:
    assert both(value, value) == value


@pytest.fixture(scope="module")
def signed_form() -> Package:
    return complete("en", draws=0)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda energy: energy["meters"][0].pop("total"), "meters: total is missing"),
        (lambda energy: energy["meters"][0].update(total="1E5"), "meters: total: not a plain decimal number"),
        (lambda energy: energy["systems"][0]["loss_tree"]["losses"][0].update(kwh=None), "systems: loss_tree: losses"),
        (lambda energy: energy.update(meters=[energy["meters"][0]] * 2001), "meters: a list of more than 2000"),
        (lambda energy: energy["claims"][0]["record"].update(years="1000"), ""),
        (lambda energy: energy["claims"].extend(energy["claims"] * 40), "at most 100"),
        (lambda energy: energy.update(savings="none"), ""),
        (lambda energy: energy["claims"][0].pop("record"), "record"),
    ],
)
def test_a_package_with_broken_energy_is_refused_with_a_reason(
    signed_form: Package, change: Callable[[Any], Any], named: str
) -> None:
    plain = copy.deepcopy(dict(signed_form.plain))
    change(plain["energy"])
    try:
        found = read(canonical(plain))
    except UserError as error:
        assert named in str(error)
    else:
        assert not named, "it should have been refused"
        assert found.energy is not None


def test_deep_nesting_is_refused(signed_form: Package) -> None:
    plain = copy.deepcopy(dict(signed_form.plain))
    energy: Any = plain["energy"]
    energy["systems"][0]["notes"] = [deep(40)]
    with pytest.raises(UserError):
        read(canonical(plain))


def test_a_finding_that_would_fill_the_memory_is_refused(signed_form: Package) -> None:
    """Sentences of findings come from the same strangers."""
    plain = copy.deepcopy(dict(signed_form.plain))
    message = text_to_plain(T("end"))
    for _ in range(4):
        message = {"msgid": "{a}" * 500, "args": {"a": {"text": message}}}
    findings: Any = plain["findings"]
    findings[0]["message"] = message
    with pytest.raises(UserError, match="too long"):
        read(canonical(plain))


def test_an_older_package_without_energy_is_read(signed_form: Package) -> None:
    plain = copy.deepcopy(dict(signed_form.plain))
    del plain["energy"]
    assert read(canonical(plain)).energy is None
