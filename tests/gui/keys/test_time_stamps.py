"""Signing with a time stamp in the window: remembered, kept in the file, and without an answer nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.signing import Trust, load_trust, verify
from gui.keys.time_stamps import TimeStampsField
from gui.report.countersigning import CountersignDialog, SignedTwice
from gui.report.page import ReportPage
from gui.session import Session
from gui.settings import Settings
from tests.core.signing import pki
from tests.core.signing.tsa import Tsa, serving, time_stamper
from tests.gui.trusted import PASSPHRASE, billed, keys, report

LONG = 60_000


@pytest.fixture(scope="module")
def tsa() -> Tsa:
    """Somebody who says what time it is."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return time_stamper(pki.authority("Time Root", when=yesterday), when=yesterday)


def stamped_now(tsa: Tsa, query: bytes) -> bytes:
    return tsa.answer(query, datetime.now(UTC).replace(microsecond=0))


def believing(tsa: Tsa) -> Trust:
    known = load_trust(keys().authority)
    return Trust(known.authorities, known.crls, stampers=(tsa.root.certificate,))


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Session]:
    made = billed(tmp_path / "billed.plant")
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, plant: Session, settings: Settings) -> ReportPage:
    made = ReportPage(plant, settings)
    made._soon.setInterval(LONG)  # nobody looks at the draft
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    made.panel.key.set_path(keys().auditor)
    made.panel.secret.setText(PASSPHRASE)
    return made


def test_a_signature_of_the_page_is_stamped_and_the_address_remembered(
    qtbot: QtBot, page: ReportPage, settings: Settings, tsa: Tsa
) -> None:
    out = page.panel.out.needed()
    with serving(lambda query: stamped_now(tsa, query)) as url:
        page.panel.time_stamps.line.setText(f"  {url} ")
        page.panel.sign.click()
        qtbot.waitUntil(out.exists, timeout=LONG)
    found = verify(out.read_bytes(), believing(tsa), when=datetime.now(UTC))
    assert [(one.level, one.stamped_by) for one in found.signatures] == [("PAdES B-T", "Time stamps 1")]
    qtbot.waitUntil(lambda: any(url in one.text() for one in page.panel.findChildren(QLabel)), timeout=LONG)
    assert settings.time_stamps == url
    assert TimeStampsField(settings).line.text() == url


def test_without_an_answer_nothing_is_signed_and_nothing_is_lost(
    qtbot: QtBot, page: ReportPage, plant: Session
) -> None:
    with serving(lambda _query: b"", 503) as url:
        pass  # nobody listens there any more
    refused: list[UserError] = []
    page.working.connect(lambda job, _doing: job.failed.connect(refused.append))
    entries, out = plant.file.entries, page.panel.out.needed()
    page.panel.time_stamps.line.setText(url)
    page.panel.sign.click()
    qtbot.waitUntil(lambda: bool(refused) and page.panel.sign.isEnabled(), timeout=LONG)
    assert f"The time stamping authority {url} did not help" in refused[0].text("en")
    assert "Sign without a time stamp" in refused[0].text("en")
    assert not out.exists()
    assert plant.file.entries == entries
    assert (page.panel.secret.text(), page.panel.time_stamps.line.text()) == (PASSPHRASE, url)
    page.panel.time_stamps.line.clear()
    page.panel.sign.click()
    qtbot.waitUntil(out.exists, timeout=LONG)


@pytest.mark.parametrize("address", ["tsa.example", "ftp://tsa.example", "https://", "http://[tsa"])
def test_what_is_no_address_is_told_before_anything_is_done(page: ReportPage, settings: Settings, address: str) -> None:
    page.panel.time_stamps.line.setText(address)
    with pytest.raises(UserError, match="time stamping authority"):
        page.panel.wish()
    page.panel.sign.click()
    assert not page.panel.out.needed().exists()
    assert page.panel.sign.isEnabled(), "nothing works on it"
    assert settings.time_stamps == ""


def test_the_second_signature_is_stamped_too(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path, tsa: Tsa
) -> None:
    settings.head_office = keys().authority
    (tmp_path / "r1.pdf").write_bytes(report())
    dialog = CountersignDialog(bare, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.report.set_path(tmp_path / "r1.pdf")
    qtbot.waitUntil(lambda: dialog._seen is not None, timeout=LONG)
    dialog.choice.file.set_path(keys().manager)
    dialog.choice.secret.setText(PASSPHRASE)
    with serving(lambda query: stamped_now(tsa, query)) as url:
        dialog.time_stamps.line.setText(url)
        with qtbot.waitSignal(dialog.kept, timeout=LONG) as caught:
            dialog.go.click()
    made = caught.args[0]
    assert isinstance(made, SignedTwice)
    found = verify(made.out.read_bytes(), believing(tsa), when=datetime.now(UTC))
    assert [one.stamped_by for one in found.signatures] == ["", "Time stamps 1"]
    assert settings.time_stamps == url
