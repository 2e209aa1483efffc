"""The report page: decisions are changes, errors forbid, the preview follows, and a real key signs a real PDF."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.ledger import Engagement, Ledger, Person, Plant, Step
from core.signing import create_token_request, issue, load_p12, load_trust, store_token_certificate, verify
from core.store import PlantFile
from gui.jobs import Job, Progress
from gui.keys.certificates import RequestDialog
from gui.notices import Notice
from gui.pages import discover
from gui.report import page as report_page
from gui.report.countersigning import CountersignDialog, SignedTwice
from gui.report.files import free_name, only_signer
from gui.report.issuing import status_of
from gui.report.page import ReportPage
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.trusted import NOW, PASSPHRASE, billed, keys, report
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched
from tests.softhsm import PIN, SoftTokens, soft_tokens

LONG = 60_000


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Session]:
    """Twelve bills: reported in a tenth of the time that the demo takes."""
    made = billed(tmp_path / "billed.plant")
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, plant: Session, settings: Settings) -> ReportPage:
    return opened(qtbot, plant, settings)


def opened(qtbot: QtBot, session: Session, settings: Settings) -> ReportPage:
    """The page, which draws nothing before a test asks for it: most do not look at the draft."""
    made = ReportPage(session, settings)
    made._soon.setInterval(LONG)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1100, 750)
    made.refresh()
    made.show()
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def link(widget: QWidget, text: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text)


def told(page: ReportPage) -> list[Notice]:
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def break_it(session: Session) -> None:
    bad = next(a for a in session.ledger.activities if a.start.year == 2024)
    session.put(T("Test"), replace(bad, quantity=-bad.quantity))
    assert any(f.severity == "error" for f in session.findings)


def test_the_preview_shows_the_report_and_follows_the_language(qtbot: QtBot, page: ReportPage) -> None:
    assert page._soon.isActive()
    page._soon.setInterval(0)
    qtbot.waitUntil(lambda: page.preview.showing, timeout=LONG)
    both = page.preview._pages
    page.form.language.setCurrentIndex(page.form.language.findData("en"))
    page.form.language.activated.emit(0)
    qtbot.waitUntil(lambda: page.preview._pages < both, timeout=LONG)


def test_a_draw_that_is_pending_when_the_plant_is_closed_does_not_happen(
    qtbot: QtBot, page: ReportPage, plant: Session
) -> None:
    plant.close_year("Verified")  # whose report reads the kept package from the file
    assert page._soon.isActive()
    plant.close()
    page._soon.setInterval(0)
    with qtbot.waitSignal(page._soon.timeout):  # an exception in what answers it fails the test
        pass
    assert page._job is None and not page.preview.showing


@pytest.mark.parametrize("end", ["drawn", "refused", "broken"])
@pytest.mark.parametrize("closed", [False, True])
def test_a_draw_that_ends_after_the_closing_is_not_shown(
    qtbot: QtBot, page: ReportPage, plant: Session, monkeypatch: pytest.MonkeyPatch, end: str, closed: bool
) -> None:
    def work(_progress: Progress, _cancelled: Callable[[], bool]) -> bytes:
        if end == "drawn":
            return report()
        raise UserError(T("It cannot be drawn."), T("Mend it.")) if end == "refused" else RuntimeError("A bug.")

    monkeypatch.setattr(report_page, "drafting", lambda _order: work)
    page.draw()
    begun = page._job
    assert begun is not None
    before = words(page.preview)
    if closed:
        plant.close()
    with qtbot.waitSignal(begun.ended):
        pass
    assert (page._job, page.preview.showing) == (None, end == "drawn" and not closed)
    assert (words(page.preview) == before) is closed


def test_a_signature_that_comes_after_the_closing_is_not_kept(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    page.panel.key.set_path(keys().auditor)
    out = page.panel.out.needed()
    page.panel.secret.setText(PASSPHRASE)
    jobs: list[Job] = []
    page.working.connect(lambda job, _doing: jobs.append(job))
    notices = told(page)
    page.panel.sign.click()
    plant.close()
    qtbot.waitUntil(lambda: not jobs[0].running, timeout=LONG)
    assert not out.exists() and notices == []


def test_a_decision_is_one_change_that_can_be_undone(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    before = plant.file.entries
    page.form.boundary.setFocus()
    page.form.boundary.setPlainText("The whole site 全厂区")
    page.form.criteria.setFocus()
    qtbot.waitUntil(lambda: plant.audit.boundary == "The whole site 全厂区")
    page.form.gwp.setCurrentIndex(page.form.gwp.findData("AR5"))
    page.form.gwp.activated.emit(0)
    assert plant.audit.gwp_set == "AR5"
    assert plant.inventory.choices.gwp_set == "AR5"
    assert plant.file.entries == before + 2
    plant.undo()
    assert plant.audit.gwp_set == "AR6"
    assert page.form.gwp.currentData() == "AR6"
    page.form.commit()  # nothing differs: no change
    assert plant.file.entries == before + 3


def test_leaving_a_field_without_typing_changes_nothing(page: ReportPage, plant: Session) -> None:
    before = plant.file.entries
    for widget in (page.form.preparer, page.form.boundary, page.form.criteria, page.form.policy):
        widget.setFocus()
    assert plant.file.entries == before


def test_errors_forbid_signing_and_lead_to_the_record(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    assert page.panel.sign.isEnabled()
    break_it(plant)
    assert not page.panel.sign.isEnabled()
    qtbot.waitUntil(lambda: "forbid" in words(page))
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    first = next(f for f in plant.findings if f.severity == "error")
    link(page, "Go there").click()
    assert wanted == [("activity", first.subject)]
    plant.undo()
    assert page.panel.sign.isEnabled()


def test_errors_that_were_waived_with_a_reason_do_not_forbid(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    break_it(plant)
    plant.reckoning.findings = tuple(replace(f, dismissed="Seen on site") for f in plant.findings)
    plant.changed.emit()
    assert page.panel.sign.isEnabled()
    qtbot.waitUntil(lambda: "No finding forbids signing." in words(page))
    assert "they will stand in the report" not in words(page)


def test_a_key_signs_and_the_revision_is_remembered(qtbot: QtBot, session: Session, settings: Settings) -> None:
    """Of the demo, which has everything that a report can tell of."""
    page = opened(qtbot, session, settings)
    notices = told(page)
    jobs: list[Job] = []
    page.working.connect(lambda job, _doing: jobs.append(job))
    refused: list[object] = []
    for sign in ("failed", "crashed"):
        page.working.connect(lambda job, _doing, sign=sign: getattr(job, sign).connect(refused.append))
    page.working.connect(lambda job, _doing: job.stopped.connect(lambda: refused.append("stopped")))
    shares: list[float] = []
    page.working.connect(lambda job, _doing: job.progressed.connect(lambda share, _text: shares.append(share)))
    revision = session.audit.revision
    session.person = "Somebody at the desk"
    page.panel.key.set_path(keys().auditor)
    out = page.panel.out.needed()
    QTest.keyClicks(page.panel.secret, PASSPHRASE)
    QTest.keyClick(page.panel.secret, Qt.Key.Key_Return)
    assert not page.panel.sign.isEnabled()
    qtbot.waitUntil(lambda: bool(jobs) and not jobs[0].running, timeout=LONG)
    assert refused == []
    qtbot.waitUntil(lambda: bool(notices), timeout=LONG)  # it is told a turn of the event loop later
    assert [n.level for n in notices] == ["good"]
    assert out.exists()
    answer = verify(out.read_bytes(), load_trust(keys().authority), when=datetime.now(UTC))
    assert answer.valid, str(answer.reason)
    assert answer.signatures[0].signer == "Li Na"
    assert session.audit.revision == revision + 1
    assert shares == sorted(shares)
    assert len(shares) > 5
    assert page.panel.secret.text() == ""
    qtbot.waitUntil(lambda: str(out) in words(page.panel))
    assert page.preview.showing
    status = status_of(session)
    assert (status.revision, status.changed_since) == (revision + 1, False)
    assert status.who == "Li Na"  # as the certificate and the notice say
    assert "Signed" in words(page).splitlines()
    assert "Before signing" not in words(page)
    assert (page.panel.sign.text(), page.panel.sign.property("role")) == ("Sign a new revision…", "")
    assert page.panel.second.isVisible(), "the other one of the two comes next"
    assert page.focusWidget() is link(page.panel, "Open")
    assert page.panel.out.needed() != out
    bill = next(a for a in session.ledger.activities if a.start.year == 2024)
    session.put(T("Test"), replace(bill, note="corrected"))
    assert status_of(session).changed_since
    qtbot.waitUntil(lambda: "changed since" in words(page))
    assert page.panel.sign.property("role") == "primary" and not page.panel.second.isVisible()


def test_the_key_that_signed_last_is_proposed(
    qtbot: QtBot, page: ReportPage, plant: Session, settings: Settings
) -> None:
    """Also where several lie beside the plant."""
    sign_with(qtbot, page, keys().auditor)
    assert settings.key_file == keys().auditor and PASSPHRASE not in settings.files[0].read_text("utf-8")
    again = ReportPage(plant, settings)
    qtbot.addWidget(again)
    again.refresh()
    assert again.panel.key.path == keys().auditor
    dialog = CountersignDialog(plant, settings)
    qtbot.addWidget(dialog)
    assert dialog.choice.file.path == keys().auditor
    settings.key_file = keys().auditor.with_name("gone.p12")
    other = ReportPage(plant, settings)
    qtbot.addWidget(other)
    other.refresh()
    assert other.panel.key.path != settings.key_file


def test_a_wrong_passphrase_is_told_and_nothing_happens(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    notices = told(page)
    page.working.connect(lambda job, _doing: job.failed.connect(notices.append))
    entries = plant.file.entries
    page.panel.key.set_path(keys().auditor)
    out = page.panel.out.needed()
    QTest.keyClicks(page.panel.secret, "wrong words")
    bar = page._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.panel.sign.click()
    qtbot.waitUntil(page.panel.sign.isEnabled, timeout=LONG)
    assert "passphrase" in str(notices[0])
    assert page.focusWidget() is page.panel.secret and page.panel.secret.selectedText(), "it is typed again at once"
    assert not page.panel.secret.visibleRegion().isEmpty(), "and is seen"
    assert not out.exists()
    assert plant.file.entries == entries


def test_cancelling_leaves_nothing(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    entries = plant.file.entries
    page.working.connect(lambda job, _doing: job.progressed.connect(lambda _share, _text: job.cancel()))
    page.panel.key.set_path(keys().auditor)
    out = page.panel.out.needed()
    page.panel.secret.setText(PASSPHRASE)
    page.panel.sign.click()
    qtbot.waitUntil(page.panel.sign.isEnabled, timeout=LONG)
    assert not out.exists()
    assert plant.file.entries == entries


def test_a_plant_changed_meanwhile_is_not_signed(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    notices = told(page)
    page.panel.key.set_path(keys().auditor)
    out = page.panel.out.needed()
    page.panel.secret.setText(PASSPHRASE)
    page.panel.sign.click()
    bill = next(a for a in plant.ledger.activities if a.start.year == 2024)
    plant.put(T("Test"), replace(bill, note="meanwhile"))
    qtbot.waitUntil(page.panel.sign.isEnabled, timeout=LONG)
    assert [n.level for n in notices] == ["bad"]
    assert not out.exists()


@pytest.mark.parametrize("what", ["key", "secret", "exists"])
def test_what_is_missing_is_told(page: ReportPage, tmp_path: Path, what: str) -> None:
    notices = told(page)
    page.panel.key.set_path(None if what == "key" else keys().auditor)
    page.panel.secret.setText("" if what == "secret" else PASSPHRASE)
    if what == "exists":
        page.panel.out.needed().write_bytes(b"old")
    page.sign()
    assert [n.level for n in notices] == ["bad"]


def test_a_year_without_data_says_what_belongs_here(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    page = ReportPage(bare, settings)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    wanted: list[str] = []
    page.wanted.connect(lambda place, _subject: wanted.append(place))
    link(page, "Enter activity data").click()
    assert wanted == ["activity"]
    link(page, "Countersign a signed report…").click()
    (dialog,) = page.findChildren(CountersignDialog)
    assert dialog.isVisible(), "the report of the year before may wait for its second signature"
    dialog.reject()
    assert not page._soon.isActive()
    page.draw()
    assert page._job is None and not page.preview.showing


def test_the_name_of_the_file_is_free(tmp_path: Path) -> None:
    plant = tmp_path / "a.plant"
    assert free_name(plant, 2024, 1).name == "a-2024-r1.pdf"
    free_name(plant, 2024, 1).touch()
    assert free_name(plant, 2024, 1).name == "a-2024-r1-2.pdf"


def test_only_a_single_key_is_suggested(tmp_path: Path) -> None:
    assert only_signer(tmp_path) is None
    (tmp_path / "auditor.p12").touch()
    (tmp_path / "office.p12").touch()
    assert only_signer(tmp_path) is None
    (tmp_path / "office.group").touch()  # that one is head office's
    assert only_signer(tmp_path) == tmp_path / "auditor.p12"


@pytest.mark.parametrize("long", [False, True])
def test_with_errors_and_pages_all_can_be_read_and_operated(
    qtbot: QtBot, plant: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        window = Window(plant, settings, discover("plant"), empty=True)
        qtbot.addWidget(window)
        window.resize(1920 if long else 1280, 1080 if long else 800)
        window.show()
        window.go("report")
        page = window.page("report")
        assert isinstance(page, ReportPage)
        qtbot.waitUntil(lambda: page.preview.showing, timeout=LONG)
        page.panel.show_result(Path("/some/where/far/away/plant-2024-r1.pdf"))
        qtbot.wait(30)
        assert nameless(page) == []
        assert out_of_order(page) == []
        assert clipped(page) == []
        assert beyond(page) == []

    break_it(plant)
    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()


def test_an_altered_file_is_not_signed_and_says_why(qtbot: QtBot, plant: Session, settings: Settings) -> None:
    path = plant.path
    plant.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            'update record set data = replace(data, \'"unit":"kWh"\', \'"unit":"MWh"\') where kind = \'activity\''
        )
    altered = Session(PlantFile.open(path), "Li Na", 2024)
    assert not altered.file.health.sound
    made = ReportPage(altered, settings)
    qtbot.addWidget(made)
    made.refresh()
    assert not made.panel.sign.isEnabled()
    assert "altered outside the program" in words(made.panel)
    heard = told(made)
    made.sign()
    assert "altered outside the program" in heard[-1].sentence
    altered.close()


# ---------------------------------------------------------------------- roles, tokens, people, audits


def sign_with(qtbot: QtBot, page: ReportPage, key: Path) -> list[Notice]:
    """Sign and wait for what is told."""
    notices = told(page)
    page.working.connect(lambda job, _doing: job.failed.connect(notices.append))
    page.panel.key.set_path(key)
    page.panel.secret.setText(PASSPHRASE)
    page.panel.sign.click()
    qtbot.waitUntil(lambda: bool(notices) and page.panel.role.isEnabled(), timeout=LONG)
    return notices


def test_the_manager_may_sign_first(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    out = page.panel.out.needed()
    page.panel.role.setCurrentIndex(page.panel.role.findData("PlantManager"))
    assert [n.level for n in sign_with(qtbot, page, keys().manager)] == ["good"]
    answer = verify(out.read_bytes(), load_trust(keys().authority), when=datetime.now(UTC), required=("PlantManager",))
    assert answer.valid, answer.reason
    assert [signature.signer for signature in answer.signatures] == ["Wang Fang"]


def test_nobody_signs_in_a_role_they_did_not_choose(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    entries, out = plant.file.entries, page.panel.out.needed()
    (error,) = sign_with(qtbot, page, keys().manager)
    assert "not for signing as Auditor" in str(error)
    assert plant.file.entries == entries
    assert not out.exists()


def test_whoever_signs_is_bound_to_the_certificate(qtbot: QtBot, page: ReportPage, plant: Session) -> None:
    plant.put(T("Person"), Person("pe1", "Li Na", ("auditor", "team_lead")))
    sign_with(qtbot, page, keys().auditor)
    held = plant.ledger.get("person", "pe1")
    assert isinstance(held, Person)
    assert len(held.certificate) == 64
    assert status_of(plant).who == "Li Na"


def test_the_role_of_the_person_is_proposed(page: ReportPage, plant: Session) -> None:
    assert page.panel.role.currentData() == "Auditor"
    plant.put(T("Person"), Person("pe1", "Li Na", ("plant_manager",)))
    assert page.panel.role.currentData() == "PlantManager"


@pytest.mark.parametrize(
    ("state", "why"), [("verification", "signed when the audit is concluded"), ("concluded", "is concluded")]
)
def test_an_audited_year_is_signed_when_it_is_concluded(
    state: str, why: str, page: ReportPage, plant: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    engaged = Engagement("2024", "Client", "Site", "Verify.", "All", team=("pe1",), state=state)
    held = plant.ledger.apply([Step("engagement", "2024", None, engaged)])
    monkeypatch.setattr(type(plant), "ledger", property(lambda _: held))
    page.refresh()
    assert not page.panel.sign.isEnabled()
    assert why in words(page.panel)


def test_a_key_on_a_token_signs(
    qtbot: QtBot, page: ReportPage, plant: Session, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    place = soft_tokens(tmp_path, monkeypatch)
    place.add("Sun Li")
    certified(place)
    out, choice = page.panel.out.needed(), page.panel.choice
    choice.kind.setCurrentIndex(choice.kind.findData("token"))
    choice.token.library.set_path(place.module)
    choice.token.look.click()
    qtbot.waitUntil(lambda: "Sun Li" in choice.token.held.currentText(), timeout=LONG)
    assert "Auditor" in choice.token.held.currentText()
    notices = told(page)
    page.working.connect(lambda job, _doing: job.failed.connect(notices.append))
    QTest.keyClicks(choice.token.pin, "000000")
    QTest.keyClick(choice.token.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(notices), timeout=LONG)
    assert "PIN is wrong" in str(notices.pop())
    assert not out.exists()
    qtbot.waitUntil(page.panel.sign.isEnabled, timeout=LONG)
    choice.token.pin.setText(PIN)
    page.panel.sign.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=LONG)
    answer = verify(out.read_bytes(), load_trust(keys().authority), when=datetime.now(UTC))
    assert answer.valid, answer.reason
    assert answer.signatures[0].signer == "Sun Li"
    assert choice.token.pin.text() == ""
    assert (settings.signs_with_token, settings.token_library) == (True, place.module)
    assert PIN not in (tmp_path / "settings.ini").read_text()


def certified(place: SoftTokens) -> None:
    """A key on the token, with a certificate of the office."""
    who = {"name": "Sun Li", "email": "sun@example.com", "organisation": "G", "role": "auditor"}
    _key, request = create_token_request(place.module, PIN, **who)
    certificate = issue(load_p12(keys().authority_key, PASSPHRASE), request, role="auditor", sites=(), when=NOW)
    store_token_certificate(place.module, PIN, certificate)


def test_what_is_wrong_with_a_token_is_told_beside_it(
    qtbot: QtBot, page: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = page.panel.choice
    choice.kind.setCurrentIndex(choice.kind.findData("token"))
    choice.token.look.click()
    assert "library of the token is missing" in words(choice)
    choice.token.library.set_path(tmp_path / "nowhere.so")
    choice.token.look.click()
    qtbot.waitUntil(lambda: "was not found" in words(choice), timeout=LONG)
    place = soft_tokens(tmp_path, monkeypatch)
    place.add("Sun Li")
    choice.token.library.set_path(place.module)
    choice.token.look.click()
    qtbot.waitUntil(lambda: "no certificate on the tokens" in words(choice), timeout=LONG)
    notices = told(page)
    page.panel.choice.token.library.set_path(None)
    page.sign()
    assert [n.level for n in notices] == ["bad"]


def test_with_a_token_all_can_be_read_and_operated(
    qtbot: QtBot, plant: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.signs_with_token = True
    with stretched(monkeypatch):
        window = Window(plant, settings, discover("plant"), empty=True)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.go("report")
        page = window.page("report")
        assert isinstance(page, ReportPage)
        qtbot.waitUntil(lambda: page.preview.showing, timeout=LONG)
        qtbot.wait(30)
        assert nameless(page) == []
        assert out_of_order(page) == []
        assert clipped(page) == []
        assert beyond(page) == []


def test_a_report_that_came_by_mail_is_dropped_on_the_page(qtbot: QtBot, page: ReportPage, tmp_path: Path) -> None:
    came = tmp_path / "report-r1.PDF"
    assert page.takes(came) and not page.takes(tmp_path / "bills.xlsx")
    page.take([came])
    (dialog,) = page.findChildren(CountersignDialog)
    assert dialog.isVisible() and dialog.report.path == came
    dialog.reject()
    page.hide()
    assert not page.takes(came), "a bill that is dropped elsewhere is evidence"


def test_who_manages_the_plant_asks_for_the_certificate_of_a_manager(page: ReportPage, plant: Session) -> None:
    plant.put(T("Person"), Person("pe1", "Wang Fang", ("plant_manager",)))
    plant.act_as("Wang Fang")
    page.request_certificate()
    (dialog,) = page.findChildren(RequestDialog)
    assert dialog.role.currentData() == "PlantManager"
    dialog.reject()


def test_countersigning_is_offered_and_told(qtbot: QtBot, page: ReportPage, tmp_path: Path) -> None:
    link(page.panel, "Countersign a signed report…").click()
    (dialog,) = page.findChildren(CountersignDialog)
    assert dialog.isVisible()
    notices = told(page)
    dialog.kept.emit(SignedTwice(b"", tmp_path / "both.pdf", "Wang Fang", None, Ledger.of([Plant("P", "CN", "CN-HE")])))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(notices))
    assert [n.sentence for n in notices] == ["Countersigned by Wang Fang: both.pdf"]
