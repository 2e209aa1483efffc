"""A plant answers SAQ 5.0 and CDP from its ledger, a supplier's declaration with an unknown smelter is sent back, and
head office hands in the group's CDP workbook, each number of which opens down to a bill.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from core.ledger import Activity, Evidence
from core.store import PlantFile
from tests.core.exchange.minerals.forms import SMELTER_HEAD, cmrt
from tests.stories.terminal import Terminal
from tests.stories.twelve import OFFICE, Keys

YEAR, LEAD, SAQ, CDP = 2025, "Li Na", "saq_5_0", "cdp_2025"
PLANTS = {"Hebei Brakes": (1_200_000, 30_000), "Beijing Dampers": (480_000, 12_000)}
"""Electricity [kWh] and natural gas [m3] of the year."""


@dataclass
class Story:
    """Two plants and their head office."""

    folder: Path
    types: Terminal
    keys: Keys

    @property
    def group(self) -> Path:
        return self.folder / "head.group"

    def path(self, name: str) -> Path:
        return self.folder / f"{name.split(maxsplit=1)[0].lower()}.plant"

    @property
    def hebei(self) -> Path:
        return self.path("Hebei Brakes")

    def plant(self, name: str, kwh: int, gas: int) -> None:
        """A plant with a bill of electricity and one of gas, both proven."""
        path = self.path(name)
        self.types("new", path, "--name", name, "--country", "CN", "--region", "CN-HE",
                   "--organisation", "Example Group", "--person", LEAD)  # fmt: skip
        table = path.with_suffix(".csv")
        table.write_text(
            "source,method,item,start,end,quantity,unit,evidence\n"
            f"Main meter,purchased_electricity,electricity,{YEAR}-01-01,{YEAR}-12-31,{kwh},kWh,E-1\n"
            f"Boiler house,stationary_combustion,natural_gas,{YEAR}-01-01,{YEAR}-12-31,{gas},m3,G-1\n",
            encoding="utf-8",
        )
        self.types("import", path, table, "--person", LEAD)
        for number in (1, 2):
            self.proves(path, f"a{number:05}", f"bill-{number}")

    def proves(self, path: Path, record: str, name: str) -> None:
        """A kept file for a record."""
        proof = self.folder / f"{path.stem}-{name}.pdf"
        proof.write_bytes(f"%PDF-1.4 {path.stem} {name}".encode())
        self.types("attach", path, proof, "--to", record, "--person", LEAD)

    def answers(self, path: Path, point: str, *said: object, person: str = LEAD) -> None:
        self.types("disclosure", "answer", "add", path, "--year", YEAR, "--point", point, "--day", f"{YEAR}-11-03",
                   "--by", person, "--person", person, *said)  # fmt: skip

    def ready(self, path: Path, key: str, code: int = 1) -> Any:
        """How ready a file is for a framework."""
        (one,) = self.types.data("disclosure", "readiness", path, "--year", YEAR, "--map", key, code=code)["maps"]
        return one

    def states(self, path: Path, key: str) -> dict[str, str]:
        """State of each question."""
        return {one["id"]: one["state"] for one in self.ready(path, key)["questions"]}

    def point(self, path: Path, key: str, code: int = 0) -> Any:
        """What is known of a data point, as the terminal shows it."""
        (one,) = self.types.data("disclosure", "points", path, "--year", YEAR, "--point", key, code=code)
        return one

    def signs(self, name: str) -> Path:
        """The signed report of a plant."""
        out = self.folder / f"{self.path(name).stem}.pdf"
        self.types("report", self.path(name), "--year", YEAR, "--out", out, "--lang", self.types.lang,
                   "--person", LEAD, "--sign", self.keys.path(LEAD), "--passphrase-file", self.keys.word)  # fmt: skip
        return out


@pytest.fixture(params=["zh", "en"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Story]:
    types, group = Terminal(request.param), tmp_path / "head.group"
    types("office", "group", group, "change", "--name", "Example Group", "--person", OFFICE)
    keys = Keys(tmp_path, group, types)
    keys.of(LEAD, "auditor")
    made = Story(tmp_path, types, keys)
    for name, (kwh, gas) in PLANTS.items():
        types("office", "plant", group, "add", "--name", name, "--country", "CN", "--person", OFFICE)
        made.plant(name, kwh, gas)
    yield made


def test_those_who_ask_are_answered(story: Story) -> None:
    the_ledger_answers(story)
    the_rest_is_answered_once(story)
    a_person_decides(story)
    a_workbook_leaves(story)
    an_unknown_smelter_is_sent_back(story)
    head_office_answers_for_all(story)


def the_ledger_answers(story: Story) -> None:
    """What follows is there before anybody has typed an answer, and nobody may type it."""
    states = story.states(story.hebei, CDP)
    assert states["7.6/1"] == states["7.7/1"] == states["7.7/2"] == "answered"
    scope1 = story.point(story.hebei, "ghg.s1")
    totals = story.types.data("inventory", story.hebei, "--year", YEAR)["totals_tco2e"]
    assert scope1["derived"] and scope1["value"] == totals["scope1"]
    said = story.types.refused("disclosure", "answer", "add", story.hebei, "--year", YEAR, "--point", "ghg.s1",
                               "--day", f"{YEAR}-11-03", "--value", "1", "--person", LEAD, code=2)  # fmt: skip
    assert said and story.point(story.hebei, "ghg.s1") == scope1


def the_rest_is_answered_once(story: Story) -> None:
    """One answer with its proof serves every questionnaire that asks for it; data and proof are counted apart."""
    before = story.ready(story.hebei, SAQ)
    assert story.states(story.hebei, SAQ)["4"] == "missing"
    asking = {key: story.states(story.hebei, key) for key in (SAQ, "rba_8_0", "ilo_ungp")}
    story.answers(story.hebei, "griev.channel", "--rows", "Letter box|staff, neighbours|zh, en|yes|all")
    known = story.ready(story.hebei, SAQ)
    assert known["data"]["n"] == before["data"]["n"] + 1 and known["evidence"]["n"] == before["evidence"]["n"]
    story.proves(story.hebei, f"{YEAR} griev.channel", "poster")
    proven = story.ready(story.hebei, SAQ)
    assert proven["data"] == known["data"] and proven["evidence"]["n"] == known["evidence"]["n"] + 1
    better = {key for key, old in asking.items() if story.states(story.hebei, key) != old}
    assert better >= {SAQ, "ilo_ungp"}, "one answer, several questionnaires"


def a_person_decides(story: Story) -> None:
    """Whether a conditional question applies is said by a person with a reason, and never by the program."""
    assert story.states(story.hebei, CDP)["3.5.2"] == "undecided"
    story.types.refused("disclosure", "decide", story.hebei, CDP, "3.5.2", "--year", YEAR, "--applies", "no",
                        "--person", LEAD, code=2)  # fmt: skip
    story.types("disclosure", "decide", story.hebei, CDP, "3.5.2", "--year", YEAR, "--applies", "no",
                "--reason", "Not regulated", "--person", LEAD)  # fmt: skip
    assert story.states(story.hebei, CDP)["3.5.2"] == "not_applicable"
    story.types.refused("disclosure", "decide", story.hebei, CDP, "7.6/1", "--year", YEAR, "--applies", "no",
                        "--reason", "We would rather not", "--person", LEAD, code=2)  # fmt: skip
    assert story.states(story.hebei, CDP)["7.6/1"] == "answered"


def a_workbook_leaves(story: Story) -> None:
    """The answers as a workbook; what was handed in stays as it was, whatever changes afterwards."""
    for key in (SAQ, CDP):
        out = story.folder / f"{key}.xlsx"
        story.types("disclosure", "export", story.hebei, key, out, "--year", YEAR)
        assert "formula" not in cells(out) and story.states(story.hebei, key).keys() <= cells(out)
    story.types("disclosure", "submit", story.hebei, CDP, "--year", YEAR, "--recipient", "A customer",
                "--person", LEAD)  # fmt: skip
    late = story.folder / "late.csv"
    late.write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        f"Generator,stationary_combustion,diesel,{YEAR}-12-01,{YEAR}-12-31,400,L,D-1\n",
        encoding="utf-8",
    )
    story.types("import", story.hebei, late, "--person", LEAD)
    story.proves(story.hebei, "a00003", "bill-3")
    (kept,) = story.types.data("disclosure", "submission", "list", story.hebei)
    compared = story.types.data("disclosure", "compare", story.hebei, CDP, "--submission", kept["id"], "--year", YEAR)
    moved = {one["point"]: one for one in compared["compared"] if one["change"] == "changed"}
    assert Decimal(moved["ghg.s1"]["difference"]) > 0 and "ghg.s2_lb" not in moved
    again = story.types.data("disclosure", "submission", "list", story.hebei)
    assert again == [kept], "what was handed in stays as it was"


def cells(path: Path) -> set[str]:
    """Everything that stands in a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return {str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}


