"""Small exports of each registry with made-up data, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from tests.core.exchange.books import csv_of

Rows = Sequence[Sequence[object]]

GEC = (
    "绿证编号",
    "电量（兆瓦时）",
    "项目名称",
    "电量生产年月",
    "能源类型",
    "是否可交易",
    "核销日期",
    "核销主体",
    "核销用途",
    "投产日期",
)
GEC_ROW = (
    "12345678901234567202405000000111",
    "1",
    "北山风电场",
    "2024年5月",
    "风电",
    "是",
    "2024-08-01 10:22:11",
    "甲公司",
    "自愿消费",
    "2021-06-30",
)
GEC_EN = (
    "First GEC number",
    "Last GEC number",
    "Number of GECs",
    "Project",
    "Production month",
    "Energy type",
    "GEC type",
    "Retirement date",
)
GEC_EN_ROW = ("GEC-NT-000001", "GEC-NT-000250", "250", "Own roof", "2024-05", "Solar PV", "non-tradable", "2024-08-01")

IREC = (
    "From certificate",
    "To certificate",
    "Volume (MWh)",
    "Redemption date",
    "Beneficiary",
    "Redemption purpose",
    "Production device",
    "Country of origin",
    "Technology",
    "Production start",
    "Production end",
)
IREC_ROW = (
    "0000-0012-3456-7000.000000",
    "0000-0012-3456-7011.999999",
    "12",
    "31/08/2024",
    "Plant Ltd",
    "2024 consumption",
    "Longmen Wind",
    "China",
    "Wind - Onshore",
    "2024-05-01",
    "2024-05-31",
)

AIB = (
    "Production device",
    "Country of production",
    "Technology code",
    "Production period from",
    "Production period to",
    "Certificate number from",
    "Certificate number to",
    "Number of certificates",
    "Cancellation date",
    "Beneficiary",
    "Purpose of cancellation",
)
AIB_ROW = (
    "Fjell kraftverk",
    "NO",
    "T030200",
    "01.04.2024",
    "30.04.2024",
    "643002406111111111000000000001",
    "643002406111111111000000000500",
    "500",
    "15.01.2025",
    "Werk GmbH",
    "Disclosure 2024",
)

REGO = (
    "Accreditation No.",
    "Generating Station / Agent Group",
    "Station TIC",
    "Scheme",
    "Country",
    "Technology Group",
    "Generation Type",
    "Output Period",
    "No. Of Certificates",
    "Start Certificate No.",
    "End Certificate No.",
    "MWh Per Certificate",
    "Issue Date",
    "Certificate Status",
    "Status Date",
    "Current Holder Organisation Name",
    "Company Registration Number",
)
REGO_ROW = (
    "G09999NWSC",
    "Glen Wind",
    "92000.00",
    "REGO",
    "Scotland",
    "On-shore Wind",
    "N/A",
    "Apr-2024",
    "9468",
    "G09999NWSC0000000000010424300424GEN",
    "G09999NWSC0000009467010424300424GEN",
    "1.000000000000",
    "05/06/2024",
    "Redeemed",
    "01/07/2024",
    "Plant UK Ltd",
    "",
)

MRETS = (
    "Serial Number Base",
    "Serial Number Start",
    "Serial Number End",
    "Quantity",
    "Vintage",
    "Generator",
    "Fuel Type",
    "State",
    "Retirement Date",
    "Beneficiary",
    "Retirement Reason",
)
MRETS_ROW = (
    "M123-04-2024-MN-K7QD",
    "1",
    "250",
    "250",
    "04/2024",
    "Prairie Wind",
    "Wind",
    "MN",
    "2025-01-20",
    "Plant Inc",
    "Voluntary",
)

WREGIS = (
    "WREGIS GU ID",
    "Generator Plant-Unit Name",
    "Fuel Type",
    "Vintage",
    "Certificate Serial Numbers",
    "Quantity",
    "State",
    "Retirement Date",
    "Retirement Reason",
    "Retired on behalf of",
)
WREGIS_ROW = (
    "W4711",
    "Mesa Solar",
    "Solar Photovoltaic",
    "May 2024",
    "4711-CA-98765-1 to 40",
    "40",
    "CA",
    "2025-02-03",
    "Green pricing",
    "Plant Inc",
)

OWN = (
    "Name",
    "Kind",
    "Scheme",
    "Market",
    "Generated from",
    "Generated to",
    "Quantity [MWh]",
    "Serial numbers",
    "Contract number",
    "Technology",
    "Price per MWh",
    "Currency",
)
OWN_ROW = (
    "Roof lease",
    "direct line",
    "",
    "CN",
    "2024-01-01",
    "2024-12-31",
    "1,200.5",
    "",
    "DL-7",
    "solar",
    "31.5",
    "CNY",
)

VERRA = (
    "Issuance Date",
    "Vintage Start",
    "Vintage End",
    "ID",
    "Name",
    "Country/Area",
    "Project Type",
    "Methodology",
    "Total Vintage Quantity",
    "Quantity Issued",
    "Serial Number",
    "Retirement/Cancellation Date",
    "Retirement Beneficiary",
    "Retirement Reason",
    "Retirement Details",
)
VERRA_ROW = (
    "25/07/2023",
    "01/01/2020",
    "19/11/2020",
    "9998",
    "Grassland afforestation",
    "Paraguay",
    "Afforestation",
    "AR-ACM0003",
    "99,870",
    "100",
    "12629-421604001-421604100-VCS-VCU-576-VER-PY-14-9998-01012020-19112020-0",
    "13/02/2025",
    "Plant Ltd",
    "Environmental Benefit",
    "",
)

GOLD = (
    "GSID",
    "Project Name",
    "Country",
    "Product Type",
    "Project Type",
    "Vintage",
    "Quantity",
    "Serial Number",
    "Credit Status",
    "Retirement Date",
    "Using Entity",
    "Note",
)
GOLD_ROW = (
    "GS7777",
    "Cook stoves",
    "Kenya",
    "VER",
    "Energy efficiency",
    "2022",
    "43",
    "GS1-1-KE-GS7777-16-2022-30645-608-650",
    "Retired",
    "2025-03-04",
    "Plant Ltd",
    "",
)


def export(head: Sequence[object], *rows: Sequence[object], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A csv of an export."""
    return csv_of(*rows, head=head, encoding=encoding, separator=separator)


def changed(head: Sequence[object], row: Sequence[object], **changes: object) -> tuple[object, ...]:
    """A row that differs by the place of columns: ``c3="x"``."""
    values = list(row)
    for key, value in changes.items():
        values[int(key[1:])] = value
    assert len(values) == len(head)
    return tuple(values)
