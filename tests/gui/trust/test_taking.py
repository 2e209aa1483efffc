"""A plant takes up the trust file of head office in the window: compared once, only forward, used everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.signing import Identity, Listed, Trust, create_authority, fingerprint, load_p12, make_bundle
from core.signing.certificates import make_crl
from gui.asked import intake as asked_intake
from gui.language import set_language
from gui.library.factor_files import BelieveDialog
from gui.notices import Notice
from gui.pages import discover
from gui.report.countersigning import CountersignDialog
from gui.session import Session
from gui.settings import Settings
from gui.trust.kept import place_of
from gui.trust.taking import TakeTrustDialog, TrustedDialog, changes, show_trusted
from gui.window import Window
from tests.gui.trusted import NOW, PASSPHRASE, keys, report
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

GROUP = "Test Group 测试集团"
UNTIL = (NOW + timedelta(days=400)).isoformat()
LI = Listed("aa" * 32, "Li Na", "li.na@example.com", "Test Group", "Auditor", (), UNTIL, "")
WANG = Listed("bb" * 32, "Wang Fang", "w@example.com", "Plant", "PlantManager", ("Test plant 测试工厂",), UNTIL, "")
GONE = Listed("cc" * 32, "Zhou Min", "z@example.com", "Test Group", "Auditor", (), UNTIL, NOW.isoformat())
LONG = 8_000


@dataclass(frozen=True)
class Office:
    """Somebody who makes trust files."""

    folder: Path
    root: Identity

    def file(self, number: int, *people: Listed, root: Identity | None = None, group: str = GROUP) -> Path:
        signer = root or self.root
        trust = Trust((signer.certificate,), (make_crl(signer, (), NOW),))
        data = make_bundle(signer, group=group, number=number, trust=trust, own=(signer.certificate,), people=people,
                           when=NOW)  # fmt: skip
        path = self.folder / f"group-{number}-{signer.name.replace(' ', '')}.trust"
        path.write_bytes(data)
        return path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_p12(keys().authority_key, PASSPHRASE))


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, discover("plant"))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def drop(window: Window, path: Path) -> TakeTrustDialog | None:
    """As a file manager does it; the dialog that it opened."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    at, copy, none = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDropEvent):
        QApplication.sendEvent(window, kind(at, copy, held, Qt.MouseButton.LeftButton, none))
    found = QApplication.activeModalWidget()
    return found if isinstance(found, TakeTrustDialog) else None


def taken(qtbot: QtBot, window: Window, path: Path, *, compared: bool = False) -> TakeTrustDialog:
    dialog = drop(window, path)
    assert dialog is not None
    assert dialog.proof.isVisible() is compared
    dialog.proof.compared.setChecked(compared)
    with qtbot.waitSignal(dialog.done_well, timeout=LONG):
        dialog.go.click()
    return dialog


def told(window: Window) -> str:
    return window.notices.notice.sentence if isinstance(window.notices.notice, Notice) else ""


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_the_first_one_is_taken_up_once_its_root_was_compared(
    qtbot: QtBot, window: Window, settings: Settings, office: Office
) -> None:
    file = office.file(3, LI, WANG, GONE)
    window.go("activity")
    dialog = drop(window, file)
    assert dialog is not None
    said = words(dialog)
    assert f"{GROUP}, number 3" in said
    assert "Authorities that are believed: Test Office" in said
    assert fingerprint(office.root.certificate) in said
    shown = {column.key: column for column in dialog.people.model.columns}
    assert [tuple(shown[key].text(row) for key in ("state", "name", "role", "sites")) for row in
            dialog.people.model.visible] == [
        ("Valid now", "Li Na", "Auditor", "All plants"),
        ("Valid now", "Wang Fang", "Plant manager", "Test plant 测试工厂"),
        ("Revoked", "Zhou Min", "Auditor", "All plants"),
    ]  # fmt: skip
    dialog.go.click()
    assert "The fingerprint was not compared. Call head office" in words(dialog)
    assert settings.head_office is None
    dialog.proof.compared.setChecked(True)
    with qtbot.waitSignal(dialog.done_well, timeout=LONG):
        dialog.go.click()
    place = settings.head_office
    assert place == place_of(GROUP, settings.folder)
    assert place is not None
    assert place.read_bytes() == file.read_bytes()
    assert told(window).startswith(f"Trust file 3 of {GROUP} is taken up")


def test_a_later_one_follows_without_a_telephone(
    qtbot: QtBot, window: Window, settings: Settings, office: Office
) -> None:
    taken(qtbot, window, office.file(1, LI), compared=True)
    settings.head_office = keys().stranger
    later = office.file(2, LI, WANG)
    dialog = taken(qtbot, window, later)
    assert "It follows number 1, which is here. New certificates: 1; revoked since: 0." in words(dialog)
    assert settings.head_office == place_of(GROUP, settings.folder)
    assert place_of(GROUP, settings.folder).read_bytes() == later.read_bytes()


def test_there_is_no_way_back(qtbot: QtBot, window: Window, settings: Settings, office: Office) -> None:
    second = office.file(2, LI)
    taken(qtbot, window, second, compared=True)
    assert drop(window, office.file(1, LI, WANG)) is None
    assert told(window).startswith("The trust file number 1 is not later than number 2")
    changed = second.read_bytes().replace(b"Li Na", b"Li Ne")
    (office.folder / "changed.trust").write_bytes(changed)
    assert drop(window, office.folder / "changed.trust") is None
    assert told(window).startswith("The trust file was changed after it was signed.")
    assert drop(window, second) is None
    assert "is here already" in told(window)
    assert place_of(GROUP, settings.folder).read_bytes() == second.read_bytes()


