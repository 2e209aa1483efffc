"""The kinds of records of renewable electricity, targets, actions and products that people enter."""

from core.entering.forms import Forms
from core.entering.plant.actions import ACTIONS
from core.entering.plant.products import PRODUCTS
from core.entering.plant.renewables import RENEWABLES
from core.entering.plant.targets import TARGETS

FORMS: Forms = {form.kind: form for form in (*RENEWABLES, *TARGETS, *ACTIONS, *PRODUCTS)}
"""By kind, in the order of reading."""

__all__ = ["ACTIONS", "FORMS", "PRODUCTS", "RENEWABLES", "TARGETS"]
