"""Twelve plants in five countries, three years, one group: what goes wrong on the way, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.group.inbox.against import total_of
from core.ledger import Audit, Ledger
from core.library import Library, load_library
from core.signing import Identity
from core.store import GroupFile
from tests.stories.terminal import Terminal
from tests.stories.twelve import BY_NAME, OFFICE, SERIAL, WORKS, YEARS, Keys, altered, ledger, ordinary, sign

COMPANIES = ("north", "venture", "poland", "czechia", "britain", "mexico")
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")


@dataclass
class Story:
    """Where it plays."""

    folder: Path
    types: Terminal
    keys: Keys
    li: Identity
    """An auditor."""

    @property
    def group(self) -> Path:
        return self.folder / "head.group"

    def office(self, command: str, *words: object, code: int = 0) -> Any:
        """What a command of head office answers to another program."""
        return self.types.data("office", command, self.group, *words, code=code)

    def table(self, name: str, *rows: str) -> Path:
        """A csv file as head office keeps it."""
        path = self.folder / f"{name}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    def takes(self, name: str, data: bytes, code: int = 0) -> dict[str, Any]:
        """A file comes by mail; what was decided."""
        path = self.folder / "post" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        (one,) = self.office("import", path, code=code)["reports"]
        return dict(one)

    def decides(self, name: str, verdict: str, reason: str) -> None:
        """Somebody at head office decides about a held file."""
        self.types("office", "decide", self.group, name, verdict, "--reason", reason, "--person", OFFICE)

    def sums(self, year: int) -> dict[str, Decimal]:
        """The group's tonnes of a year."""
        found = self.office("summary", "--year", year)["totals_tco2e"]
        return {scope: Decimal(found[scope]) for scope in SCOPES}


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Head office before the first mail: a root, an auditor, and who belongs to the group."""
    folder = tmp_path_factory.mktemp("twelve")
    group, types = folder / "head.group", Terminal("en")
    by = ("--person", OFFICE)
    types("office", "group", group, "change", "--name", "Example Group", "--base-year", 2022, *by)
    keys = Keys(folder, group, types)
    made = Story(folder, types, keys, keys.of("Li Na", "auditor"))
    countries = dict(zip(COMPANIES, ("CN", "CN", "PL", "CZ", "GB", "MX"), strict=True))
    companies = made.table("companies", "name,country", *(f"{name},{countries[name]}" for name in COMPANIES))
    types("office", "company", group, "import", companies, *by)
    plants = made.table(
        "plants", "name,country,business,opened",
        *(f"{w.name},{w.country},{w.business},{'2023-04-01' if w.name == 'Tychy Axles' else ''}" for w in WORKS),
    )  # fmt: skip
    types("office", "plant", group, "import", plants, *by)
    owned = [f"Example Group,{name},,,{60 if name == 'venture' else 100},yes,full," for name in COMPANIES]
    for works in WORKS:
        start = "2024-01-01" if works.name == "Chihuahua Dampers" else ""
        end, why = ("2023-06-30", "sold") if works.name == "Luton Suspension" else ("", "bought" if start else "")
        owned.append(f"{works.company},{works.name},{start},{end},100,yes,full,{why}")
    stakes = made.table("stakes", "holder,held,start,end,percent,operational,financial,reason", *owned)
    types("office", "stake", group, "import", stakes, *by)
    for year in YEARS:
        types("office", "deadline", group, "add", "--year", year, "--due", f"{year + 1}-03-31", *by)
    yield made


@pytest.fixture(scope="module")
def received(story: Story) -> Story:
    """Everything that is ordinary came in, as one folder."""
    folder = story.folder / "folder"
    folder.mkdir()
    for name, year, data in ordinary(story.li, now()):
        (folder / f"{name}-{year}.pdf").write_bytes(data)
    (folder / "minutes.pdf").write_bytes(b"%PDF-1.7\nnot a report\n%%EOF\n")
    found = story.office("import", folder, code=1)["reports"]
    states = {one["file"]: one["state"] for one in found}
    assert states.pop("minutes.pdf") == "rejected"
    held = {file for file, state in states.items() if state != "accepted"}
    assert held == {"Cheb Valves-2023.pdf"}, "the Czech grid became so much cleaner that somebody has to look"
    story.decides("Cheb Valves-2023.pdf", "accepted", "The residual and average factors of 2023 were published lower.")
    assert len(states) == 12 * 3 - 2 - 7
    return story


def foreign() -> Library:
    """What a plant calculates with that head office does not have: a newer factor for Czech electricity."""
    library = load_library()
    known = next(f for f in library.about("electricity", "location") if f.region == "CZ")
    newer = replace(known.set, key="cz_electricity_2031", rank=1)
    factor = replace(known, key=known.key.replace(known.set.key, newer.key), set=newer, data_year=2024,
                     amounts={gas: 2 * amount for gas, amount in known.amounts.items()})  # fmt: skip
    return library.with_sets([factor])


def test_one_file_of_each_kind_of_trouble(received: Story) -> None:
    story = received
    tampered_with(story)
    revoked(story)
    held_for_a_factor(story)
    counted_twice(story)
    opened_again(story)
    matrix(story)
    ownership_counts(story)
    explained(story)
    changed(story)
    base_year(story)
    comes_again(story)
    leaves(story)
    with GroupFile.open(story.group) as group:
        assert group.health.sound


def tampered_with(story: Story) -> None:
    """Gliwice's report of 2024 was altered on the way; sent again as it was signed, it counts."""
    good = sign(ledger(BY_NAME["Gliwice Brakes"], 2024), 2024, story.li, now()).data
    bad = story.takes("gliwice-2024.pdf", altered(good), code=1)
    assert bad["state"] == "rejected"
    assert "changed after it was signed" in bad["reasons"][0]
    assert story.takes("gliwice-2024-again.pdf", good)["state"] == "accepted"


