from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

import pytest

from installer import catalogue
from installer.catalogue import Entry


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "a.py").write_text('T("Plant {name}", name=n)\nT("Year")\n', encoding="utf-8")
    return tmp_path


def write(project: Path, entries: dict[str, Entry]) -> Path:
    po = project / "plant_audit.po"
    po.write_bytes(catalogue.as_po(entries))
    po.with_suffix(".mo").write_bytes(catalogue.as_mo(entries))
    return po


GOOD = {"Plant {name}": Entry("工厂{name}"), "Year": Entry("年份")}


def test_a_complete_catalogue_is_fine(project: Path) -> None:
    assert catalogue.check(project, write(project, GOOD)) == 0


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ({"Year": Entry("年份")}, "missing: 'Plant {name}'"),
        (GOOD | {"Month": Entry("月份")}, "no longer used: 'Month'"),
        (GOOD | {"Year": Entry()}, "untranslated: 'Year'"),
        (GOOD | {"Plant {name}": Entry("工厂: {name}")}, "a colon of the other language: 'Plant {name}'"),
        (GOOD | {"Plant {name}": Entry("{name}: 工厂")}, "a colon of the other language: 'Plant {name}'"),
        (GOOD | {"Year": Entry("年份", fuzzy=True)}, "fuzzy: 'Year'"),
        (GOOD | {"Plant {name}": Entry("工厂")}, "other places"),
        (GOOD | {"Plant {name}": Entry("工厂{name")}, "other places"),
        (GOOD | {"Plant {name}": Entry("工厂{名}")}, "other places"),
    ],
)
def test_what_is_wrong_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], entries: dict[str, Entry], complaint: str
) -> None:
    assert catalogue.check(project, write(project, entries)) == 1
    assert complaint in capsys.readouterr().out


def test_a_compiled_file_of_yesterday_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po = write(project, GOOD)
    po.with_suffix(".mo").write_bytes(catalogue.as_mo(GOOD | {"Year": Entry("年")}))

    assert catalogue.check(project, po) == 1
    assert "plant_audit.mo is not what" in capsys.readouterr().out


def test_entries_commented_out_count_as_unused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po = write(project, GOOD)
    po.write_bytes(po.read_bytes() + '\n#~ msgid "Old"\n#~ msgstr "旧"\n'.encode())

    assert catalogue.check(project, po) == 1
    assert "no longer used: 'Old'" in capsys.readouterr().out


def test_update_keeps_translations_and_notes_and_drops_the_unused(project: Path) -> None:
    po = write(project, {"Year": Entry("年份", comments=("as on the cover",)), "Old": Entry("旧")})

    assert catalogue.update(project, po) == 0

    entries = catalogue.read(po.read_bytes())
    assert entries == {"Plant {name}": Entry(), "Year": Entry("年份", comments=("as on the cover",))}


def test_what_has_no_words_translates_itself() -> None:
    assert catalogue.merged({}, ["{share} %", "{n} t"]) == {"{share} %": Entry("{share} %"), "{n} t": Entry()}
    assert catalogue.merged({}, ["“{file}”: {why}"]) == {"“{file}”: {why}": Entry("“{file}”：{why}")}


def test_update_twice_changes_nothing(project: Path) -> None:
    po = project / "new" / "plant_audit.po"
    catalogue.update(project, po)
    first = po.read_bytes(), po.with_suffix(".mo").read_bytes()
    catalogue.update(project, po)

    assert (po.read_bytes(), po.with_suffix(".mo").read_bytes()) == first
    assert b"Date" not in first[0] + first[1]
    assert b"core/a.py" not in first[0]


def test_the_compiled_file_is_what_gettext_reads() -> None:
    compiled = gettext.GNUTranslations(BytesIO(catalogue.as_mo(GOOD)))

    assert compiled.gettext("Year") == "年份"


def test_long_and_odd_sentences_survive_the_file() -> None:
    entries = {'A "quoted"\nline \\ and ' + "words " * 60: Entry("“引号”\n" + "字" * 200)}

    assert catalogue.read(catalogue.as_po(entries)) == entries
