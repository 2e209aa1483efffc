"""The library page as a person uses it: look, filter, compare, state own factors, bring sets in, write them out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.factor_import import preview_factors, taking
from core.handover import issue_set, prepare, produce, receive
from core.ledger import OwnFactor
from core.library import OWN, load_library
from core.library.load import read_factors
from core.signing import load_p12, load_trust
from gui.language import set_language
from gui.library.editions_dialog import EditionsDialog
from gui.library.factor_dialog import FactorDialog
from gui.library.factor_files import BelieveDialog, SignSetDialog
from gui.library.factor_import_dialog import FactorImportDialog, SignedSetDialog
from gui.library.filters import EVERYTHING
from gui.library.page import ALL, BROUGHT, OWNED, USED, LibraryPage
from gui.library.retire_dialog import RetireDialog
from gui.notices import Notice
from gui.pages.library import create
from gui.session import Session
from gui.settings import Settings
from tests.core.exchange.publishers import workbooks
from tests.counted import calls
from tests.gui.trusted import NOW, PASSPHRASE, billed, keys
from tests.gui.walk import clipped, nameless, stretched

HEBEI = "cn_electricity_2023.electricity.location.CN-HE.2023.kWh"
FLAT = "ghg-conversion-factors-2025-flat-format.xlsx"
VAN = "Freighting goods / Vans / Class IX / Diesel"
LONG = 20_000


def page_of(qtbot: QtBot, session: Session, settings: Settings) -> LibraryPage:
    made = create(session, settings)
    assert isinstance(made, LibraryPage)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1200, 700)
    made.refresh()
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def page(qtbot: QtBot, session: Session, settings: Settings) -> LibraryPage:
    return page_of(qtbot, session, settings)


@pytest.fixture
def told(page: LibraryPage) -> list[Notice]:
    heard: list[Notice] = []
    page.told.connect(heard.append)
    return heard


def words(widget: QWidget | None) -> str:
    assert widget is not None
    found = [one.text() for one in widget.findChildren(QLabel)] + [b.text() for b in widget.findChildren(QPushButton)]
    return "\n".join(found).replace("\u200b", "")


def choose(box: Any, key: str) -> None:
    place = box.findData(key)
    assert place >= 0
    box.setCurrentIndex(place)


def opened(kind: type[QDialog]) -> Any:
    """The dialog on top."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


@pytest.fixture
def tariff(tmp_path: Path) -> Path:
    path = tmp_path / "tariff 2024.pdf"
    path.write_bytes(b"%PDF-1.4 the supplier states 0.412 kg/kWh")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / FLAT
    path.write_bytes(workbooks.flat())
    return path


# ---------------------------------------------------------------------- look


def test_every_factor_of_the_library_is_there_with_its_words_and_the_used_ones_apart(
    page: LibraryPage, session: Session
) -> None:
    rows = {row.id: row for row in page.table.model.visible}
    published = {key for key, row in rows.items() if row.factor.region != OWN}
    assert published == {factor.key for factor in load_library().factors}
    row = rows[HEBEI]
    assert (row.item, row.use, row.area) == ("Electricity from the grid", "Location-based", "Hebei")
    assert (row.value, row.unit, row.status) == ("0.6516", "kg CO₂/kWh", "Verified")
    assert f"{len(rows):,}" in page.tabs.tabText(ALL)
    page.tabs.setCurrentIndex(USED)
    shown = {row.id: row.used for row in page.table.model.visible}
    parts = {key for line in session.inventory.lines for key in line.factor.parts}
    assert set(shown) == {key for key in parts if session.library.factor(key) is not None}
    assert shown[HEBEI] == sum(HEBEI in line.factor.parts for line in session.inventory.lines) > 0


def test_thousands_of_factors_are_filtered(page: LibraryPage) -> None:
    """Words are put together for the first letter typed; those that follow only look among them."""
    model = page.table.model
    first = calls(lambda: model.set_filter("electricity"))
    assert calls(lambda: model.set_filter("electricity hebei 2023")) < first / 5
    assert HEBEI in {row.id for row in model.visible}
    assert all("Hebei" in row.area and row.factor.data_year == 2023 for row in model.visible)