def revoked(story: Story) -> None:
    """Zhou Wei left; what he signed afterwards with his old key is refused."""
    zhou = story.keys.of("Zhou Wei", "auditor")
    with GroupFile.open(story.group) as group:
        (one,) = (c for c in group.register.records["certificate"].values() if getattr(c, "name", "") == "Zhou Wei")
    story.types("office", "certificates", story.group, "revoke", one.id, "--reason", "Left the company",
                "--out", story.folder / "revoked.crl", *story.keys.with_root)  # fmt: skip
    held = ledger(BY_NAME["Suzhou Controls"], 2024)
    found = story.takes("suzhou-2024.pdf", sign(held, 2024, zhou, now()).data, code=1)
    assert (found["state"], "revoked" in found["reasons"][0]) == ("rejected", True)
    assert story.takes("suzhou-2024-li.pdf", sign(held, 2024, story.li, now()).data)["state"] == "accepted"


def held_for_a_factor(story: Story) -> None:
    """Cheb calculated with a factor that head office does not have: a person decides, with a reason."""
    data = sign(ledger(BY_NAME["Cheb Valves"], 2024), 2024, story.li, now(), foreign()).data
    found = story.takes("cheb-2024.pdf", data)
    assert found["state"] == "held"
    assert any("cz_electricity_2031" in reason for reason in found["reasons"])
    before = story.sums(2024)
    story.types.refused("office", "decide", story.group, "cheb-2024.pdf", "accepted", "--reason", " ", code=2)
    story.decides("cheb-2024.pdf", "accepted", "Published in June.")
    assert story.sums(2024)["scope2_location"] > before["scope2_location"]


