"""Files of the format age: what opens, what was altered, and what asks too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange import age
from core.passphrase import LockedError, Passphrase
from tests.carried import quick_age

WORD = Passphrase("four cranes over the boiler house")


@pytest.fixture(scope="module")
def soon_opened() -> None:
    """As dear as the program makes them."""


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return age.sealed(b"secret numbers" * 9000, WORD)


@pytest.fixture
def sent() -> bytes:
    """Of the same format, and soon opened."""
    return quick_age(b"secret numbers" * 9000, WORD.word)


def test_what_was_sealed_opens_and_nothing_of_it_shows(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.age"
    path.write_bytes(sealed)
    assert age.is_age(path)
    assert age.opened(path, WORD) == b"secret numbers" * 9000
    assert b"secret" not in sealed and WORD.word.encode() not in sealed


@pytest.mark.parametrize("at", [30, 90, 300, -1])
def test_what_was_altered_does_not_open(sent: bytes, tmp_path: Path, at: int) -> None:
    path = tmp_path / "x.age"
    altered = bytearray(sent)
    altered[at] ^= 1
    path.write_bytes(altered)
    with pytest.raises(LockedError, match="does not open"):
        age.opened(path, WORD)
    path.write_bytes(sent[:-20])
    with pytest.raises(LockedError):
        age.opened(path, WORD)


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537])
def test_what_other_tests_send_is_of_the_format_too(size: int, tmp_path: Path) -> None:
    path = tmp_path / "x.age"
    path.write_bytes(quick_age(bytes(size), WORD.word))
    assert age.is_age(path) and age.opened(path, WORD) == bytes(size)
    with pytest.raises(LockedError):
        age.opened(path, Passphrase("seven meters under a wet roof"))


def test_a_file_that_asks_for_hours_of_work_is_refused_at_once(tmp_path: Path, sent: bytes) -> None:
    first, line, rest = sent.split(b"\n", 2)
    kind, salt, _work = line.rsplit(b" ", 2)
    path = tmp_path / "x.age"
    path.write_bytes(b"\n".join([first, b" ".join([kind, salt, b"60"]), rest]))
    with pytest.raises(LockedError):
        age.opened(path, WORD)


def test_other_files_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.age"
    for content in (b"", b"age", b"%PDF-1.7"):
        path.write_bytes(content)
        assert not age.is_age(path)
    monkeypatch.setattr(age, "LARGEST", 3)
    with pytest.raises(UserError, match="larger than"):
        age.is_age(path)
    with pytest.raises(UserError, match="cannot be opened"):
        age.is_age(tmp_path / "gone.age")
