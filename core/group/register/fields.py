"""What may be entered of each kind of record of the register: one description for form, command line and table."""

from __future__ import annotations

from collections.abc import Mapping

from core.entering.forms import Entered, Form, Forms
from core.group.register import checks
from core.group.register.checks import called
from core.group.register.choices import APPROACHES, FINANCIAL, GROUP_ID, TRANSFERRED
from core.i18n import Localised, T
from core.ledger import Register, SiteFigure, Stake, Transfer

DAYS = (
    Entered("start", "first", hint=T("First day; empty: since ever."), also=("from", "bought", "自", "买入日期")),
    Entered("end", "last", hint=T("Last day, included; empty: until now."), also=("to", "sold", "至", "卖出日期")),
)
NOTE = Entered("note", also=("notes", "remark", "说明"))
_FIELDS: Mapping[str, tuple[Entered, ...]] = {
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
        Entered("holder", "record", True, {GROUP_ID: T("Group")}, also=("owner", "parent", "母公司"),
                of=("group", "company")),
        Entered("held", "record", True, also=("company or plant", "subsidiary", "子公司"), of=("company", "site")),
        *DAYS,
        Entered("percent", "number", True, also=("share", "percentage", "比例")),
        Entered("operational", "flag", hint=T("The holder decides how it is run.")),
        Entered("financial", "choice", True, FINANCIAL),
        Entered("reason", hint=T("Why it began or ended: bought, sold, founded, merged.")),
    ),
    "transfer": (
        Entered("seller", "record", True, also=("from plant", "供应工厂"), of=("site",)),
        Entered("buyer", "record", True, also=("to plant", "接收工厂"), of=("site",)),
        Entered("source", required=True, hint=T("Emission source in the reports of the buyer, by its name there.")),
        *DAYS,
        Entered("percent", "number", True, hint=T("Share of the source that comes from the seller."),
                also=("share", "比例")),
        Entered("scope", "choice", False, TRANSFERRED),
        NOTE,
    ),
    "site_figure": (
        Entered("site", "record", True, also=("plant", "工厂"), of=("site",)),
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


def _in(register: Register, one: Stake) -> Localised:
    return T("{holder} in {held}", holder=called(register, one.holder), held=called(register, one.held))


def _to(register: Register, one: Transfer) -> Localised:
    return T("{seller} to {buyer}", seller=called(register, one.seller), buyer=called(register, one.buyer))


def _of(register: Register, one: SiteFigure) -> Localised:
    return T("{site}, {year}", site=called(register, one.site), year=str(one.year))


ENDS = T("Remove those first, or give the plant a last day instead.")
FORMS: Forms = {
    one.kind: one
    for one in (
        Form("group", "", _FIELDS["group"], T("Group"),
             T("How the group is added up, and from which differences on somebody has to look."), checks.check_group,
             (), digits=4, single=GROUP_ID),
        Form("company", "co", _FIELDS["company"], T("Companies"),
             T("A legal entity that holds plants or other companies."), checks.check_company, digits=4, instead=ENDS),
        Form("site", "si", _FIELDS["site"], T("Plants"),
             T("A report belongs to this plant when it carries its name, or one of the others, and its country."),
             checks.check_site, ("name", "country"), digits=4, instead=ENDS),
        Form("stake", "st", _FIELDS["stake"], T("Stakes"),
             T("A plant that is sold: give its stake a last day. Bought back: enter another stake."),
             checks.check_stake, ("holder", "held", "start"), digits=4, titled=_in),
        Form("transfer", "tr", _FIELDS["transfer"], T("Transfers"),
             T("What one plant makes and another uses is counted once in the group."), checks.check_transfer,
             ("seller", "buyer", "source", "start"), digits=4, titled=_to),
        Form("site_figure", "fi", _FIELDS["site_figure"], T("Figures of plants"),
             T("What emissions are held against. It stands above what the plant's own report says."),
             checks.check_figure, ("site", "name", "year"), digits=4, titled=_of),
        Form("deadline", "", _FIELDS["deadline"], T("Deadlines"),
             T("From the day after on, a plant without an accepted report is late."), checks.check_deadline, ("id",)),
    )
}  # fmt: skip
"""By kind, in the order of reading."""
