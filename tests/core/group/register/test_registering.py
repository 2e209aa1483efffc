"""The register is entered by people: what they may say, in which words, and what is refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entering import keeping as entering
from core.entering import tables
from core.entering.identity import next_id as next_id_of
from core.entering.naming import spelled
from core.entering.naming import title_of_record as title_among
from core.entering.words import country_named, understood
from core.entering.words import made as made_of
from core.errors import UserError
from core.exchange.tables import Found
from core.group.register.fields import FORMS
from core.group.register.reported import taking_reported, unknown_plants
from core.i18n import Localised
from core.inventory.judging import Decision
from core.ledger import Company, Deadline, Group, Register, Site, SiteFigure, Stake, Transfer
from core.ledger.records import Record
from core.library.record_words import field_name
from core.store import Filed

GROUP = Group("Brakes AG")
POLAND = Company("co0001", "Brakes Polska", "PL")
KROSNO = Site("si0001", "Krosno", "PL", reported_as=("Old works",))
ZHANG = Site("si0002", "张家口工厂", "CN")
REGISTER = Register.of([GROUP, POLAND, KROSNO, ZHANG, Stake("st0001", "group", "co0001", ""),
                        Stake("st0002", "co0001", "si0001", "2020-01-01")])  # fmt: skip


def keeping(register: Register, *records: Record) -> Decision:
    return entering.keeping(register, FORMS, *records)


def removing(register: Register, kind: str, ids: list[str]) -> Decision:
    return entering.removing(register, FORMS, kind, ids)


def check(register: Register, record: Record) -> None:
    entering.check(register, FORMS, record)


def next_id(register: Register, kind: str) -> str:
    return next_id_of(register, FORMS[kind])


def made(register: Register, kind: str, said: dict[str, object], key: str = "") -> Record:
    return made_of(register, FORMS[kind], said, key)


def title_of_record(register: Register, record: Record) -> Localised:
    return title_among(register, FORMS, record)


def read_register(path: Path, kind: str, register: Register) -> Found[Record]:
    return tables.read_table(path, register, FORMS, kind)


def taking_up(found: Found[Record], register: Register) -> Decision:
    return tables.taking_up(found, register, FORMS)


def write_register(path: Path, kind: str, register: Register) -> None:
    tables.write_table(path, register, FORMS[kind])


def refused(record: Record, register: Register = REGISTER) -> str:
    with pytest.raises(UserError) as caught:
        keeping(register, record)
    assert caught.value.remedy is not None, "a refusal says what to do"
    return str(caught.value.message)


WRONG: list[tuple[Record, str]] = [
    (Group(""), "no name"),
    (Group("A", approach="guess"), "no consolidation approach"),
    (Group("A", base_year=1066), "1066"),
    (Group("A", threshold=Decimal(0)), "threshold"),
    (Group("A", hold_above=Decimal(-1)), "held"),
    (Company("co0002", "brakes POLSKA ", "PL"), "there already"),
    (Company("co0002", "New", "XX"), "not a country"),
    (Company("co0002", " ", "PL"), "no name"),
    (Site("si0003", "OLD WORKS", "PL"), "reports as “Old works” too"),
    (Site("si0003", KROSNO.name.upper(), "PL"), f"A plant “{KROSNO.name}” is there already"),
    (Site("si0003", "New", "PL", opened="2024-01-02", closed="2024-01-01"), "lies before"),
    (Site("si0003", "New", "PL", opened="soon"), "not a day"),
    (Site("si0003", "New", "PL", contact="nobody"), "e-mail"),
    (Site("si0003", "x" * 400, "PL"), "longer"),
    (Stake("st0003", "co0009", "si0002", ""), "co0009"),
    (Stake("st0003", "group", "si0009", ""), "si0009"),
    (Stake("st0003", "group", "si0001", "", percent=Decimal(1)), "101 %"),
    (Stake("st0003", "co0001", "co0001", "", percent=Decimal(1)), "hold itself"),
    (Stake("st0003", "co0001", "si0002", "", percent=Decimal(0)), "no share"),
    (Stake("st0003", "co0001", "si0002", "", financial="some"), "financial"),
    (Transfer("tr0001", "si0001", "si0001", "Steam"), "itself"),
    (Transfer("tr0001", "si0001", "si0009", "Steam"), "si0009"),
    (Transfer("tr0001", "si0001", "si0002", " "), "source"),
    (Transfer("tr0001", "si0001", "si0002", "Steam", scope="scope9"), "scope9"),
    (SiteFigure("fi0001", "si0009", "headcount", "person", 2024, Decimal(5), "HR"), "si0009"),
    (SiteFigure("fi0001", "si0001", "headcount", "", 2024, Decimal(5), "HR"), "unit"),
    (SiteFigure("fi0001", "si0001", "headcount", "person", 2024, Decimal(-5), "HR"), "below zero"),
    (SiteFigure("fi0001", "si0001", "headcount", "person", 2024, Decimal(5), ""), "where"),
    (Deadline("soon", date(2025, 3, 31)), "not a year"),
    (Deadline("2025", date(2024, 3, 31)), "cannot be due"),
]


@pytest.mark.parametrize(("record", "reason"), WRONG, ids=[reason for _record, reason in WRONG])
def test_what_cannot_be_is_refused_with_its_reason(record: Record, reason: str) -> None:
    assert reason in refused(record)


def test_every_refused_record_would_do_when_put_right() -> None:
    """So that the cases above fail for their own reason alone."""
    good: list[Record] = [
        Group("A"), Company("co0002", "New", "DE"), Site("si0003", "OLD WORKS", "DE", contact="a@b.example"),
        Stake("st0003", "co0001", "si0002", "", percent=Decimal(40)), Transfer("tr0001", "si0001", "si0002", "Steam"),
        SiteFigure("fi0001", "si0001", "headcount", "person", 2024, Decimal(5), "HR"),
        Deadline("2024", date(2025, 3, 31)),
    ]  # fmt: skip
    assert len(keeping(REGISTER, *good).steps) == len(good)


def test_a_plant_is_sold_on_one_day_and_bought_on_the_next() -> None:
    ended = replace(REGISTER.held(Stake)[1], end="2024-06-30")
    bought = Stake("st0003", "group", "si0001", "2024-07-01")
    assert keeping(REGISTER, ended, bought).steps
    assert "101" not in refused(replace(bought, start="2024-06-30"))
    with pytest.raises(UserError, match="200 %"):
        keeping(REGISTER, ended, replace(bought, start="2024-06-30"))


def test_two_may_not_control_the_same_plant() -> None:
    half = replace(REGISTER.held(Stake)[1], percent=Decimal(50))
    other = Stake("st0003", "group", "si0001", "2021-01-01", percent=Decimal(50), financial="joint")
    with pytest.raises(UserError, match="controlled by two"):
        keeping(REGISTER, half, other)
    assert keeping(REGISTER, half, replace(other, operational=False)).steps
    with pytest.raises(UserError, match="controlled by two"):
        keeping(REGISTER, half, replace(other, operational=False, financial="full"))


def test_nobody_holds_itself_through_others() -> None:
    more = keeping(REGISTER, Company("co0002", "Zwei", "DE"), Stake("st0003", "co0001", "co0002", "")).steps
    assert "hold itself" in refused(Stake("st0004", "co0002", "co0001", "", percent=Decimal(1), operational=False,
                                          financial="none"), REGISTER.apply(more))  # fmt: skip


def test_own_plants_do_not_deliver_more_than_everything() -> None:
    first = Transfer("tr0001", "si0001", "si0002", "Steam", percent=Decimal(70))
    register = REGISTER.apply(keeping(REGISTER, first).steps)
    assert "More than the whole" in refused(Transfer("tr0002", "si0001", "si0002", "steam ", percent=Decimal(31)),
                                            register)  # fmt: skip
    assert keeping(register, Transfer("tr0002", "si0001", "si0002", "steam", percent=Decimal(30))).steps


def test_what_others_name_cannot_be_removed() -> None:
    with pytest.raises(UserError, match=r"named by others.*Brakes Polska in Krosno"):
        removing(REGISTER, "site", ["si0001"])
    both = removing(REGISTER, "stake", ["st0001", "st0002"])
    assert [step.after for step in both.steps] == [None, None]
    assert removing(REGISTER.apply(both.steps), "site", ["si0001"]).steps
    assert entering.naming(REGISTER, FORMS, "site", "si0002") == ()
    with pytest.raises(UserError, match="There is no"):
        removing(REGISTER, "site", ["si0007"])


def test_a_change_says_what_it_does_and_nothing_is_no_change() -> None:
    assert keeping(REGISTER, KROSNO).steps == ()
    assert str(keeping(REGISTER, replace(KROSNO, business="Brakes")).why).endswith("changed: Krosno")
    assert str(keeping(REGISTER, Company("co0002", "New", "DE")).why) == "Company added: New"
    assert str(title_of_record(REGISTER, REGISTER.held(Stake)[0])) == "Brakes AG in Brakes Polska"


def test_ids_go_on_after_the_largest() -> None:
    assert next_id(REGISTER, "site") == "si0003"
    assert next_id(Register.of([Site("si0040", "A", "DE"), Site("own-id", "B", "DE")]), "site") == "si0041"


# ---------------------------------------------------------------------- words


def field(kind: str, key: str) -> object:
    return FORMS[kind].field(key)


@pytest.mark.parametrize(
    ("kind", "key", "said", "value"),
    [
        ("site", "country", "波兰", "PL"),
        ("site", "country", "pl", "PL"),
        ("site", "closed", "2024-02", "2024-02-29"),
        ("site", "opened", "2024年2月", "2024-02-01"),
        ("site", "opened", "", ""),
        ("site", "reported_as", "A；B;A", ("A", "B")),
        ("stake", "held", "old WORKS", "si0001"),
        ("stake", "held", "Brakes Polska", "co0001"),
        ("stake", "holder", "集团", "group"),
        ("stake", "holder", "brakes ag", "group"),
        ("stake", "percent", "33.5", Decimal("33.5")),
        ("stake", "operational", "否", False),
        ("stake", "financial", "Joint control", "joint"),
        ("group", "base_year", "", 0),
        ("group", "approach", "股权比例法", "equity_share"),
        ("site_figure", "name", "员工人数", "headcount"),
        ("site_figure", "year", "2024", 2024),
        ("deadline", "id", "2024", "2024"),
        ("deadline", "due", "2025-03-31", date(2025, 3, 31)),
    ],
)
def test_words_are_understood_in_either_language(kind: str, key: str, said: str, value: object) -> None:
    assert understood(REGISTER, field(kind, key), said) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [("site", "country", "Atlantis"), ("stake", "held", "group"), ("stake", "financial", "some"),
     ("stake", "operational", "perhaps"), ("site_figure", "year", "2024.5"), ("site", "opened", "03/04/2024")],
)  # fmt: skip
def test_words_that_mean_nothing_are_refused(kind: str, key: str, said: str) -> None:
    with pytest.raises(UserError):
        understood(REGISTER, field(kind, key), said)  # type: ignore[arg-type]


def test_a_name_of_two_is_asked_for() -> None:
    two = Register.of([KROSNO, Site("si0005", "Krosno", "DE")])
    with pytest.raises(UserError, match="several"):
        understood(two, field("site_figure", "site"), "krosno")  # type: ignore[arg-type]
    assert country_named(" Poland ") == "PL"


def test_what_is_required_is_asked_for_and_the_rest_is_usual() -> None:
    with pytest.raises(UserError, match="Country"):
        made(REGISTER, "site", {"name": "New"})
    assert made(REGISTER, "site", {"name": "New", "country": "DE"}) == Site("si0003", "New", "DE")
    assert made(REGISTER, "stake", {"holder": "group", "held": "si0002"}) == Stake("st0003", "group", "si0002", "")
    assert made(REGISTER, "site", {"business": "Doors"}, "si0001") == replace(KROSNO, business="Doors")


def test_every_field_has_a_name_in_both_languages() -> None:
    for kind, form in FORMS.items():
        for one in form.fields:
            title = field_name(kind, one.key)
            assert title.in_language("en") != title.in_language("zh")


# ---------------------------------------------------------------------- tables


def test_a_table_adds_and_alters_in_one_change(tmp_path: Path) -> None:
    path = tmp_path / "plants.csv"
    path.write_text("工厂,国家,业务板块,停产日期\nKrosno,波兰,Brakes,2024-06\nLuton,GB,Doors,\n", "utf-8")
    found = read_register(path, "site", REGISTER)
    decision = taking_up(found, REGISTER)
    after = REGISTER.apply(decision.steps)
    assert after.get("site", "si0001") == replace(KROSNO, business="Brakes", closed="2024-06-30")
    assert after.get("site", "si0003") == Site("si0003", "Luton", "GB", "Doors")
    assert taking_up(read_register(path, "site", after), after).steps == ()


def test_each_refused_row_says_why_and_nothing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text("holder,held,start\ngroup,Krosno,2024\nNobody,Krosno,2024\n", "utf-8")
    found = read_register(path, "stake", REGISTER)
    assert [one.row for one in found.refused] == [2, 3]
    assert "200 %" in str(found.refused[0].reason)
    assert "Nobody" in str(found.refused[1].reason)
    with pytest.raises(UserError):
        taking_up(found, REGISTER)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_taken_up_again_alike(tmp_path: Path, suffix: str) -> None:
    more = keeping(
        REGISTER,
        Transfer("tr0001", "si0001", "si0002", "=Steam", "2024-01-01", "", Decimal("12.5"), "scope3"),
        SiteFigure("fi0001", "si0001", "headcount", "person", 2024, Decimal("512.25"), "HR"),
        Deadline("2024", date(2025, 3, 31)),
    )  # fmt: skip
    full = REGISTER.apply(more.steps)
    fresh = Register.of([GROUP])
    for kind in ("company", "site", "stake", "transfer", "site_figure", "deadline"):
        path = tmp_path / f"{kind}{suffix}"
        write_register(path, kind, full)
        fresh = fresh.apply(taking_up(read_register(path, kind, fresh), fresh).steps)
    assert fresh.to_plain() == full.to_plain()


# ---------------------------------------------------------------------- reports


def filed(plant: str, country: str = "PL", year: int = 2024, organisation: str = "", state: str = "accepted") -> Filed:
    return Filed(f"{plant}{year}", "a.pdf", "", state, plant=plant, country=country, year=year,
                 organisation=organisation)  # fmt: skip


def test_every_plant_that_reported_is_entered_with_its_company() -> None:
    reports = [
        filed("KROSNO"), filed("Gdansk", organisation="Brakes Polska"), filed("Luton", "GB", 2023, "Old Ltd"),
        filed("Luton ", "GB", 2024, "New Ltd"), filed("Stuttgart", "DE"), filed("Bad", state="rejected"),
    ]  # fmt: skip
    assert [one.plant for one in unknown_plants(REGISTER, reports)] == ["Stuttgart", "Luton ", "Gdansk"]
    after = REGISTER.apply(taking_reported(REGISTER, reports).steps)
    assert [site.name for site in after.held(Site)][2:] == ["Stuttgart", "Luton", "Gdansk"]
    assert [company.name for company in after.held(Company)] == ["Brakes Polska", "New Ltd"]
    holders = {after.get("site", one.held): one.holder for one in after.held(Stake) if one.held.startswith("si")}
    assert {site.name: holder for site, holder in holders.items() if isinstance(site, Site)} == {
        "Krosno": "co0001", "Luton": "co0002", "Gdansk": "co0001"}  # fmt: skip
    with pytest.raises(UserError, match="already"):
        taking_reported(after, reports)


# ---------------------------------------------------------------------- laws


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 12), st.integers(1, 12), st.integers(1, 100), st.booleans()),
        max_size=6,
    )
)
def test_no_day_ever_has_more_than_the_whole_or_two_in_control(drawn: list[tuple[int, int, int, int, bool]]) -> None:
    """Whatever is entered one after the other, what was accepted keeps the law on every month."""
    register = Register.of([GROUP, *(Company(f"co{n}", f"C{n}", "DE") for n in (1, 2, 3)), KROSNO])
    for number, (holder, start, end, percent, operational) in enumerate(drawn):
        one = Stake(f"st{number}", f"co{holder}", "si0001", f"2024-{start:02d}-01", f"2024-{end:02d}-28",
                    Decimal(percent), operational, "none")  # fmt: skip
        try:
            register = register.apply(keeping(register, one).steps)
        except UserError:
            continue
    for month in range(1, 13):
        day = f"2024-{month:02d}-15"
        there = [s for s in register.held(Stake) if s.start <= day <= s.end]
        assert sum(s.percent for s in there) <= 100
        assert sum(s.operational for s in there) <= 1
        assert len({s.holder for s in there}) == len(there)
    for one in register.held(Stake):
        check(register, one)


@given(st.text(max_size=20))
def test_spelling_is_settled_at_once(name: str) -> None:
    assert spelled(f" {name} ") == spelled(name)