def counted_twice(story: Story) -> None:
    """Two plants name the same certificates: the second report is held, and both are told."""
    story.office("repeats")
    named = (("Hebei Brakes", SERIAL), ("Beijing Dampers", "GEC-2024-110500"))
    first, second = (sign(ledger(BY_NAME[n], 2024, serial=serial), 2024, story.li, now()).data for n, serial in named)
    assert story.takes("hebei-2024.pdf", first)["state"] == "accepted"
    found = story.takes("beijing-2024.pdf", second)
    assert found["state"] == "held"
    assert any("Hebei Brakes" in reason for reason in found["reasons"])
    (repeat,) = (r for r in story.office("repeats", code=1)["repeats"] if r["kind"] == "certificate")
    assert {one["plant"] for one in repeat["reports"]} == {"Hebei Brakes", "Beijing Dampers"}
    story.decides("beijing-2024.pdf", "rejected", "These are Hebei's certificates.")
    story.office("repeats")
    right = sign(ledger(BY_NAME["Beijing Dampers"], 2024, serial="GEC-2024-300000"), 2024, story.li, now()).data
    assert story.takes("beijing-2024-right.pdf", right)["state"] == "accepted"


def opened_again(story: Story) -> None:
    """Krosno forgot diesel in 2023: the next revision replaces the first; the first cannot come back."""
    works = BY_NAME["Krosno Dampers"]
    first = sign(ledger(works, 2023), 2023, story.li, now())
    assert story.takes("krosno-2023.pdf", first.data)["revision"] == 1
    before = story.sums(2023)
    audit = first.ledger.audit(2023)
    assert isinstance(audit, Audit)
    corrected = Ledger.of(
        one if not isinstance(one, Audit) else audit
        for kind in ledger(works, 2023, forgotten=40_000).records.values()
        for one in kind.values()
    )
    again = story.takes("krosno-2023-2.pdf", sign(corrected, 2023, story.li, now()).data)
    assert (again["state"], again["revision"]) == ("accepted", 2)
    after = story.sums(2023)
    assert after["scope1"] - before["scope1"] > 100
    assert {s: after[s] for s in SCOPES[1:3]} == {s: before[s] for s in SCOPES[1:3]}
    old = sign(ledger(works, 2023, forgotten=1), 2023, story.li, now())
    refused = story.takes("krosno-2023-old.pdf", old.data, code=1)
    assert "not newer" in refused["reasons"][0]
    (version,) = story.office("changes", "--versions", works.name, 2023)["versions"]
    assert Decimal(version["causes_tco2e"]["boundary"]) == after["scope1"] - before["scope1"]


def matrix(story: Story) -> None:
    """Who is late, who did not work yet or no longer."""
    plants = {one["plant"]: one["years"] for one in story.office("status")["plants"]}
    states = {(plant, int(year)): cell["state"] for plant, years in plants.items() for year, cell in years.items()}
    assert states["Ramos Brakes", 2024] == "late"
    assert states["Tychy Axles", 2022] == "not_expected"
    assert states["Luton Suspension", 2024] == "not_expected"
    assert states["Krosno Dampers", 2023] == "signed"
    assert plants["Krosno Dampers"]["2023"]["superseded"] == 1
    assert sum(state == "signed" for state in states.values()) == 12 * 3 - 3


def ownership_counts(story: Story) -> None:
    """A plant counts while it belongs to the group, and by equity the venture counts by its share."""
    control = story.sums(2022)
    equity = story.office("summary", "--year", 2022, "--approach", "equity_share")
    plants = {p["plant"]: p for p in story.office("summary", "--year", 2022)["plants"]}
    venture = Decimal(plants["Chongqing Castings"]["totals_tco2e"]["scope1"])
    assert abs(control["scope1"] - Decimal(equity["totals_tco2e"]["scope1"]) - venture * 2 / 5) < Decimal("0.00001")


def explained(story: Story) -> None:
    """From the group's tonne to the hash of the bill; each level is the sum of what lies below."""
    words: list[str] = []
    for step in ((), ("--plant", "Shanghai Modules"), ("--source", "Main meter")):
        words += step
        found = story.office("explain", "--year", 2024, *words)
        below = sum(Decimal(one["counted_tco2e"]) for one in found["below"])
        assert below == Decimal(found["path"][-1]["counted_tco2e"])
    record = str(story.office("explain", "--year", 2024, *words, "--record", "e01"))
    assert "E-1" in record
    assert ledger(BY_NAME["Shanghai Modules"], 2024).evidence[0].sha256 in record


