"""Import of interval data: what is shown, asked, refused, taken as one change, remembered and noticed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.ledger import IntervalData, Meter
from gui.language import set_language
from gui.meters.form import MeterDialog
from gui.meters.import_dialog import READING, RESULT, SeriesImportDialog, last_year, looking
from gui.meters.import_form import clocks
from gui.meters.import_result import LEFT_OUT, counts
from gui.meters.import_values import Line
from gui.session import Session
from gui.settings import Settings
from tests.gui.walk import clipped, nameless, out_of_order, stretched

START = datetime(2024, 3, 1)
QUARTERS = 96 * 3


def times(label: str = "left") -> list[datetime]:
    first = 1 if label == "right" else 0
    return [START + timedelta(minutes=15 * (n + first)) for n in range(QUARTERS)]


def written(path: Path, head: str, rows: list[str]) -> Path:
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def clear_file(tmp_path: Path) -> Path:
    """Two meters; only what the times of a power mean is not said."""
    rows = [f"{t:%Y-%m-%d %H:%M};{1 + n % 7},5;{40 + n % 3},0" for n, t in enumerate(times())]
    return written(tmp_path / "clear.csv", "Zeit;Halle 1 [kWh];Halle 2 [kW]", rows)


def opened(qtbot: QtBot, session: Session, settings: Settings, path: Path) -> SeriesImportDialog:
    made = SeriesImportDialog(session, settings, looking(session, path)())
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    qtbot.wait(20)
    return made


def read(qtbot: QtBot, dialog: SeriesImportDialog) -> None:
    answer(dialog)
    dialog.go.click()
    settled(qtbot, dialog)


def settled(qtbot: QtBot, dialog: SeriesImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog.job is None and not dialog.latest.busy, timeout=20_000)
    qtbot.wait(30)


def test_a_file_becomes_meters_with_values_as_one_change(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    entries = bare.file.entries
    assert dialog.step == READING and dialog.form.unanswered == ["Halle 1 [kWh]", "Halle 2 [kW]"]
    answer(dialog)
    values = dialog.form.mapping().values
    assert [(one.heading, one.quantity, one.unit) for one in values] == [
        ("Halle 1 [kWh]", "energy", "kWh"), ("Halle 2 [kW]", "power", "kW"),
    ]  # fmt: skip
    read(qtbot, dialog)
    assert dialog.step == RESULT and dialog.go.isEnabled()
    heard: list[tuple[str, str, int]] = []
    dialog.imported.connect(lambda words, meter, year: heard.append((words, meter, year)))
    dialog.go.click()
    assert dialog.result() == 1 and bare.file.entries == entries + 1
    meters = bare.ledger.held(Meter)
    assert len(meters) == 2 and heard[0][1:] == (meters[0].id, 2024)
    one, other = (bare.metered.series(meter.id) for meter in meters)
    assert one is not None and other is not None
    assert one.values[:3].tolist() == [1.5, 2.5, 3.5] and len(one) == QUARTERS
    assert np.allclose(other.values, [(40 + n % 3) / 4 for n in range(QUARTERS)])  # power became energy
    bare.undo()
    assert bare.ledger.held(Meter) == () and bare.ledger.held(IntervalData) == ()


def test_the_same_file_is_noticed_and_its_form_remembered(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    read(qtbot, dialog)
    dialog.go.click()
    again = opened(qtbot, bare, settings, clear_file)
    assert "last time" in " ".join(str(one) for one in again._seen.guess.reasons)
    assert again.form.unanswered == []
    read(qtbot, again)
    assert again.preview is not None and len(again.preview.already) == 2
    assert [one.meter is not None and not one.fresh for one in again.preview.columns] == [True, True]
    assert not again.go.isEnabled() and again._why_not.text() == "Nothing is new: every value is there already."
    assert sum(one.same for one in again.preview.columns) == 2 * QUARTERS


def test_a_form_that_was_read_before_is_read_at_once(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    first = opened(qtbot, bare, settings, clear_file)
    first.begin()
    assert first.job is None and first.step == READING, "it is looked at once before it is believed"
    read(qtbot, first)
    first.go.click()
    again = opened(qtbot, bare, settings, clear_file)
    again.begin()
    settled(qtbot, again)
    assert again.step == RESULT
    again.back.click()
    assert again.step == READING


def test_the_keyboard_begins_at_what_is_asked_and_goes_on_to_the_button(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    assert dialog.focusWidget() is dialog.form.values.lines[0].label
    read(qtbot, dialog)
    assert dialog.step == RESULT and dialog.focusWidget() is dialog.go
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == 1
    asked_nothing = opened(qtbot, bare, settings, clear_file)
    assert asked_nothing.focusWidget() is asked_nothing.go


def test_a_second_meter_is_not_made_unnoticed(
    qtbot: QtBot, session: Session, bare: Session, settings: Settings, clear_file: Path
) -> None:
    """Where the plant has meters already, one of them was most likely meant."""
    for plant, wondered in ((session, 2), (bare, 0)):
        dialog = opened(qtbot, plant, settings, clear_file)
        read(qtbot, dialog)
        texts = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
        assert texts.count("No meter of the plant has this name or serial number.") == wondered


def test_the_last_value_of_december_is_of_that_year(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    rows = [f"{datetime(2024, 12, 31, 22, 0) + timedelta(minutes=15 * n):%Y-%m-%d %H:%M};{n}" for n in range(8)]
    dialog = opened(qtbot, bare, settings, written(tmp_path / "end.csv", "Zeit;Halle 1 [kWh]", rows))
    read(qtbot, dialog)
    assert dialog.preview is not None and last_year(dialog.preview) == 2024


def test_what_the_file_does_not_say_must_be_answered(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    rows = [f"0{1 + n % 9}/0{1 + n % 3}/2024 10:00,{n}" for n in range(27)]
    dialog = opened(qtbot, bare, settings, written(tmp_path / "ask.csv", "time,value", rows))
    assert {"Order of the date", "value"} <= set(dialog.form.unanswered)
    assert not dialog.go.isEnabled() and "Order of the date" in dialog.go.toolTip()
    assert dialog._why_not.isVisible() and "Order of the date" in dialog._why_not.text(), "without pointing at it, too"
    order = dialog.form.options["order"]
    order.box.setCurrentIndex(order.box.findData("mdy"))
    order.box.activated.emit(order.box.currentIndex())
    line = dialog.form.values.lines[0]
    line.quantity.setCurrentIndex(line.quantity.findData("power"))
    line.quantity.activated.emit(line.quantity.currentIndex())
    answer(dialog)
    assert dialog.form.unanswered == [] and dialog.go.isEnabled()
    mapping = dialog.form.mapping()
    assert mapping.order == "mdy" and mapping.values[0].quantity == "power" and mapping.values[0].unit == "kW"


def test_what_times_mean_follows_the_quantity(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    one, other = dialog.form.values.lines

    def offered(line: Line) -> list[str]:
        return [str(line.label.itemData(i)) for i in range(line.label.count())]

    assert offered(one) == ["left", "right"]  # an amount belongs to an interval
    assert offered(other) == ["left", "right", "instant"]
    other.label.setCurrentIndex(2)
    other.label.activated.emit(2)
    assert dialog.form.unanswered == ["Halle 1 [kWh]"]  # which cannot be a moment
    one.label.setCurrentIndex(1)
    one.label.activated.emit(1)
    mapping = dialog.form.mapping()
    assert [value.label for value in mapping.values] == ["right", "instant"]
    one.quantity.setCurrentIndex(one.quantity.findData("counter"))
    one.quantity.activated.emit(one.quantity.currentIndex())
    assert offered(one) == ["instant"] and not one.label.isEnabled()
    one.quantity.setCurrentIndex(one.quantity.findData("energy"))
    one.quantity.activated.emit(one.quantity.currentIndex())
    assert dialog.form.unanswered == ["Halle 1 [kWh]"]  # asked anew


def test_refused_values_are_told_and_the_rest_is_taken_on_purpose_only(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    rows = [f"{t:%Y-%m-%d %H:%M};{'abc' if n == 5 else n}" for n, t in enumerate(times())]
    dialog = opened(qtbot, bare, settings, written(tmp_path / "bad.csv", "Zeit;Halle 1 [kWh]", rows))
    read(qtbot, dialog)
    assert dialog.outcome is not None and dialog.outcome.parsed.refused_total == 1
    assert not dialog.go.isEnabled() and "Values are refused" in dialog._why_not.text()
    dialog.outcome.rest.setChecked(True)
    settled(qtbot, dialog)
    assert dialog.go.isEnabled()
    dialog.go.click()
    series = bare.metered.series(bare.ledger.held(Meter)[0].id)
    assert series is not None and np.isnan(series.values).sum() == 1


def answer(dialog: SeriesImportDialog) -> None:
    """The first answer to every question."""
    for option in dialog.form.options.values():
        if option.value is None:
            option.box.setCurrentIndex(0)
            option.box.activated.emit(0)
    for line in dialog.form.values.lines:
        for box in (line.quantity, line.label):
            if line.used.isChecked() and box.currentIndex() < 0:
                box.setCurrentIndex(0)
                box.activated.emit(0)


def test_a_column_goes_where_the_person_wants(
    qtbot: QtBot, session: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, session, settings, clear_file)
    read(qtbot, dialog)
    assert dialog.outcome is not None
    one, other = dialog.outcome._boxes.values()
    one.setCurrentIndex(one.findData("m005"))
    one.activated.emit(one.currentIndex())
    other.setCurrentIndex(other.findData(LEFT_OUT))
    other.activated.emit(other.currentIndex())
    settled(qtbot, dialog)
    assert dialog.preview is not None
    planned = dialog.preview.columns[0]
    assert planned.meter is not None and planned.meter.id == "m005"
    assert planned.conflicts and not planned.changed  # what is kept stays, until the person says otherwise
    assert dialog.preview.columns[1].meter is None
    assert dialog.outcome.overwrite.isVisible()
    dialog.outcome.overwrite.setChecked(True)
    settled(qtbot, dialog)
    assert dialog.preview.columns[0].changed
    before = session.metered.series("m005")
    dialog.go.click()
    after = session.metered.series("m005")
    assert before is not None and after is not None and not np.array_equal(before.values, after.values)
    session.undo()
    back = session.metered.series("m005")
    assert back is not None and np.array_equal(back.values, before.values, equal_nan=True)


def test_two_columns_cannot_go_into_one_meter(
    qtbot: QtBot, session: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, session, settings, clear_file)
    read(qtbot, dialog)
    assert dialog.outcome is not None
    for box in dialog.outcome._boxes.values():
        box.setCurrentIndex(box.findData("m005"))
        box.activated.emit(box.currentIndex())
    settled(qtbot, dialog)
    assert "would both go into" in dialog._problem.text()
    assert not dialog.go.isEnabled()


def test_a_new_meter_is_described_before_it_is_made(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    read(qtbot, dialog)
    assert dialog.outcome is not None
    name = dialog.outcome.parsed.columns[0].name
    form = MeterDialog(bare, None, dialog, dialog.outcome.new_meter(name))
    qtbot.addWidget(form)
    form.keeps = False
    form.name.line.setText("Hall 1")
    form.direction.set("consumption")
    form.go.click()
    qtbot.waitUntil(lambda: form.kept is not None)
    assert isinstance(form.kept, Meter) and bare.ledger.held(Meter) == ()
    dialog.outcome.describe(name, form.kept)
    settled(qtbot, dialog)
    dialog.go.click()
    assert ("Hall 1", "consumption") in {(m.name, m.direction) for m in bare.ledger.held(Meter)}


def test_going_back_changes_how_it_is_read(qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    read(qtbot, dialog)
    dialog.back.click()
    assert dialog.step == READING and dialog.outcome is None
    dialog.form.values.lines[1].used.setChecked(False)
    read(qtbot, dialog)
    assert dialog.outcome is not None and len(dialog.outcome.parsed.columns) == 1


def test_cancelling_leaves_nothing(qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    answer(dialog)
    dialog.go.click()
    assert dialog.job is not None
    dialog.reject()  # the job is asked to stop; a second time closes
    settled(qtbot, dialog)
    assert bare.ledger.held(Meter) == ()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_file_without_rows_can_still_be_mapped_by_hand(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    dialog = opened(qtbot, bare, settings, written(tmp_path / "words.csv", "a,b", ["x,y", "z,w"]))
    assert dialog._seen.problem is not None
    assert not dialog.go.isEnabled() and dialog.form.unanswered


def test_a_file_without_a_column_of_values_is_not_read_until_one_is_chosen(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    rows = [f"{t:%Y-%m-%d %H:%M};{n}" for n, t in enumerate(times())]
    dialog = opened(qtbot, bare, settings, written(tmp_path / "level.csv", "Zeit;SOC [%]", rows))
    assert dialog.form.unanswered == ["Columns of values"]
    assert not dialog.go.isEnabled() and "Columns of values" in dialog.go.toolTip()
    dialog.form.values.lines[0].used.click()
    answer(dialog)
    assert dialog.form.unanswered == [] and dialog.go.isEnabled()
    dialog.form.values.lines[0].used.click()
    assert dialog.form.unanswered == ["Columns of values"] and not dialog.go.isEnabled()


def test_an_empty_file_is_refused_before_anything_is_asked(bare: Session, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"\r\n\r\n")
    with pytest.raises(UserError, match="is empty"):
        looking(bare, path)()


def test_values_that_differ_are_told_in_the_summary(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path
) -> None:
    dialog = opened(qtbot, bare, settings, clear_file)
    read(qtbot, dialog)
    dialog.go.click()
    clear_file.write_text(clear_file.read_text(encoding="utf-8").replace(";1,5;", ";1,6;"), encoding="utf-8")
    again = opened(qtbot, bare, settings, clear_file)
    read(qtbot, again)
    assert again.preview is not None
    differ = sum(1 for n in range(QUARTERS) if n % 7 == 0)
    assert f"{differ} that differ and stay as they are" in again._about.text()
    assert [counts(one) for one in again.preview.columns] == [
        f"0 new · {QUARTERS - differ} the same · {differ} differ and are not taken", f"0 new · {QUARTERS} the same"
    ]  # fmt: skip


def test_clocks_offer_standard_time_only_where_clocks_are_changed(bare: Session) -> None:
    from zoneinfo import ZoneInfo

    from core.exchange.series import Mapping

    assert [key for key, _words in clocks(Mapping(), ZoneInfo("Asia/Shanghai"))] == ["local", "utc", "stamped"]
    berlin = clocks(Mapping(clock="offset:+05:30"), ZoneInfo("Europe/Berlin"))
    assert [key for key, _words in berlin] == ["local", "offset:+01:00", "utc", "stamped", "offset:+05:30"]
    assert clocks(Mapping(), ZoneInfo("Australia/Sydney"))[1][0] == "offset:+10:00"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_both_steps_can_be_read_and_operated(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path, lang: str
) -> None:
    set_language(lang)
    dialog = opened(qtbot, bare, settings, clear_file)
    for step in (READING, RESULT):
        assert dialog.step == step
        assert nameless(dialog) == [] and out_of_order(dialog) == [] and clipped(dialog) == []
        read(qtbot, dialog)


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, bare: Session, settings: Settings, clear_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        dialog = opened(qtbot, bare, settings, clear_file)
        dialog.resize(1600, 1000)
        qtbot.wait(20)
        assert clipped(dialog) == []
        read(qtbot, dialog)
        assert clipped(dialog) == []
