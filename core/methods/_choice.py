"""What is said of the factor that was chosen: it describes another year, or another country."""

from __future__ import annotations

from core.i18n import Name, T, Text
from core.library import Choice, Factor
from core.library.places import area_name
from core.methods._types import Context, Finding


def proxy_finding(choice: Choice, context: Context) -> tuple[Finding, ...]:
    """Say so when a factor of another country stands in for one that is not published."""
    if not context.is_proxy(choice):
        return ()
    cited = choice.factor.set
    return (
        Finding(
            "proxy_region",
            "info",
            f"{cited.key}@{context.country}",
            T(
                "For {region} nothing is published here; factors of {other} stand in: {title} ({publisher}).",
                region=area_name(context.country),
                other=area_name(choice.factor.region),
                title=cited.title,
                publisher=cited.publisher,
            ),
            T("Enter a factor of the supplier or of a national database as own factor where the source matters."),
        ),
    )


def year_finding(choice: Choice, year: int, context: Context) -> tuple[Finding, ...]:
    """Say so when a factor describes another year than the activity."""
    if not choice.other_year:
        return ()
    factor = choice.factor
    matching = context.policy.year == "matching"
    if factor.use not in ("location", "residual"):
        return (_other_edition(factor, year, matching),)
    return (
        Finding(
            "factor_year",
            "warning" if matching else "info",
            f"{factor.key}@{year}",
            T(
                "No {what} of {year} for {region} is in the library; the one of {used} is applied ({publisher}).",
                what=_what(factor, context),
                year=year,
                region=area_name(factor.region),
                used=factor.data_year,
                publisher=factor.set.publisher,
            )
            if matching
            else T(
                "The policy applies the latest published factor, of {used}, to {year} ({publisher}).",
                used=factor.data_year,
                year=year,
                publisher=factor.set.publisher,
            ),
            T("When the factor of {year} is published, add it to the library and restate the audit.", year=year)
            if matching
            else T("Nothing to do; the report names the factor and its year."),
        ),
    )


def _other_edition(factor: Factor, year: int, matching: bool) -> Finding:
    """Once for each publication: a plant takes dozens of factors from one."""
    return Finding(
        "factor_year",
        "warning" if matching else "info",
        f"{factor.set.key}@{year}",
        T(
            "Factors of {used} are applied to {year}: {title} ({publisher}).",
            used=factor.data_year,
            year=year,
            title=factor.set.title,
            publisher=factor.set.publisher,
        ),
        T("When the factors of {year} are published, add them to the library and restate the audit.", year=year)
        if matching
        else T("Nothing to do; the report names the factors and their year."),
    )


def _what(factor: Factor, context: Context) -> Text:
    """What a factor is, as auditors call it."""
    if factor.use == "residual":
        return T("residual mix (market-based)")
    if factor.use == "location":
        return T("grid average (location-based)")
    return T("factor for {item}", item=item_name(context, factor.item))


def item_name(context: Context, key: str) -> Name:
    """As people know it; one that the library does not hold as it is written."""
    item = context.library.items.get(key)
    return item.name if item else Name(key, key)
