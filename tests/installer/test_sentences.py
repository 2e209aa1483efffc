from __future__ import annotations

from pathlib import Path

import pytest

from installer.sentences import find, find_in


def test_both_marks_are_found_with_joined_literals() -> None:
    found = find_in('x = T("One " "sentence.")\ny = _("{n} rows", n=3)\nfor _ in z: f(_)\n', "core/a.py")

    assert found.sentences == {"One sentence.", "{n} rows"}
    assert found.complaints == ()


@pytest.mark.parametrize("call", ['T(f"Row {n}")', "T(name)", 'T("a" + b)', 'T("")', "_(3)", "T()"])
def test_a_sentence_made_at_run_time_is_a_complaint(call: str) -> None:
    found = find_in(f"\n{call}\n", "core/a.py")

    assert found.complaints == ("core/a.py:2: the sentence must be one literal string",)


@pytest.mark.parametrize("call", ['T("{a}")', 'T("{a}", b=1)', 'T("a", a=1)', 'T("{a} {b}", a=1)', 'T("{a", a=1)'])
def test_places_and_values_must_agree(call: str) -> None:
    assert len(find_in(call, "core/a.py").complaints) == 1


def test_values_passed_as_a_mapping_cannot_be_compared() -> None:
    assert find_in('T("{a}", **values)', "core/a.py").complaints == ()


def test_the_files_that_define_the_marks_pass_sentences_on(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "i18n.py").write_text("T(msgid)\n", encoding="utf-8")
    (tmp_path / "main.py").write_text('T("Start")\n', encoding="utf-8")
    (tmp_path / "core" / "b.py").write_text("T(msgid)\n", encoding="utf-8")

    found = find(tmp_path)

    assert found.sentences == {"Start"}
    assert found.complaints == ("core/b.py:1: the sentence must be one literal string",)
