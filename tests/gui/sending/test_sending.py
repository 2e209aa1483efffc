"""Head office signs files for plants in the window, remembers them, and reads what is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.disclosures.maps import all_maps, write_map
from core.group.inbox.judging import judged, order
from core.handover import prepare, produce, receive
from core.handover.answering import answering
from core.handover.notices import Notice, kept_notice, map_of
from core.i18n import T
from core.ledger import Deadline, Dispatch, Site, SiteFigure
from core.library import load_library
from core.library.write import to_csv
from core.signing import load_p12, load_trust, verify_set
from core.store import ACCEPTED, GroupFile
from gui.language import set_language
from gui.notices import Notice as Said
from gui.office.office import Office
from gui.pages import discover
from gui.plants.page import PlantsPage
from gui.sending.dialog import SendDialog
from gui.sending.list import SentPart
from gui.sending.rows import RowsPart
from gui.settings import Settings
from gui.window import Window
from tests.gui.grouped import NORTH, ledger, office_in
from tests.gui.showing import settle
from tests.gui.trusted import NOW, PASSPHRASE, keys
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 8_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, office: Office, settings: Settings) -> PlantsPage:
    return opened(qtbot, office, settings)


def opened(qtbot: QtBot, office: Office, settings: Settings) -> PlantsPage:
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.go("plants", "dispatch")
    page = window.page("plants")
    assert isinstance(page, PlantsPage)
    page._window = window  # type: ignore[attr-defined]
    return page


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def asking(page: PlantsPage, kind: str = "request", title: str = "Data 2024") -> SendDialog:
    page.sent.send.click()
    dialog = page.sent.dialog
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    dialog.heading.line.setText(title)
    dialog.key.use(keys().auditor)
    dialog.key.secret.setText(PASSPHRASE)
    return dialog


def typed(part: RowsPart, row: int, **cells: str) -> None:
    """As a person types, from left to right."""
    places = {column.key: at for at, column in enumerate(part.table.model.columns)}
    for key, text in cells.items():
        assert part.table.model.setData(part.table.model.index(row, places[key]), text), (key, text)


def signed(qtbot: QtBot, dialog: SendDialog) -> Path:
    out = dialog.out.path
    assert out is not None
    dialog.go.click()
    qtbot.waitUntil(lambda: "Send this file to the plants" in words(dialog), timeout=LONG)
    dialog.reject()
    return out


def refused(qtbot: QtBot, dialog: SendDialog, why: str) -> None:
    dialog.go.click()
    qtbot.waitUntil(lambda: why in words(dialog), timeout=LONG)


def sent_by(office: Office) -> Dispatch:
    (found,) = office.register.held(Dispatch)
    return found


# ---------------------------------------------------------------------- requests


def test_a_request_is_typed_signed_remembered_and_saved_again(
    qtbot: QtBot, page: PlantsPage, office: Office, tmp_path: Path
) -> None:
    dialog = asking(page)
    part = dialog.rows
    typed(part, 0, subject="产量", unit="件", words="all lines")
    typed(part, 1, what="Activity data", subject="Purchased electricity", years="2023、2024")
    typed(part, 2, what="words", words="Who owns the roof?")
    dialog.plants.choose({"si0001", "si0002"})
    dialog.due.line.setText("2026年12月31日")
    dialog.note.setPlainText("For the annual report.")
    assert dialog.out.path is not None and dialog.out.path.name == "Data_2024-1.request"
    out = signed(qtbot, dialog)
    notice = kept_notice(out.read_bytes())
    assert notice is not None
    assert [(row["what"], row["subject"], row["unit"], row["years"]) for row in notice.rows] == [
        ("figure", "production", "piece", "2024"), ("records", "purchased_electricity", "", "2023 2024"),
        ("words", "", "", "2024"),
    ]  # fmt: skip
    assert (notice.sites, notice.due, notice.note) == ((NORTH, "South"), "2026-12-31", "For the annual report.")
    sent = sent_by(office)
    assert (sent.sites, sent.due, sent.name) == (("si0001", "si0002"), "2026-12-31", out.name)
    shown = [column.text(sent) for column in page.sent.table.model.columns]
    assert shown[:3] == ["Request for data", "Data 2024", f"{NORTH}, South"]
    copy = tmp_path / "again.request"
    page.sent.table.show_record(sent.id)
    page.sent.save(sent, copy)
    assert copy.read_bytes() == out.read_bytes()
    second = asking(page)
    assert second.out.path is not None and second.out.path.name == "Data_2024-2.request"
    second.reject()


def test_rows_come_from_a_file_and_from_excel(qtbot: QtBot, page: PlantsPage, tmp_path: Path) -> None:
    dialog = asking(page)
    part = dialog.rows
    QGuiApplication.clipboard().setText("what\tsubject\tunit\tyears\twords\nreport\t\t\t2024\t\n")
    part.paste.click()
    path = tmp_path / "rows.csv"
    path.write_text("what,subject,unit,years,words\nwords,,,2024,Who?\n", "utf-8")
    part.add(path)
    assert [row["what"] for row in part.read()] == ["report", "words"]
    path.write_text("what,years\nwords,2024\n", "utf-8")
    part.add(path)
    assert "lacks the column" in words(dialog)
    part.table.view.selectRow(0)
    part.take.click()
    assert [row["words"] for row in part.read()] == ["Who?"]
    dialog.reject()


def test_what_is_wrong_is_said_in_the_dialog_and_nothing_goes_out(
    qtbot: QtBot, page: PlantsPage, office: Office, tmp_path: Path
) -> None:
    dialog = asking(page)
    refused(qtbot, dialog, "Nothing is in the table yet")
    part = dialog.rows
    assert not part.table.model.setData(part.table.model.index(0, 3), "soon")
    assert "are no years" in words(dialog)
    typed(part, 0, what="records", subject="magic")
    refused(qtbot, dialog, "no emission method “magic”")
    typed(part, 0, what="report", subject="")
    dialog.plants.which.setCurrentIndex(1)
    refused(qtbot, dialog, "No plant is chosen")
    dialog.plants.which.setCurrentIndex(0)
    dialog.key.secret.setText("wrong")
    refused(qtbot, dialog, "passphrase")
    dialog.key.use(keys().manager)
    dialog.key.secret.setText(PASSPHRASE)
    refused(qtbot, dialog, "has another role")
    there = tmp_path / "there.request"
    there.write_bytes(b"x")
    dialog.out.set_path(there)
    refused(qtbot, dialog, "exists already")
    dialog.reject()
    assert not office.register.held(Dispatch)
    assert there.read_bytes() == b"x"


def test_a_request_begins_with_what_is_known(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    """Its title, its day while that is ahead, and the plants that the matrix was asked for."""
    office.put(T("Late"), Deadline("2024", date(2099, 3, 31)), Site("si0009", "Nowhere", "PL"))
    page.matrix.show_only("missing")
    page.tabs.setCurrentWidget(page.matrix)
    page.send.click()
    dialog = page.sent.dialog
    assert dialog.due.read() == date(2099, 3, 31)
    assert dialog.out.path is not None and dialog.out.path.name == "Data_2024-1.request"
    assert dialog.plants.read() == ("si0009",)
    first = dialog.plants.list.item(0)
    assert first.text().startswith("Nowhere") and first.checkState() == Qt.CheckState.Checked, "seen at once"
    dialog.reject()
    office.put(T("Over"), Deadline("2024", date(2020, 3, 31)))
    page.matrix.show_only("")
    page.send.click()
    assert page.sent.dialog.due.read() is None and page.sent.dialog.plants.read() == ()
    page.sent.dialog.reject()


def test_a_folder_that_is_gone_loses_nothing_that_was_signed(
    qtbot: QtBot, page: PlantsPage, office: Office, tmp_path: Path
) -> None:
    dialog = asking(page)
    typed(dialog.rows, 0, what="report")
    dialog.out.set_path(tmp_path / "gone" / "x.request")
    refused(qtbot, dialog, "save it again from the list")
    dialog.reject()
    sent = sent_by(office)
    page.sent.save(sent, tmp_path / "x.request")
    assert kept_notice((tmp_path / "x.request").read_bytes()) is not None


# ---------------------------------------------------------------------- the other kinds


def test_benchmarks_are_seen_before_they_are_signed(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    reporting = ("si0001", "si0002", "si0003")
    office.put(T("Entered"), *(SiteFigure(f"fi2{site}", site, "headcount", "person", 2023, Decimal(100), "HR")
                               for site in reporting))  # fmt: skip
    office.put(T("Entered"), SiteFigure("fi9", "si0001", "revenue", "EUR", 2023, Decimal(5), "Books"))
    dialog = asking(page, "benchmarks", "")
    part = dialog.benchmarks
    qtbot.waitUntil(lambda: not part.busy and "No figure of 2024" in words(dialog), timeout=LONG)
    part.year.setCurrentIndex(part.year.findData("2023"))
    part.year.activated.emit(part.year.currentIndex())
    qtbot.waitUntil(lambda: len(part.table.model.records) > 0, timeout=LONG)
    assert {one.plants for one in part.table.model.records} == {3}
    assert "Revenue [EUR]: 1" in words(dialog)
    dialog.plants.choose({"si0002"})
    notice = kept_notice(signed(qtbot, dialog).read_bytes())
    assert notice is not None and notice.title == "Benchmarks 2023" and notice.sites == ("South",)
    assert {row["figure"] for row in notice.rows} == {"headcount"}
    assert sent_by(office).sites == ("si0002",)


def test_benchmarks_of_too_few_plants_are_not_made(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    dialog = asking(page, "benchmarks", "")
    refused(qtbot, dialog, "at least 3 plants")
    dialog.reject()
    assert not office.register.held(Dispatch)


def test_a_map_of_a_questionnaire_goes_out(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    dialog = asking(page, "map", "")
    assert not dialog.due.isVisible() and not dialog.heading.isVisible() and dialog.note.isVisible()
    refused(qtbot, dialog, "No disclosure map is chosen")
    part = dialog.maps
    part.which.setCurrentIndex(part.which.findData("saq_5_0"))
    assert len(part.table.model.records) == 62 and "NQC SAQ, 5.0: 62 questions" in words(dialog)
    first = part.table.model.records[0]
    assert [column.text(first) for column in part.table.model.columns] == [
        "0b", "Site headcount", "Headcount of the site", "required",
    ]  # fmt: skip
    assert dialog.out.path is not None and dialog.out.path.name == "saq_5_0-1.map"
    notice = kept_notice(signed(qtbot, dialog).read_bytes())
    assert notice is not None and map_of(notice) == all_maps()["saq_5_0"]
    assert (sent_by(office).kind, sent_by(office).title, sent_by(office).due) == ("map", "saq_5_0", "")


def test_a_map_from_a_file_is_checked_before_it_can_be_chosen(
    qtbot: QtBot, page: PlantsPage, office: Office, tmp_path: Path
) -> None:
    dialog = asking(page, "map", "")
    part = dialog.maps
    path = tmp_path / "saq_5_0.csv"
    text = write_map(all_maps()["saq_5_0"])
    path.write_text(text.replace("site.headcount", "site.heads"), "utf-8")
    part.add(path)
    assert "There is no data point “site.heads”" in words(dialog) and part.key == ""
    count = part.which.count()
    path.write_text(text.replace("# edition: 5.0", "# edition: 5.1"), "utf-8")
    part.add(path)
    assert part.which.count() == count, "it takes the place of the one with its key"
    path.write_text(text.replace("# key: saq_5_0", "# key: saq_6_0"), "utf-8")
    part.add(path)
    assert (part.which.count(), part.key) == (count + 1, "saq_6_0")
    part.which.setCurrentIndex(part.which.findData("saq_5_0"))
    notice = kept_notice(signed(qtbot, dialog).read_bytes())
    assert notice is not None and map_of(notice).edition == "5.1"


def test_certificates_in_use_need_reports_that_name_some(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    dialog = asking(page, "serials", "")
    assert "No report names certificates." in words(dialog)
    refused(qtbot, dialog, "No report names certificates.")
    dialog.reject()
    assert not office.register.held(Dispatch)


def test_a_factor_set_goes_out_as_plants_take_it(
    qtbot: QtBot, page: PlantsPage, office: Office, tmp_path: Path
) -> None:
    library = load_library()
    rows = [one for one in library.factors if one.set.key == "cn_gbt32151_2024"][:3]
    path = tmp_path / "cn_gbt32151_2030.csv"
    path.write_text(to_csv(rows[0].set, rows), encoding="utf-8")
    dialog = asking(page, "factors", "")
    dialog.factors.file.set_path(path)
    qtbot.waitUntil(lambda: ": 3" in dialog.factors.words.text(), timeout=LONG)
    out = signed(qtbot, dialog)
    assert out.name == "cn_gbt32151_2030.factors"
    judged = verify_set(out.read_bytes(), load_trust(keys().authority), NOW.now(NOW.tzinfo))
    assert judged.valid and judged.key == "cn_gbt32151_2030"
    assert (sent_by(office).kind, sent_by(office).title) == ("factors", "cn_gbt32151_2030")


# ---------------------------------------------------------------------- answers


def reported(office: Office, notice: Notice) -> None:
    """North answers the last item in words, and its next report is accepted."""
    held = ledger(NORTH, 2025, 1200)
    held = held.apply(answering(notice, notice.rows[-1], held, "The landlord 房东.").steps)
    trust, library = load_trust(keys().authority), load_library()
    draft = prepare(held, 2025, library, language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1))
    pdf = produce(draft, load_p12(keys().auditor, PASSPHRASE))
    found = judged(order("n.pdf", pdf, trust, NOW), receive(pdf, trust, library, NOW, rebuild=False))
    with GroupFile.open(office.path) as group:
        group.file(replace(found.filed, state=ACCEPTED, reasons=()), pdf, found.parts, found.markings)


def test_the_answers_of_a_plant_are_read_from_its_report(
    qtbot: QtBot, page: PlantsPage, office: Office, settings: Settings
) -> None:
    dialog = asking(page)
    typed(dialog.rows, 0, what="records", subject="stationary_combustion", years="2025")
    typed(dialog.rows, 1, what="words", words="Who owns the roof?", years="2025")
    notice = kept_notice(signed(qtbot, dialog).read_bytes())
    assert notice is not None
    path = office.path
    office.close()
    reported(office, notice)
    again = Office(GroupFile.open(path), "Wang Wei", 2024)
    try:
        sent = opened(qtbot, again, settings).sent
        sent.table.show_record("d0001")
        sent.read.click()
        qtbot.waitUntil(lambda: hasattr(sent, "answers") and sent.answers.isVisible(), timeout=LONG)
        rows = {row.id: row for row in sent.answers.table.model.records}
        column = {c.key: c for c in sent.answers.table.model.columns}["state"]
        assert column.text(rows["si0001", 2]) == "The landlord 房东."
        assert column.text(rows["si0001", 1]) == "answered"
        assert column.text(rows["si0002", 2]) == "no report yet"
        assert "4 of 6 items are open; plants without a report: 2." in words(sent.answers)
        sent.answers.reject()
    finally:
        again.close()


def test_only_a_request_is_answered(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    assert not page.sent.read.isEnabled()
    assert "Nothing was sent to plants yet" in words(page.sent)
    dialog = asking(page, "map", "")
    dialog.maps.which.setCurrentIndex(1)
    signed(qtbot, dialog)
    page.sent.table.show_record("d0001")
    assert not page.sent.read.isEnabled()
    assert page.sent.read.accessibleDescription() == "Only a request is answered."
    assert page.sent.again.isEnabled()


def test_what_went_out_is_not_taken_back(qtbot: QtBot, page: PlantsPage, office: Office) -> None:
    told: list[Said] = []
    page.told.connect(told.append)
    dialog = asking(page)
    typed(dialog.rows, 0, what="report")
    signed(qtbot, dialog)
    assert "Signed for plants" in told[-1].sentence and told[-1].action is None
    office.undo()
    assert sent_by(office).title == "Data 2024"


def test_read_only_nothing_is_sent(qtbot: QtBot, office: Office, settings: Settings) -> None:
    other = Office(GroupFile.open(office.path), "Li Na", 2024)
    try:
        page = opened(qtbot, other, settings)
        assert not page.send.isEnabled() and not page.sent.send.isEnabled()
    finally:
        other.close()


# ---------------------------------------------------------------------- for everybody


@pytest.mark.parametrize("how", ["en", "zh", "long"])
def test_it_can_be_read_and_operated(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def look() -> None:
        page = opened(qtbot, office, settings)
        sent: SentPart = page.sent
        for kind in ("request", "map", "benchmarks", "factors"):
            sent.ask(kind)
            dialog = sent.dialog
            dialog.plants.which.setCurrentIndex(1)
            settle(qtbot)
            assert nameless(dialog) == []
            assert out_of_order(dialog) == []
            qtbot.waitUntil(lambda d=dialog: clipped(d) == [])  # type: ignore[misc]
            assert beyond(dialog) == []
            dialog.reject()
            dialog.deleteLater()

    if how == "long":
        with stretched(monkeypatch):
            look()
    else:
        set_language(how)
        look()
