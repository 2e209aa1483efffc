"""The register of the demo names the plants of the demo."""

from __future__ import annotations

from core.exchange.demo import demo_plants
from core.exchange.demo_group import demo_register
from core.ledger import Company, Register, Site, SiteFigure, Stake


def test_every_plant_of_the_demo_is_in_the_register_under_its_name() -> None:
    register = Register.of(demo_register())
    known = {(site.name, site.country) for site in register.held(Site)}
    assert {(one.plant.name, one.plant.country) for one in demo_plants()} < known


def test_what_is_named_exists() -> None:
    register = Register.of(demo_register())
    things = {"group", *(c.id for c in register.held(Company)), *(s.id for s in register.held(Site))}
    for stake in register.held(Stake):
        assert {stake.holder, stake.held} <= things
    assert {figure.site for figure in register.held(SiteFigure)} <= things
    assert all("invented" in figure.source for figure in register.held(SiteFigure))
