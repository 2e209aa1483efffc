"""A plant takes up what head office sent, sees what is asked, and answers it, all in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.disclosures.maps import all_maps, head_cells, maps_of, question_cells
from core.handover import noticed, notices
from core.handover.notices import Notice, sign_notice
from core.i18n import T
from core.ledger import Benchmark, Closing, Judgement, KeyFigure, MapFile
from core.signing import load_p12
from gui.asked import intake as asked_intake
from gui.asked import words as asked_words
from gui.asked.dialogs import BelieveNoticeDialog, NoticeDialog
from gui.asked.list import AskedDialog
from gui.notices import Notice as Said
from gui.overview.page import Overview
from gui.page import NewRecord
from gui.pages import discover
from gui.running import updates
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.trusted import NOW, PASSPHRASE, keys
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

ASKED = (
    {"what": "figure", "subject": "production", "unit": "piece", "years": "2019", "words": "all lines"},
    {"what": "records", "subject": "flares", "unit": "", "years": "2023 2024", "words": ""},
    {"what": "report", "subject": "", "unit": "", "years": "2024", "words": ""},
    {"what": "words", "subject": "", "unit": "", "years": "2024", "words": "Who owns the roof? 屋顶属于谁？"},
)
REQUEST = Notice("request", "Data 2024", "Example Group", ASKED, due="2036-12-31", note="For the annual report.")
BENCHMARKS = Notice("benchmarks", "Benchmarks 2024", "Example Group", (
    {"figure": "headcount", "subject": "total", "unit": "t/person", "low": "1.5", "median": "2", "high": "3.25",
     "plants": "5", "year": "2024"},
))  # fmt: skip
SHORT = replace(all_maps()["saq_5_0"], key="saq_6_0", edition="6.0", questions=all_maps()["saq_5_0"].questions[:9])
MAP = Notice("map", "saq_6_0", "Example Group", tuple(map(question_cells, SHORT.questions)), about=head_cells(SHORT))
SERIALS = Notice("serials", "Certificates in use", "Example Group", (
    {"serials": "GEC-0001–GEC-0500", "holder": "Elsewhere", "year": "2024"},
))  # fmt: skip
LONG = 8_000


@cache
def signed() -> dict[str, bytes]:
    """Files of head office by their names."""
    signer = load_p12(keys().auditor, PASSPHRASE)
    every = (REQUEST, BENCHMARKS, MAP, SERIALS, replace(REQUEST, title="Others", sites=("Elsewhere",)))
    return {f"{one.title}{notices.ENDINGS[one.kind]}": sign_notice(one, signer, NOW) for one in every}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in signed().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    settings.head_office = keys().authority
    return opened(qtbot, session, settings)


def opened(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, discover("plant"))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def overview(window: Window) -> Overview:
    page = window.page("overview")
    assert isinstance(page, Overview)
    return page


def modal(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=LONG)
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def drop(window: Window, path: Path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPoint(300, 300), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    window.dropEvent(event)


def verified(qtbot: QtBot, window: Window, path: Path) -> NoticeDialog:
    drop(window, path)
    asks = modal(qtbot, BelieveNoticeDialog)
    assert isinstance(asks, BelieveNoticeDialog)
    asks.go.click()
    found = modal(qtbot, NoticeDialog)
    assert isinstance(found, NoticeDialog)
    return found


def taken(qtbot: QtBot, window: Window, path: Path) -> None:
    verified(qtbot, window, path).go_on.click()


def asked(window: Window) -> AskedDialog:
    card = overview(window).asked
    card.show_list.click()
    return card.dialog


def test_the_names_kept_apart_for_a_quick_start_are_the_same() -> None:
    assert asked_words.MEDIA == noticed.MEDIA
    assert tuple(notices.ENDINGS.values()) == (*asked_words.ENDINGS, updates.ENDING), "the last is for the program"
    assert set(asked_words.KINDS) > set(notices.KINDS)


def test_a_dropped_request_is_verified_shown_and_stands_on_the_overview(
    qtbot: QtBot, window: Window, session: Session, folder: Path
) -> None:
    assert not overview(window).asked.isVisible()
    window.go("activity")
    dialog = verified(qtbot, window, folder / "Data 2024.request")
    said = words(dialog)
    assert "Signed by Li Na" in said and "due 2036-12-31" in said and "Example Group" in said
    assert "For the annual report." in said and "No data change." in said
    dialog.go_on.click()
    assert window.place == "overview"
    assert overview(window).asked.words.text() == "Head office asks: 4 open, due 2036-12-31"
    window.undo()
    assert not overview(window).asked.isVisible()
    assert not asked_words.any_taken(session.ledger)


def test_each_item_leads_to_where_it_is_answered(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    taken(qtbot, window, folder / "Data 2024.request")
    went: list[tuple[str, object]] = []
    overview(window).wanted.disconnect()
    overview(window).wanted.connect(lambda *where: went.append(where))
    for number, way in ((1, "Go to the key figures"), (2, "Go to the activity data"), (3, "Go to the report")):
        dialog = asked(window)
        assert dialog.table.show_record(("Data 2024", number))
        assert dialog.go.text() == way
        dialog.go.click()
        assert not dialog.isVisible()
        assert session.year == (2019, 2023, 2024)[number - 1]
    assert went == [("plan", "key_figures"), ("activity", NewRecord("flares")), ("report", None)]
    session.put(T("Made"), KeyFigure("k9", "production", "piece", date(2019, 1, 1), date(2019, 12, 31), Decimal(7)))
    QApplication.processEvents()
    assert "3 open" in overview(window).asked.words.text()


def test_a_question_is_answered_in_words(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    taken(qtbot, window, folder / "Data 2024.request")
    dialog = asked(window)
    dialog.table.show_record(("Data 2024", 4))
    dialog.go.click()
    answer = dialog.answer
    assert "next signed report of 2024" in words(answer)
    answer.go.click()
    qtbot.waitUntil(lambda: "The answer is empty" in words(answer))
    answer.text.setPlainText("The landlord 房东.")
    with qtbot.waitSignal(answer.accepted):
        answer.go.click()
    (held,) = (one for one in session.ledger.held(Judgement) if one.verdict == "answered")
    assert (held.year, held.reason) == (2024, "The landlord 房东.")
    assert "Answer: The landlord 房东." in words(dialog) and dialog.go.text() == "Change the answer…"
    dialog.reject()
    assert "3 open" in overview(window).asked.words.text()


def test_a_closed_year_keeps_the_answer_for_the_next_report(
    qtbot: QtBot, window: Window, session: Session, folder: Path
) -> None:
    taken(qtbot, window, folder / "Data 2024.request")
    session.close_year("Everything is in.")
    assert session.ledger.held(Closing)
    dialog = asked(window)
    dialog.table.show_record(("Data 2024", 4))
    dialog.go.click()
    assert "next signed report of 2025" in words(dialog.answer)
    dialog.answer.reject()
    dialog.reject()


def test_benchmarks_become_records_with_the_file_as_evidence(
    qtbot: QtBot, window: Window, session: Session, folder: Path
) -> None:
    path = folder / "Benchmarks 2024.benchmarks"
    dialog = verified(qtbot, window, path)
    assert "Benchmarks that come in: 1; earlier ones that they replace: 0" in words(dialog)
    dialog.go_on.click()
    held = next(one for one in session.ledger.held(Benchmark) if one.publisher == "Example Group")
    assert (held.median, held.plants) == (Decimal(2), 5)
    proof = next(one for one in session.ledger.evidence if one.id == held.evidence)
    assert session.file.blob(proof.sha256) == path.read_bytes()
    assert overview(window).asked.words.text() == "Files of head office were taken up."


def test_a_disclosure_map_is_shown_and_stands_among_the_maps_of_the_plant(
    qtbot: QtBot, window: Window, session: Session, folder: Path
) -> None:
    dialog = verified(qtbot, window, folder / "saq_6_0.map")
    assert "Self-assessment questionnaire SAQ 5.0" in words(dialog)
    assert "Its questions stand beside those of the other maps." in words(dialog)
    first = dialog.table.model.records[3]
    assert [column.text(first) for column in dialog.table.model.columns] == [
        "1", "Senior representative", "Responsible managers by topic", "required",
    ]  # fmt: skip
    dialog.go_on.click()
    assert maps_of(session.ledger, session.file.blob)["saq_6_0"] == replace(SHORT, signer="Li Na")
    window.undo()
    assert session.ledger.held(MapFile) == ()


def test_a_map_says_which_one_it_replaces(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    taken(qtbot, window, folder / "saq_6_0.map")
    for number, (key, edition) in enumerate((("saq_6_0", "6.1"), ("saq_5_0", "5.0 of the group")), 2):
        one = replace(SHORT, key=key, edition=edition)
        newer = replace(MAP, title=key, edition=number, about=head_cells(one))
        (folder / "newer.map").write_bytes(sign_notice(newer, load_p12(keys().auditor, PASSPHRASE), NOW))
        dialog = verified(qtbot, window, folder / "newer.map")
        whose = {"saq_6_0": "6.0, which Li Na signed. Answers", "saq_5_0": "5.0. Answers"}[key]
        assert f"It takes the place of “Self-assessment questionnaire SAQ 5.0”, {whose}" in words(dialog)
        dialog.go_on.click()
        assert maps_of(session.ledger, session.file.blob)[key].edition == edition
    assert len(session.ledger.held(MapFile)) == 2


UNFIT = (
    ("Data 2024.request", "stranger", "Nothing was taken"),
    ("Others.request", "authority", "for other plants"),
    ("bad.map", "authority", "no signed file of head office"),
)
"""A file, whose certificate is believed, and why nothing comes of it."""


def test_what_cannot_be_believed_or_used_changes_nothing(
    qtbot: QtBot, window: Window, session: Session, settings: Settings, folder: Path
) -> None:
    (folder / "bad.map").write_bytes(b"{}")

    def refused(name: str, why: str) -> None:
        drop(window, folder / name)
        dialog = modal(qtbot, BelieveNoticeDialog)
        assert isinstance(dialog, BelieveNoticeDialog)
        dialog.go.click()
        qtbot.waitUntil(lambda: why in words(dialog), timeout=LONG)
        dialog.reject()

    before = session.file.head
    for name, trust, why in UNFIT:
        settings.head_office = getattr(keys(), trust)
        refused(name, why)
        assert session.file.head == before, name


def test_the_menu_takes_files_of_every_kind(
    qtbot: QtBot, window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(name: str) -> None:
        monkeypatch.setattr("gui.asked.intake.QFileDialog.getOpenFileName", lambda *_a: (str(folder / name), ""))
        asked_intake.take_up(window)

    (folder / "cn.factors").write_bytes(b"{}")
    choose("cn.factors")
    assert window.place == "library"
    modal(qtbot, QDialog).reject()
    choose("saq_6_0.map")
    assert window.place == "overview"
    modal(qtbot, BelieveNoticeDialog).reject()


def test_it_is_also_seen_before_there_are_data(qtbot: QtBot, bare: Session, settings: Settings, folder: Path) -> None:
    settings.head_office = keys().authority
    window = opened(qtbot, bare, settings)
    told: list[Said] = []
    overview(window).told.connect(told.append)
    taken(qtbot, window, folder / "Data 2024.request")
    assert "Request of head office" in told[-1].sentence
    assert "Head office asks: 4 open" in words(overview(window))


@pytest.mark.parametrize("long", [False, True])
def test_it_can_be_read_and_operated(
    qtbot: QtBot, session: Session, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        settings.head_office = keys().authority
        window = opened(qtbot, session, settings)
        for name in ("Data 2024.request", "Benchmarks 2024.benchmarks", "saq_6_0.map",
                     "Certificates in use.serials"):  # fmt: skip
            dialog = verified(qtbot, window, folder / name)
            walked(dialog)
            dialog.go_on.click()
        listed = asked(window)
        walked(listed)
        listed.table.show_record(("Data 2024", 4))
        listed.go.click()
        walked(listed.answer)
        listed.answer.reject()
        listed.reject()
        assert clipped(overview(window).asked) == []

    def walked(widget: QWidget) -> None:
        qtbot.wait(20)
        assert nameless(widget) == []
        assert out_of_order(widget) == []
        qtbot.waitUntil(lambda: clipped(widget) == [])
        assert beyond(widget) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()
