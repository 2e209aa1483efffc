"""Parameters of rules: as shipped, as an expert changes them, and what cannot be a change."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import RuleValue
from core.library.rulebook import checked, rulebook

SOURCE = "Decision of 2026-02-02"
GOOD = {"number": "7.5", "day": "2026-02-28", "flag": "yes", "list": "AA BB"}
BAD = {"number": "-1", "day": "2026-02-30", "flag": "true", "list": "AA\nBB"}
FORMS = sorted({one.form for one in rulebook().values()} & set(GOOD))


def of_form(form: str) -> str:
    """A parameter of this form that is shipped with a value."""
    return next(key for key, one in rulebook().items() if one.form == form and one.known)


def test_every_table_of_every_file_is_a_parameter() -> None:
    tables = {
        f"{file.name.removesuffix('.toml')}.{name}"
        for file in (files("resources") / "rules").iterdir()
        if file.name.endswith(".toml")
        for name, said in tomllib.loads(file.read_text("utf-8")).items()
        if isinstance(said, dict) and "value" in said
    }
    assert set(rulebook()) == tables and len(tables) > 30


@pytest.mark.parametrize("key", sorted(rulebook()))
def test_what_is_shipped_could_be_entered(key: str) -> None:
    ruling = rulebook()[key]
    assert not ruling.known or checked(RuleValue(key, ruling.value, SOURCE)).value == ruling.value
    assert ruling.title.en and ruling.title.zh and ruling.source and ruling.original is None
    assert ruling.status in ("VERIFIED", "VERIFIED_SECONDARY", "WEAK")


@pytest.mark.parametrize("form", FORMS)
def test_a_change_holds_with_its_source_and_keeps_what_was_shipped(form: str) -> None:
    key = of_form(form)
    held = rulebook([RuleValue(key, GOOD[form], SOURCE)])
    one = held[key]
    assert (one.value, one.source, one.status, one.edition) == (GOOD[form], SOURCE, "USER", "")
    assert one.original == rulebook()[key]
    assert {k: v for k, v in held.items() if k != key} == {k: v for k, v in rulebook().items() if k != key}


@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_read_changes_nothing_and_is_refused(form: str) -> None:
    key = of_form(form)
    wrong = RuleValue(key, BAD[form], SOURCE)
    assert rulebook([wrong]) == rulebook()
    with pytest.raises(UserError, match="cannot be the value"):
        checked(wrong)


def test_values_are_read() -> None:
    held = rulebook(
        RuleValue(key, value, SOURCE)
        for key, value in (
            ("renewables.gec_size", "0.5"),
            ("renewables.i_rec_china_last", "2025-01-31"),
            ("renewables.nuclear_is_renewable", "yes"),
            ("renewables.rego_countries", " GB  IE "),
        )
    )
    assert held["renewables.gec_size"].number == Decimal("0.5")
    assert held["renewables.i_rec_china_last"].day == date(2025, 1, 31)
    assert held["renewables.nuclear_is_renewable"].flag and not rulebook()["renewables.nuclear_is_renewable"].flag
    assert held["renewables.rego_countries"].items == ("GB", "IE")


@pytest.mark.parametrize("key", sorted(key for key, one in rulebook().items() if not one.known))
def test_what_is_shipped_empty_says_how_it_is_written(key: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(RuleValue(key, "\n", SOURCE))
    assert len(str(refused.value.remedy)) > len("Write it like .")


def test_a_change_of_something_unknown() -> None:
    unknown = RuleValue("renewables.moon", "full", SOURCE)
    assert rulebook([unknown]) == rulebook()
    with pytest.raises(UserError, match="no rule parameter"):
        checked(unknown)


def test_a_change_needs_a_source() -> None:
    with pytest.raises(UserError, match="source of the other value"):
        checked(RuleValue("renewables.gec_validity", "36", " "))


@given(st.sampled_from(sorted(rulebook())), st.text(max_size=12))
def test_no_text_breaks_it(key: str, value: str) -> None:
    """Whatever holds can be read in its form."""
    one = rulebook([RuleValue(key, value, SOURCE)])[key]
    if not one.known:
        assert one == rulebook()[key] or (one.form, value) == ("list", "")
        return
    match one.form:
        case "number":
            assert one.number >= 0
        case "day":
            assert one.day.isoformat() == one.value
        case "flag":
            assert one.value in ("yes", "no")
        case _:
            assert all(one.items) or not one.value.strip()
