"""The package compiles again to the same result, and hostile data never get further than a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.errors import UserError
from core.inventory import build, choices_of, compile_inventory, differences, read, unknown_factors
from core.inventory.audited import audited
from core.ledger import Audit, Evidence, Ledger, Plant, canonical, sha256_of
from core.library import Library, load_library
from core.solar import summary
from tests.core.samples import ISSUE, PLANT, activity, green, ledgers, month, year_of_bills

LIBRARY = load_library()
AUDIT = Audit("2023", date(2023, 1, 1), date(2023, 12, 31), "AR6", preparer="Li Na", revision=1)


def package(ledger: Ledger, audit: Audit = AUDIT) -> dict[str, Any]:
    inventory = compile_inventory(ledger, choices_of(audit, 2023), LIBRARY)
    return build(ledger, audit, review(inventory), LIBRARY, ISSUE)


def recalculated(data: bytes) -> list[str]:
    """Where a recalculation does not confirm a package."""
    received = read(data)
    inventory = received.inventory()
    return [d.where for d in differences(received, inventory, review(inventory))]


LEDGER = Ledger.of(
    [
        PLANT,
        AUDIT,
        replace(AUDIT, id="2022", start=date(2022, 1, 1), end=date(2022, 12, 31)),
        *year_of_bills(),
        activity("gas", method="stationary_combustion", item="natural_gas", unit="m3", **month(3)),
        activity("old", **month(3, 2021)),
        *(activity(f"h{n}", source="Hall 2", **month(n)) for n in (1, 2)),
        activity(
            "over", method="mobile_combustion", item="diesel", unit="MWh", start=date(2022, 12, 5), end=date(2023, 1, 9)
        ),
        activity("leak", method="refrigerants", item="R-402A", unit="kg", evidence=""),
        activity("pv1", source="Roof", method="solar_generation", item="solar_generated", quantity=900),
        activity("pv2", source="Roof", method="solar_generation", item="solar_fed_in", quantity=1000),
        activity("green", evidence="bill 7"),
        *green("green", 700),
        *green("old", 100, "i2", start=date(2021, 1, 1), end=date(2021, 12, 31)),
        Evidence("e1", "january.pdf", "bill", "ab" * 32, 4000, activities=("m01", "old")),
        Evidence("e2", "old.pdf", "bill", "cd" * 32, 4000, activities=("old",)),
    ]
)
PLAIN = package(LEDGER)
BYTES = canonical(PLAIN)


@settings(max_examples=60)
@given(ledgers())
def test_any_ledger_compiles_again_from_its_package(pair: tuple[Ledger, Audit]) -> None:
    """The factors that travel lead to the same choices as the whole library did."""
    ledger, audit = pair
    plain = package(ledger, audit)
    received = read(canonical(plain))
    again = received.inventory()
    whole = compile_inventory(ledger, choices_of(audit, 2023), LIBRARY)
    assert again == whole
    assert summary(again) == summary(whole)
    assert recalculated(canonical(plain)) == []
    assert unknown_factors(received, LIBRARY) == ()
    assert received.bytes == canonical(plain)
    assert received.sha256 == sha256_of(plain)


def test_only_the_audited_part_travels() -> None:
    ids = {kind: [r["id"] for r in records] for kind, records in PLAIN["ledger"].items()}
    assert "old" not in ids["activity"] and "over" in ids["activity"]
    assert ids["audit"] == ["2023"] and ids["evidence"] == ["e-i1", "e1"]
    assert PLAIN["manifest"]["e1"] == {"name": "january.pdf", "sha256": "ab" * 32, "size": 4000}
    assert set(PLAIN["manifest"]) == {"e-i1", "e1"}, "the proof of an instrument of another year stays at home"
    assert ids["instrument"] == ["i1", "i2"] and ids["allocation"] == ["al-i1-green", "al-i2-old"]
    assert audited(LEDGER, choices_of(AUDIT, 2023).period, AUDIT).plant == PLANT


def test_what_was_issued_is_read() -> None:
    received = read(BYTES)
    assert received.issue == ISSUE
    assert received.audit == AUDIT
    assert [f.message.in_language("zh") for f in received.findings] == [
        f.message.in_language("zh") for f in review(received.inventory())
    ]
    assert "外购电力" in "".join(f.message.in_language("zh") for f in received.findings)


def altered(change: Callable[[dict[str, Any]], object], *, rehash: bool = True) -> bytes:
    plain = json.loads(BYTES)
    change(plain)
    if rehash:
        plain["ledger_sha256"] = sha256_of(plain["ledger"])
    return canonical(plain)


def _line(plain: dict[str, Any], key: str) -> dict[str, Any]:
    return next(line for line in plain["inventory"]["lines"] if line["id"] == key)


def _add_hidden_line(plain: dict[str, Any]) -> None:
    lines = plain["inventory"]["lines"]
    lines.insert(0, dict(lines[0], tco2e="0"))


CHEATS: dict[str, Callable[[dict[str, Any]], object]] = {
    "total": lambda p: p["inventory"]["totals_tco2e"].update(scope1="1"),
    "line": lambda p: _line(p, "gas").update(tco2e="0.000000001"),
    "last digit": lambda p: _line(p, "gas").update(tco2e=_line(p, "gas")["tco2e"] + "1"),
    "kg": lambda p: _line(p, "gas")["kg"].update(CH4="0"),
    "factor": lambda p: _line(p, "gas")["factor"].update(publisher="Somebody"),
    "hidden line": _add_hidden_line,
    "order": lambda p: p["inventory"]["lines"].reverse(),
    "dropped line": lambda p: p["inventory"]["lines"].pop(),
    "excluded": lambda p: p["inventory"].update(excluded=[]),
    "number for truth": lambda p: _line(p, "gas").update(estimated=0),
    "null": lambda p: p["inventory"].update(extra=None),
    "finding": lambda p: p["findings"].pop(0),
    "finding's words": lambda p: p["findings"][0]["message"].update(msgid="All is well", args={}),
    "severity": lambda p: p["findings"][0].update(severity="info"),
    "manifest": lambda p: p["manifest"]["e1"].update(sha256="00" * 32),
    "revision": lambda p: p["audit"].update(revision=7),
    "activity": lambda p: p["ledger"]["activity"][0].update(quantity="1"),
    "policy": lambda p: p["ledger"]["audit"][0].update(policy="gbt-32150-2025"),
    "gwp": lambda p: p["library"]["gwp"]["AR6"]["species"]["HFC-125"].update(gwp="1"),
    "evidence": lambda p: p["ledger"]["evidence"].clear(),
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_every_cheat_shows(cheat: str) -> None:
    assert recalculated(altered(CHEATS[cheat])) != []


def test_a_changed_ledger_does_not_fit_its_hash() -> None:
    with pytest.raises(UserError, match="own hash"):
        read(altered(CHEATS["activity"], rehash=False))


def _borrow(plain: dict[str, Any]) -> None:
    """Yunnan's factor under Hebei's key."""
    factors = plain["library"]["factors"]
    key = "cn_electricity_2023.electricity.location.CN-HE.2023.kWh"
    factors[key]["amounts"] = factors["cn_electricity_2023.electricity.location.CN-YN.2023.kWh"]["amounts"]


def _move(plain: dict[str, Any]) -> None:
    """Hebei's factor says it is Yunnan's, and the other way round, each with its true number."""
    factors = plain["library"]["factors"]
    one, other = (factors[f"cn_electricity_2023.electricity.location.CN-{r}.2023.kWh"] for r in ("HE", "YN"))
    one["region"], other["region"] = other["region"], one["region"]


@pytest.mark.parametrize(
    "forge",
    [
        _borrow,
        _move,
        lambda p: p["library"]["factors"].pop("cn_electricity_2023.electricity.location.CN-HE.2023.kWh"),
        lambda p: p["library"]["items"]["natural_gas"].update(biogenic=True),
        lambda p: p["library"]["items"]["R-402A"].update(composition=[["HFC-125", "0.01"], ["HCFC-22", "0.99"]]),
        lambda p: p["library"]["gwp"]["AR6"]["species"]["HFC-125"].update(gwp="1"),
        lambda p: p["library"]["gwp"]["AR6"]["species"]["HFC-125"].update(gas="other"),
        lambda p: p["library"]["factors"]["cn_gbt32151_2024.natural_gas.ncv.CN"].update(data_year=2023),
    ],
    ids=["borrowed number", "moved region", "left out", "biogenic", "composition", "potential", "gas", "year"],
)  # fmt: skip
def test_a_consistent_forgery_of_the_library_is_named(forge: Callable[[dict[str, Any]], object]) -> None:
    """Such a package may be equal to its own recalculation; the reader's library tells."""
    assert unknown_factors(read(altered(forge)), LIBRARY) != ()