def test_another_root_has_to_be_compared(qtbot: QtBot, window: Window, settings: Settings, office: Office) -> None:
    taken(qtbot, window, office.file(1, LI), compared=True)
    before = place_of(GROUP, settings.folder).read_bytes()
    other = create_authority("New Office", "Test Group", NOW)
    assert drop(window, office.file(1, LI, root=other)) is None, "not later, whoever signed it"
    dialog = drop(window, office.file(2, LI, root=other))
    assert dialog is not None
    assert "head office has another root" in words(dialog)
    dialog.go.click()
    assert "was not compared" in words(dialog)
    dialog.reject()
    assert place_of(GROUP, settings.folder).read_bytes() == before
    taken(qtbot, window, office.file(2, LI, root=other), compared=True)
    assert place_of(GROUP, settings.folder).read_bytes() != before


def test_what_follows_is_judged_by_what_is_kept_by_then(
    qtbot: QtBot, window: Window, settings: Settings, office: Office
) -> None:
    """Another window took up a later one while this dialog was open."""
    taken(qtbot, window, office.file(1, LI), compared=True)
    dialog = drop(window, office.file(2, LI))
    assert dialog is not None
    place = place_of(GROUP, settings.folder)
    later = office.file(3, LI).read_bytes()
    place.write_bytes(later)
    dialog.go.click()
    qtbot.waitUntil(lambda: "not later than number 3" in words(dialog), timeout=LONG)
    dialog.reject()
    assert place.read_bytes() == later


def test_groups_are_kept_apart(qtbot: QtBot, window: Window, settings: Settings, office: Office) -> None:
    taken(qtbot, window, office.file(5, LI), compared=True)
    taken(qtbot, window, office.file(1, WANG, group="Test-Group 测试集团"), compared=True)
    assert settings.head_office == place_of("Test-Group 测试集团", settings.folder)
    assert place_of(GROUP, settings.folder).exists()


def test_it_is_used_wherever_something_is_verified(
    qtbot: QtBot, window: Window, bare: Session, settings: Settings, office: Office, tmp_path: Path
) -> None:
    taken(qtbot, window, office.file(1, LI), compared=True)
    (tmp_path / "r1.pdf").write_bytes(report())
    dialog = CountersignDialog(bare, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.report.set_path(tmp_path / "r1.pdf")
    qtbot.waitUntil(lambda: "Trusted" in words(dialog), timeout=60_000)
    believe = BelieveDialog(tmp_path / "some.factors", settings.head_office, bare)
    qtbot.addWidget(believe)
    assert believe.trust.needed() == place_of(GROUP, settings.folder)


def test_the_menu_takes_it_up_too(
    qtbot: QtBot, window: Window, settings: Settings, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, kinds = office.file(1, LI), []

    def chosen(*asked: object) -> tuple[str, str]:
        kinds.append(str(asked[3]))
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    asked_intake.take_up(window)
    assert "*.trust" in kinds[0]
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TakeTrustDialog)
    dialog.reject()
    assert settings.head_office is None


def test_whom_head_office_trusts_can_be_looked_at(
    qtbot: QtBot, window: Window, settings: Settings, office: Office
) -> None:
    asked_intake.show_trust(window, settings)
    assert told(window).startswith("No trust file of head office was taken up yet.")
    taken(qtbot, window, office.file(4, LI, GONE), compared=True)
    asked_intake.show_trust(window, settings)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TrustedDialog)
    assert "number 4" in words(dialog)
    assert len(dialog.people.model.visible) == 2
    for look in (nameless, clipped, out_of_order, beyond):
        assert look(dialog) == [], look.__name__
    dialog.done_looking.click()


def test_a_kept_file_that_was_spoilt_is_not_passed_over(
    qtbot: QtBot, window: Window, settings: Settings, office: Office
) -> None:
    taken(qtbot, window, office.file(1, LI), compared=True)
    place_of(GROUP, settings.folder).write_bytes(b"{}")
    assert drop(window, office.file(2, LI)) is None
    assert told(window).startswith("The trust file that was taken up before cannot be read any more")
    assert show_trusted(window.page("overview"), settings, datetime.now(UTC)) is None


def test_what_changed_is_counted(office: Office) -> None:
    from core.signing import read_bundle

    one = read_bundle(office.file(1, LI, WANG, GONE).read_bytes())
    revoked = Listed(**{name: getattr(WANG, name) for name in Listed.__slots__} | {"revoked": NOW.isoformat()})
    new = Listed(**{name: getattr(GONE, name) for name in Listed.__slots__} | {"fingerprint": "dd" * 32})
    assert changes(one, read_bundle(office.file(2, LI, revoked, GONE, new).read_bytes())) == (1, 1)
    assert changes(one, one) == (0, 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_can_be_read_and_operated(
    lang: str, qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_language(lang)
    with stretched(monkeypatch):
        dialog = drop(window, office.file(1, LI, WANG, GONE))
        assert dialog is not None
        qtbot.wait(30)
        assert nameless(dialog) == []
        assert clipped(dialog) == []
        assert out_of_order(dialog) == []
        assert beyond(dialog) == []
        dialog.reject()
