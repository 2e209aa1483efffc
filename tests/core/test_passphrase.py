"""Passphrases: weak ones are refused, the one for a telephone is not, and who is asked is set for a block alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from core.passphrase import LockedError, Passphrase, asked, asking, one_time

LOCKED = LockedError(Path("/somewhere/works.plant"))


@pytest.mark.parametrize("word", ["four cranes over the boiler house", "锅炉房上空飞过四只白鹤停着", "x1y2z x1y2z3"])
def test_good_ones(word: str) -> None:
    Passphrase(word).check()


@pytest.mark.parametrize("word", ["", "eleven char", "abcabcabcabcabc", "trailing space and so on "])
def test_weak_ones_are_refused_with_advice(word: str) -> None:
    with pytest.raises(UserError, match="at least 12 characters") as caught:
        Passphrase(word).check()
    assert "some words" in caught.value.text("en")
    assert not word or word not in caught.value.text("en")


def test_the_one_for_once_is_always_another_and_good() -> None:
    made = {one_time().word for _time in range(200)}
    assert len(made) == 200
    for word in made:
        Passphrase(word).check()
        assert len(word) == 29 and word.replace("-", "").isdigit()


def test_nobody_is_asked_outside_the_block() -> None:
    with asking(lambda error: Passphrase(error.path.name)):
        assert asked(LOCKED) == Passphrase("works.plant")
    with pytest.raises(LockedError) as caught:
        asked(LOCKED)
    assert caught.value is LOCKED
    assert "/somewhere" not in LOCKED.text("en"), "a message may be sent to others"
