"""Files as inverters, portals and utilities write them, in their documented layouts, with invented numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from openpyxl import Workbook

BERLIN, SHANGHAI, CHICAGO = (ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Shanghai", "America/Chicago"))


@dataclass(frozen=True)
class Layout:
    """A file, and what must come out of it."""

    name: str
    data: bytes
    zone: ZoneInfo
    columns: dict[str, tuple[str, str, str]]
    """Quantity, unit and label of each column."""
    start: datetime
    """Beginning of the first interval, local time."""
    step: int
    expected: Sequence[float]
    """All values of the first column."""
    questions: frozenset[str] = frozenset()
    """Fields of the mapping that must be asked."""
    answers: dict[str, Any] = field(default_factory=dict)
    """What the person says."""


def times(start: datetime, minutes: int, count: int) -> list[datetime]:
    """Moments on a clock that is not changed."""
    return [start + timedelta(minutes=minutes * i) for i in range(count)]


def sun(count: int, per_day: int, peak: float) -> list[float]:
    """A generation curve: nothing at night."""
    place = np.arange(count) % per_day / per_day
    return [float(v) for v in np.round(np.maximum(0, np.sin((place - 0.25) * 2 * np.pi)) * peak, 3)]


def load(count: int, base: float = 40.0) -> list[float]:
    """A load that never stands still."""
    place = np.arange(count)
    return [float(v) for v in np.round(base + 12.5 * np.sin(place / 7.0) + place % 5 * 0.25, 2)]


def comma(value: float, digits: int = 3) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def book(rows: Iterable[Sequence[object]], title: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def sma_sunny_explorer() -> Layout:
    """SMA Sunny Explorer: eight lines of head, the format of dates in it, decimal comma, blanks before numbers."""
    moments = times(datetime(2024, 5, 1), 5, 600)
    power = sun(600, 288, 9.2)
    total = np.round(np.cumsum(power) / 12 + 12_345.678, 3).tolist()
    head = [
        "sep=;",
        "Version CSV1|Tool SE|Linebreaks CR/LF|Delimiter semicolon|Decimalpoint comma|Precision 3",
        "",
        ";SN: 2130012345;SN: 2130012345",
        ";STP 10000TL-20;STP 10000TL-20",
        ";2130012345;2130012345",
        ";Total yield;Power",
        ";Counter;Analog",
        "dd.MM.yyyy HH:mm:ss;kWh;kW",
    ]
    rows = [f"{t:%d.%m.%Y %H:%M:%S}; {comma(a)}; {comma(b)}" for t, a, b in zip(moments, total, power, strict=True)]
    return Layout(
        "sma_sunny_explorer",
        "\r\n".join([*head, *rows, ""]).encode("utf-16"),
        BERLIN,
        {"Total yield": ("counter", "kWh", "instant"), "Power": ("power", "kW", "left")},
        datetime(2024, 5, 1),
        300,
        total,
        frozenset({"clock", "label"}),
    )


def huawei_fusion_solar() -> Layout:
    """Huawei FusionSolar, report of a plant: a title, hours, several values, a name in each row."""
    moments = times(datetime(2024, 5, 1), 60, 72)
    pv = sun(72, 24, 810.5)
    rows: list[Sequence[object]] = [
        ["Plant Report"],
        ["Statistical Period", "Plant Name", "Global Irradiation (kWh/㎡)", "Average Temperature(°C)",
         "Theoretical Yield (kWh)", "PV Yield (kWh)", "Export (kWh)", "Peak Power (kW)", "Revenue (¥)"],
    ]  # fmt: skip
    rows += [
        [t.strftime("%Y-%m-%d %H:%M:%S"), "Dach Nord", v / 1000, 21.5, v * 1.1, v, v * 0.4, v * 1.02, v * 0.5]
        for t, v in zip(moments, pv, strict=True)
    ]
    return Layout(
        "huawei_fusion_solar",
        book(rows),
        SHANGHAI,
        {
            "Dach Nord · Global Irradiation (kWh/㎡)": ("energy", "kWh/m2", "left"),
            "Dach Nord · Average Temperature(°C)": ("level", "degC", "left"),
            "Dach Nord · Theoretical Yield (kWh)": ("energy", "kWh", "left"),
            "Dach Nord · PV Yield (kWh)": ("energy", "kWh", "left"),
            "Dach Nord · Export (kWh)": ("energy", "kWh", "left"),
            "Dach Nord · Peak Power (kW)": ("power", "kW", "left"),
        },
        datetime(2024, 5, 1),
        3600,
        [round(v / 1000, 15) for v in pv],
        frozenset({"label"}),
    )


def huawei_fusion_solar_chinese() -> Layout:
    """Huawei FusionSolar in Chinese, an inverter in five minutes: yield of the day, at zero each midnight."""
    moments = times(datetime(2024, 5, 1), 5, 576)
    power = sun(576, 288, 96.0)
    today = np.concatenate(
        [np.round(np.cumsum(power[:288]) / 12, 2), np.round(np.cumsum(power[288:]) / 12, 2)]
    ).tolist()
    head = "开始时间,设备名称,逆变器状态,当日发电量(kWh),有功功率(kW),效率(%)"
    rows = [
        f"{t:%Y-%m-%d %H:%M:%S},逆变器-01,并网,{a:.2f},{p:.3f},98.1"
        for t, a, p in zip(moments, today, power, strict=True)
    ]
    return Layout(
        "huawei_fusion_solar_chinese",
        "\n".join([head, *rows, ""]).encode("gb18030"),
        SHANGHAI,
        {
            "逆变器-01 · 当日发电量(kWh)": ("day_counter", "kWh", "instant"),
            "逆变器-01 · 有功功率(kW)": ("power", "kW", "left"),
        },
        datetime(2024, 5, 1),
        300,
        today,
        frozenset({"label"}),
    )


def fronius_solarweb() -> Layout:
    """Fronius Solar.web: units in a second row, in brackets, with the format of the times."""
    moments = times(datetime(2024, 5, 1), 5, 400)
    energy = [round(v * 100) / 100 for v in sun(400, 288, 760.0)]
    head = ["Datum und Uhrzeit;Energie | Symo GEN24 10.0;Netzeinspeisung", "[dd.MM.yyyy HH:mm];[Wh];[Wh]"]
    rows = [f"{t:%d.%m.%Y %H:%M};{comma(v, 2)};{comma(v / 2, 3)}" for t, v in zip(moments, energy, strict=True)]
    return Layout(
        "fronius_solarweb",
        "\r\n".join([*head, *rows, ""]).encode("utf-8-sig"),
        BERLIN,
        {"Energie | Symo GEN24 10.0": ("energy", "Wh", "left"), "Netzeinspeisung": ("energy", "Wh", "left")},
        datetime(2024, 5, 1),
        300,
        energy,
        frozenset({"clock", "label"}),
    )


def goodwe_sems() -> Layout:
    """GoodWe SEMS: lines about the plant first; power in W of moments; what is no meter (SOC) among it."""
    moments = times(datetime(2024, 5, 1, 0, 5), 5, 300)
    power = [float(round(v)) for v in sun(300, 288, 12_000.0)]
    rows: list[Sequence[object]] = [["Plant: Werk 2"], ["Date: 2024-05-01"]]
    rows += [["Time", "PV(W)", "SOC(%)", "Battery(W)", "Grid (W)", "Load (W)"]]
    rows += [[f"{t:%d.%m.%Y %H:%M:%S}", v, 55, 0, -v / 2, v / 2] for t, v in zip(moments, power, strict=True)]
    return Layout(
        "goodwe_sems",
        book(rows),
        BERLIN,
        {
            "PV(W)": ("power", "W", "instant"),
            "Battery(W)": ("power", "W", "instant"),
            "Grid (W)": ("power", "W", "instant"),
            "Load (W)": ("power", "W", "instant"),
        },
        datetime(2024, 5, 1, 0, 5),
        300,
        power,
        frozenset({"clock", "label"}),
        {"label": "instant"},
    )


def sungrow_isolarcloud() -> Layout:
    """Sungrow iSolarCloud: every field quoted, one column per inverter, ``--`` where nothing was measured."""
    moments = times(datetime(2024, 5, 1), 15, 200)
    power = sun(200, 96, 108.4)
    head = '"Time","Inverter 1/Total Active Power(kW)","Inverter 2/Total Active Power(kW)"'
    rows = [
        f'"{t:%Y-%m-%d %H:%M}","{v:.3f}","{"--" if i % 50 == 0 else f"{v / 2:.3f}"}"'
        for i, (t, v) in enumerate(zip(moments, power, strict=True))
    ]
    return Layout(
        "sungrow_isolarcloud",
        "\r\n".join([head, *rows, ""]).encode(),
        SHANGHAI,
        {
            "Inverter 1/Total Active Power(kW)": ("power", "kW", "left"),
            "Inverter 2/Total Active Power(kW)": ("power", "kW", "left"),
        },
        datetime(2024, 5, 1),
        900,
        power,
        frozenset({"label"}),
    )


def state_grid() -> Layout:
    """State Grid, load curve of 96 points: a day per row from 0:15 to 24:00, several meters."""
    points = [f"{m // 60:d}:{m % 60:02d}" for m in range(15, 24 * 60 + 1, 15)]
    rows: list[Sequence[object]] = [
        ["用户96点负荷曲线查询"],
        ["户号", "户名", "电能表资产号", "数据日期", "数据类型", "综合倍率", *points],
    ]
    for meter, base in (("0301234567", 400.0), ("0301234568", 90.0)):
        for day in range(3):
            rows.append(
                [
                    "3400123456",
                    "某某汽车零部件有限公司",
                    meter,
                    f"2024-05-0{day + 1}",
                    "有功功率(kW)",
                    800,
                    *load(96, base + day),
                ]
            )
    return Layout(
        "state_grid",
        book(rows, "负荷曲线"),
        SHANGHAI,
        {"0301234567": ("power", "kW", "right"), "0301234568": ("power", "kW", "right")},
        datetime(2024, 5, 1),
        900,
        [v for day in range(3) for v in load(96, 400.0 + day)],
        frozenset({"multiplied"}),
    )


def german_load_profile() -> Layout:
    """A German grid operator: day and time apart, 24:00 at the end of a day, an umlaut in Latin-1, a status."""
    moments = times(datetime(2024, 1, 1, 0, 15), 15, 96 * 3)
    values = load(96 * 3, 120.0)
    head = ["Zählpunkt;DE0001234567890000000000000000001", "OBIS;1-0:1.29.0", "Datum;Zeit;kW;Status"]

    def label(t: datetime) -> str:
        if t.time().isoformat() == "00:00:00":
            return f"{t - timedelta(days=1):%d.%m.%Y};24:00"
        return f"{t:%d.%m.%Y};{t:%H:%M}"

    rows = [
        f"{label(t)};{comma(v, 2)};{'E' if i == 5 else 'W'}"
        for i, (t, v) in enumerate(zip(moments, values, strict=True))
    ]
    return Layout(
        "german_load_profile",
        "\r\n".join([*head, *rows, ""]).encode("latin-1"),
        BERLIN,
        {"kW": ("power", "kW", "right")},
        datetime(2024, 1, 1),
        900,
        values,
        frozenset({"clock"}),
    )


def american_utility() -> Layout:
    """A utility's csv: name and account first, beginning and end of each hour, AM and PM, a cost in dollars."""
    moments = times(datetime(2024, 1, 14), 60, 72)
    values = load(72, 3.0)
    head = ["Name,JANE DOE", 'Address,"1 MAIN ST, SPRINGFIELD"', "Account Number,1234567890", "Service,Service 1", ""]
    head += ["TYPE,DATE,START TIME,END TIME,USAGE (kWh),COST,NOTES"]
    rows = [
        f"Electric usage,{t.month}/{t.day}/{t.year},{t:%I:%M %p},{t + timedelta(minutes=59):%I:%M %p},{v:.2f},"
        f"${v / 8:.2f},"
        for t, v in zip(moments, values, strict=True)
    ]
    return Layout(
        "american_utility",
        "\n".join([*head, *rows, ""]).encode(),
        CHICAGO,
        {"USAGE (kWh)": ("energy", "kWh", "left")},
        datetime(2024, 1, 14),
        3600,
        values,
        frozenset({"clock"}),
    )


