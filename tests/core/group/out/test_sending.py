"""Files from head office: made from the group, signed, taken up by plants only when nothing about them is wrong."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.maps import all_maps, head_cells, maps_of, question_cells, write_map
from core.disclosures.question import DisclosureMap
from core.errors import UserError
from core.group.out.sending import (
    Outgoing,
    benchmarks,
    dispatching,
    edition,
    file_name,
    map_notice,
    quartile,
    read_rows,
    request,
    sending,
    serials_in_use,
)
from core.handover.noticed import ReceivedNotice, open_items, receive_notice
from core.handover.notices import Notice, check_notice, kept_notice, map_of, sign_notice, verify_notice
from core.instruments import parse_serials
from core.ledger import (
    Benchmark,
    Dispatch,
    KeyFigure,
    Ledger,
    MapFile,
    Plant,
    SerialsElsewhere,
    SiteFigure,
    Step,
    canonical,
)
from core.library import load_library
from core.signing import Identity, Trust, create_authority, create_request, issue, sign_statement
from core.store import GroupFile, Marking
from tests.core.group.filled import REGISTER
from tests.core.group.filled import filled as group_filled
from tests.core.handover.conftest import NOW, auditor, authority, ledger, person, trust

__all__ = ["auditor", "authority", "trust"]
LATER = NOW + timedelta(days=60)
ASKED = (
    {"what": "figure", "subject": "production", "unit": "piece", "years": "2024", "words": "all lines"},
    {"what": "records", "subject": "purchased_electricity", "unit": "", "years": "2023 2024", "words": ""},
    {"what": "report", "subject": "", "unit": "", "years": "2024", "words": ""},
    {"what": "words", "subject": "", "unit": "", "years": "2024", "words": "Who owns the roof?"},
)
CDP = all_maps()["cdp_2025"]
SMALL = replace(CDP, key="small_2026", edition="2026", questions=CDP.questions[25:29])
QUESTION = question_cells(SMALL.questions[0])


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GroupFile]:
    with group_filled(tmp_path_factory.mktemp("group") / "g.group", (2024,)) as opened:
        yield opened


def notice(**changes: Any) -> Notice:
    return replace(Notice("request", "Data 2024", "Wood Group", ASKED, due="2025-04-30"), **changes)


def mapped(one: DisclosureMap = SMALL, **changes: Any) -> Notice:
    rows = tuple(map(question_cells, one.questions))
    return replace(Notice("map", one.key, "Wood Group", rows, about=head_cells(one)), **changes)


class Held:
    """A plant with its files."""

    def __init__(self, held: Ledger) -> None:
        self.ledger, self.files = held, dict[str, bytes]()

    def take(self, data: bytes, trust: Trust) -> ReceivedNotice:
        received = receive_notice(data, "r.request", trust, self.ledger, self.files.__getitem__, "Wang Fang", LATER)
        if received.taken is not None:
            self.ledger = self.ledger.apply(received.taken.change.steps)
            self.files |= {hashlib.sha256(one).hexdigest(): one for one in received.taken.blobs}
        return received


@pytest.fixture
def plant() -> Held:
    return Held(ledger())


# ---------------------------------------------------------------------- requests


def test_a_request_is_open_until_the_file_has_what_is_asked(plant: Held, auditor: Identity, trust: Trust) -> None:
    assert plant.take(sign_notice(notice(), auditor, NOW), trust).taken is not None
    items = open_items(plant.ledger, plant.files.__getitem__, load_library())
    assert [(one.done, one.missing) for one in items] == [
        (False, (2024,)), (False, (2023,)), (False, (2024,)), (False, ()),
    ]  # fmt: skip
    assert str(items[0].words) == "Production of 2024 (all lines)"
    figure = KeyFigure("k1", "production", "piece", date(2024, 1, 1), date(2024, 12, 31), Decimal(5000))
    richer = Ledger.of([*(one for kind in plant.ledger.records.values() for one in kind.values()), figure])
    again = open_items(richer, plant.files.__getitem__, load_library())
    assert again[0].done and not again[1].done and again[3].in_words


def test_a_newer_edition_takes_the_place_of_an_older_and_never_back(
    plant: Held, auditor: Identity, trust: Trust
) -> None:
    second = sign_notice(notice(edition=2, rows=ASKED[:1]), auditor, NOW)
    plant.take(second, trust)
    for older in (notice(), notice(edition=2), notice(title=" data  2024 ", group="WOOD group")):
        with pytest.raises(UserError, match="Edition 2"):
            plant.take(sign_notice(older, auditor, NOW), trust)
    plant.take(sign_notice(notice(edition=3), auditor, NOW), trust)
    plant.take(sign_notice(notice(title="Another"), auditor, NOW), trust)
    items = open_items(plant.ledger, plant.files.__getitem__, load_library())
    assert [(one.notice.title, one.notice.edition) for one in items] == [("Another", 1)] * 4 + [("Data 2024", 3)] * 4


def test_what_is_for_other_plants_is_not_taken(plant: Held, auditor: Identity, trust: Trust) -> None:
    with pytest.raises(UserError, match="for other plants: Birch"):
        plant.take(sign_notice(notice(sites=("Birch",)), auditor, NOW), trust)
    assert plant.take(sign_notice(notice(sites=("Birch", "HILLSIDE ")), auditor, NOW), trust).taken is not None


# ---------------------------------------------------------------------- who signed


def altered(data: bytes, **changes: object) -> bytes:
    return canonical({**json.loads(data), **changes})


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"}, {"due": "2026-01-01"}, {"edition": 9}, {"sites": ["Hillside"]}, {"kind": "map"},
        {"rows": []}, {"signed_at": "2025-02-01T09:00:01+00:00"}, {"version": 2}, {"version": True}, {"more": ""},
        {"edition": "1"}, {"rows": [{"what": "words"}]}, {"signature": "AAAA"}, {"signature": "!"}, {"schema": "x"},
    ],
)  # fmt: skip
def test_what_was_changed_after_signing_is_refused(
    change: dict[str, object], plant: Held, auditor: Identity, trust: Trust
) -> None:
    received = plant.take(altered(sign_notice(notice(), auditor, NOW), **change), trust)
    assert received.taken is None and received.judged.notice is None
    assert plant.files == {}


def test_only_head_office_is_believed(plant: Held, authority: Identity, auditor: Identity, trust: Trust) -> None:
    stranger = person(create_authority("Other", "Other", NOW))
    received = plant.take(sign_notice(notice(), stranger, NOW), trust)
    assert received.taken is None and received.judged.signer == "Li Na"
    key, asked = create_request("Wang Fang", "w@example.org", "Test Group", "plant-manager")
    manager = Identity(issue(authority, asked, role="plant-manager", sites=(), when=NOW), key)
    with pytest.raises(UserError, match="another role"):
        sign_notice(notice(), manager, NOW)
    content = {k: v for k, v in json.loads(sign_notice(notice(), auditor, NOW)).items() if k != "signature"}
    forged = base64.b64encode(sign_statement(canonical(content), manager)).decode()
    judged = verify_notice(canonical({**content, "signature": forged}), trust, LATER)
    assert judged.notice is None and "another role" in str(judged.reason)


def test_an_expired_certificate_and_a_future_signature_are_refused(auditor: Identity, trust: Trust) -> None:
    data = sign_notice(notice(), auditor, NOW + timedelta(days=400))
    assert verify_notice(data, trust, NOW).notice is None
    with pytest.raises(UserError):
        sign_notice(notice(), auditor, NOW + timedelta(days=4000))


@given(st.binary(max_size=200))
def test_any_bytes_only_give_an_answer(data: bytes) -> None:
    assert verify_notice(data, Trust(()), LATER).notice is None
    assert kept_notice(data) is None


def test_limits_hold_before_anything_is_read(auditor: Identity, trust: Trust) -> None:
    assert "larger than" in str(verify_notice(b" " * 2_000_001, trust, LATER).reason)
    deep = b'{"a":' * 30 + b"1" + b"}" * 30
    assert verify_notice(deep, trust, LATER).notice is None
    double = sign_notice(notice(), auditor, NOW).replace(b'"due":', b'"due":"","due":', 1)
    assert "duplicate key" in str(verify_notice(double, trust, LATER).reason)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": " "}, "title"),
        ({"due": "30.4.2025"}, "no day"),
        ({"rows": ()}, "1 to"),
        ({"kind": "letter"}, "no kind"),
        ({"title": "a\u202eb"}, "cannot be seen"),
        ({"rows": ({**ASKED[0], "what": "money"},)}, "Row 1: “money”"),
        ({"rows": ({**ASKED[0], "years": "24"},)}, "no years"),
        ({"rows": (ASKED[1], {**ASKED[1], "subject": "magic"})}, "Row 2: There is no emission method"),
        ({"rows": (ASKED[0], ASKED[0])}, "repeats"),
        ({"rows": ({"what": "words"},)}, "columns"),
        ({"about": {"key": "x"}}, "has a head"),
    ],
)
def test_what_no_plant_could_use_is_not_signed(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(UserError, match=why):
        check_notice(notice(**changes))


# ---------------------------------------------------------------------- benchmarks


def test_benchmarks_come_from_the_group_and_become_records(
    group: GroupFile, plant: Held, auditor: Identity, trust: Trust
) -> None:
    made = benchmarks(group.register, group.accepted(2024), 2024, "Benchmarks 2024")
    by_subject = {row["subject"]: row for row in made.rows}
    figures = {f"si{n}": Decimal(n * 1000) for n in (1, 2, 3)}
    ratios = sorted(
        (filed.totals or {})["scope1"] / figures[f"si{n}"]
        for n, filed in enumerate(sorted(group.accepted(2024), key=lambda f: f.plant), 1)
    )
    row = by_subject["scope1"]
    assert (row["plants"], row["unit"], row["year"]) == ("3", "t/piece", "2024")
    assert abs(Decimal(row["median"]) - ratios[1]) < Decimal("1e-8")
    assert abs(Decimal(row["low"]) - (ratios[0] + ratios[1]) / 2) < Decimal("1e-8")
    assert plant.take(sign_notice(made, auditor, NOW), trust).taken is not None
    held = plant.ledger.held(Benchmark)
    assert {one.subject for one in held} == set(by_subject) and {one.publisher for one in held} == {
        "Wood Group 木业集团"
    }
    assert {one.evidence for one in held} == {plant.ledger.evidence[-1].id}
    newer = replace(made, edition=2, rows=tuple({**r, "plants": "4"} for r in made.rows))
    plant.take(sign_notice(newer, auditor, NOW), trust)
    assert {one.plants for one in plant.ledger.held(Benchmark)} == {4}, "a newer edition replaces the records"
    assert len(plant.ledger.held(Benchmark)) == len(made.rows)


def test_fewer_than_three_plants_are_never_told(group: GroupFile) -> None:
    with pytest.raises(UserError, match="at least 3 plants"):
        benchmarks(group.register, group.accepted(2024)[:2], 2024, "B")
    fewer = type(group.register).of(
        one for one in REGISTER if not (isinstance(one, SiteFigure) and one.site == "si2")
    )  # fmt: skip
    with pytest.raises(UserError, match="at least 3 plants"):
        benchmarks(fewer, group.accepted(2024), 2024, "B")
    two = ({"figure": "production", "subject": "scope1", "unit": "t/piece", "low": "1", "median": "2", "high": "3",
            "plants": "2", "year": "2024"},)  # fmt: skip
    with pytest.raises(UserError, match="none can be told"):
        check_notice(notice(kind="benchmarks", rows=two))


@given(st.lists(st.decimals(0, 10**6, places=4), min_size=3, max_size=30), st.sampled_from(["0", "0.25", "0.5", "1"]))
def test_a_quartile_lies_among_its_numbers(numbers: list[Decimal], place: str) -> None:
    ordered = sorted(numbers)
    found = quartile(ordered, Decimal(place))
    assert ordered[0] <= found <= ordered[-1]
    below = sum(one <= found for one in ordered)
    assert below >= Decimal(place) * (len(ordered) - 1)


# ---------------------------------------------------------------------- maps


def test_a_map_taken_up_stands_among_the_maps_of_the_plant(plant: Held, auditor: Identity, trust: Trust) -> None:
    assert plant.take(sign_notice(mapped(), auditor, NOW), trust).taken is not None
    (held,) = plant.ledger.held(MapFile)
    assert (held.id, held.framework, held.edition, held.signer) == ("small_2026", "CDP", "2026", "Li Na")
    found = maps_of(plant.ledger, plant.files.__getitem__)
    assert found["small_2026"] == replace(SMALL, signer="Li Na")
    assert found["cdp_2025"] == CDP, "editions live side by side"
    assert plant.files[held.sha256].decode() == write_map(SMALL)


def test_every_shipped_map_fits_into_a_signed_file(plant: Held, auditor: Identity, trust: Trust) -> None:
    for one in all_maps().values():
        plant.take(sign_notice(mapped(one), auditor, NOW), trust)
    every = tuple(
        replace(asked, id=f"{one.key} {asked.id}"[:40]) for one in all_maps().values() for asked in one.questions
    )
    whole = replace(SMALL, key="all_in_one", questions=every)
    plant.take(sign_notice(mapped(whole), auditor, NOW), trust)
    found = maps_of(plant.ledger, plant.files.__getitem__)
    assert found == {one.key: replace(one, signer="Li Na") for one in (*all_maps().values(), whole)}
    assert len(found["all_in_one"].questions) == 336


def test_a_later_edition_of_a_map_takes_its_place_and_never_back(plant: Held, auditor: Identity, trust: Trust) -> None:
    plant.take(sign_notice(mapped(edition=2), auditor, NOW), trust)
    files = dict(plant.files)
    for older in (mapped(edition=1), mapped(edition=2)):
        with pytest.raises(UserError, match="Edition 2"):
            plant.take(sign_notice(older, auditor, NOW), trust)
    assert plant.files == files and len(plant.ledger.held(MapFile)) == 1
    newer = replace(SMALL, edition="2026-07", questions=SMALL.questions[:1])
    plant.take(sign_notice(mapped(newer, edition=3), auditor, NOW), trust)
    assert [one.edition for one in plant.ledger.held(MapFile)] == ["2026-07"]
    assert len(maps_of(plant.ledger, plant.files.__getitem__)["small_2026"].questions) == 1


def test_a_map_that_was_taken_out_may_come_back(plant: Held, auditor: Identity, trust: Trust) -> None:
    plant.take(sign_notice(mapped(), auditor, NOW), trust)
    (held,) = plant.ledger.held(MapFile)
    plant.ledger = plant.ledger.apply([Step("map_file", held.id, held, None)])
    assert plant.take(sign_notice(mapped(), auditor, NOW), trust).taken is not None
    assert plant.ledger.held(MapFile) == (held,)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rows": ({**QUESTION, "points": "password"},)}, "column points: There is no data point “password”"),
        ({"rows": ({**QUESTION, "unit": "MWh"},)}, "column unit"),
        ({"rows": ({**QUESTION, "id": ""},)}, "column id"),
        ({"rows": (QUESTION, QUESTION)}, "Row 2: It repeats"),
        ({"rows": ({**QUESTION, "id": "1\n# key: x"},)}, "cannot be seen"),
        ({"rows": ({"id": "1"},)}, "columns"),
        ({"title": "CDP"}, "is its key"),
        ({"about": {}}, "is empty"),
        ({"about": {**head_cells(SMALL), "key": "Small 2026"}}, "no key of a map"),
        ({"about": {**head_cells(SMALL), "edition": "1\n# key: x"}}, "cannot be seen"),
    ],
)
def test_a_map_that_no_plant_could_use_is_not_signed(changes: dict[str, Any], why: str, auditor: Identity) -> None:
    with pytest.raises(UserError, match=why):
        sign_notice(mapped(**changes), auditor, NOW)


@pytest.mark.parametrize("about", [None, {}, {"key": "small_2026"}, {**head_cells(SMALL), "edition": 7}, [], "x"])
def test_a_map_whose_head_was_changed_is_no_file_of_head_office(
    about: object, plant: Held, auditor: Identity, trust: Trust
) -> None:
    content = json.loads(sign_notice(mapped(), auditor, NOW))
    changed = {**content, "about": about} if about is not None else {k: v for k, v in content.items() if k != "about"}
    received = plant.take(canonical(changed), trust)
    assert received.taken is None and "no signed file" in str(received.judged.reason)
    other = altered(sign_notice(mapped(), auditor, NOW), about={**head_cells(SMALL), "edition": "2030"})
    assert plant.take(other, trust).taken is None
    assert plant.files == {} and not plant.ledger.held(MapFile)


def test_head_office_sends_its_own_maps_in_editions(tmp_path: Path, auditor: Identity) -> None:
    with group_filled(tmp_path / "g.group", (2024,)) as group:
        for number in (1, 2):
            made = map_notice(group.register, SMALL, sites=("si2",), note="New.")
            assert (made.edition, made.title, made.sites) == (number, "small_2026", ("Birch",))
            assert map_of(made) == SMALL
            sent = sending(group.register, made, auditor, "Chen Jie", LATER)
            group.append(sent.change, [sent.data])
        with pytest.raises(UserError, match="no plant with the id si9"):
            map_notice(group.register, SMALL, sites=("si9",))


# ---------------------------------------------------------------------- certificates in use


def test_certificates_in_use_come_from_the_reports_and_replace_what_was_said(
    group: GroupFile, plant: Held, auditor: Identity, trust: Trust
) -> None:
    made = serials_in_use(group, "Certificates in use")
    assert len(made.rows) == 2 and {row["serials"] for row in made.rows} == {"GEC-000123"}
    assert plant.take(sign_notice(made, auditor, NOW), trust).taken is not None
    held = plant.ledger.held(SerialsElsewhere)
    assert {one.holder for one in held} == {row["holder"] for row in made.rows}
    assert {(one.serials, one.year, one.source) for one in held} == {("GEC-000123", 2024, made.group)}
    own = {"serials": "B0001–B0009; B0020", "holder": plant.ledger.plant.name, "year": "2024"}
    newer = replace(made, edition=2, rows=(own, {**own, "holder": "Birch"}))
    plant.take(sign_notice(newer, auditor, NOW), trust)
    (left,) = plant.ledger.held(SerialsElsewhere)
    assert (left.serials, left.holder) == ("B0001–B0009; B0020", "Birch"), "what the plant itself uses is no obstacle"


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"serials": "?"}, "not a serial number"), ({"holder": " "}, "is missing"), ({"year": "24"}, "is missing")],
)
def test_certificates_that_say_nothing_are_not_signed(changes: dict[str, str], why: str) -> None:
    row = {"serials": "A1", "holder": "Birch", "year": "2024", **changes}
    with pytest.raises(UserError, match=why):
        check_notice(notice(kind="serials", rows=(row,)))


def test_many_ranges_share_rows(tmp_path: Path) -> None:
    marks = [Marking("certificate", f"A{n}0001–A{n}0500", "Meter", "1 kWh") for n in range(100, 400)]
    with group_filled(tmp_path / "g.group", (2024,)) as many:
        one = many.accepted(2024)[0]
        other = replace(one, sha256=hashlib.sha256(b"x").hexdigest(), audit_id="f" * 32, plant="Elm")
        many.file(other, b"x", markings=marks)
        rows = [row for row in serials_in_use(many, "C").rows if row["holder"] == "Elm"]
    assert all(len(row["serials"]) <= 1000 for row in rows) and len(rows) == 6
    named = parse_serials("; ".join(row["serials"] for row in rows))
    assert sum(one.count for one in named) == 150_000, "none is lost"


# ---------------------------------------------------------------------- head office remembers


def test_what_went_out_is_remembered_with_its_file(tmp_path: Path, auditor: Identity) -> None:
    with group_filled(tmp_path / "g.group", (2024,)) as group:
        sent: list[Outgoing] = []
        for _ in range(2):
            made = request(group.register, "Data", ASKED, sites=("si2",), due="2025-04-30")
            sent.append(sending(group.register, made, auditor, "Chen Jie", LATER))
            group.append(sent[-1].change, [sent[-1].data])
        held = group.register.held(Dispatch)
        assert [(one.id, one.kind, one.sites, one.due) for one in held] == [
            ("d0001", "request", ("si2",), "2025-04-30"), ("d0002", "request", ("si2",), "2025-04-30"),
        ]  # fmt: skip
        assert group.blob(held[1].sha256) == sent[1].data and held[1].name == "Data-2.request"
        assert edition(group.register, "request", " DATA") == 3
        kept = kept_notice(sent[1].data)
        assert kept is not None and (kept.edition, kept.sites) == (2, ("Birch",))
        other = dispatching(group.register, "factors", "Grid 2026", b"x", "g.factors", "Chen Jie", LATER)
        assert other.dispatch.id == "d0003"
        with pytest.raises(UserError, match="no plant with the id si9"):
            request(group.register, "Data", ASKED, sites=("si9",))


def test_rows_come_from_a_table(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Years,what,subject,words,unit,ignored\n2024,figure,revenue,,CNY,x\n", encoding="utf-8-sig")
    row = {"what": "figure", "subject": "revenue", "unit": "CNY", "years": "2024", "words": ""}
    assert read_rows(path) == (row,)
    path.write_text("what\nreport\n", "utf-8")
    with pytest.raises(UserError, match="column “subject”"):
        read_rows(path)


def test_names_of_files_are_safe_everywhere() -> None:
    assert file_name(notice(title='../A:"b"')) == "A__b-1.request"
    assert file_name(notice(title="??", kind="map")) == "map-1.map"
    assert file_name(mapped()) == "small_2026-1.map"
    assert Plant("Hillside", "CN", "").name == "Hillside"
