"""What a claim must say and often does not: gas, owner of the attributes, boundary, use, proof."""

from __future__ import annotations

from core.i18n import Localised, T, show_number
from core.library import SHIPPED, Factor
from core.library.places import area_name
from core.solar.claims._case import Case, source_of
from core.solar.claims._numbers import HUNDRED, THOUSAND, fixed, mwh, over, readable, times
from core.solar.claims._published import per_mwh
from core.solar.claims.model import Quantity, Step, sentences

SOLAR = "solar_generated"
FOOTPRINT = "footprint"


def gas(case: Case) -> Step | None:
    """CO2 or CO2e; None where no tonnes are claimed."""
    claim = case.claim
    if claim.yearly_tonnes is None and claim.total_tonnes is None:
        return None
    title = T("Gas")
    if not claim.gas:
        return Step(
            "gas",
            title,
            "unknown",
            T("The claim does not say whether it counts CO2 or CO2e."),
            T("CO2 alone or CO2e, and with which GWP set?"),
        )
    other = "CO2e" if claim.gas == "CO2" else "CO2"
    families = sorted({one.gas for one in case.near})
    said: Localised = T("The claim counts {gas}.", gas=claim.gas)
    if other in families:
        said = sentences(
            said,
            T(
                "Published factors that count {other} (footprints, life-cycle intensities) are another "
                "family and must not be mixed in.",
                other=other,
            ),
        )
    return Step("gas", title, "holds", said)


def attributes(case: Case) -> Step:
    """Who owns the certificates: whoever has them makes the claim."""
    owner, title = case.claim.attributes, T("Owner of the certificates")
    if owner == "other":
        return Step(
            "attributes",
            title,
            "contradicted",
            T(
                "The certificates belong to somebody else: only their owner may claim that this electricity is "
                "renewable, "
                "else it is counted twice."
            ),
            T("Who holds the certificates, and does that owner make the same claim?"),
            T("The certificates belong to somebody else, so the electricity is claimed twice."),
        )
    if owner == "plant":
        return Step(
            "attributes",
            title,
            "holds",
            T("The plant owns the certificates, says the claim."),
            T("Where are the certificates or the register that prove it, and were none of them sold?"),
        )
    return Step(
        "attributes",
        title,
        "unknown",
        T(
            "The claim does not say who owns the certificates. If they were sold, or if system or roof belong to "
            "somebody "
            "else, the same electricity may be claimed twice."
        ),
        T("Who owns roof, system and certificates, and were certificates issued, sold or retired?"),
    )


def life_cycle(case: Case) -> Step | None:
    """Gross or net of what making the modules emitted; None where no tonnes are claimed.

    Notes
    -----
    net = gross - E × footprint of PV electricity of the country.
    """
    claim = case.claim
    if claim.yearly_tonnes is None and claim.total_tonnes is None:
        return None
    title, question = (
        T("Life cycle of the modules"),
        T("Gross, or net of the emissions of making modules and inverters?"),
    )
    factor = _footprint(case)
    value = per_mwh(case.library, factor) if factor else None
    if factor is None or value is None or claim.yearly is None:
        return Step(
            "life_cycle",
            title,
            "unknown",
            T("The claim does not say whether the emissions of making the modules are subtracted."),
            question,
        )
    tonnes = times(over(claim.yearly, THOUSAND), value)
    formula = f"{mwh(claim.yearly)} MWh/a × {show_number(value)} t/MWh"
    quantities = [Quantity("life_cycle", T("Life-cycle emissions of a year"), formula, tonnes, "t/a", readable(tonnes))]
    said: Localised = T(
        "The claim does not say whether the emissions of making the modules are subtracted: at the published "
        "{value} t/MWh "
        "of PV electricity in {country} they are {tonnes} t a year.",
        value=show_number(value),
        country=area_name(claim.country),
        tonnes=readable(tonnes),
    )
    constants = case.constants
    if constants:
        share = times(over(value, constants[0].span.value), HUNDRED)
        said = sentences(said, T("That is {share} % of what is claimed.", share=fixed(share, 1)))
    return Step("life_cycle", title, "unknown", said, question, None, tuple(quantities), sources=(source_of(factor),))


def _footprint(case: Case) -> Factor | None:
    """The newest published footprint of PV electricity of the country."""
    held = case.library.about(SOLAR, FOOTPRINT)
    fit = [one for one in held if one.region == case.claim.country and one.status in SHIPPED]
    return max(fit, key=lambda one: one.data_year, default=None)


def use(case: Case) -> Step | None:
    """Used on site or fed in; None where no energy is claimed."""
    if case.claim.yearly is None and case.claim.total is None:
        return None
    return Step(
        "use",
        T("Used on site or fed in"),
        "unknown",
        T(
            "The claim does not say how much was used on site and how much was fed in. What was used on site has "
            "already "
            "lowered the purchased electricity: its avoided tonnes are a memo and must not be subtracted again."
        ),
        T("How much was used on site and how much fed in, on which netting interval, and was anything curtailed?"),
    )


def proof(case: Case) -> Step | None:
    """Metered or estimated; None where no energy is claimed."""
    if case.claim.yearly is None and case.claim.total is None:
        return None
    return Step(
        "proof",
        T("Metered or estimated"),
        "unknown",
        T("The claim does not say whether the energy was metered or comes from the design."),
        T("Which meter of which accuracy class, and may we see its monthly readings and its calibration?"),
    )


def place(case: Case) -> Step | None:
    """The country decides which factors fit; None where it is said."""
    if case.claim.country:
        return None
    return Step(
        "place",
        T("Place"),
        "unknown",
        T("The claim does not say where the system stands."),
        T("In which country and which grid does the system stand?"),
    )