def test_three_boxes_narrow_what_is_shown_and_the_areas_of_the_plant_stand_on_top(page: LibraryPage) -> None:
    choose(page.filters.kind, "electricity")
    choose(page.filters.area, "CN-HE")
    rows = page.table.model.visible
    assert rows and all(r.kind == "electricity" and r.factor.region == "CN-HE" for r in rows)
    choose(page.filters.publication, "cn_electricity_2023")
    assert {row.factor.set.key for row in page.table.model.visible} == {"cn_electricity_2023"}
    choose(page.filters.kind, "water")
    assert not page.table.model.visible
    next(b for b in page.findChildren(QPushButton) if b.text() == "Show all factors").click()
    assert len(page.table.model.visible) == len(page._rows) > 4000
    assert all(box.currentData() == EVERYTHING for box in page.filters.boxes)
    top = [page.filters.area.itemText(place) for place in range(1, 4)]
    assert [name for name in top if name != "This plant"][:2] == ["Hebei", "China"]
    choose(page.filters.area, "CN-HE")
    line = page.filters.area.lineEdit()
    assert line is not None
    line.setText("Atlantis")
    line.editingFinished.emit()
    assert page.filters.area.currentText() == "Hebei"
    line.setText("")
    line.editingFinished.emit()
    assert page.filters.area.currentData() == EVERYTHING


