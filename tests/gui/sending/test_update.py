"""Head office tells everybody of a newer version, from its window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.handover.notices import kept_notice
from core.handover.updates import sha256_of, update_of
from core.i18n import Name
from core.ledger import Dispatch
from gui.office.office import Office
from gui.plants.page import PlantsPage
from gui.settings import Settings
from tests.gui.grouped import office_in
from tests.gui.sending.test_sending import asking, opened, words
from tests.gui.walk import clipped, nameless


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, office: Office, settings: Settings) -> PlantsPage:
    return opened(qtbot, office, settings)


def test_a_newer_version_is_told_to_everybody(page: PlantsPage, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    installers = [tmp_path / "setup.exe", tmp_path / "program.deb"]
    for one in installers:
        one.write_bytes(one.name.encode())
    dialog = asking(page, "update", "")
    part = dialog.update_part
    assert not dialog.plants.isVisibleTo(dialog), "it is for everybody"
    part.version.line.setText("9.1.0")
    assert dialog.heading.line.placeholderText() == "Plant Carbon Audit 9.1.0"
    part.released.set(date(2026, 2, 27))
    part.news["en"].setPlainText("- Factors of 2026\n\n- Faster")
    part.news["zh"].setPlainText("2026年排放因子")
    part.where["en"].setPlainText("Ask the\nIT desk.")
    part.where["zh"].setPlainText("请找信息部。")
    with qtbot.waitSignal(part.add(installers).ended):
        pass
    with qtbot.waitSignal(part.add(installers[:1]).ended):
        pass
    assert "setup.exe" in part.files.text() and "program.deb" in part.files.text()
    out = tmp_path / "n.update"
    dialog.out.line.setText(str(out))
    with qtbot.waitSignal(dialog.done_well, timeout=20_000):
        dialog.go.click()
    notice = kept_notice(out.read_bytes())
    assert notice is not None and notice.sites == ()
    told = update_of(notice)
    assert (told.version, told.released) == ("9.1.0", date(2026, 2, 27))
    assert told.news == (Name("Factors of 2026", "2026年排放因子"), Name("Faster", ""))
    assert told.where == Name("Ask the IT desk.", "请找信息部。")
    assert sorted(told.installers) == sorted((one.name, sha256_of(one)) for one in installers)
    (sent,) = office.register.held(Dispatch)
    assert (sent.kind, sent.title) == ("update", "Plant Carbon Audit 9.1.0")
    dialog.close()


def test_what_is_missing_is_said(page: PlantsPage, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asking(page, "update", "")
    dialog.update_part.version.line.setText("9.1.0")
    dialog.out.line.setText(str(tmp_path / "n.update"))
    dialog.go.click()
    assert "The update notice has no row" in words(dialog)
    assert not (tmp_path / "n.update").exists()
    dialog.close()


def test_a_file_that_cannot_be_read_is_said(page: PlantsPage, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asking(page, "update", "")
    with qtbot.waitSignal(dialog.update_part.add([tmp_path / "none.exe"]).ended):
        pass
    assert "none.exe” cannot be opened" in words(dialog)
    assert dialog.update_part.installers == []
    assert nameless(dialog) == []
    assert clipped(dialog) == []
    dialog.close()
