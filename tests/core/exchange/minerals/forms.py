"""Own-made workbooks with cells where the templates have them; every address is written out here, none is asked for.

The words beside the cells are our own: of the originals only the numbers and letters before the questions matter.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Cells = dict[str, object]
_SAVED: dict[str, bytes] = {}
DAY = datetime(2025, 6, 1)


def people(*addresses: str) -> Cells:
    """Cells below the scope, from the number of the company to the day."""
    said = ("HRB 1", "Amtsgericht", "Road 1", "Wang Fang", "wang@weld.example", "+86 1", "Li Ming", "Director",
            "li@weld.example", "+86 2", DAY)  # fmt: skip
    return dict(zip(addresses, said, strict=True))


CMRT_HEAD: Cells = {"B8": "Company (*)", "D8": "Weld Wire Ltd", "D9": "A. Company"} | people(
    "D12", "D13", "D14", "D15", "D16", "D17", "D18", "D19", "D20", "D21", "D22"
)
CMRT_QUESTIONS: Cells = {
    "B25": "1) added?", "B31": "2) remains?", "B37": "3) covered?", "B43": "4) areas?", "B49": "5) recycled?",
    "B55": "6) share?", "B61": "7) identified?", "B67": "8) reported?",
    "B75": "A. policy?", "B77": "B. public?", "B79": "C. audited?", "B81": "D. diligence?", "B83": "E. surveyed?",
    "B85": "F. reviewed?", "B87": "G. corrective?", "B89": "H. filing?",
}  # fmt: skip
CMRT_METALS: Cells = {
    f"B{row}": name
    for first in (26, 32, 38, 44, 50, 56, 62, 68)
    for row, name in zip(range(first, first + 4), ("Tantalum (*)", "Tin (*)", "Gold (*)", "Tungsten (*)"), strict=True)
}
CMRT_ANSWERS: Cells = {
    "D26": "No", "D27": "Yes", "D28": "No", "D29": "No",
    "D33": "Yes", "D39": "No", "D45": "Unknown", "D51": "No", "D57": "100%", "D63": "Yes", "D69": "Yes",
    "D75": "Yes", "D77": "Yes", "D79": "Yes", "D81": "Yes", "D83": "Yes, in conformance with IPC1755 (e.g., CMRT)",
    "D85": "Yes", "D87": "Yes", "D89": "No", "G77": "https://weld.example/minerals", "G45": "we still ask",
}  # fmt: skip
SMELTER_HEAD: Cells = {"A4": "Number", "B4": "Metal (*)", "C4": "Look-up (*)", "D4": "Name (1)"}
ALPHA: Cells = {
    "A5": "CID000100", "B5": "Tin", "C5": "Alpha Tin Smelting", "D5": "Alpha Tin Smelting", "E5": "China",
    "F5": "CID000100", "G5": "RMI", "H5": "Smelter Road", "I5": "Gejiu", "J5": "Yunnan", "K5": "Zhao",
    "L5": "zhao@alpha.example", "M5": "none", "N5": "Old Mine", "O5": "Bolivia", "P5": "No", "Q5": "checked",
}  # fmt: skip


@dataclass
class Form:
    """A workbook in the making: cells by address on each sheet."""

    top: str
    """What the first row says."""
    declaration: Cells
    smelters: Cells = field(default_factory=lambda: SMELTER_HEAD | ALPHA)
    products: Cells = field(default_factory=dict)
    more: dict[str, Cells] = field(default_factory=dict)
    """Further sheets."""
    history: Sequence[str] = ()
    without: Sequence[str] = ()
    """Sheets that are missing."""

    def with_cells(self, cells: Mapping[str, object]) -> Form:
        """Other cells of the declaration; None empties one."""
        self.declaration = self.declaration | dict(cells)
        return self

    def saved(self) -> bytes:
        """The bytes of the workbook; equal ones are written once."""
        known = repr(self)
        if known not in _SAVED:
            _SAVED[known] = self._saved()
        return _SAVED[known]

    def _saved(self) -> bytes:
        book = Workbook()
        book.remove(book.worksheets[0])
        sheets: dict[str, Cells] = {
            "Revision": {f"A{row}": text for row, text in enumerate(self.history, 1)},
            "Declaration": {"B2": self.top} | self.declaration,
            "Smelter List": self.smelters,
            "Checker": {"A1": "not believed"},
            "Product List": {"B5": "Number (*)", "C5": "Name"} | self.products,
            **self.more,
        }
        for name, cells in sheets.items():
            if name not in self.without:
                fill(book.create_sheet(name), cells)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def fill(sheet: Worksheet, cells: Mapping[str, object]) -> None:
    for address, value in cells.items():
        if value is not None:
            sheet[address] = value  # type: ignore[assignment]


def cmrt(edition: str = "6.5") -> Form:
    """A complete CMRT of tin."""
    top = f"Minerals form (CMRT) Revision {edition} April 2025" if edition else "A form"
    return Form(top, {"D3": "English"} | CMRT_HEAD | CMRT_QUESTIONS | CMRT_METALS | CMRT_ANSWERS)


EMRT_1: Cells = {
    "B25": "1) added?", "B26": "Cobalt", "B27": "Mica", "B31": "2) remains?", "B32": "Cobalt", "B33": "Mica",
    "B37": "3) areas?", "B38": "Cobalt", "B39": "Mica", "B43": "4) recycled?", "B44": "Cobalt", "B45": "Mica",
    "B49": "5) share?", "B50": "Cobalt", "B51": "Mica", "B55": "6) identified?", "B56": "Cobalt", "B57": "Mica",
    "B61": "7) reported?", "B62": "Cobalt", "B63": "Mica",
    "B69": "A. policy?", "B71": "B. public?", "B73": "C. audited?", "B74": "Cobalt", "B75": "Mica",
    "B77": "D. diligence?", "B79": "E. surveyed?", "B81": "F. reviewed?", "B83": "G. corrective?",
    "D26": "Yes", "D27": "Not applicable for this declaration", "D32": "Yes", "D38": "DRC only", "D44": "No", "D50": 1,
    "D56": "Yes", "D62": "Yes", "D69": "Yes", "D71": "No", "D74": "Yes, when more processors are validated",
    "D77": "Yes", "D79": "Yes, Using Other Format (Describe)", "G79": "by letter", "D81": "Yes", "D83": "Yes",
}  # fmt: skip
KOBOLD: Cells = {"A5": "CID000500", "B5": "Cobalt", "C5": "Kobold", "D5": "Kobold", "E5": "Finland", "F5": "CID000500"}


def emrt_1(edition: str = "1.3") -> Form:
    """A complete EMRT of cobalt."""
    return Form(f"Form (EMRT) Revision {edition}", {"D3": "English"} | CMRT_HEAD | EMRT_1, SMELTER_HEAD | KOBOLD)


EMRT_2: Cells = {
    "D8": "Weld Wire Ltd", "D9": "A. Company",
    "D12": "Cobalt", "E12": "(Delete Copper)", "G12": "(Delete Graphite)", "D13": "(Delete Lithium)",
    "E13": "(Delete Mica)", "G13": "Nickel",
    "B29": "1) added?", "B30": "Cobalt", "B31": "Nickel", "B41": "2) remains?", "B42": "Cobalt", "B43": "Nickel",
    "B53": "3) areas?", "B54": "Cobalt", "B55": "Nickel", "B65": "4) recycled?", "B66": "Cobalt", "B67": "Nickel",
    "B77": "5) share?", "B78": "Cobalt", "B79": "Nickel", "B89": "6) identified?", "B90": "Cobalt", "B91": "Nickel",
    "B101": "7) reported?", "B102": "Cobalt", "B103": "Nickel",
    "B115": "A. policy?", "B117": "B. public?", "B119": "C. audited?", "B120": "Cobalt", "B121": "Nickel",
    "B131": "D. diligence?", "B133": "E. surveyed?", "B135": "F. reviewed?", "B137": "G. corrective?",
    "D30": "Yes", "D31": "Not declaring", "D42": "Yes", "D54": "Unknown", "D66": "No", "D78": "Greater than 75%",
    "D90": "No", "D102": "Yes", "D115": "Yes", "D117": "No", "D120": "Yes", "D131": "Yes",
    "D133": "Yes, in conformance with IPC1755 (e.g. EMRT)", "D135": "Yes", "D137": "No", "G78": "two are late",
} | people("D16", "D17", "D18", "D19", "D20", "D21", "D22", "D23", "D24", "D25", "D26")  # fmt: skip


def emrt_2(edition: str = "2.1") -> Form:
    """A complete EMRT that chose cobalt and nickel."""
    return Form(f"Form (EMRT) Revision {edition}", {"D3": "English"} | EMRT_2, SMELTER_HEAD | KOBOLD,
                more={"Mine List": {"A4": "Metal"}})  # fmt: skip


AMRT_1: Cells = {
    "D8": "Weld Wire Ltd", "D9": "A. Company", "D12": "Zinc", "E12": "Osmium",
    "B27": "1) added?", "B28": "Osmium", "B29": "Zinc", "B39": "2) share?", "B40": "Osmium", "B41": "Zinc",
    "D28": "No", "D29": "Yes", "D41": "50% or less", "G41": "more to come",
} | people("D14", "D15", "D16", "D17", "D18", "D19", "D20", "D21", "D22", "D23", "D24")  # fmt: skip


def amrt_1(edition: str = "1.1") -> Form:
    """A complete AMRT of zinc and osmium, in own words; smelters without look-up."""
    smelters: Cells = {
        "A4": "Metal", "A5": "Zinc", "B5": "Zeta Zinc", "C5": "Canada", "D5": "CID000700", "E5": "RMI", "F5": "Street",
        "G5": "Trail", "H5": "BC", "I5": "Ann", "J5": "ann@zeta.example", "K5": "none", "L5": "Deep Mine",
        "M5": "Canada", "N5": "No", "O5": "fine",
    }  # fmt: skip
    return Form(f"Form (AMRT) Revision {edition}", {"D3": "English"} | AMRT_1, smelters)


AMRT_3: Cells = {
    "D8": "Weld Wire Ltd", "D9": "A. Company", "D12": "Zinc", "E12": "Other [specify below]", "E15": "Osmium",
    "B30": "1) added?", "B31": "Osmium", "B32": "Zinc", "B42": "2) share?", "B43": "Osmium", "B44": "Zinc",
    "D31": "Not declaring", "D32": "Yes", "D44": "Did not survey", "G44": "next year",
} | people("D17", "D18", "D19", "D20", "D21", "D22", "D23", "D24", "D25", "D26", "D27")  # fmt: skip


def amrt_3(edition: str = "1.3") -> Form:
    """A complete AMRT of zinc and another one."""
    zeta: Cells = {"A5": "CID000700", "B5": "Zinc", "C5": "Zeta Zinc", "D5": "Zeta Zinc", "E5": "Canada",
                   "F5": "CID000700"}  # fmt: skip
    return Form(f"Form (AMRT) Revision {edition}", {"D3": "English"} | AMRT_3, SMELTER_HEAD | zeta)
