"""What to do about words that are not in a list: all of a short one, the nearest of a long one."""

from __future__ import annotations

from core.entering.refusing import MOST_NAMED, choose
from core.i18n import Name

SHORT = [Name(f"Kind {n}", f"第{n}种") for n in range(MOST_NAMED)]
LONG = [
    Name(f"{word} {n}", f"{zh}{n}")
    for word, zh in (("Steel", "钢"), ("Copper", "铜"), ("Paper", "纸"))
    for n in range(10)
]


def test_a_short_list_is_named_whole() -> None:
    assert str(choose(SHORT, "x")) == f"Choose one of: {', '.join(str(one) for one in SHORT)}."


def test_of_a_long_list_the_nearest_are_named() -> None:
    said = str(choose(LONG, "coper 3"))
    assert said.startswith("Choose one of the 30 of the list; the nearest are: Copper 3, ")
    assert said.count(",") == 4
    assert "铜" in choose(LONG, "铜3").in_language("zh")


def test_endless_words_and_none_are_answered_shortly() -> None:
    for words in ("", "x" * 100_000):
        assert len(str(choose(LONG, words))) < 300