def logger_epoch() -> Layout:
    """A data logger: seconds since 1970, tabs, no headings with units."""
    start = int(datetime(2024, 3, 1, tzinfo=UTC).timestamp())
    values = load(300)
    rows = ["timestamp\tvalue_kwh", *(f"{start + 900 * i}\t{v}" for i, v in enumerate(values))]
    return Layout(
        "logger_epoch",
        "\n".join(rows).encode(),
        SHANGHAI,
        {"value_kwh": ("energy", "kWh", "left")},
        datetime(2024, 3, 1, 8),
        900,
        values,
        frozenset({"label"}),
    )


def stamped_iso() -> Layout:
    """ISO 8601 with the distance from UTC, and a point that names the meter."""
    zone, values = BERLIN, load(192)
    start = datetime(2024, 3, 30, 12, tzinfo=UTC)
    rows = ["meter;timestamp;energy [kWh]"]
    for meter in ("Halle 1", "Halle 2"):
        rows += [
            f"{meter};{(start + timedelta(minutes=15 * i)).astimezone(zone).isoformat()};{v}"
            for i, v in enumerate(values)
        ]
    return Layout(
        "stamped_iso",
        "\n".join(rows).encode(),
        zone,
        {"Halle 1": ("energy", "kWh", "left"), "Halle 2": ("energy", "kWh", "left")},
        datetime(2024, 3, 30, 13),
        900,
        values,
        frozenset({"label"}),
    )


