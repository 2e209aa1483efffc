"""Every document is a chapter, every chapter is there twice, and words are found where they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.running import manual
from core.running.manual import CHAPTERS, OF_BOTH, anchor, chapter, chapters, named, parts, search

ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "zh")


def test_every_document_is_a_chapter() -> None:
    documents = {path.name for path in (ROOT / "docs").glob("*.md")}
    expected = {f"{key}.md" for key in CHAPTERS} | {f"{key}.zh.md" for key in CHAPTERS if key not in OF_BOTH}
    assert documents == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_are_there_in_order_and_say_what_they_are_called(language: str) -> None:
    found = chapters(language)
    assert [one.key for one in found] == list(CHAPTERS)
    assert all(one.title and one.markdown.startswith(f"# {one.title}") for one in found)
    own = [one for one in found if one.key not in OF_BOTH]
    assert all(bool(re.search(r"[\u4e00-\u9fff]", one.title)) == (language == "zh") for one in own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_from_chapter_to_chapter_end_at_a_heading(language: str) -> None:
    lost = []
    for one in chapters(language):
        for file, place in re.findall(r"\]\(([\w.-]*)#([^)]+)\)", one.markdown):
            key, spoken = named(file) or (one.key, language)
            target = chapter(key, spoken)
            assert target is not None
            if place not in {part.anchor for part in parts(target)}:
                lost.append((one.key, file, place))
    assert lost == []


def test_what_is_no_chapter_is_not_taken_for_one() -> None:
    assert named("method.md") == ("method", "en")
    assert named("methods.zh.md") == ("methods", "zh")
    assert [named(file) for file in ("README.md", "../docs/guide.md", "guide.md.exe", "guide.fr.md", "")] == [None] * 5
    assert chapter("../../etc/passwd", "en") is None


def test_an_example_has_no_headings_and_belongs_to_its_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# First\n\nwords\n\n```\n# no heading\n```\n\n## Second `key`, here\n\nmore\n"
    (tmp_path / "guide.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(manual, "folder", lambda: tmp_path)
    chapter.cache_clear()
    try:
        held = chapter("guide", "en")
        assert held is not None
        found = parts(held)
        assert [(part.heading, part.level, part.anchor) for part in found] == [
            ("First", 1, "first"), ("Second key , here", 2, "second-key-here")]  # fmt: skip
        assert "no heading" in found[0].plain and "more" not in found[0].plain
        assert [one.key for one in chapters("en")] == ["guide"]
        assert chapter("guide", "zh") is None
    finally:
        chapter.cache_clear()


@pytest.mark.parametrize(("words", "language", "key"), [("Roll-Over", "en", "guide"), ("封账 重述", "zh", "guide")])
def test_every_word_must_stand_there(words: str, language: str, key: str) -> None:
    hits = search(words, language)
    assert key in {hit.chapter.key for hit in hits}
    for hit in hits:
        low = hit.part.plain.casefold()
        assert all(word in low for word in words.casefold().split())
        assert words.casefold().split()[0] in hit.words.casefold()


def test_headings_come_first_and_nothing_finds_nothing() -> None:
    hits = [("netting" in hit.part.heading.casefold()) for hit in search("netting", "en")]
    assert hits == sorted(hits, reverse=True)
    assert search("  ", "en") == [] == search("xyzzy-nowhere", "en")


@pytest.mark.parametrize(
    ("heading", "made"), [("See `next`: 2027!", "see-next-2027"), ("区间（15 分钟）", "区间15-分钟")]
)
def test_anchors_are_those_of_the_links(heading: str, made: str) -> None:
    assert anchor(heading) == made