def an_unknown_smelter_is_sent_back(story: Story) -> None:
    """A declaration whose smelter nobody knows is not complete: it is sent back with the reason and counts for none."""
    form = cmrt().with_cells({"D22": datetime.now(UTC).replace(tzinfo=None) - timedelta(days=30)})
    form.smelters = SMELTER_HEAD | {
        "B5": "Tin", "C5": "Smelter not listed", "D5": "Nameless works", "E5": "China",
    }  # fmt: skip
    workbook = story.folder / "weld-wire.xlsx"
    workbook.write_bytes(form.saved())
    story.types("minerals", "import", story.hebei, workbook, "--new-supplier", "--person", LEAD)
    (checked,) = story.types.data("minerals", "check", story.hebei, code=1)
    assert checked["status"] == "review", checked["problems"]
    assert "smelter_without_id" in {one["rule"] for one in checked["problems"]}
    story.types.refused("minerals", "decide", story.hebei, checked["id"], "--send-back", "--person", LEAD, code=2)
    story.types("minerals", "decide", story.hebei, checked["id"], "--send-back", "--reason", "Who is Nameless works?",
                "--person", LEAD)  # fmt: skip
    (sent,) = story.types.data("minerals", "check", story.hebei, code=1)
    assert (sent["verdict"], sent["status"]) == ("sent_back", "review")
    share = story.point(story.hebei, "min.response_pct")
    assert share["parts"] == ["0", "1"], "one supplier was asked, and none has answered"


