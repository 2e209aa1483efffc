"""The kinds of records of a plant that people enter: plans, products, answers, suppliers."""

from core.entering.forms import Forms
from core.entering.plant.actions import ACTIONS
from core.entering.plant.disclosures import DISCLOSURES
from core.entering.plant.products import PRODUCTS
from core.entering.plant.renewables import RENEWABLES
from core.entering.plant.supply import SUPPLY
from core.entering.plant.targets import TARGETS

FORMS: Forms = {form.kind: form for form in (*RENEWABLES, *TARGETS, *ACTIONS, *PRODUCTS, *DISCLOSURES, *SUPPLY)}
"""By kind, in the order of reading."""

__all__ = ["ACTIONS", "DISCLOSURES", "FORMS", "PRODUCTS", "RENEWABLES", "SUPPLY", "TARGETS"]
