"""What an audit of the year cannot do without: a kept file of the right kind, or a reasoned waiver."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._required import Lacking, lacking
from core.checks._types import Review, Rule
from core.i18n import T
from core.inventory.evidence import CLASS_NAMES
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Records of which the file is not kept that their method asks for, together for each source and item."""
    for one in lacking(review):
        yield finding_of(review, one)


def finding_of(review: Review, one: Lacking) -> Finding:
    """What is said of it; who waives it has read this."""
    return Finding(
        RULE.key,
        RULE.severity,
        one.records[0].id,
        T(
            "{source}: {count} records of {item} need a kept file that they do not have ({what}).",
            source=one.series.source,
            count=len(one.records),
            item=review.setting.name(one.series.item),
            what=one.requirement.what,
        ),
        T(
            "Attach the file and name its kind: {kinds}. Where it cannot be had, dismiss this with the reason.",
            kinds=[CLASS_NAMES[kind] for kind in one.requirement.kinds],
        ),
    )


RULE = Rule(
    "required_evidence",
    "error",
    T("Required evidence is missing"),
    "ISO 14064-3:2019, 4.3 and 6.1.3; resources/audit/evidence.toml says what each method needs, with its source",
    check,
    field="evidence",
)
