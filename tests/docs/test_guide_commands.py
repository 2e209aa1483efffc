"""Whoever types the commands of the guide from top to bottom gets through; in both languages."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from core.cli import main
from core.signing import AUDITOR, Identity, create_authority, create_request, issue, save_certificate
from tests.carried import quick_p12
from tests.core.exchange.publishers import workbooks
from tests.docs.test_method_pages import PAGES

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {"en": DOCS / "guide.md", "zh": DOCS / "guide.zh.md"}
FILES = {
    "en": {"bills": "bills.xlsx", "sources": "sources.csv", "forgotten": "forgotten.csv", "proof": "bill-march.pdf",
           "calibration": "calibration.pdf", "tariff": "tariff.pdf", "loads": "loads-2024.csv",
           "climate": "climate.csv", "gas": "gas.csv"},
    "zh": {"bills": "账单.xlsx", "sources": "排放源.csv", "forgotten": "漏记.csv", "proof": "三月电费单.pdf",
           "calibration": "检定证书.pdf", "tariff": "供电公司声明.pdf", "loads": "负荷-2024.csv",
           "climate": "气候.csv", "gas": "用气.csv"},
}  # fmt: skip
"""What the person brings, and the guide names."""
NAMES = {"en": ("Main meter", "Boiler house"), "zh": ("总进线", "锅炉房")}
"""Of the sources of the bills."""
HEADS = {
    "en": "Time,30010001 Main meter (kWh),30010002 PV (kWh),30010003 Feed-in (kWh)",
    "zh": "时间,30010001 总进线 电量（kWh）,30010002 光伏 发电量（kWh）,30010003 上网 电量（kWh）",
}
"""Of the columns of the logger."""
GAP = (datetime(2024, 8, 12, 10), datetime(2024, 8, 12, 13))
"""When the logger of the main meter was silent."""
JUDGED = {"--demo", "--keep"}
"""A claim that is contradicted is told by the exit code 1."""
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


def bills(path: Path, lang: str) -> None:
    """The template, filled as a person fills it: two years of electricity and gas."""
    meter, boilers = NAMES[lang]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(n for n in range(1, sheet.max_row + 2) if sheet.cell(n, 1).value is None)
    for year in (2023, 2024):
        for month in range(1, 13):
            for source, method, item, quantity, unit in (
                (meter, "purchased_electricity", "electricity", 412_350 + 1_700 * month, "kWh"),
                (boilers, "stationary_combustion", "natural_gas", 9_310 + 211 * month, "m3"),
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


def loads(head: str) -> str:
    """A year of quarters of an hour below a head."""
    return f"{head}\n{_quarters()}"


@cache
def _quarters() -> str:
    """A plant of two shifts with the sun on its roof."""
    lines, at = list[str](), datetime(2024, 1, 1)
    while at.year == 2024:
        hour, day = at.hour + at.minute / 60, at.timetuple().tm_yday
        height = max(0.0, math.sin((hour - 6) / 12 * math.pi)) * (0.75 - 0.25 * math.cos(day / 366 * 2 * math.pi))
        sun = round(120 * height * (0.6 + 0.4 * abs(math.sin(day * 1.7))), 1)
        use = round((95 if 7 <= hour < 23 and at.weekday() < 6 else 40) + 8 * math.sin(day + hour), 1)
        bought = "" if GAP[0] <= at < GAP[1] else f"{max(use - sun, 0):.1f}"
        lines.append(f"{at:%Y-%m-%d %H:%M},{bought},{sun:.1f},{max(sun - use, 0):.1f}")
        at += timedelta(minutes=15)
    return "\n".join(lines) + "\n"


def gas() -> str:
    """Months before and after the boiler house was insulated, with their heating degree days."""
    degree_days = (760, 620, 430, 190, 60, 5, 0, 0, 45, 210, 470, 690)
    lines = ["start,end,energy,hdd"]
    for year, base, slope in ((2023, 4_000, 21.5), (2024, 3_800, 17.0)):
        for month, days in enumerate(degree_days, 1):
            first = datetime(year, month, 1)
            last = datetime(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            energy = base + slope * days + 150 * math.sin(7 * month + year)
            lines.append(f"{first:%Y-%m-%d},{last:%Y-%m-%d},{energy:.0f},{days}")
    return "\n".join(lines) + "\n"


def climate(lang: str) -> str:
    """The table of twelve months that the page about weather files shows."""
    page = DOCS / ("interval-data.md" if lang == "en" else "interval-data.zh.md")
    blocks = re.findall(r"^```csv\n(.+?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return next(str(block) for block in blocks if "latitude" in block)


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
    quick_p12(
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
    (folder / names["loads"]).write_text(loads(HEADS[lang]), encoding="utf-8")
    (folder / names["climate"]).write_text(climate(lang), encoding="utf-8")
    (folder / names["gas"]).write_text(gas(), encoding="utf-8")
    (folder / names["forgotten"]).write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Emergency generator,stationary_combustion,diesel,2024-09,,410,l,D-09\n",
        encoding="utf-8",
    )

    def after(words: list[str]) -> None:
        if "template" in words:
            bills(folder / names["bills"], lang)

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
        expected = 1 if "claim" in words and JUDGED & set(words) else 0
        assert code == expected, f"{' '.join(words)}\n{said.out}\n{said.err}"
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