def changed(story: Story) -> None:
    """Why 2023 differs from 2022: growth, and what was bought and sold is boundary."""
    found = story.office("changes", "--from", 2022, "--to", 2023)
    causes = {cause: Decimal(tonnes) for cause, tonnes in found["causes_tco2e"].items()}
    totals = [story.sums(year) for year in (2022, 2023)]
    location = [one["scope1"] + one["scope2_location"] + one["scope3"] for one in totals]
    assert sum(causes.values()) == location[1] - location[0]
    luton = story.office("explain", "--year", 2022, "--plant", "Luton Suspension")["path"][-1]
    assert -Decimal(luton["counted_tco2e"]) < causes["boundary"] < 0
    assert causes["activity"] > 0
    assert causes["factor"] < 0


def base_year(story: Story) -> None:
    """What was bought joins the base year and what was sold leaves it: together more than the threshold."""
    series = story.office("summary", "--year", 2024, "--series")["series"]
    assert series["recalculated"] is True
    assert {reason["kind"] for reason in series["reasons"]} == {"bought", "sold"}
    original, anew = (Decimal(series["years"][0][f"{key}_tco2e"]) for key in ("original", "recalculated"))
    sold = story.office("explain", "--year", 2022, "--plant", "Luton Suspension")["path"][-1]
    with GroupFile.open(story.group) as group:
        (bought,) = (one for one in group.accepted(2022) if one.plant == "Chihuahua Dampers")
    assert anew == original + total_of(bought) - Decimal(sold["counted_tco2e"])


def comes_again(story: Story) -> None:
    """The same folder once more: everything is known and nothing changes."""
    before = story.sums(2022)
    found = story.office("import", story.folder / "folder", code=1)["reports"]
    assert {one["new"] for one in found if one["state"] == "accepted"} == {False}
    assert story.sums(2022) == before


def leaves(story: Story) -> None:
    """The group's own report, tables for other programs, and a request to the plant that is late."""
    once, out = story.folder / "group-2024-once.pdf", story.folder / "group-2024.pdf"
    root = ("--trust", story.keys.root_certificate)
    wang = story.keys.of(OFFICE, "auditor")
    signs = ("--sign", story.keys.path(wang.name), "--passphrase-file", story.keys.word, "--person", OFFICE)
    story.types("office", "report", "make", story.group, "--year", 2024, "--out", once, "--lang", "both", *signs)
    half = story.types.data("office", "report", "check", once, *root, code=1)
    assert (half["valid"], half["rebuilt"], half["missing"]) == (False, "equal", ["PlantManager"])
    chief = story.keys.of("Chen Bo", "plant-manager")
    story.types("office", "report", "approve", once, *root, "--out", out, "--sign", story.keys.path(chief.name),
                "--passphrase-file", story.keys.word)  # fmt: skip
    checked = story.types.data("office", "report", "check", out, *root)
    assert (checked["valid"], checked["signed_by"], len(checked["reports"])) == (True, [OFFICE, "Chen Bo"], 10)
    assert story.takes("group-2024.pdf", out.read_bytes(), code=1)["state"] == "rejected", "it is no plant's"
    story.types("office", "export", story.group, "--all", "--format", "csv", "--out", story.folder / "tables")
    assert len((story.folder / "tables" / "lines.csv").read_text(encoding="utf-8-sig").splitlines()) > 12 * 3 * 20
    asked = story.table("asked", "what,subject,unit,years,words", "report,,,2024,")
    story.types("office", "send", story.group, "--kind", "request", "--title", "Report of 2024", "--table", asked,
                "--due", "2026-12-31", "--out", story.folder / "request.json", *signs)  # fmt: skip
