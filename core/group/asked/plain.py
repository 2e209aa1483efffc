"""The way from a number of the group down to a bill, as JSON."""

from __future__ import annotations

from core.disclosures.plain import Plain, origin_to_plain, value_to_plain
from core.group.asked.trail import Opened, Part, Step
from core.group.change.plain import proof_to_plain, report_to_plain
from core.inventory.plain import line_to_plain
from core.methods import plain


def part_to_plain(part: Part, lang: str = "en") -> Plain:
    """What a plant gives."""
    return {
        "key": part.key,
        "name": part.name,
        "weight": plain(part.weight),
        "told": value_to_plain(part.told, lang),
        "counted": value_to_plain(part.counted, lang),
        "report": None if part.report is None else report_to_plain(part.report),
    }


def opened_to_plain(opened: Opened, lang: str = "en") -> Plain:
    """The same with the records behind it."""
    return {**part_to_plain(opened.part, lang), "steps": [_step(one, lang) for one in opened.steps]}


def _step(step: Step, lang: str) -> Plain:
    return {
        "origin": origin_to_plain(step.origin, lang),
        "report": report_to_plain(step.report),
        "records": [
            {
                "kind": one.kind,
                "id": one.id,
                "name": one.name.in_language(lang),
                "lines": [line_to_plain(line, lang) for line in one.lines],
                "proofs": [proof_to_plain(proof) for proof in one.proofs],
            }
            for one in step.records
        ],
    }