def head_office_answers_for_all(story: Story) -> None:
    """Numbers add; what is missing of one plant is named; every number leads to the bills of the plants."""
    first, second = (story.signs(name) for name in PLANTS)
    story.types("office", "import", story.group, first)
    half = story.point(story.group, "ghg.s1", code=1)
    assert not half["known"] and "Beijing Dampers" in half["missing"], "a plant that has not reported is never zero"
    story.types("office", "import", story.group, second)
    scope1 = story.point(story.group, "ghg.s1")
    assert Decimal(scope1["value"]) == sum(Decimal(story.point(story.path(name), "ghg.s1")["value"]) for name in PLANTS)
    out = story.folder / "group.xlsx"
    story.types("disclosure", "export", story.group, CDP, out, "--year", YEAR)
    written = cells(out)
    for point in ("ghg.s1", "ghg.s2_lb", "ghg.s2_mb", "energy.total"):
        known = story.point(story.group, point)
        value = Decimal(known["value"])
        assert [one["kind"] for one in known["origins"]] == ["site"] * len(PLANTS), "first to the plants"
        assert any(number(cell) is not None and abs(number(cell) - value) < Decimal("1e-6") for cell in written), point
        for name in PLANTS:
            opens_to_bills(story, name, point)


def number(cell: str) -> Decimal:
    """A cell as a number; far from any where it is none."""
    try:
        return Decimal(cell)
    except ArithmeticError:
        return Decimal(-1)


def opens_to_bills(story: Story, name: str, point: str) -> None:
    """A number of a plant names records, and each record its proof."""
    lines = [one for one in story.point(story.path(name), point)["origins"] if one["kind"] in ("line", "activity")]
    assert lines, (name, point)
    with PlantFile.open(story.path(name), read_only=True) as plant:
        for key in (key for one in lines for key in one["ids"]):
            bill = plant.ledger.get("activity", key)
            assert isinstance(bill, Activity)
            assert any(key in one.activities for one in plant.ledger.held(Evidence)), bill
