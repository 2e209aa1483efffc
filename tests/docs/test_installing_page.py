"""What the pages on installing say is what is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer.project import ROOT, WINDOW
from main import WINDOW as WORDS

PAGES = {lang: (ROOT / "docs" / name).read_text(encoding="utf-8") for lang, name in
         {"en": "installing.md", "zh": "installing.zh.md"}.items()}  # fmt: skip
BUILDERS = {
    "-windows-x86_64-setup.exe": "windows/setup.py",
    "-macos-": "macos/image.py",
    "-linux-": "linux/tarball.py",
    "_amd64.deb": "linux/deb.py",
    ".cdx.json": "bill.py",
}
"""Endings of names, and who writes them."""


@pytest.mark.parametrize("lang", PAGES)
def test_names_of_files_are_those_that_are_written(lang: str) -> None:
    said = PAGES[lang].replace("<版本>", "<version>").replace("<系统>", "<system>")
    for ending, builder in BUILDERS.items():
        source = (ROOT / "installer" / builder).read_text(encoding="utf-8")
        assert re.search(
            rf"{WINDOW}[-_]<version>{re.escape(ending)}|{WINDOW}-<version>-<system>{re.escape(ending)}", said
        )
        written = ending.replace("_amd64", "_{architecture()}")
        assert written in source or ending in source, builder


@pytest.mark.parametrize("lang", PAGES)
def test_what_is_typed_exists(lang: str) -> None:
    assert set(re.findall(rf"{WINDOW} (--[a-z-]+)", PAGES[lang])) <= set(WORDS)
    build = (ROOT / "installer" / "build.py").read_text(encoding="utf-8")
    asked = set(re.findall(r"ARGS=(--\w+)", PAGES[lang]))
    assert asked == {"--frozen", "--twice"}
    assert all(f'"{word}"' in build for word in asked)
    script = (ROOT / "installer" / "windows" / "plant-audit.iss").read_text(encoding="utf-8-sig")
    for task in re.findall(r"/TASKS=(\w+)", PAGES[lang]):
        assert f'Name: "{task}"' in script
    for named in re.findall(r"`(installer/\w+\.py|\.github/\S+?)`", PAGES[lang]):
        assert (ROOT / Path(named)).is_file()


def test_both_pages_say_the_same() -> None:
    def bones(text: str) -> list[str]:
        code = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        plain = [re.sub(r"<[^>]+>|FOLDER|文件夹|\s+", "", one) for one in code]
        return [*plain, *re.findall(r"^(#+) ", text, re.MULTILINE), *re.findall(r"^\| `(.*?)` \|", text, re.MULTILINE)]

    english = bones(PAGES["en"])
    chinese = bones(PAGES["zh"])
    assert [re.sub("[`，、, ]", "", one) for one in english] == [re.sub("[`，、, ]", "", one) for one in chinese]
