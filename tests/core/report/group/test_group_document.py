"""The report of a group follows from its package alone: the same bytes, every section, nothing that is not in it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.ledger import canonical
from core.report import Cancelled
from core.report.discover import Section
from core.report.group import GroupPackage, compare, read, render, write
from core.report.group.data import GroupData
from core.report.group.discover import all_sections
from core.report.group.package import Cells
from tests.core.report.group.sample import REGISTER, bare, contents, package
from tests.core.report.poppler import needs_poppler
from tests.core.report.poppler import text as text_of

_CHILD = """
import hashlib
from tests.core.report.group.sample import package
from core.report.group import render
print(hashlib.sha256(render(package("both"))).hexdigest())
"""


@pytest.fixture(scope="module")
def english() -> bytes:
    return render(package("en"))


def test_the_same_package_gives_the_same_bytes_elsewhere() -> None:
    here = hashlib.sha256(render(package("both"))).hexdigest()
    environment = {**os.environ, "TZ": "America/Mexico_City", "PYTHONHASHSEED": "4711", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == here


def test_what_was_rendered_is_recognised_and_another_is_not(english: bytes) -> None:
    assert compare(english, package("en")) == "equal"
    assert compare(english, package("both")) == "differs"
    assert compare(english[:-1], package("en")) == "differs"
    whole = contents("en")
    older = read(write(replace(whole, issue=replace(whole.issue, renderer="group-0")), REGISTER))
    assert compare(english, older) == "unknown-renderer"
    with pytest.raises(UserError, match="group-0"):
        render(older)


@needs_poppler
def test_every_number_of_the_cover_follows_from_the_cells(english: bytes, tmp_path: Path) -> None:
    data = GroupData(package("en"))
    text = text_of(english, tmp_path)
    for value in (data.location, data.market, data.totals["scope1"], data.totals["scope3"]):
        assert f"{value:,.0f}" in text
    assert data.location == data.totals["scope1"] + data.totals["scope2_location"] + data.totals["scope3"]
    by_country = data.laid_out("country")
    assert sum((scopes["scope1"] for scopes in by_country.values()), Decimal(0)) == data.totals["scope1"]


@needs_poppler
def test_it_names_what_lacks_what_was_taken_away_and_what_it_rests_on(english: bytes, tmp_path: Path) -> None:
    text = text_of(english, tmp_path)
    for said in (
        "Not in these numbers: Upper Heyford, Suzhou",
        "no report",
        "GEC-2024-000123",
        "−120.000",
        "Krosno was bought.",
        "Decided by head office:",
        "0a" * 16,
        "5d" * 16,
        "Chihuahua *",
        "0–100%",
        package("en").sha256,
    ):
        assert said in text, said


@pytest.mark.parametrize("section", all_sections(), ids=lambda one: one.key)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_section_can_do_with_little(section: Section, lang: str) -> None:
    for one in (bare(lang), package(lang)):
        story = section.story(GroupData(one), "both" if section.once else lang)
        assert isinstance(story, list)
    assert section.story(GroupData(package(lang)), lang), "the sample has something for everybody"


@needs_poppler
def test_a_bare_group_has_a_report_too(tmp_path: Path) -> None:
    text = text_of(render(bare()), tmp_path)
    assert "No emissions were recorded" in text
    assert "Why it changed" not in text


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        render(package("en"), cancelled=lambda: True)
    told: list[float] = []
    render(bare(), told.append)
    assert told[-1] == 1.0 and told == sorted(told)


# ---------------------------------------------------------------------- the package


def changed(path: tuple[str | int, ...], value: object) -> bytes:
    plain = json.loads(package("en").data)
    inner = plain
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return canonical(plain)


def test_written_and_read_it_is_the_same() -> None:
    held = package("both")
    assert isinstance(held, GroupPackage)
    assert held.contents == contents("both")
    assert write(held.contents, held.register) == held.data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("contents", "cells", "plant", 0), 99),
        (("contents", "cells", "plant", 0), -1),
        (("contents", "cells", "month"), []),
        (("contents", "cells", "billionths", 0), "1e5"),
        (("contents", "cells", "billionths", 0), "007"),
        (("contents", "cells", "scope", 0), "1"),
        (("contents", "reports", 0, "plant"), 6),
        (("contents", "intensities", 0, "plant"), -2),
        (("contents", "series", 0, "original", "location"), "1E+999999"),
        (("contents", "year"), "2024"),
        (("contents", "year"), True),
        (("contents", "more"), 1),
        (("contents", "issue", "issued"), "yesterday"),
        (("contents", "notices", 0, "msgid"), "{names.__class__}"),
        (("register", "authority"), []),
        (("register", "site", 0, "country"), 1),
        (("schema", "version"), "2.0"),
        (("schema", "name"), "plant-audit"),
        (("schema",), []),
    ],
)
def test_what_does_not_fit_is_refused(path: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(UserError):
        read(changed(path, value))


def test_a_later_minor_version_may_say_more() -> None:
    plain = json.loads(package("en").data)
    plain["schema"]["version"] = "1.99"
    plain["contents"]["plants"][0]["more"] = {"x": "1"}
    later = read(canonical(plain))
    assert later.contents == contents("en") and later.version == "1.99"
    plain["schema"]["version"] = "1.1"
    with pytest.raises(UserError, match="cannot be read"):
        read(canonical(plain))


def test_an_earlier_minor_version_may_lack_what_was_added_since_and_nothing_else() -> None:
    plain = json.loads(package("en").data)
    for key in ("ways", "asked"):
        del plain["contents"][key]
    with pytest.raises(UserError, match="cannot be read"):
        read(canonical(plain))
    plain["schema"]["version"] = "1.0"
    earlier = read(canonical(plain))
    assert earlier.contents == replace(contents("en"), ways=None, asked=None) and earlier.version == "1.0"
    del plain["contents"]["notices"]
    with pytest.raises(UserError, match="cannot be read"):
        read(canonical(plain))


def test_amounts_larger_than_53_bits_stay_exact() -> None:
    whole = contents("en")
    huge = Cells((0,), (0,), (0,), (0,), (24288,), (0,), (str(2**70),))
    held = read(write(replace(whole, cells=huge), REGISTER))
    assert GroupData(held).location == Decimal(2**70).scaleb(-9)


# ---------------------------------------------------------------------- ways


@needs_poppler
def test_it_says_who_misses_a_promise_and_never_rounds_up_to_all(english: bytes, tmp_path: Path) -> None:
    text = " ".join(text_of(english, tmp_path).split())
    for said in (
        "plants that miss what they promise: 1, by 0.001 MWh a year together",
        "99.9",
        "“Scopes 1 and 2 by 2030” is above its pathway by 200.0 t",
        "“Net zero” is stopped: The target covers too little.",
        "157.45 EUR/t",
        "says nothing",
    ):
        assert said in text, said


def test_the_share_of_the_group_follows_from_sums() -> None:
    """9,999,999 of 11,000,000 kWh; the average of the three shares would be another number."""
    from core.report.group.sections.ways import _shares

    ways = package("en").contents.ways
    assert ways is not None
    assert _shares(ways.plants) == ("11,000.0", "90.9", "5.4", "5.4")


# ---------------------------------------------------------------------- answers to those who ask


@needs_poppler
def test_it_counts_data_and_proof_apart_and_says_of_whom_something_is_missing(english: bytes, tmp_path: Path) -> None:
    text = " ".join(text_of(english, tmp_path).split())
    for said in (
        "CDP climate 2025 41 of 60 28 of 60 4 2",
        "30 of 30 30 of 30 0 0",
        "Upper Heyford no report 0 of 57 0 of 57",
        "Water consumed Luton, Upper Heyford, 3 more 7",
        "Process for climate risks Head office 4",
        "Environmental management Proof expired: Krosno 3",
        "Fuel used The plants give it in different units: MWh, t. 2",
        "Further data points that are missing: 5.",
        "“Luton-2024.pdf” is missing.",
    ):
        assert said in text, said


def test_a_group_that_answers_nobody_has_no_such_section() -> None:
    from core.report.group.sections.disclosures import story

    assert story(GroupData(bare("en")), "en") == []
