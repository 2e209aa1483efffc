"""What may be entered of each kind of record of the register: one description for form, command line and table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.i18n import Localised, T, Text
from core.library.record_words import field_name
from core.methods import SCOPE_TITLES

APPROACHES: Mapping[str, Text] = {
    "operational_control": T("Operational control"),
    "financial_control": T("Financial control"),
    "equity_share": T("Equity share"),
}
"""How companies are consolidated."""
FINANCIAL: Mapping[str, Text] = {"full": T("Full control"), "joint": T("Joint control"), "none": T("No control")}
"""Financial control of a holder."""
TRANSFERRED: Mapping[str, Text] = {
    "": T("Scopes 2 and 3"),
    **{scope: SCOPE_TITLES[scope] for scope in ("scope2_location", "scope2_market", "scope3")},
}
"""Lines of the buyer that a transfer is about."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One field as people enter it."""

    key: str
    """Field of the record."""
    form: str = "text"
    """``text``, ``names`` (several), ``country``, ``first`` or ``last`` (a day, kept as ISO text), ``day``, ``number``,
    ``whole``, ``flag``, ``choice``, ``figure``, or what it names: ``site``, ``holder``, ``held``."""
    required: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    """Of a ``choice``."""
    hint: Text | None = None
    also: tuple[str, ...] = ()
    """Other headings of its column in a table."""


DAYS = (
    Entered("start", "first", hint=T("First day; empty: since ever."), also=("from", "bought", "自", "买入日期")),
    Entered("end", "last", hint=T("Last day, included; empty: until now."), also=("to", "sold", "至", "卖出日期")),
)
NOTE = Entered("note", also=("notes", "remark", "说明"))
FIELDS: Mapping[str, tuple[Entered, ...]] = {
    "group": (
        Entered("name", required=True),
        Entered("approach", "choice", True, APPROACHES),
        Entered("base_year", "whole", hint=T("The year that later years are compared with; empty: none is chosen.")),
        Entered("threshold", "number", True,
                hint=T("A larger change of structure, methods or errors recalculates the base year.")),
        Entered("hold_above", "number", True,
                hint=T("A report whose total differs more from the plant's last year waits for a decision.")),
        NOTE,
    ),
    "company": (
        Entered("name", required=True, also=("company", "legal entity", "公司", "企业名称")),
        Entered("country", "country", True),
        NOTE,
    ),
    "site": (
        Entered("name", required=True, also=("plant", "site", "工厂")),
        Entered("country", "country", True),
        Entered("business", hint=T("Segment of the group, e.g. Brakes."), also=("segment", "division", "业务板块")),
        Entered("reported_as", "names", hint=T("Other names in its reports, separated by semicolons."),
                also=("former names", "aliases", "曾用名")),
        Entered("opened", "first", hint=T("First day on which it worked; empty: before every period.")),
        Entered("closed", "last", hint=T("Last day on which it worked; empty: it still does.")),
        Entered("contact", hint=T("E-mail address for reminders and requests."), also=("e-mail", "email", "邮箱")),
        NOTE,
    ),
    "stake": (
        Entered("holder", "holder", True, also=("owner", "parent", "母公司")),
        Entered("held", "held", True, also=("company or plant", "subsidiary", "子公司")),
        *DAYS,
        Entered("percent", "number", True, also=("share", "percentage", "比例")),
        Entered("operational", "flag", hint=T("The holder decides how it is run.")),
        Entered("financial", "choice", True, FINANCIAL),
        Entered("reason", hint=T("Why it began or ended: bought, sold, founded, merged.")),
    ),
    "transfer": (
        Entered("seller", "site", True, also=("from plant", "供应工厂")),
        Entered("buyer", "site", True, also=("to plant", "接收工厂")),
        Entered("source", required=True, hint=T("Emission source in the reports of the buyer, by its name there.")),
        *DAYS,
        Entered("percent", "number", True, hint=T("Share of the source that comes from the seller."),
                also=("share", "比例")),
        Entered("scope", "choice", False, TRANSFERRED),
        NOTE,
    ),
    "site_figure": (
        Entered("site", "site", True, also=("plant", "工厂")),
        Entered("name", "figure", True, also=("figure", "key figure", "指标")),
        Entered("unit", required=True),
        Entered("year", "whole", True),
        Entered("quantity", "number", True, also=("amount", "value", "数值")),
        Entered("source", required=True, hint=T("Where the figure comes from, e.g. the payroll of December.")),
    ),
    "deadline": (
        Entered("id", "whole", True, also=("year", "年度")),
        Entered("due", "day", True, also=("deadline", "截止日期")),
    ),
}  # fmt: skip
"""By kind, in the order of reading."""
PLURALS: Mapping[str, Text] = {
    "company": T("Companies"),
    "site": T("Plants"),
    "stake": T("Stakes"),
    "transfer": T("Transfers"),
    "site_figure": T("Figures of plants"),
    "deadline": T("Deadlines"),
}


def title_of(kind: str, key: str) -> Localised:
    """What a field is called."""
    return field_name(kind, key)
