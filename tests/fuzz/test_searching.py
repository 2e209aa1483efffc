"""What a search does with what it finds: one file for each fault, made smaller, in words for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T, verbatim
from tests.documented import run_examples
from tests.fuzz import parts, run, searching, shrinking, table
from tests.fuzz.searching import Outcome, how_it_ends, signature
from tests.fuzz.shrinking import shrunk
from tests.fuzz.target import LONGEST_MESSAGE, Target, accepted


def fed(data: bytes) -> None:
    """Something that breaks on some bytes."""
    if b"!" in data:
        raise UserError(T("It is refused."), T("Do something else."))
    if b"x" in data:
        raise ValueError(f"position {len(data)}: {data!r}")
    if b"long" in data:
        raise UserError(verbatim("a" * (LONGEST_MESSAGE + 1)))
    if b"ours" in data:
        raise UserError(T("The file could not be examined ({kind}).", kind="KeyError"))
    if b"wordless" in data:
        raise UserError(verbatim(" "))


TARGET = Target("test", fed, lambda: [b"good"])


def test_taken_refused_or_a_find() -> None:
    assert accepted(TARGET, b"good")
    assert not accepted(TARGET, b"!")
    for data in (b"long", b"ours", b"wordless"):
        with pytest.raises(AssertionError):
            accepted(TARGET, data)


def test_one_fault_has_one_signature() -> None:
    found = {how_it_ends(TARGET, data) for data in (b"x", b"yyyx", b"x" * 30)}
    assert len(found) == 1 and "ValueError" in found.pop()
    assert how_it_ends(TARGET, b"good") == how_it_ends(TARGET, b"!") == ""
    assert how_it_ends(TARGET, b"long") != how_it_ends(TARGET, b"ours")


def test_a_signature_names_the_place_in_the_core() -> None:
    from core.series.planes import from_planes

    with pytest.raises(AttributeError) as caught:
        from_planes(b"", "no type", 1)  # type: ignore[arg-type]
    assert signature(caught.value).startswith("AttributeError at planes.py:")


def test_a_find_becomes_as_small_as_it_gets() -> None:
    assert shrunk(b"a lot of text x and more of it", lambda one: how_it_ends(TARGET, one) != "") == b"x"
    assert shrunk(b"abc", lambda one: False) == b"abc"
    assert shrunk(b"abcdef" * 100, lambda one: True, seconds=0.0) == b"abcdef" * 100


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome("csv", 1200, 30, 2.0, ()), "1,200 files"),
        (Outcome("csv", 0, 0, 2.0, ()), "DID NOT RUN"),
        (Outcome("csv", 5, 0, 2.0, (searching.Find("x", Path("y")),)), "1 FINDS"),
    ],
)
def test_the_line_of_a_target(outcome: Outcome, said: str) -> None:
    assert said in outcome.line


def test_what_nobody_searches_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = run._asked(["nothing"])
    monkeypatch.setattr(searching, "search", lambda *_: pytest.fail("it was searched"))
    assert run._searched(asked) == 2
    assert "No such target: nothing" in capsys.readouterr().out
    assert run._searched(run._asked(["--list"])) == 0
    assert capsys.readouterr().out.split() == list(table.all_targets())


def test_a_run_fails_for_a_find_and_for_what_did_not_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = iter([Outcome("csv", 9, 1, 1.0, ()), Outcome("csv", 0, 0, 1.0, ()),
                     Outcome("csv", 9, 1, 1.0, (searching.Find("why", run.ROOT / "there"),))])  # fmt: skip
    monkeypatch.setattr(searching, "search", lambda target, seconds: next(outcomes))
    assert [run._searched(run._asked(["csv"])) for _ in range(3)] == [0, 1, 1]
    said = capsys.readouterr().out
    assert "why" in said and "there" in said


def test_without_the_search_everything_is_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert run._tried_again(run._asked(["notices", "json"])) == 0
    assert capsys.readouterr().out.split() == ["json", "good", "notices", "good"]


def test_the_documented_examples() -> None:
    assert run_examples(shrinking).failed == run_examples(parts).failed == 0
