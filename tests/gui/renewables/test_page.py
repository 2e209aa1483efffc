"""The page about renewable electricity: where one lands, what one reads first, and that every tab can be operated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.renewables.shares import shares_of
from gui.jobs import Job
from gui.language import set_language
from gui.renewables import words as said
from gui.renewables.known import known_of
from gui.renewables.page import TABS
from gui.renewables.standing import told
from gui.session import Session
from gui.settings import Settings
from tests.gui.renewing import allocated, certificates, fill, keep, opened, words
from tests.gui.showing import settle
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


@pytest.fixture
def filled(bare: Session) -> Session:
    fill(bare)
    return bare


def rested(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    settle(qtbot)


# ---------------------------------------------------------------------- what is read


def test_the_line_above_says_on_every_tab_whether_the_plant_is_on_its_way(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    window, page = opened(qtbot, filled, settings)
    for tab in TABS:
        window.go("renewables", tab)
        rested(qtbot)
        seen = words(page)
        assert "Renewable electricity 2024" in seen, tab
        assert told(known_of(filled).way, promised=True)[1] in seen, tab


def test_a_claim_that_holds_is_said_to_hold(
    qtbot: QtBot, bare: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without kept bills the review always finds something, so here it finds nothing."""
    monkeypatch.setattr("gui.reckoning.review", lambda *_asked: ())
    fill(bare)
    keep(bare, certificates("i00002"), certificates("i00003"),
         *(allocated(f"al{n:05}", "i00002" if n < 9 else "i00003", f"a{n:05}") for n in range(4, 13)))  # fmt: skip
    _window, page = opened(qtbot, bare, settings)
    assert shares_of(bare.ledger, bare.inventory).year.uncovered == 0
    assert "Yes: nothing is open." in words(page)


def test_everything_is_new_after_a_change_and_kept_without_one(filled: Session) -> None:
    before = known_of(filled)
    assert known_of(filled) is before
    keep(filled, certificates("i00003"))
    assert known_of(filled) is not before


# ---------------------------------------------------------------------- where one lands


def test_a_tab_is_gone_to_by_its_name(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    window, page = opened(qtbot, filled, settings, TABS[-1])  # on which it does not land by itself
    for tab in (TABS[-1], *TABS):
        window.go("renewables", tab)
        assert page.tabs.currentIndex() == TABS.index(tab)
    rested(qtbot)


def test_a_record_is_gone_to_by_its_id(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    window, page = opened(qtbot, filled, settings)
    places: dict[str, tuple[str, Any]] = {
        "i00002": (said.INSTRUMENTS, page.instruments.table), "al00004": (said.ALLOCATION, page.allocation.covers),
        "a00004": (said.ALLOCATION, page.allocation.bills), "so00002": (said.WAY, page.way.options.table),
    }  # fmt: skip
    for subject, (tab, table) in places.items():
        window.go("renewables", said.OVERVIEW)
        window.go("renewables", subject)
        assert page.tabs.currentIndex() == TABS.index(tab), subject
        current = table.current_record()
        assert current is not None and current.id == subject


def test_an_open_point_leads_to_its_record(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    stop = next(one for one in page.overview.judgements.judged if one.subject == "i00002")
    page.overview.judgements._show(stop)
    assert page.tabs.currentIndex() == TABS.index(said.INSTRUMENTS)
    current = page.instruments.table.current_record()
    assert current is not None and current.id == "i00002"


def test_other_pages_are_asked_for(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    page.go("activity", "a00001")
    assert wanted == [("activity", "a00001")]


# ---------------------------------------------------------------------- acts


def test_what_can_be_done_here_is_in_the_palette(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    acts = {one.title: one for one in page.commands()}
    acts["Allocate by hand…"].run()
    assert page.tabs.currentIndex() == TABS.index(said.ALLOCATION) and page.allocation.dialog.isVisible()
    page.allocation.dialog.reject()
    acts["Propose an allocation…"].run()
    assert page.allocation.proposing.isVisible()
    rested(qtbot)
    page.allocation.proposing.reject()
    acts["Match hour by hour"].run()
    assert page.tabs.currentIndex() == TABS.index(said.HOURLY)
    rested(qtbot)


def test_read_only_offers_no_change(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    _window, page = opened(qtbot, filled, settings, said.ALLOCATION)
    page.allocation.bills.show_record("a00005")
    page.allocation.covers.show_record("al00001")
    assert not any(one.isEnabled() for one in (page.allocation.by_hand, page.allocation.propose_button,
                                               page.allocation.take_button))  # fmt: skip
    page.go(said.INSTRUMENTS, "i00001")
    assert not page.instruments.attach_button.isEnabled() and not page.instruments.bring.isEnabled()
    page.go(said.RULES)
    page.rules.numbers.show_record("renewables.commissioning_years")
    assert not page.rules.change_button.isEnabled()
    assert not page.takes(Path("gec.csv"))
    assert [one.title for one in page.commands() if one.possible] == ["Match hour by hour"]


# ---------------------------------------------------------------------- as a person sees it


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_can_be_read_and_operated(qtbot: QtBot, filled: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    window, page = opened(qtbot, filled, settings)
    for tab in TABS:
        window.go("renewables", tab)
        rested(qtbot)
        assert (tab, nameless(page), out_of_order(page), clipped(page), beyond(page)) == (tab, [], [], [], [])


def test_a_plant_without_anything_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    window, page = opened(qtbot, bare, settings)
    for tab in TABS:
        window.go("renewables", tab)
        rested(qtbot)
        assert (tab, nameless(page), out_of_order(page), clipped(page)) == (tab, [], [], [])
        assert words(page.tabs.currentWidget()), tab


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        window, page = opened(qtbot, filled, settings, large=True)
        for tab in TABS:
            window.go("renewables", tab)
            rested(qtbot)
            assert (tab, clipped(page)) == (tab, [])
