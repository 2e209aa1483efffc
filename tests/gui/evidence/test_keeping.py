"""Files on their way into the plant: at once or by a job, whole or not at all, and told where it was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from core.blob import Watch
from core.errors import UserError
from core.exchange.keeping import KeptFiles
from core.exchange.proofs import Attachment, attaching
from core.i18n import T
from core.inventory.judging import Decision
from core.ledger import Communication, Step
from gui.asking import Stating
from gui.evidence import keeping
from gui.evidence.keeping import Keeper, KeepingDialog
from gui.jobs import Progress
from gui.page import Page
from gui.session import Session
from tests.gui.showing import all_kept

DAY = date(2024, 3, 5)
DATA = b"minutes of the opening meeting"


class Form(Stating):
    """Something is entered with a file."""

    def __init__(self, page: Page) -> None:
        super().__init__("Enter", "With the file that shows it.", "Enter", page)

    def work(self) -> Callable[[], object]:
        return lambda: None


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(qtbot: QtBot, page: Page) -> Form:
    made = Form(page)
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "minutes.pdf"
    made.write_bytes(DATA)
    return made


def entered(kept: KeptFiles) -> Decision:
    """An entry of the log that names the files."""
    made = Communication("co00001", 2024, DAY, "meeting", "s", "t", evidence=kept.ids)
    return Decision(T("Entered"), (Step("communication", made.id, None, made),))


@pytest.mark.usefixtures("however_large")
def test_files_and_what_names_them_are_one_change(qtbot: QtBot, bare: Session, page: Page, file: Path) -> None:
    entries, done = bare.file.entries, list[tuple[Attachment, bool]]()
    keeper = Keeper(page, bare)
    keeper.take_naming([file], entered, lambda made, changed: done.append((made, changed)), "minutes")
    all_kept(qtbot)
    ((made, changed),) = done
    assert changed and made.why == T("Entered") and bare.file.entries == entries + 1
    (entry,) = bare.ledger.held(Communication)
    (proof,) = bare.ledger.evidence
    assert entry.evidence == (proof.id,) and proof.kind == "minutes" and bare.file.blob(proof.sha256) == DATA
    assert keeper.dialog is None
    keeper.take([file], lambda proofs: _again(bare, made), lambda _made, differs: done.append((made, differs)))
    all_kept(qtbot)
    assert not done[1][1] and bare.file.entries == entries + 1, "nothing differs"
    bare.undo()
    assert bare.ledger.evidence == () and bare.ledger.held(Communication) == ()


def _again(session: Session, made: Attachment) -> Attachment:
    return Attachment(made.why, (), made.data)


@pytest.mark.usefixtures("however_large")
def test_what_is_refused_is_said_in_the_dialog_which_stays(
    qtbot: QtBot, bare: Session, page: Page, form: Form, file: Path
) -> None:
    entries, done, told = bare.file.entries, list[object](), QSignalSpy(page.told)

    def keep(*paths: Path) -> None:
        keeper = Keeper(page, bare, form, form.complain)
        keeper.take(paths, lambda proofs: attaching(bare.ledger, proofs, ["a9"]), lambda made, _c: done.append(made))
        all_kept(qtbot)

    keep(file)
    assert "no activity data" in form._problem.text()
    keep(file, file.with_name("gone.pdf"))
    assert "gone.pdf" in form._problem.text()
    assert form.isVisible() and not done and bare.file.entries == entries and told.count() == 0


def test_a_page_tells_what_is_refused_itself(bare: Session, page: Page, file: Path) -> None:
    told = QSignalSpy(page.told)
    Keeper(page, bare).take([file.with_name("gone.pdf")], _never, _never)
    assert told.at(0)[0].level == "bad" and "gone.pdf" in told.at(0)[0].sentence


def test_cancel_keeps_nothing_and_the_form_stays(
    qtbot: QtBot, bare: Session, page: Page, form: Form, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SMALL", 0)
    entries, told, seen = bare.file.entries, QSignalSpy(page.told), list[KeepingDialog]()
    keeper = Keeper(page, bare, form, form.complain)

    def cancelled(progress: Progress, _done: int, _total: int, words: object) -> Watch:
        def watch(_size: int) -> None:
            if words == T("Entered"):  # not while it is looked at: the writing is what is stopped
                assert keeper.dialog is not None and keeper.dialog.job is not None
                seen.append(keeper.dialog)
                keeper.dialog.job.cancel()  # as its button does, which belongs to another thread
            progress(0.5, T("…"))

        return watch

    monkeypatch.setattr(keeping, "_watch", cancelled)
    keeper.take_naming([file], entered, _never)
    assert keeper.dialog is not None and keeper.dialog.isVisible() and keeper.dialog.parent() is form
    all_kept(qtbot)
    assert seen and told.at(0)[0].level == "info" and "nothing was kept" in told.at(0)[0].sentence
    assert form.isVisible() and bare.file.entries == entries and bare.file.reader().kept() == {}


def test_an_act_that_is_refused_after_looking_ends_the_progress(
    qtbot: QtBot, bare: Session, page: Page, form: Form, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SMALL", 0)

    def refuse(_kept: KeptFiles) -> Decision:
        raise UserError(T("No."), T("Ask somebody else."))

    keeper = Keeper(page, bare, form, form.complain)
    keeper.take_naming([file], refuse, _never)
    all_kept(qtbot)
    assert keeper.dialog is None and form._problem.text().startswith("No.")


def _never(*_said: object) -> Attachment:
    raise AssertionError("nothing was kept")