def chinese_workbook() -> Layout:
    """A workbook with real dates, times in words of Chinese above, several meters as columns."""
    moments = times(datetime(2024, 5, 1), 15, 192)
    values = load(192, 800.0)
    rows: list[Sequence[object]] = [["时间", "1#变压器 电量（kWh）", "空压站 电量（kWh）"]]
    rows += [[t, v, round(v / 4, 3)] for t, v in zip(moments, values, strict=True)]
    return Layout(
        "chinese_workbook",
        book(rows, "电量"),
        SHANGHAI,
        {"1#变压器 电量（kWh）": ("energy", "kWh", "left"), "空压站 电量（kWh）": ("energy", "kWh", "left")},
        datetime(2024, 5, 1),
        900,
        values,
        frozenset(),
    )


_MADE: tuple[Callable[[], Layout], ...] = (
    sma_sunny_explorer,
    huawei_fusion_solar,
    huawei_fusion_solar_chinese,
    fronius_solarweb,
    goodwe_sems,
    sungrow_isolarcloud,
    state_grid,
    german_load_profile,
    american_utility,
    logger_epoch,
    stamped_iso,
    chinese_workbook,
)
LAYOUTS: tuple[Callable[[], Layout], ...] = tuple(map(cache, _MADE))
"""Each made once: nobody changes what it is."""


def local(moment: datetime, zone: ZoneInfo) -> int:
    """Seconds since 1970 of a local time."""
    return int(moment.replace(tzinfo=zone).timestamp())
