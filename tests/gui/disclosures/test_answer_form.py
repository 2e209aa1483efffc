"""The form of an answer: each data point has the fields that its kind asks for, and what comes out can be kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.disclosures.catalogue import all_points
from core.disclosures.derived import all_derived, also_asked
from core.disclosures.values import answered
from core.exchange.proofs import Attachment
from core.ledger import Answer, Ledger, Register
from core.ledger.filing import Records
from gui.disclosures.answer_form import AnswerForm, form_for
from gui.entering.fields import WordsField
from gui.entering.table_field import RowsField
from gui.fields import ChoiceField, ParsedField
from gui.language import set_language
from tests.core.samples import PLANT
from tests.gui.disclosing import FILE, PROOF, answer, words

TODAY = date(2025, 3, 1)
LEDGER = Ledger.of([PLANT, PROOF])
LONG = 20_000


def opened(qtbot: QtBot, point: str, records: Records = LEDGER, year: int = 2024) -> AnswerForm:
    form = AnswerForm(records, point, year, "Li Na", TODAY, None)
    qtbot.addWidget(form)
    form.show()
    return form


def stated(form: AnswerForm, qtbot: QtBot) -> Attachment:
    """What the form says once its button is pressed."""
    said: list[Attachment] = []
    form.stated.connect(said.append)
    form.go.click()
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    return said[0]


def kept(form: AnswerForm, qtbot: QtBot) -> Answer:
    last = stated(form, qtbot).steps[-1].after
    assert isinstance(last, Answer)
    return last


def table(form: AnswerForm, *rows: tuple[str, ...]) -> None:
    field = form.editors["rows"]
    assert isinstance(field, RowsField)
    field.set(rows)


def line(form: AnswerForm, key: str, text: str) -> None:
    field = form.editors[key]
    assert isinstance(field, ParsedField)
    field.line.setText(text)


def fill(form: AnswerForm, value: str) -> None:
    """Type or choose the answer, whatever its field is."""
    field = form.editors["value"]
    if isinstance(field, ChoiceField):
        field.set(value)
    elif isinstance(field, WordsField):
        field.words.setPlainText(value)
    else:
        line(form, "value", value)


def by_kind(kind: str, test: Callable[[Any], bool] = lambda _point: True) -> str:
    """A data point of a kind that people answer."""
    return next(key for key, one in all_points().items()
                if one.kind == kind and test(one) and (key not in all_derived() or key in also_asked()))  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "field"),
    [("text", WordsField), ("evidence", WordsField), ("choice", ChoiceField), ("date", ParsedField)],
)
def test_each_kind_has_its_field(qtbot: QtBot, kind: str, field: type) -> None:
    form = opened(qtbot, by_kind(kind))
    assert isinstance(form.editors["value"], field)
    assert "rows" not in form.editors and "unit" not in form.editors
    assert not form.editors["year"].isVisible() and not form.editors["point"].isVisible()


def test_a_number_has_its_unit_and_another_one_is_converted(qtbot: QtBot) -> None:
    key = by_kind("number", lambda one: one.fold == "sum" and one.unit == "t")
    form = opened(qtbot, key)
    fill(form, "1,234.5")
    line(form, "unit", "kg")
    said = kept(form, qtbot)
    assert (said.value, said.unit, said.by, said.day) == ("1234.5", "kg", "Li Na", TODAY)
    value = answered(all_points()[key], [said], 2024, TODAY)
    assert str(value.value) == "1.2345" and value.unit == "t"


def test_a_wrong_unit_is_refused_in_the_form(qtbot: QtBot) -> None:
    form = opened(qtbot, by_kind("number", lambda one: one.fold == "sum" and one.unit == "t"))
    fill(form, "12")
    line(form, "unit", "kWh")
    form.go.click()
    qtbot.waitUntil(lambda: "is no unit of" in words(form))
    assert form.isVisible()
    fill(form, "twelve")
    form.go.click()
    assert "is not a number" in words(form)


def test_money_needs_its_currency(qtbot: QtBot) -> None:
    form = opened(qtbot, "org.revenue", Register())
    fill(form, "1000000")
    form.go.click()
    assert "Please fill this in." in words(form)
    line(form, "unit", "cny")
    assert kept(form, qtbot).unit == "CNY"


def test_a_choice_is_kept_by_its_key(qtbot: QtBot) -> None:
    key = by_kind("choice")
    form = opened(qtbot, key)
    choice, name = all_points()[key].choices[-1]
    field = form.editors["value"]
    assert isinstance(field, ChoiceField)
    field.box.setEditText(name.en)
    assert kept(form, qtbot).value == choice


def test_a_day_is_kept_as_iso_text_whatever_way_it_is_typed(qtbot: QtBot) -> None:
    form = opened(qtbot, by_kind("date"))
    fill(form, "2024年12月31日")
    assert kept(form, qtbot).value == "2024-12-31"


def test_a_table_has_its_columns_or_is_known_to_be_empty(qtbot: QtBot) -> None:
    form = opened(qtbot, "griev.channel")
    field = form.editors["rows"]
    assert isinstance(field, RowsField)
    assert [one.key for one in field.columns] == [one.key for one in all_points()["griev.channel"].columns]
    form.go.click()
    qtbot.waitUntil(lambda: "has no rows" in words(form))
    table(form, ("Letter box", "staff", "zh", "yes", "all"))
    assert kept(form, qtbot).rows == (("Letter box", "staff", "zh", "yes", "all"),)
    empty = opened(qtbot, "griev.channel")
    fill(empty, "none")
    said = kept(empty, qtbot)
    assert (said.value, said.rows) == ("none", ())


def test_a_share_is_entered_as_its_two_numbers(qtbot: QtBot) -> None:
    key = by_kind("percent", lambda one: one.fold == "ratio")
    form = opened(qtbot, key)
    assert "value" not in form.editors
    table(form, ("30", "120"))
    said = kept(form, qtbot)
    value = answered(all_points()[key], [said], 2024, TODAY)
    assert value.value == 25 and value.parts is not None
    wrong = opened(qtbot, key)
    table(wrong, ("130", "120"))
    wrong.go.click()
    qtbot.waitUntil(lambda: "not larger than 100 %" in words(wrong))


def test_a_statement_counts_with_its_proof_alone(qtbot: QtBot, tmp_path: Path) -> None:
    form = opened(qtbot, "policy.env")
    form.go.click()
    qtbot.waitUntil(lambda: "says nothing and proves nothing" in words(form))
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.4 policy")
    form.files.put([tmp_path / "policy.pdf"])
    assert "policy.pdf" in words(form)
    said = stated(form, qtbot)
    first, last = said.steps
    assert first.kind == "evidence" and isinstance(last.after, Answer)
    assert last.after.evidence == (first.id,) and len(said.data) == 1
    assert "Usually: " in words(form) and "36 months after its day" in words(form)


def test_a_file_that_is_kept_already_is_only_named(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "again.pdf").write_bytes(FILE)
    form = opened(qtbot, "policy.env")
    form.files.put([tmp_path / "again.pdf"])
    said = stated(form, qtbot)
    (only,) = said.steps
    assert isinstance(only.after, Answer) and only.after.evidence == (PROOF.id,) and said.data == ()


def test_a_file_that_cannot_be_read_is_refused_in_the_form(qtbot: QtBot, tmp_path: Path) -> None:
    form = opened(qtbot, "policy.env")
    (tmp_path / "empty.pdf").write_bytes(b"")
    form.files.put([tmp_path / "empty.pdf"])
    form.go.click()
    qtbot.waitUntil(lambda: "“empty.pdf” is empty." in words(form), timeout=LONG)
    assert form.isVisible()


def test_the_answer_of_this_year_is_altered_and_keeps_its_id(qtbot: QtBot) -> None:
    held = answer("policy.env", "Draft", evidence=(PROOF.id,))
    form = opened(qtbot, "policy.env", LEDGER.of([PLANT, PROOF, held]))
    field = form.editors["value"]
    assert isinstance(field, WordsField) and field.words.toPlainText() == "Draft"
    fill(form, "Signed")
    (step,) = stated(form, qtbot).steps
    assert step.before == held and isinstance(step.after, Answer) and step.after.value == "Signed"
    assert step.after.evidence == (PROOF.id,)


def test_what_was_answered_before_is_proposed_without_its_proofs(qtbot: QtBot) -> None:
    earlier = (answer("policy.env", "Old words", 2022), answer("policy.env", "Last words", 2023, evidence=(PROOF.id,)))
    form = opened(qtbot, "policy.env", LEDGER.of([PLANT, PROOF, *earlier]))
    said = kept(form, qtbot)
    assert (said.id, said.value, said.evidence, said.day) == ("2024 policy.env", "Last words", (), TODAY)


def test_head_office_answers_in_the_same_form(qtbot: QtBot) -> None:
    form = opened(qtbot, "gov.risk", Register())
    fill(form, "Yearly workshop")
    assert kept(form, qtbot).point == "gov.risk"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_data_point_that_people_answer_has_a_form(qtbot: QtBot, lang: str) -> None:
    set_language(lang)
    for key, point in all_points().items():
        if key in all_derived() and key not in also_asked():
            continue
        form = form_for(point)
        keys = [one.key for one in form.fields]
        assert keys[:2] == ["year", "point"] and {"day", "evidence", "valid_to"} <= set(keys), key
        assert {"value", "rows"} & set(keys), key
