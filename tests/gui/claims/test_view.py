"""The claim check in the window: typing, judging, keeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import Name
from core.ledger import Claim
from core.library import SHIPPED
from core.solar.claims import VERDICTS, Compared, Expected, published_claims
from gui import fonts
from gui.claims.form import parse_since
from gui.claims.steps import PICTURES, FactorList, StepCard
from gui.claims.strip import Strip
from gui.claims.view import LAYING_MS, PAUSE_MS, ClaimView
from gui.language import set_language
from gui.notices import Notice
from gui.session import Session
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

TODAY = date(2026, 3, 2)
FANGSHAN = "claim-fangshan"


@pytest.fixture
def make(qtbot: QtBot, bare: Session) -> Callable[..., ClaimView]:
    def made(expect: Callable[[Claim], Expected | None] | None = None) -> ClaimView:
        view = ClaimView(bare, expect, TODAY)
        qtbot.addWidget(view)
        view.resize(1040, 690)
        view.show()
        return view

    return made


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def type_in(view: ClaimView, **texts: str) -> None:
    for name, text in texts.items():
        line = getattr(view.form, name).line
        line.setText(text)
        line.textEdited.emit(text)


def settle(qtbot: QtBot, view: ClaimView) -> None:
    with qtbot.waitSignal(view.judged, timeout=PAUSE_MS * 8):
        pass
    qtbot.wait(10)


def look(qtbot: QtBot, view: ClaimView, key: str = FANGSHAN) -> None:
    """Load the published claims and wait until one is on the screen."""
    view.load_published()
    view.show_claim(key)
    for _turn in range(5):  # words that wrap find their height in a few turns
        qtbot.wait(10)


def kept(session: Session) -> dict[str, Claim]:
    return {one.id: one for one in session.ledger.held(Claim)}


# ---------------------------------------------------------------------- judging


def test_nothing_typed_says_what_belongs_here(make: Callable[..., ClaimView], bare: Session) -> None:
    view = make()
    assert view.check is None and "Take a published sentence apart" in words(view)
    assert not view.keep.isEnabled() and not view.delete.isEnabled()
    begin = next(b for b in view.findChildren(QPushButton) if b.text() == "Load the published claims")
    begin.click()
    assert set(kept(bare)) == {one.claim.id for one in published_claims()} and view.list.count() == 4
    assert not view.load.isVisible(), "they are all there"
    bare.undo()
    assert kept(bare) == {}


def test_the_judgement_stands_beside_the_claim(make: Callable[..., ClaimView], qtbot: QtBot) -> None:
    view = make()
    look(qtbot, view)
    assert view.form.yearly.line.text() == "1,200" and view.form.since.line.text() == "2019"
    said = words(view)
    for sentence in (
        "As published, this claim does not hold.",
        "Under the stated assumptions 25 years avoid 12 to 17 kt instead of 18 kt: modules degrade and the grid "
        "becomes "
        "cleaner.",
        "One undocumented constant of 0.600 t/MWh stands behind the tonnes; no published factor is equal to it.",
        "4,150 MWh is 3.46 years of 1,200 MWh.",
        "18,000 t ÷ (25 a × 1,200 MWh/a)",
        "= 0.600 t/MWh",
        "Which emission factor was used: whose, which edition, of which year and for which grid?",
        "16,621 t",
        "Degradation of the modules after the first year",
    ):
        assert sentence in said.splitlines(), sentence
    assert view.check is not None
    cards = view.findChildren(StepCard)
    assert [card.step for card in cards if card.isVisibleTo(view)] == list(view.check.steps)
    names = [strip.accessibleName() for strip in view.findChildren(Strip) if strip.isVisibleTo(view)]
    assert names == [
        "Claimed: 18,000 t; 6 scenarios: 11,718 to 16,621 t",
        "Claimed: 0.600 t/MWh among 26 published factors, 4 of them too weakly documented to count; those of that day "
        "are drawn bold",
    ], "pictures say what they show"
    for strip in view.findChildren(Strip):
        assert not strip.grab().isNull()
    view.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("房山 Fangshan\n1.5 MW since 2019") and "• 4,150 MWh is 3.46 years of 1,200 MWh." in text
    assert "1. Do the years degrade" in text, "the judgement can be sent"


def test_every_verdict_has_an_icon_and_a_word() -> None:
    assert set(PICTURES) == set(VERDICTS)
    assert len({picture for picture, _token in PICTURES.values()}) == len(VERDICTS), "colour is never alone"


def test_all_factors_can_be_seen_and_the_button_counts_as_the_sentence_does(
    make: Callable[..., ClaimView], qtbot: QtBot
) -> None:
    view = make()
    look(qtbot, view)
    table = next(one for one in view.findChildren(FactorList) if one.isVisibleTo(view))
    assert "none of the 22 published ones" in words(view)
    assert table.more.text() == "Show 22 published factors and 4 that do not count"
    assert "0.604" in words(table) and "0.9419" not in words(table) and table.more.isVisible()
    table.more.click()
    assert "0.9419" in words(table) and not table.more.isVisible()
    assert "公告2024年第12号" in words(table) and "later than the claim" in words(table)
    strong = FactorList([one for one in _factors(view) if one.factor.status in SHIPPED])
    qtbot.addWidget(strong)
    assert strong.more.text() == "Show all 22 published factors"


def _factors(view: ClaimView) -> tuple[Compared, ...]:
    step = view.check.step("constant") if view.check else None
    assert step is not None
    return step.factors


def test_another_claim_is_read_from_its_beginning(make: Callable[..., ClaimView], qtbot: QtBot) -> None:
    view = make()
    look(qtbot, view)
    qtbot.wait(LAYING_MS * 2)
    bars = [area.verticalScrollBar() for area in (view._area, view._form_area)]
    for bar in bars:
        assert bar.maximum() > 50
        bar.setValue(50)
    type_in(view, yearly_tonnes="730")
    settle(qtbot, view)
    qtbot.wait(LAYING_MS * 2)
    assert [bar.value() for bar in bars] == [50, 50], "the same claim stays where one reads"
    view.keep_now()
    qtbot.wait(LAYING_MS * 2)
    qtbot.waitUntil(lambda: [bar.value() for bar in bars] == [50, 50])
    view.show_claim("claim-zhangjiakou")
    qtbot.wait(LAYING_MS * 2)
    assert [bar.value() for bar in bars] == [0, 0]


def test_it_judges_while_one_types_in_any_form(make: Callable[..., ClaimView], qtbot: QtBot) -> None:
    view = make()
    for typed in ("1,200", "１２００", "0.12万", "1200.0"):
        type_in(view, yearly="", yearly_tonnes="")
        settle(qtbot, view)
        assert view.check is None, typed
        type_in(view, yearly=typed, yearly_tonnes="720")
        assert view.check is None, "not at every key"
        settle(qtbot, view)
        assert view.check is not None and view.check.claim.yearly == Decimal(1_200_000), typed
        step = view.check.step("constant")
        assert step is not None and step.quantities[0].shown == "0.600", typed
        assert view.check.claim.region == "CN-HE", "the place of the plant is proposed"


def test_what_cannot_be_is_said_and_not_kept(make: Callable[..., ClaimView], qtbot: QtBot, bare: Session) -> None:
    view = make()
    type_in(view, power="0", yearly="1200")
    settle(qtbot, view)
    assert view.check is None and not view.keep.isEnabled()
    assert "Installed power: 0 is not above 0. Enter the number as published, or leave the field empty." in words(view)
    type_in(view, power="many")
    settle(qtbot, view)
    assert "is not a number" in view.form.power.message
    view.keep_now()
    assert kept(bare) == {}


def test_assumptions_can_be_changed_for_a_look(make: Callable[..., ClaimView], qtbot: QtBot) -> None:
    view = make()
    look(qtbot, view)
    for field in (view.assumed.degradation, view.assumed.first_year_loss, view.assumed.decline_high):
        field.line.setText("0")
        field.line.textEdited.emit("0")
    settle(qtbot, view)
    assert view.check is not None
    step = view.check.step("forecast")
    assert step is not None and step.verdict == "holds"
    assert words(view).count("Changed by you") == 3


def test_a_model_of_the_roof_is_asked(make: Callable[..., ClaimView], qtbot: QtBot) -> None:
    asked: list[str] = []

    def expect(claim: Claim) -> Expected | None:
        asked.append(claim.id)
        return Expected(Decimal(1_800_000), Name("EPW Beijing", "北京 EPW")) if claim.id == FANGSHAN else None

    view = make(expect)
    look(qtbot, view)
    assert FANGSHAN in asked
    assert "The model of this system (EPW Beijing) expects 1,800 MWh a year; the claim is −33.3 % off." in words(view)


# ---------------------------------------------------------------------- keeping


def test_a_claim_is_kept_changed_and_deleted_each_as_one_change(
    make: Callable[..., ClaimView], qtbot: QtBot, bare: Session
) -> None:
    view = make()
    told: list[Notice] = []
    view.told.connect(told.append)
    type_in(view, name="Roof", yearly="1000", yearly_tonnes="600", since="2019年5月")
    settle(qtbot, view)
    view.keep.click()
    assert list(kept(bare)) == ["c00001"] and kept(bare)["c00001"].since == "2019-05"
    assert told[-1].sentence == "Claim kept: Roof." and not view.keep.isEnabled() and view.delete.isEnabled()
    type_in(view, yearly_tonnes="555.4")
    settle(qtbot, view)
    view.keep.click()
    assert kept(bare)["c00001"].yearly_tonnes == Decimal("555.4") and len(kept(bare)) == 1
    bare.undo()
    view.refresh()
    assert kept(bare)["c00001"].yearly_tonnes == 600 and view.form.yearly_tonnes.line.text() == "600"
    view.delete.click()
    assert kept(bare) == {} and told[-1].action is not None
    told[-1].action[1]()
    assert list(kept(bare)) == ["c00001"]


def test_a_nameless_claim_gets_a_name(make: Callable[..., ClaimView], qtbot: QtBot, bare: Session) -> None:
    view = make()
    type_in(view, publisher="Works", power="100")
    settle(qtbot, view)
    view.keep_now()
    assert [one.name for one in kept(bare).values()] == ["Works"]


def test_what_was_typed_survives_a_look_at_another_claim(make: Callable[..., ClaimView], qtbot: QtBot) -> None:
    view = make()
    view.load_published()
    view.show_claim("")
    type_in(view, power="321", yearly="300")
    settle(qtbot, view)
    view.show_claim(FANGSHAN)
    type_in(view, yearly="1300")
    view.show_claim("")
    assert view.form.power.line.text() == "321"
    view.refresh()
    assert view.form.power.line.text() == "321"
    view.show_claim(FANGSHAN)
    assert view.form.yearly.line.text() == "1,300" and view.keep.isEnabled(), "typed a moment before leaving"


def test_the_list_shows_how_each_claim_stands(make: Callable[..., ClaimView]) -> None:
    view = make()
    view.load_published()
    assert [view.list.item(row).text() for row in range(view.list.count())] == [
        "New claim",
        "Kraków 克拉科夫",
        "张家口 Zhangjiakou",
        "房山 Fangshan",
    ]
    assert "Doubtful" in view.list.item(2).toolTip() and "Contradicted" in view.list.item(3).toolTip()


def test_a_file_that_can_only_be_read_keeps_nothing(
    make: Callable[..., ClaimView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    view = make()
    type_in(view, power="100")
    settle(qtbot, view)
    assert view.check is not None and not (view.keep.isEnabled() or view.load.isEnabled() or view.delete.isEnabled())


# ---------------------------------------------------------------------- fields, names, room


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2019", "2019"),
        ("2019年", "2019"),
        ("2019-05", "2019-05"),
        ("2019年5月1日", "2019-05-01"),
        ("2019/5", "2019-05"),
    ],
)
def test_since_is_read_as_far_as_it_goes(typed: str, meant: str) -> None:
    assert parse_since(typed) == meant


@pytest.mark.parametrize("typed", ["", "last spring", "2019-13", "20190"])
def test_since_refuses_the_rest(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_since(typed)
    assert caught.value.remedy is not None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_can_be_read_and_operated(
    make: Callable[..., ClaimView], qtbot: QtBot, dressed: QApplication, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    view = make()
    for load in (False, True):
        if load:
            look(qtbot, view)
        qtbot.wait(20)
        assert nameless(view) == [] and out_of_order(view) == []
        assert clipped(view) == [] and beyond(view) == []


def test_words_of_twice_the_length_have_room(
    make: Callable[..., ClaimView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        view = make()
        view.resize(1680, 960)
        look(qtbot, view)
        assert clipped(view) == []
