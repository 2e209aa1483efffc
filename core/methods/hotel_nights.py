"""Nights in hotels on business travel."""

from __future__ import annotations

from dataclasses import replace

from core.i18n import T
from core.library.library import WORLD
from core.library.places import countries
from core.methods._build import CARBON_GASES, category_of, chosen, line_of, missing_factor
from core.methods._types import Context, Line, Method, Parameter, Portion

HERE = "plant"
COUNTRY = Parameter(
    "country",
    T("Country of the hotel"),
    choices=(
        (HERE, T("Country of the plant")),
        *((code, T("{title}", title=name)) for code, name in countries().items()),
    ),
    help=T("A night differs by the country it is spent in, not by the traveller's."),
)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 6: E = N × EF, N in nights of one room, EF of the country of the hotel."""
    country = chosen(portion, COUNTRY)
    there = context if country == HERE else replace(context, regions=(country, WORLD), _choices={})
    choice = there.want(
        portion.activity.item, ("hotel",), portion.start.year, per="nights", gases=CARBON_GASES, proxies=True
    )
    if choice is None:
        raise missing_factor(portion, there)
    return (line_of(portion, there, choice, "scope3", category=category_of(portion, METHOD)),)


METHOD = Method(
    key="hotel_nights",
    title=T("Hotel nights"),
    kinds=("hotel",),
    dimensions=("nights",),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 6, hotel stays; "
    "UK Government GHG Conversion Factors, hotel stay",
    calculate=calculate,
    example={"item": "hotel_night", "unit": "night"},
    parameters=(COUNTRY,),
    categories=(6,),
    approach="average_data",
)
