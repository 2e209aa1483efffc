"""Whoever types the commands of the guide from top to bottom gets through; in both languages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from core.cli import main
from core.signing import AUDITOR, Identity, create_authority, create_request, issue, save_certificate, save_p12
from tests.core.exchange.publishers import workbooks
from tests.docs.test_method_pages import PAGES

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {"en": DOCS / "guide.md", "zh": DOCS / "guide.zh.md"}
FILES = {
    "en": {"bills": "bills.xlsx", "sources": "sources.csv", "forgotten": "forgotten.csv", "proof": "bill-march.pdf",
           "calibration": "calibration.pdf", "tariff": "tariff.pdf"},
    "zh": {"bills": "账单.xlsx", "sources": "排放源.csv", "forgotten": "漏记.csv", "proof": "三月电费单.pdf",
           "calibration": "检定证书.pdf", "tariff": "供电公司声明.pdf"},
}  # fmt: skip
"""What the person brings, and the guide names."""
SLOW = {"en": {"demo"}, "zh": {"demo", "report", "verify", "office"}}
"""Commands that take long: the demo has its own tests, and a report in both languages is signed once."""
FACTORS = """# title_en: Electricity 2031
# title_zh: 2031年电力
# publisher: Ministry
# edition: Announcement 2033 No. 1
# year: 2033
# published: 2033-01-31
# licence: public
# rank: 5
item,use,region,year,unit,CO2,place,status
electricity,location,CN,2031,kg/kWh,0.31,Table 1,VERIFIED
"""
WORD = "a long passphrase"
START = re.compile(r"^(?:python main\.py|plant-audit) ")


def commands(page: Path, program: str) -> list[list[str]]:
    blocks = re.findall(r"^```\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith(program)]
    return [shlex.split(START.sub("", line)) for line in lines]


def bills(path: Path) -> None:
    """The template, filled as a person fills it: two years of electricity and gas."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(n for n in range(1, sheet.max_row + 2) if sheet.cell(n, 1).value is None)
    for year in (2023, 2024):
        for month in range(1, 13):
            for source, method, item, quantity, unit in (
                ("Main meter", "purchased_electricity", "electricity", 412_350 + 1_700 * month, "kWh"),
                ("Boiler house", "stationary_combustion", "natural_gas", 9_310 + 211 * month, "m3"),
            ):
                values: tuple[str | int, ...] = (
                    source,
                    method,
                    item,
                    f"{year}-{month:02}",
                    "",
                    quantity,
                    unit,
                    "",
                    f"{item}-{year}-{month}",
                )
                for column, value in enumerate(values, 1):
                    sheet.cell(row, column, value)
                row += 1
    book.save(path)


def rows(lang: str) -> str:
    """The rows of the pages of the methods, as a csv."""
    text = PAGES[lang].read_text(encoding="utf-8")
    (head,) = re.findall(r"^```\n(.+)\n```$", text, flags=re.MULTILINE)[:1]
    return "\n".join([head, *re.findall(r"^```csv\n(.+)\n```$", text, flags=re.MULTILINE)]) + "\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    when = datetime.now(UTC)
    authority = create_authority("Head Office CA", "Group", when)
    key, request = create_request("Li Na", "li.na@example.org", "Group", AUDITOR)
    save_certificate(tmp_path / "head-office.pem", authority.certificate)
    save_p12(
        tmp_path / "auditor.p12", Identity(issue(authority, request, role=AUDITOR, sites=(), when=when), key), WORD
    )
    (tmp_path / "p.txt").write_text(WORD, encoding="utf-8")
    (tmp_path / "cn_electricity_2031.csv").write_text(FACTORS, encoding="utf-8")
    (tmp_path / "ghg-conversion-factors-2025-flat-format.xlsx").write_bytes(workbooks.flat())
    yield tmp_path


def bring(folder: Path, lang: str) -> Callable[[list[str]], None]:
    """What lies in the folder before the guide begins; the template is filled once it was written."""
    names = FILES[lang]
    (folder / names["sources"]).write_text(rows(lang), encoding="utf-8")
    (folder / names["proof"]).write_bytes(b"%PDF-1.7 a bill")
    (folder / names["tariff"]).write_bytes(b"%PDF-1.7 a tariff")
    (folder / names["calibration"]).write_bytes(b"%PDF-1.7 a calibration")
    (folder / names["forgotten"]).write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Emergency generator,stationary_combustion,diesel,2024-09,,410,l,D-09\n",
        encoding="utf-8",
    )

    def after(words: list[str]) -> None:
        if "template" in words:
            bills(folder / names["bills"])

    return after


@pytest.mark.parametrize("lang", sorted(GUIDES))
def test_the_guide_can_be_typed_from_top_to_bottom(lang: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = bring(folder, lang)
    typed = [words for words in commands(GUIDES[lang], "python main.py ") if not set(words) & SLOW[lang]]
    assert len(typed) > 25
    for words in typed:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        assert code == 0, f"{' '.join(words)}\n{said.out}\n{said.err}"
        after(words)


def test_both_guides_type_the_same() -> None:
    """But for names, reasons and languages."""
    ours, theirs = (commands(GUIDES[lang], "python main.py ") for lang in ("en", "zh"))
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]


def plain(words: list[str]) -> list[str]:
    if words[0] == "--ui-lang":
        words = words[2:]
    return [words[0], *(word for word in words if word.startswith("-"))]


def test_factors_can_be_looked_at_as_the_page_says(folder: Path) -> None:
    assert main(["new", "hillside.plant", "--name", "Hillside", "--country", "CN", "--region", "CN-HE"]) == 0
    for page in (DOCS / "factors.md", DOCS / "factors.zh.md"):
        for file in (*folder.glob("*.factors"), *folder.glob("water.csv")):
            file.unlink()
        typed = commands(page, "python main.py ")
        assert len(typed) == 6
        known = 2 if page.name.endswith("zh.md") else 0  # the second page takes up what the plant has already
        assert [main(words) for words in typed] == [0, known, 0, 0, 0, 0]


@pytest.mark.parametrize("page", ["signed-file.md", "signed-file.zh.md"])
def test_certificates_can_be_made_as_the_page_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("p.txt", "q.txt"):
        (tmp_path / name).write_text(WORD, encoding="utf-8")
    typed = commands(DOCS / page, "plant-audit ")
    assert [words[1] for words in typed] == ["authority", "request", "issue"]
    assert [main(words) for words in typed] == [0, 0, 0]
