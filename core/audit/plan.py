"""The inventory management plan (in China: data quality control plan): what a line may say, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.audit.table_rows import altered
from core.errors import UserError
from core.i18n import Localised, Name, T, Text, verbatim
from core.inventory.judging import Decision
from core.ledger import Ledger, Meter, PlanItem
from core.library.units import normal

METHODS: Mapping[str, Name] = {
    "metered": Name("metered", "计量"),
    "billed": Name("billed", "结算账单"),
    "weighed": Name("weighed", "称重"),
    "calculated": Name("calculated", "计算"),
    "estimated": Name("estimated", "估算"),
}
"""How a figure comes about."""
FREQUENCIES: Mapping[str, Name] = {
    "daily": Name("daily", "每天"),
    "monthly": Name("monthly", "每月"),
    "quarterly": Name("quarterly", "每季度"),
    "yearly": Name("yearly", "每年"),
    "per_delivery": Name("per delivery", "每批次"),
}
MISSING: Mapping[str, Name] = {
    "highest_of_year": Name("highest of the year", "取当年最高值"),
    "neighbours_plus_margin": Name("larger neighbour plus 5 %", "取前后较大值再加5 %"),
    "design_capacity": Name("design capacity", "按设计能力"),
    "supplier": Name("figure of the supplier", "按供应商数据"),
}
"""What stands in for a missing value; none of them underestimates."""
LONGEST_TEXT = 500
MOST_MONTHS = 240
KINDS: Mapping[str, Name] = {
    "bill": Name("bill", "账单"),
    "meter_photo": Name("meter photo", "表计照片"),
    "contract": Name("contract", "合同"),
    "certificate": Name("certificate of attributes", "绿证等属性证书"),
    "calibration": Name("calibration certificate", "校准证书"),
    "laboratory": Name("laboratory report", "检测报告"),
    "minutes": Name("minutes", "会议纪要"),
}


def kind_title(kind: str) -> Localised:
    """How people call a kind of document."""
    return KINDS.get(kind, Name("document", "单据"))


# ---------------------------------------------------------------------- acts


def changing(ledger: Ledger, kept: Sequence[PlanItem] = (), removed: Sequence[str] = ()) -> Decision:
    """Add, alter and remove lines of the plan as one change.

    Parameters
    ----------
    ledger
        the plant now.
    kept
        as they shall be, with their ids; what has a new id is added.
    removed
        ids of those that go.

    Raises
    ------
    UserError
        for a line that cannot be, two about the same, or an id that does not exist.
    """
    after, steps = altered(ledger, ledger.held(PlanItem), kept, removed, _unknown)
    for one in kept:
        checked(one)
    seen: set[tuple[str, str]] = set()
    new = {one.id for one in kept}
    for one in (*(one for key, one in after.items() if key not in new), *kept):
        if (one.source, one.item) in seen:
            raise UserError(
                T("Two lines of the plan are about {subject}.", subject=subject_of(one)),
                T("Put them into one, or name the item of each."),
            )
        seen.add((one.source, one.item))
    return Decision(_why(kept, removed), steps)


def _unknown(key: str) -> UserError:
    return UserError(T("The plan has no line {id}.", id=key), T("Look at the list again."))


def _why(kept: Sequence[PlanItem], removed: Sequence[str]) -> Text:
    if len(kept) == 1 and not removed:
        return T("Management plan: {subject}", subject=subject_of(kept[0]))
    if not kept:
        return T("Management plan, lines removed: {count}", count=len(removed))
    return T("Management plan, lines changed: {count}", count=len(kept) + len(removed))


def subject_of(one: PlanItem) -> Text:
    """What a line is about."""
    if one.source and one.item:
        return T("{source} ({item})", source=verbatim(one.source), item=verbatim(one.item))
    return verbatim(one.source or one.item)


def checked(one: PlanItem) -> PlanItem:
    """The line itself.

    Raises
    ------
    UserError
        when it says nothing of what it is about, names what is no choice, or has a number that cannot be meant.
    """
    if not one.source.strip() and not one.item.strip():
        raise UserError(T("A line of the plan names a source, an item or both."), T("Enter one of them."))
    for value, choices in ((one.method, METHODS), (one.frequency, FREQUENCIES), (one.missing, MISSING)):
        if value not in choices:
            raise UserError(
                T("“{value}” is not a choice here.", value=verbatim(value[:40])),
                T("Choose one of: {known}.", known=list(choices.values())),
            )
    if one.accuracy is not None and not 0 < one.accuracy <= 100:
        raise UserError(T("An accuracy lies between 0 and 100 %."), T("Correct it, or leave it empty."))
    if not 0 <= one.calibration_months <= MOST_MONTHS:
        raise UserError(
            T("The time between calibrations lies between 0 and {most} months.", most=MOST_MONTHS),
            T("Enter the longest time in months, or 0 where none is required."),
        )
    for text in (one.source, one.item, one.meter, one.records, one.responsible, one.note):
        if len(text) > LONGEST_TEXT:
            raise UserError(T("The text is longer than {most} characters.", most=LONGEST_TEXT), T("Shorten it."))
    return one


def key_named(text: str, choices: Mapping[str, Name]) -> str:
    """The key that a word means in either language.

    Raises
    ------
    UserError
        when it is none of them.

    Examples
    --------
    >>> key_named("每月", FREQUENCIES), key_named("Per delivery", FREQUENCIES)
    ('monthly', 'per_delivery')
    """
    wanted = normal(text)
    for key, name in choices.items():
        if wanted in (normal(key), normal(name.en), normal(name.zh)):
            return key
    raise UserError(
        T("“{value}” is not a choice here.", value=verbatim(text[:40])),
        T("Choose one of: {known}.", known=list(choices.values())),
    )


def meter_named(ledger: Ledger, text: str) -> str:
    """The id of the meter that a word means: its id, its number, or its name; else the word itself, as a number.

    Examples
    --------
    >>> held = Ledger.of([Meter("m1", "Feeder", "electricity", "import", "kWh", serial="A-7")])
    >>> meter_named(held, "a-7"), meter_named(held, "Feeder"), meter_named(held, "B-9")
    ('m1', 'm1', 'B-9')
    """
    wanted = normal(text)
    for names in (
        {one.id: one.id for one in ledger.held(Meter)},
        _unique((one.serial, one.id) for one in ledger.held(Meter)),
        _unique((one.name, one.id) for one in ledger.held(Meter)),
    ):
        found = next((key for name, key in names.items() if wanted and normal(name) == wanted), None)
        if found is not None:
            return found
    return text.strip()


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that only one has."""
    held = [(normal(name), key) for name, key in pairs]
    names = [name for name, _ in held]
    return {name: key for name, key in held if names.count(name) == 1}