def test_a_year_without_data_says_where_its_factors_come_from(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = page_of(qtbot, bare, settings)
    made.tabs.setCurrentIndex(USED)
    wanted: list[str] = []
    made.wanted.connect(lambda place, _subject: wanted.append(place))
    go = next(b for b in made.findChildren(QPushButton) if b.text() == "Go to the activity data")
    assert go.isVisible()
    go.click()
    assert wanted == ["activity"]


def test_the_inspector_cites_the_factor_and_leads_to_who_uses_it(
    qtbot: QtBot, page: LibraryPage, session: Session
) -> None:
    page.show_subject(HEBEI)
    shown = page.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    said = words(shown)
    assert "0.6516 kg CO₂/kWh" in said and "公告2025年第47号" in said and HEBEI in said
    assert "Verified. Compared with the publication itself." in said
    assert "+11.3 %" in said and "Compare" in said
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    source = next(line.activity for line in session.inventory.lines if HEBEI in line.factor.parts).source
    next(b for b in shown.findChildren(QPushButton) if b.text().startswith(source)).click()
    qtbot.waitUntil(lambda: bool(wanted))
    place, key = wanted[0]
    record = session.ledger.get("activity", key)
    assert place == "activity" and getattr(record, "source", "") == source
    split = next(f for f in load_library().factors if {"CO2", "CH4", "N2O", "CO2e"} <= set(f.amounts))
    limited = next(f for f in load_library().factors if f.lower is not None and f.upper is not None)
    for factor, expected in ((split, "CH₄"), (limited, "95 % of the values")):
        page.show_subject(factor.key)
        shown = page.inspect()
        assert shown is not None
        qtbot.addWidget(shown)
        assert expected in words(shown)


def test_words_follow_the_language(qtbot: QtBot, session: Session, settings: Settings) -> None:
    set_language("zh")
    made = page_of(qtbot, session, settings)
    row = next(row for row in made.table.model.visible if row.id == HEBEI)
    assert (row.item, row.area) == (load_library().items["electricity"].name.zh, "河北省")


# ---------------------------------------------------------------------- compare


def test_editions_are_compared_in_a_table_and_a_chart(qtbot: QtBot, page: LibraryPage) -> None:
    page.show_subject(HEBEI)
    page.compare_button.click()
    dialog = opened(EditionsDialog)
    shown = {one.factor.data_year: one for one in dialog.table.model.visible}
    assert set(shown) == {2021, 2022, 2023}
    assert dialog.chart.data is not None and dialog.chart.data.categories == ("2021", "2022", "2023")
    assert dialog.chart.data.series[0].values == (Decimal(0), Decimal(0), Decimal("0.6516"))
    choose(dialog.what, "year")
    areas = {one.factor.region for one in dialog.table.model.visible}
    assert {"CN-HE", "CN"} <= areas and len(areas) > 20
    before = len(dialog.table.model.visible)
    dialog.other_units.setChecked(True)
    assert len(dialog.table.model.visible) > before
    dialog.accept()


def test_a_lonely_factor_says_so(qtbot: QtBot, session: Session, settings: Settings) -> None:
    library = session.library
    alone = next(f for f in library.factors if len(library.about(f.item, f.use)) == 1)
    dialog = EditionsDialog(alone, library, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Nobody else" in words(dialog)
    assert not dialog.chart.isVisible()


# ---------------------------------------------------------------------- own factors


def filled(dialog: FactorDialog, proof: Path | None, co2: str = "0.412") -> None:
    """As a person fills the form in."""
    dialog.name.set("Green tariff")
    dialog.publisher.set("State Grid Hebei")
    dialog.document.set("No. 12 of 2024-01-08")
    dialog.item.set("electricity")
    dialog.use.set("supplier")
    dialog.gases["CO2"].set(Decimal(co2))
    dialog.unit.box.setEditText("kg/kWh")
    if proof is not None:
        dialog.evidence.set_path(proof)


def green(session: Session) -> list[OwnFactor]:
    """What the tests stated; the demo has own factors too."""
    return [own for own in session.ledger.own_factors if own.name == "Green tariff"]


def press_save(qtbot: QtBot, dialog: FactorDialog) -> None:
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.go.isEnabled() or not dialog.isVisible(), timeout=LONG)


@pytest.mark.usefixtures("however_large")
def test_an_own_factor_comes_with_its_proof_in_one_change_and_is_used(
    qtbot: QtBot, page: LibraryPage, session: Session, tariff: Path, told: list[Notice]
) -> None:
    before, market = session.file.entries, session.inventory.totals.market
    page.add_button.click()
    dialog = opened(FactorDialog)
    filled(dialog, tariff)
    press_save(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(green(session)), timeout=LONG)
    (own,) = green(session)
    proof = session.ledger.get("evidence", own.evidence)
    assert session.file.blob(proof.sha256) == tariff.read_bytes()  # type: ignore[union-attr]
    assert session.file.entries == before + 1
    assert page.tabs.currentIndex() == OWNED and page.own_factor == own
    row = page.own.current_record()
    assert row is not None and row.used > 0 and session.inventory.totals.market != market
    assert told[-1].level == "good" and told[-1].action is not None
    shown = page.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    assert "tariff 2024.pdf" in words(shown) and "Green tariff" in words(shown)
    told[-1].action[1]()
    assert not green(session) and session.inventory.totals.market == market


def test_what_is_missing_or_wrong_stands_at_its_field_and_what_is_strange_is_saved_when_meant(
    qtbot: QtBot, page: LibraryPage, session: Session, tariff: Path
) -> None:
    dialog = page.keeper.add()
    press_save(qtbot, dialog)
    assert dialog.isVisible() and not green(session)
    assert "Please fill this in" in dialog.publisher.message
    assert "needs the document" in dialog.proof.message
    dialog.reject()
    dialog = page.keeper.add(tariff)
    filled(dialog, None)
    dialog.unit.box.setEditText("kg/furlong")
    press_save(qtbot, dialog)
    qtbot.waitUntil(lambda: "furlong" in dialog.unit.message, timeout=LONG)
    assert dialog.isVisible() and not green(session)
    dialog.reject()
    dialog = page.keeper.add(tariff)
    filled(dialog, None, co2="412")
    press_save(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.go.text() == "Save all the same", timeout=LONG)
    assert "times that of" in words(dialog) and not green(session)
    press_save(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(green(session)), timeout=LONG)


def stated(qtbot: QtBot, page: LibraryPage, session: Session, tariff: Path) -> OwnFactor:
    dialog = page.keeper.add(tariff)
    filled(dialog, None)
    press_save(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(green(session)), timeout=LONG)
    return green(session)[0]


def test_an_own_factor_is_found_by_its_key_altered_retired_and_removed(
    qtbot: QtBot, page: LibraryPage, session: Session, tariff: Path, told: list[Notice]
) -> None:
    own = stated(qtbot, page, session, tariff)
    for subject in (own.id, f"own.{own.id}.electricity.supplier.2024"):
        page.tabs.setCurrentIndex(ALL)
        page.show_subject(subject)
        assert page.tabs.currentIndex() == OWNED and page.own_factor == own
    page.tabs.setCurrentIndex(ALL)
    assert [row.factor.data_year for row in page.table.model.records if row.factor.set.key == f"own.{own.id}"] == [2024]
    page.tabs.setCurrentIndex(OWNED)
    page.alter_own()
    dialog = opened(FactorDialog)
    assert dialog.use.read() == "supplier" and dialog.unit.read() == "kg/kWh"
    assert dialog.gases["CO2"].read() == Decimal("0.412")
    dialog.gases["CO2"].set(Decimal("0.4"))
    press_save(qtbot, dialog)
    qtbot.waitUntil(lambda: green(session)[0].amounts == (("CO2", "0.4"),), timeout=LONG)
    assert green(session)[0].evidence == own.evidence and green(session)[0].id == own.id
    page.retire_own()
    dialog = opened(RetireDialog)
    dialog.last.set(date(2024, 6, 30))
    dialog.go.click()
    qtbot.waitUntil(lambda: green(session)[0].valid_to == date(2024, 6, 30), timeout=LONG)
    page.remove_own()
    assert not green(session)
    assert session.ledger.get("evidence", own.evidence) is None
    assert told[-1].action is not None
    told[-1].action[1]()
    assert green(session)[0].id == own.id


def test_a_proof_dropped_among_the_own_factors_begins_one(page: LibraryPage, tariff: Path) -> None:
    assert not page.takes(tariff)
    page.tabs.setCurrentIndex(OWNED)
    assert page.takes(tariff)
    page.take([tariff])
    dialog = opened(FactorDialog)
    assert dialog.evidence.path == tariff
    dialog.reject()


# ---------------------------------------------------------------------- sets in


def test_a_publisher_s_workbook_is_previewed_mapped_and_taken_as_one_change(
    qtbot: QtBot, page: LibraryPage, session: Session, workbook: Path, told: list[Notice]
) -> None:
    before = session.file.entries
    assert page.takes(workbook)
    page.take([workbook])
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), FactorImportDialog), timeout=LONG)
    dialog = opened(FactorImportDialog)
    assert [dialog.tabs.tabText(place) for place in range(3)] == [
        "Can be taken (5)", "Not mapped (1)", "Not needed (1)"
    ]  # fmt: skip
    model = dialog.unmapped.model
    keys_of = [column.key for column in model.columns]
    assert not model.setData(model.index(0, keys_of.index("item")), "flying carpet")
    assert model.setData(model.index(0, keys_of.index("item")), "van")
    assert model.setData(model.index(0, keys_of.index("use")), "Freight, average load")
    assert dialog.mapping == {VAN: "van/freight"}
    assert not dialog.go_on.isVisible()
    dialog.read_again.click()
    qtbot.waitUntil(lambda: len(dialog.found.rows) == 6, timeout=LONG)
    assert not dialog.found.unmapped
    dialog.go_on.click()
    (held,) = session.ledger.factor_files
    assert held.id == "uk_desnz_2025_flat" and session.file.entries == before + 1
    assert session.library.factor("uk_desnz_2025_flat.van.freight.GB.2025.tkm") is not None
    assert page.tabs.currentIndex() == BROUGHT and page.sets.model.visible[0].factors == 6
    assert told[-1].action is not None
    told[-1].action[1]()
    assert not session.ledger.factor_files
    assert session.library.factor("uk_desnz_2025_flat.van.freight.GB.2025.tkm") is None


