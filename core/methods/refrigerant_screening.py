"""Refrigerants without a service log: the charge of the equipment times a published or own leak rate."""

from __future__ import annotations

from dataclasses import replace

from core.i18n import T
from core.library import EXACT, Factor
from core.methods._build import bare, needed
from core.methods._escaping import HUNDRED, RATE, cut, escaped_by_rate, rate_of, screening_finding, title_of
from core.methods._fluorinated import emitted
from core.methods._types import Context, Finding, Line, Method, Parameter, Portion, TraceStep

EQUIPMENT = Parameter(
    "equipment",
    T("Kind of equipment"),
    choices=(
        ("chillers", T("Chillers")),
        ("air_conditioning", T("Residential and commercial air conditioning, heat pumps")),
        ("split_air_conditioner", T("Split air conditioner (below 20 kW)")),
        ("window_air_conditioner", T("Window air conditioner")),
        ("industrial_refrigeration", T("Industrial refrigeration and cold storage")),
        ("medium_large_commercial", T("Medium and large commercial refrigeration")),
        ("stand_alone_commercial", T("Stand-alone commercial refrigeration")),
        ("stand_alone_chiller", T("Stand-alone commercial chiller")),
        ("stand_alone_freezer", T("Stand-alone commercial freezer")),
        ("domestic_refrigeration", T("Domestic refrigeration")),
        ("refrigerator", T("Refrigerator or freezer")),
        ("water_cooler", T("Water cooler")),
        ("dehumidifier", T("Dehumidifier")),
        ("transport_refrigeration", T("Transport refrigeration")),
        ("refrigerated_trailer", T("Refrigerated truck trailer")),
        ("mobile_air_conditioning", T("Mobile air conditioning")),
        ("ac_car", T("Air conditioning of a car or van")),
        ("ac_truck", T("Air conditioning of a truck")),
        ("ac_bus", T("Air conditioning of a bus")),
    ),
    help=T("Chooses the published leak rate; not needed where the record gives its own."),
)
INSTALLED = Parameter(
    "installed", T("Filled into new equipment on site"), "kg", help=T("Some of it escapes while it is filled in.")
)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: a share of the charge leaks in a year, and of what is newly filled in.

    Notes
    -----
    E = M × x / 100 × t + M_new × k / 100; IPCC 2006 Vol. 3 ch. 7, equations 7.12 and 7.13, Table 7.9; the default is
    the middle of the printed range.

    Raises
    ------
    NotCovered
        when neither the kind of equipment nor a rate is given.
    """
    equipment = portion.said(EQUIPMENT.key)
    rate = rate_of(portion, context, equipment)
    if rate is None:
        raise needed(portion, EQUIPMENT)
    mass, steps = escaped_by_rate(portion, context, rate)
    findings = screening_finding(rate, title_of(EQUIPMENT, equipment))
    installed = cut(portion, INSTALLED)
    if not installed:
        return emitted(portion, context, mass, steps, findings, rate)
    loss = _loss_at_filling(portion, context, equipment)
    if loss is None:
        return emitted(portion, context, mass, steps, (*findings, _no_loss(portion)), rate)
    percent = bare(loss)
    lost = EXACT.divide(EXACT.multiply(installed, percent), HUNDRED)
    filling = TraceStep(T("Loss at filling"), "{0} × {1}", ((installed, "kg"), (percent, "%")), lost, "kg")
    whole = replace(rate, more=(loss,))
    return emitted(portion, context, EXACT.add(mass, lost), (*steps, filling), findings, whole)


def _loss_at_filling(portion: Portion, context: Context, equipment: str) -> Factor | None:
    """What escapes while new equipment is filled, as published."""
    choice = context.want(equipment, ("installation_loss",), portion.start.year) if equipment else None
    return None if choice is None else choice.factor


def _no_loss(portion: Portion) -> Finding:
    return Finding(
        "no_installation_loss",
        "info",
        portion.activity.id,
        T("No loss at filling is published for this kind of equipment; it counts as nothing."),
        T("Add what the installer lost to the topped-up mass."),
    )


METHOD = Method(
    key="refrigerant_screening",
    title=T("Refrigerants (screening by charge)"),
    kinds=("refrigerant",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="IPCC 2006 Vol. 3 ch. 7, Table 7.9; US EPA, Direct Fugitive Emissions (2014), 2.1",
    calculate=calculate,
    example={"item": "R-410A", "unit": "kg", "equipment": "chillers"},
    parameters=(EQUIPMENT, RATE, INSTALLED),
)