def test_an_own_factor_is_named_and_nothing_else() -> None:
    own = Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, LIBRARY.factors[1:])
    assert unknown_factors(read(BYTES), LIBRARY) == ()
    plain = package(Ledger.of([replace(PLANT, country="CN"), AUDIT, activity()]))
    received = read(canonical(plain))
    gone = next(f for f in received.library.factors)
    own = Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, tuple(f for f in LIBRARY.factors if f.key != gone.key))
    assert [d.where for d in unknown_factors(received, own)] == [f"factor {gone.key}"]


REFUSED: dict[str, Callable[[dict[str, Any]], object]] = {
    "schema": lambda p: p.pop("schema"),
    "name": lambda p: p["schema"].update(name="other"),
    "newer": lambda p: p["schema"].update(min_reader="2.0"),
    "digit": lambda p: p["schema"].update(min_reader="²"),
    "long": lambda p: p["schema"].update(min_reader="1" * 5000),
    "two audits": lambda p: p["ledger"]["audit"].append(dict(p["ledger"]["audit"][0], id="2022")),
    "two plants": lambda p: p["ledger"]["plant"].append(dict(p["ledger"]["plant"][0], id="other")),
    "no plant": lambda p: p["ledger"]["plant"].clear(),
    "ten thousand years": lambda p: p["ledger"]["audit"][0].update(start="0001-01-01", end="9999-12-31"),
    "reversed audit": lambda p: p["ledger"]["audit"][0].update(start="2023-12-31", end="2023-01-01"),
    "no gases": lambda p: next(iter(p["library"]["factors"].values())).update(amounts={}, value=None),
    "gas": lambda p: p["library"]["gwp"]["AR6"]["species"]["CO2"].update(gas="helium"),
    "printed with": lambda p: next(iter(p["library"]["sets"].values())).update(gwp="AR9"),
    "severity": lambda p: p["findings"][0].update(severity="fatal"),
    "sentence": lambda p: p["findings"][0]["message"].update(msgid="{source.__class__}"),
    "width": lambda p: p["findings"][0]["message"].update(msgid="{source:>9999999999}"),
    "time": lambda p: p["issue"].update(issued="noon"),
    "list": lambda p: p.update(ledger=[]),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused(kind: str) -> None:
    plain = json.loads(BYTES)
    REFUSED[kind](plain)
    plain["ledger_sha256"] = sha256_of(plain["ledger"])
    with pytest.raises(UserError):
        read(canonical(plain))


def test_too_large_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inventory.package.LARGEST", len(BYTES) - 1)
    with pytest.raises(UserError, match="larger than"):
        read(BYTES)


def test_fields_of_a_later_minor_version_are_kept() -> None:
    later = altered(lambda p: p.update(weather="sunny"))
    assert read(later).plain["weather"] == "sunny"
    assert recalculated(later) == []


def _places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _places(inner, (*path, index))


SMALL = package(
    Ledger.of(
        [
            Plant("P", "CN", "CN-HE"),
            AUDIT,
            activity("a"),
            activity("b", method="stationary_combustion", item="diesel", unit="l", estimated=True),
            activity("c", method="welding_gas", item="ar80_co2_20", unit="kg"),
            activity("d", method="solar_generation", item="solar_self_used"),
            Evidence("e1", "a.pdf", "bill", "ab" * 32, 1, activities=("a",)),
        ]
    )
)
SMALL_BYTES = canonical(SMALL)
SMALL_PLACES = [p for p in _places(SMALL) if p[0] != "inventory"]
JUNK: st.SearchStrategy[object] = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            -1,
            2**52,
            "",
            "x",
            "0",
            "-1",
            "9" * 30,
            "CO2",
            "AR4",
            "kWh",
            "World",
            "9999-12-31",
            "0001-01-01",
            "{0}",
            "{a.b}",
            [],
            {},
            [[]],
            [None],
            {"en": "x"},
            "NaN",
            "1E+9",
            "０",
            "\u202e",
            "kg/kWh",
            "1",
        ]
    ),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(codec="utf-8"), max_size=6),
)


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(SMALL_PLACES), JUNK, st.booleans()), min_size=1, max_size=3), st.booleans())
def test_hostile_packages_raise_nothing_but_a_user_error(
    mutations: list[tuple[tuple[object, ...], object, bool]], rehash: bool
) -> None:
    plain = json.loads(SMALL_BYTES)
    for path, junk, drop in mutations:
        _mutate(plain, path, junk, drop)
    if rehash and isinstance(plain.get("ledger"), dict):
        plain["ledger_sha256"] = sha256_of(plain["ledger"])
    try:
        received = read(canonical(plain))
        inventory = received.inventory()
        found = review(inventory)
        differences(received, inventory, found)
        unknown_factors(received, LIBRARY)
        summary(inventory)
        for finding in (*received.findings, *found):
            finding.message.in_language("zh"), finding.remedy.in_language("en")
    except UserError as error:
        assert error.text("zh")


def _mutate(plain: Any, path: tuple[Any, ...], junk: object, drop: bool) -> None:
    here = plain
    try:
        for step in path[:-1]:
            here = here[step]
        if drop:
            del here[path[-1]]
        else:
            here[path[-1]] = junk
    except (KeyError, IndexError, TypeError):
        return


@settings(max_examples=100)
@given(st.binary(max_size=40), st.integers(0, len(SMALL_BYTES)), st.integers(0, 60))
def test_damaged_bytes(junk: bytes, position: int, cut: int) -> None:
    """A name may be another name; then the package is another package."""
    damaged = SMALL_BYTES[:position] + junk + SMALL_BYTES[position + cut :]
    try:
        received = read(damaged)
    except UserError:
        return
    assert received.bytes == damaged
