"""The action plan: what each action saves, when and at what cost; which to choose."""

from typing import TYPE_CHECKING

from core.actions.ahead import Ahead, as_now
from core.actions.areas import Area, all_areas
from core.actions.effect import Combined, Effect, combined, effect_of, effects, taking_part
from core.actions.emitted import Baseline, Emitted, baseline_of
from core.actions.ramp import full_from, last_day, part_in
from core.later import later

if TYPE_CHECKING:
    from core.actions.choosing import Option, Picked, Selection, pick, select
    from core.actions.cost import Cost, cost_of
    from core.actions.curve import Bar, Curve, abatement_curve
    from core.actions.judging import judge_actions
    from core.actions.measured import Followed, follow, followed_up
    from core.actions.situation import Situation, situation_of
    from core.actions.summary import Summary, summary_of, summary_to_plain
    from core.actions.timeline import STATUS_TITLES, Mark, Row, Timeline, timeline_of
else:
    __getattr__ = later(
        __name__,
        {
            "choosing": ("Option", "Picked", "Selection", "pick", "select"),
            "cost": ("Cost", "cost_of"),
            "curve": ("Bar", "Curve", "abatement_curve"),
            "judging": ("judge_actions",),
            "measured": ("Followed", "follow", "followed_up"),
            "situation": ("Situation", "situation_of"),
            "summary": ("Summary", "summary_of", "summary_to_plain"),
            "timeline": ("STATUS_TITLES", "Mark", "Row", "Timeline", "timeline_of"),
        },
    )

__all__ = [
    "STATUS_TITLES",
    "Ahead",
    "Area",
    "Bar",
    "Baseline",
    "Combined",
    "Cost",
    "Curve",
    "Effect",
    "Emitted",
    "Followed",
    "Mark",
    "Option",
    "Picked",
    "Row",
    "Selection",
    "Situation",
    "Summary",
    "Timeline",
    "abatement_curve",
    "all_areas",
    "as_now",
    "baseline_of",
    "combined",
    "cost_of",
    "effect_of",
    "effects",
    "follow",
    "followed_up",
    "full_from",
    "judge_actions",
    "last_day",
    "part_in",
    "pick",
    "select",
    "situation_of",
    "summary_of",
    "summary_to_plain",
    "taking_part",
    "timeline_of",
]