def preview(session: Session) -> Any:
    return preview_factors(workbooks.flat(), session.library, session.ledger, name=FLAT)


def test_half_said_words_are_kept_suggestions_taken_when_meant_and_only_the_selected_rows(
    page: LibraryPage, session: Session, workbook: Path
) -> None:
    dialog = page.intake.show_preview(preview(session), workbook)
    mapping = {VAN: "van"}
    again = preview_factors(workbooks.flat(), session.library, session.ledger, name=FLAT, mapping=mapping)
    dialog.show_preview(again, mapping)
    (row,) = dialog.unmapped.model.records
    assert row.item == "van" and "used for" in row.reason
    assert not dialog.go_on.isHidden() and dialog.read_again.isHidden()  # nothing new was said
    model = dialog.unmapped.model
    assert model.setData(model.index(0, [c.key for c in model.columns].index("use")), "freight")
    assert dialog.mapping == {VAN: "van/freight"} and not dialog.read_again.isHidden()
    dialog.reject()
    dialog = page.intake.show_preview(preview(session), workbook)
    assert dialog.mapping == {}
    dialog.suggest.click()
    assert set(dialog.mapping) == {VAN}
    dialog.reject()
    dialog = page.intake.show_preview(preview(session), workbook)
    dialog.only.setChecked(True)
    assert not dialog.go_on.isEnabled()
    dialog.rows.view.go(1, 0)
    assert dialog.go_on.isEnabled() and "(1)" in dialog.go_on.text()
    dialog.go_on.click()
    rows = [factor for factor in session.library.factors if factor.set.key == "uk_desnz_2025_flat"]
    assert [row.key for row in rows] == [dialog.found.rows[1].factor.key]


