"""What the world knows: cited emission factors, global warming potentials, exact units, names of fuels and gases,
and the policies that choose one factor among many.

Everything is data in ``resources/``; :func:`load_library` reads it once, the rest is pure.
"""

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from core.library.factors import SHIPPED, Factor, FactorSet
    from core.library.gwp import GASES, Gwp, Species
    from core.library.items import Item
    from core.library.library import OWN, Choice, Library, Want
    from core.library.load import load_library
    from core.library.own import own_key, own_rows
    from core.library.policies import Policy, all_policies, policy_named
    from core.library.units import EXACT, Unit, Units
else:
    __getattr__ = later(
        __name__,
        {
            "factors": ("SHIPPED", "Factor", "FactorSet"),
            "gwp": ("GASES", "Gwp", "Species"),
            "items": ("Item",),
            "library": ("OWN", "Choice", "Library", "Want"),
            "load": ("load_library",),
            "own": ("own_key", "own_rows"),
            "policies": ("Policy", "all_policies", "policy_named"),
            "units": ("EXACT", "Unit", "Units"),
        },
    )

__all__ = [
    "EXACT",
    "GASES",
    "OWN",
    "SHIPPED",
    "Choice",
    "Factor",
    "FactorSet",
    "Gwp",
    "Item",
    "Library",
    "Policy",
    "Species",
    "Unit",
    "Units",
    "Want",
    "all_policies",
    "load_library",
    "own_key",
    "own_rows",
    "policy_named",
]
