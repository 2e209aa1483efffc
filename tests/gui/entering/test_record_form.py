"""The form of every kind of record: each field can be filled, what is wrong stands in its place, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.entering.forms import Form
from core.entering.plant import FORMS as OF_PLANT
from core.entering.rows import parse_rows
from core.entering.words import shown
from core.errors import UserError
from core.group.register.fields import FORMS as OF_GROUP
from core.inventory.judging import Decision
from core.ledger import Group, Instrument, Ledger, Register, Scenario, Site, kind_of
from core.ledger.records import Record
from gui.entering.fields import MANY, SeveralField, WordsField
from gui.entering.form import RecordForm
from gui.entering.table_field import RowsField
from gui.fields import ChoiceField, ParsedField
from gui.language import set_language
from tests.core.entering.filled import BEGUN, FILLED, GIVEN, WIND
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

REGISTER = Register.of([Group("Brakes AG"), Site("si0001", "Krosno", "PL")])
EVERY = [*OF_PLANT.values(), *OF_GROUP.values()]
KINDS = [form.kind for form in EVERY]


def records_of(form: Form) -> Ledger | Register:
    return FILLED if form.kind in OF_PLANT else REGISTER


def opened(qtbot: QtBot, form: Form, record: Record | None = None, records: Any = None) -> RecordForm:
    made = RecordForm(records or records_of(form), form, record, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.wait(5)
    return made


def write(form: RecordForm, key: str, words: str) -> None:
    """Type, as a person would, what the person reads elsewhere."""
    editor = form.editors[key]
    if isinstance(editor, ChoiceField):
        editor.box.setEditText(words)
    elif isinstance(editor, WordsField):
        editor.words.setPlainText(words)
    elif isinstance(editor, QCheckBox):
        editor.setChecked(words in ("yes", "是"))
    elif isinstance(editor, SeveralField):
        editor.set([key for key in words.split("; ") if key])
    elif isinstance(editor, RowsField):
        model = editor.table.model
        for row, cells in enumerate(parse_rows(words)):
            for column, cell in enumerate(cells):
                if cell:  # the first one begins the row
                    model.setData(model.index(row, column), cell)
    else:
        assert isinstance(editor, ParsedField)
        editor.line.setText(words)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def said_by(qtbot: QtBot, form: RecordForm) -> Decision:
    with qtbot.waitSignal(form.stated, timeout=10_000) as heard:
        form.go.click()
    decision = heard.args[0]
    assert isinstance(decision, Decision)
    return decision


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("record", GIVEN, ids=[one.id for one in GIVEN])
def test_every_field_is_typed_and_gives_the_record_again(qtbot: QtBot, record: Record, lang: str) -> None:
    """An empty form, filled with the words in which the record is shown, makes the same record."""
    set_language(lang)
    form = OF_PLANT[kind_of(record)]
    without = FILLED.apply([]) if form.single else Ledger.of(
        one for held in FILLED.records.values() for one in held.values() if one.id != record.id
    )  # fmt: skip
    if form.single:
        without = BEGUN
    asked = opened(qtbot, form, None, without)
    for one in form.fields:
        value = getattr(record, one.key)
        editor = asked.editors[one.key]
        if isinstance(editor, SeveralField):
            write(asked, one.key, "; ".join(value))
        else:
            said = shown(FILLED, one, value, lang, typed=one.form == "pairs")
            write(asked, one.key, str(value) if one.form in ("long", "country") else said)
    wanted_excludes = getattr(record, "excludes", ())
    decision = said_by(qtbot, asked)
    (made,) = [step.after for step in decision.steps]
    assert made is not None
    for one in form.fields:
        if one.key != "excludes":  # names the one that was taken away for this test
            assert getattr(made, one.key) == getattr(record, one.key), one.key
    assert set(getattr(made, "excludes", ())) <= set(wanted_excludes)
    asked.accept()


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_form_changes_nothing(qtbot: QtBot, kind: str) -> None:
    form = next(one for one in EVERY if one.kind == kind)
    records = records_of(form)
    for record in records.records[kind].values():
        asked = opened(qtbot, form, record)
        assert said_by(qtbot, asked).steps == ()
        asked.accept()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_can_be_operated_and_read_and_says_what_is_missing_in_its_place(
    qtbot: QtBot, kind: str, lang: str
) -> None:
    set_language(lang)
    form = next(one for one in EVERY if one.kind == kind)
    asked = opened(qtbot, form)
    assert nameless(asked) == []
    assert out_of_order(asked._content) == []  # the buttons stand below what is scrolled
    assert clipped(asked) == []
    assert beyond(asked) == []
    asked.go.click()
    for one in form.fields:
        editor = asked.editors[one.key]
        if one.required and not form.has_usual(one.key):
            assert editor.message.startswith("⚠"), one.key  # type: ignore[attr-defined]
    assert asked.isVisible()
    asked.reject()


@pytest.mark.parametrize("kind", ["instrument", "scenario", "action"])
def test_a_form_bears_long_words(qtbot: QtBot, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with stretched(monkeypatch):
        asked = opened(qtbot, OF_PLANT[kind])
        assert clipped(asked) == []
        assert beyond(asked) == []
        asked.reject()


# ---------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("kind", "key", "said", "reason"),
    [
        ("instrument", "quantity", "many", "many"),
        ("instrument", "start", "soon", "soon"),
        ("instrument", "market", "Atlantis", "not in the list"),
        ("instrument", "serials", "A5-A1", "not a range"),
        ("instrument", "currency", "yuan", "not a currency"),
        ("instrument", "end", "2022-01-01", "before the start"),
        ("instrument", "scheme", "No certificates", "have a scheme"),
        ("scenario", "growth", "Lorries=3", "There is no"),
        ("scenario", "grid_table", "2026", "not a key and a number"),
        ("scenario", "efficiency", "scope9=3", "not in the list"),
        ("scenario", "draws", "99", "out of range"),
        ("action", "ramp", "0=5", "no year of effect"),
        ("action", "ramp", "1=101", "out of range"),
        ("action", "life", "61", "out of range"),
        ("recalculation", "effects", "2020 scope9=1", "not in the list"),
        ("target", "parts", "", "covers nothing"),
        ("target", "parts", "scope3; scope3:4", "counted twice"),
        ("commitment", "parts", "", "Please fill this in"),
        ("resolution", "decision", "", "Please fill this in"),
        ("rule_value", "value", "many", "cannot be the value"),
    ],
)
def test_what_is_wrong_stands_in_its_place_and_nothing_typed_is_lost(
    qtbot: QtBot, kind: str, key: str, said: str, reason: str
) -> None:
    record = next(one for one in GIVEN if kind_of(one) == kind)
    asked = opened(qtbot, OF_PLANT[kind], record)
    write(asked, key, said)
    heard: list[object] = []
    asked.stated.connect(heard.append)
    asked.go.click()
    editor = asked.editors[key]
    assert reason in editor.message  # type: ignore[attr-defined]
    assert reason in words(asked)
    assert heard == []
    assert asked.isVisible()
    # It goes away when one types on, and the form is good again with what was there.
    for one in (key, *[field.key for field in OF_PLANT[kind].fields if field.form == "long"]):
        value = getattr(record, one)
        field = OF_PLANT[kind].field(one)
        text = "; ".join(value) if isinstance(editor, SeveralField) and one == key else shown(
            FILLED, field, value, "en", typed=field.form == "pairs")  # fmt: skip
        write(asked, one, str(value) if field.form in ("long", "country") else text)
    assert said_by(qtbot, asked).steps == ()
    assert not editor.message.startswith("⚠")  # type: ignore[attr-defined]
    asked.accept()


def test_what_is_named_and_gone_stays_until_somebody_chooses(qtbot: QtBot) -> None:
    gone = Instrument(**{one.key: getattr(WIND, one.key) for one in OF_PLANT["instrument"].fields}, id="i9")
    lost = Ledger.of((gone, FILLED.plant))
    asked = opened(qtbot, OF_PLANT["instrument"], gone, lost)
    proofs = asked.editors["evidence"]
    assert isinstance(proofs, SeveralField)
    assert proofs.read() == ("e00001",)
    assert proofs.model.words(0) == "e00001"
    asked.reject()


def test_an_id_that_is_there_is_refused_at_its_field(qtbot: QtBot) -> None:
    asked = opened(qtbot, OF_PLANT["action_area"])
    write(asked, "id", "test_bench")
    write(asked, "name", "Again")
    asked.go.click()
    editor = asked.editors["id"]
    assert isinstance(editor, ParsedField)
    assert "there already" in editor.message
    asked.reject()
    changed = opened(qtbot, OF_PLANT["action_area"], FILLED.get("action_area", "test_bench"))
    assert not changed.editors["id"].isEnabled()
    changed.reject()


def test_values_from_where_it_was_asked_for_are_there(qtbot: QtBot) -> None:
    asked = opened(qtbot, OF_PLANT["milestone"])
    asked.prefill({"action": "ac00001", "name": "Delivered", "note": "a\nb", "evidence": ("e00002",)})
    write(asked, "due", "2024-05-01")
    (step,) = said_by(qtbot, asked).steps
    after: Any = step.after
    assert (after.action, after.name, after.note, after.evidence) == ("ac00001", "Delivered", "a\nb", ("e00002",))
    asked.accept()


# ---------------------------------------------------------------------- several of a list


def in_sight(field: SeveralField) -> list[int]:
    return [row for row in range(field.model.rowCount()) if not field.list.isRowHidden(row)]


def test_space_chooses_and_the_filter_narrows(qtbot: QtBot) -> None:
    asked = opened(qtbot, OF_PLANT["driver"])
    field = asked.editors["parts"]
    assert isinstance(field, SeveralField)
    assert len(field.model.keys) >= MANY
    assert field.filter.isVisible()
    QTest.keyClicks(field.filter, "category 4,")
    (row,) = in_sight(field)
    field.list.setCurrentIndex(field.model.index(row))
    QTest.keyClick(field.list, Qt.Key.Key_Space)
    assert field.read() == ("scope3:4",)
    field.filter.setText("Scope 1")
    shown_now = [field.model.words(one) for one in in_sight(field)]
    assert any("category 4" in one for one in shown_now), "what is chosen stays in sight"
    assert "Scope 1" in shown_now
    QTest.keyClick(field.list, Qt.Key.Key_Space)
    with pytest.raises(UserError):
        field.read()
    assert "Please fill this in" in field.message
    asked.reject()


def test_what_is_chosen_stands_first_in_its_order(qtbot: QtBot) -> None:
    scenario = next(one for one in GIVEN if isinstance(one, Scenario))
    asked = opened(qtbot, OF_PLANT["scenario"], scenario)
    field = asked.editors["statuses"]
    assert isinstance(field, SeveralField)
    assert field.read() == scenario.statuses
    assert tuple(field.model.keys[:3]) == scenario.statuses
    asked.reject()


def test_a_list_without_anything_says_so(qtbot: QtBot) -> None:
    empty = Ledger.of((FILLED.plant,))
    asked = opened(qtbot, OF_PLANT["earlier_year"], None, empty)
    field = asked.editors["evidence"]
    assert isinstance(field, SeveralField)
    assert "nothing to choose from yet" in field.message
    assert not field.filter.isVisible()
    asked.reject()


def test_words_used_before_are_offered(qtbot: QtBot) -> None:
    asked = opened(qtbot, OF_PLANT["instrument"])
    supplier = asked.editors["supplier"]
    assert isinstance(supplier, ParsedField)
    completer = supplier.line.completer()
    assert completer is not None
    assert completer.model().data(completer.model().index(0, 0)) == "Example Energy"
    assert asked.editors["name"].line.completer() is None  # type: ignore[attr-defined]
    asked.reject()