def test_a_set_that_is_held_is_not_taken_twice(
    qtbot: QtBot, page: LibraryPage, session: Session, workbook: Path
) -> None:
    page.intake.accept(preview(session))
    dialog = page.intake.show_preview(preview(session), workbook)
    assert "already" in words(dialog) and not dialog.go_on.isVisible()
    dialog.reject()
    shown = page.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    next(b for b in shown.findChildren(QPushButton) if b.text() == "Remove this set").click()
    qtbot.waitUntil(lambda: not session.ledger.factor_files)


def test_a_file_of_no_publisher_is_refused_in_words(
    qtbot: QtBot, page: LibraryPage, tmp_path: Path, session: Session
) -> None:
    stranger = tmp_path / "shopping.csv"
    stranger.write_text("apples,pears\n1,2\n", encoding="utf-8")
    refused: list[object] = []
    page.working.connect(lambda job, _doing: job.failed.connect(refused.append))
    page.intake.start(stranger)
    qtbot.waitUntil(lambda: bool(refused), timeout=LONG)
    assert "not a publication" in str(refused[0]) and not session.ledger.factor_files


def test_factors_brought_in_travel_with_a_report_that_head_office_believes(tmp_path: Path) -> None:
    """The package carries the rows that were used; nobody else needs the workbook."""
    session = billed(tmp_path / "billed.plant")
    text = "\n".join((
        "# title_en: Grid of Hebei, corrected", "# title_zh: 河北电网更正", "# publisher: Test Office", "# edition: 1",
        "# year: 2026", "# published: 2026-01-01", "# licence: test", "# rank: 1",
        "item,use,region,year,unit,CO2,value,place,status",
        "electricity,location,CN-HE,2024,kg/kWh,0.6,,Table 1,USER",
    ))  # fmt: skip
    made = taking(text, "test_hebei", session.ledger, session.library, "Li Na", NOW, name="x.csv", origin="signed",
                  signer="Wang Wei")  # fmt: skip
    session.confirm(made.change, made.data)
    used = {key for line in session.inventory.lines for key in line.factor.parts}
    assert "test_hebei.electricity.location.CN-HE.2024.kWh" in used
    draft = prepare(
        session.ledger, 2024, session.library, language="en", issued_by="Li Na", when=NOW,
        journal=(session.file.head, session.file.entries),
    )  # fmt: skip
    session.close()
    signed = produce(draft, load_p12(keys().auditor, PASSPHRASE))
    receipt = receive(signed, load_trust(keys().authority), load_library(), NOW)
    assert receipt.valid, str(receipt.reason)
    assert "factor test_hebei.electricity.location.CN-HE.2024.kWh" in {d.where for d in receipt.unknown_factors}


