"""The window at head office: undo from the menu, who acts, what is dropped anywhere on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Decision, Group, Site
from core.store import GroupFile
from gui.asking import Asking
from gui.office.naming import NameDialog
from gui.office.office import Office
from gui.office.person import ActingAtOffice
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from tests.gui.trusted import keys, report

LONG = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(GroupFile.open(tmp_path / "head.group"), "account", 2023)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office, settings: Settings) -> Window:
    made = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def tool(window: Window, name: str) -> QToolButton:
    return next(b for b in window.topbar.findChildren(QToolButton) if b.accessibleName() == name)


def names(office: Office) -> list[str]:
    return [one.name for one in office.register.held(Site)]


def test_the_register_is_undone_and_redone_from_menu_tools_and_keys(
    qtbot: QtBot, window: Window, office: Office
) -> None:
    assert not tool(window, "Undo").isEnabled()
    office.put(T("Plant entered"), Site("s1", "One", "CN"))
    assert tool(window, "Undo").isEnabled() and not tool(window, "Redo").isEnabled()
    tool(window, "Undo").click()
    assert names(office) == [] and tool(window, "Redo").isEnabled()
    assert window.notices.notice is not None and "Plant entered" in window.notices.notice.sentence
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert names(office) == ["One"]
    (edit,) = [m for m in window.menuBar().findChildren(QMenu) if m.title() == "&Edit"]
    assert [a.text() for a in edit.actions()] == ["Undo", "Redo", "History of changes…"], (
        "a group has no years to close"
    )
    edit.actions()[0].trigger()
    assert names(office) == []


def test_a_decision_is_not_undone(qtbot: QtBot, window: Window, office: Office, tmp_path: Path) -> None:
    office.put(T("Plant entered"), Site("s1", "Another", "CN"))
    office.believe([keys().authority])
    (tmp_path / "a.pdf").write_bytes(report())
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([tmp_path / "a.pdf"])
    office.decide(office.filed[0], "rejected", "Not one of ours")
    window.undo()
    assert office.filed[0].state == "rejected" and len(office.register.held(Decision)) == 1
    assert not tool(window, "Undo").isEnabled()


def test_the_window_bears_the_name_of_the_group(window: Window, office: Office) -> None:
    assert window.windowTitle().startswith("Head office")
    office.put(T("Group"), Group("Example Group"))
    assert window.windowTitle().startswith("Example Group")


def test_who_acts_is_seen_and_changed(
    qtbot: QtBot, window: Window, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting = window.topbar.acting
    assert isinstance(acting, ActingAtOffice)
    assert acting.text() == "Acting as account" and "Nobody has said" in acting.toolTip()

    def says(dialog: NameDialog) -> int:
        dialog.name.setText("   ")
        dialog.go.click()
        assert dialog.isEnabled() and not settings.person, "a name is needed"
        dialog.name.setText("Zhao Min")
        with qtbot.waitSignal(dialog.done_well, timeout=LONG):
            dialog.go.click()
        return 1

    monkeypatch.setattr(Asking, "exec", says)
    acting.click()
    assert (settings.person, office.person, acting.text()) == ("Zhao Min", "Zhao Min", "Acting as Zhao Min")
    entry = office.put(T("Plant entered"), Site("s1", "One", "CN"))
    assert entry is not None and entry.change.who == "Zhao Min"


def test_a_watched_folder_is_remembered_for_each_group(settings: Settings, tmp_path: Path) -> None:
    one, other = tmp_path / "one.group", tmp_path / "other.group"
    assert settings.watched_folder(one) is None
    settings.watch_folder(one, tmp_path / "post")
    settings.watch_folder(other, tmp_path / "more")
    again = Settings(tmp_path / "settings.ini")
    settings.sync()
    assert again.watched_folder(one) == tmp_path / "post"
    assert again.watched_folder(other) == tmp_path / "more"
    settings.watch_folder(one, None)
    assert settings.watched_folder(one) is None and settings.watched_folder(other) == tmp_path / "more"


def test_another_window_takes_over_while_reports_come_in(
    qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path
) -> None:
    """As when the language changes: what the office tells must not reach pages that are gone."""
    office.believe([keys().authority])
    (tmp_path / "a.pdf").write_bytes(report())
    for number in range(2):
        window = Window(office, settings, discover("office"), empty=True)
        window.show()
        for place in window.places:
            window.go(place.info.key)
        if number == 0:
            window.hide()
            window.setParent(None)
            window.deleteLater()
            qtbot.wait(20)
    qtbot.addWidget(window)
    window.go("inbox")
    window.show_inspector(True)
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([tmp_path / "a.pdf"])
    with qtbot.waitSignal(office.examined, timeout=LONG):
        window.go("inbox", office.filed[0].sha256)
    assert window.notices.notice is not None and window.notices.notice.level == "good"


def test_the_progress_counts_files_and_names_them(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    office.believe([keys().authority])
    files = []
    for number, data in enumerate((report(), b"%PDF-1.7 rubbish", report("Second plant"))):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(data)
    told: list[tuple[float, str]] = []
    office.began.connect(lambda job: job.progressed.connect(lambda share, text: told.append((share, str(text)))))
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([*files, tmp_path / "gone.pdf"])
    assert [words for _share, words in told] == [
        "Verifying 1 of 4: 0.pdf", "Verifying 2 of 4: 1.pdf", "Verifying 3 of 4: 2.pdf", "Verifying 4 of 4: gone.pdf"
    ]  # fmt: skip
    assert [share for share, _words in told] == sorted(share for share, _words in told)
    assert {one.name: one.state for one in office.filed} == {
        "0.pdf": "accepted", "1.pdf": "rejected", "2.pdf": "accepted"
    }  # fmt: skip
    assert [one.path.name for one in office.incoming] == ["gone.pdf"], "one bad file never stops the rest"