# ---------------------------------------------------------------------- signed sets


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A set of head office with a new number for Hebei."""
    text = "\n".join((
        "# title_en: Grid of Hebei 2031", "# title_zh: 河北电网2031", "# publisher: Test Office", "# edition: 1",
        "# year: 2031", "# published: 2031-01-01", "# licence: test",
        "item,use,region,year,unit,CO2,value,place,status",
        "electricity,location,CN-HE,2031,kg/kWh,0.4,,Table 1,VERIFIED",
    ))  # fmt: skip
    rows = read_factors("cn_electricity_2031.csv", text)
    data = issue_set(rows[0].set, rows, load_p12(keys().auditor, PASSPHRASE), load_library(), NOW)
    path = tmp_path / "cn_electricity_2031.factors"
    path.write_bytes(data)
    return path


def verify(qtbot: QtBot, page: LibraryPage, path: Path, trust: Path) -> BelieveDialog:
    page.take([path])
    dialog = opened(BelieveDialog)
    assert isinstance(dialog, BelieveDialog)
    dialog.trust.set_path(trust)
    dialog.go.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=LONG)
    return dialog


def test_a_signed_set_is_taken_from_whom_head_office_trusts(
    qtbot: QtBot, page: LibraryPage, session: Session, settings: Settings, signed: Path
) -> None:
    assert page.takes(signed)
    verify(qtbot, page, signed, keys().authority)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignedSetDialog), timeout=LONG)
    dialog = opened(SignedSetDialog)
    assert "Li Na" in words(dialog) and len(dialog.rows.model.visible) == 1
    dialog.go_on.click()
    (held,) = session.ledger.factor_files
    assert (held.origin, held.id) == ("signed", "cn_electricity_2031") and "Li Na" in held.signer
    assert session.library.factor("cn_electricity_2031.electricity.location.CN-HE.2031.kWh") is not None
    assert settings.head_office == keys().authority


def test_a_signed_set_of_a_stranger_is_refused(qtbot: QtBot, page: LibraryPage, session: Session, signed: Path) -> None:
    dialog = verify(qtbot, page, signed, keys().stranger)
    assert dialog.isVisible() and "Nothing was taken" in words(dialog)
    assert not session.ledger.factor_files
    dialog.reject()


def test_a_signed_set_that_went_away_is_not_there(qtbot: QtBot, page: LibraryPage, signed: Path) -> None:
    signed.unlink()
    dialog = verify(qtbot, page, signed, keys().authority)
    assert "“cn_electricity_2031.factors” cannot be opened: it is not there." in words(dialog)
    dialog.reject()


# ---------------------------------------------------------------------- sets out


def select(page: LibraryPage, *wanted: str) -> None:
    page.table.view.clearSelection()
    for key in wanted:
        row = page.table.model.row_of(key)
        assert row is not None
        model = page.table.view.selectionModel()
        model.select(page.table.model.index(row, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)


def test_selected_factors_leave_as_a_factor_file_and_come_back_equal(
    page: LibraryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[Notice]
) -> None:
    other = HEBEI.replace("CN-HE", "CN-BJ")
    select(page, HEBEI, other)
    out = tmp_path / "cn_electricity_2023.csv"
    monkeypatch.setattr("gui.library.factor_intake.QFileDialog.getSaveFileName", lambda *_a: (str(out), ""))
    page.export_csv()
    rows = {factor.key: factor for factor in read_factors(out.name, out.read_text("utf-8"))}
    assert set(rows) == {HEBEI, other} and rows[HEBEI] == load_library().factor(HEBEI)
    select(page, HEBEI, "cn_electricity_2022.electricity.location.CN-HE.2022.kWh")
    page.export_csv()
    assert told[-1].level == "bad" and "several sets" in told[-1].sentence


def test_selected_factors_leave_signed(qtbot: QtBot, page: LibraryPage, tmp_path: Path, told: list[Notice]) -> None:
    select(page, HEBEI)
    page.export_signed()
    dialog = opened(SignSetDialog)
    dialog.key.set_path(keys().auditor)
    dialog.secret.setText(PASSPHRASE)
    out = tmp_path / "out.factors"
    dialog.out.set_path(out)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert told[-1].level == "good" and out.exists()


# ---------------------------------------------------------------------- everybody


def test_dialogs_have_names_and_room_for_long_words(
    qtbot: QtBot, page: LibraryPage, session: Session, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> list[QDialog]:
        page.show_subject(HEBEI)
        return [
            FactorDialog(session.ledger, session.library, 2024, None, None, page),
            EditionsDialog(session.library.factor(HEBEI), session.library, page._settings, page),  # type: ignore[arg-type]
            FactorImportDialog(preview(session), session.library, page._settings, page),
        ]

    for dialog in made():
        assert dialog.width() <= dialog.screen().availableSize().width()
        dialog.show()
        qtbot.wait(20)
        assert nameless(dialog) == [] and clipped(dialog) == []
        dialog.reject()
    with stretched(monkeypatch):
        for dialog in made():
            dialog.resize(1920, 1000)
            dialog.show()
            qtbot.wait(20)
            assert clipped(dialog) == []
            dialog.reject()
