"""Money over years: present value, internal rate of return with the number of its roots, levelised cost, payback.

What needs arrays is loaded when somebody asks for it; a capital recovery factor does not.
"""

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from core.finance.annuity import crf, pmt, pv
    from core.finance.flows import Flows, discounted, discounted_payback, npv, payback
    from core.finance.levelised import lcoe, lcoe_fcr
    from core.finance.rates import nominal_rate, real_rate
    from core.finance.returns import InternalRate, irr, irr_roots, mirr, rate
else:
    __getattr__ = later(
        __name__,
        {
            "annuity": ("crf", "pmt", "pv"),
            "flows": ("Flows", "discounted", "discounted_payback", "npv", "payback"),
            "levelised": ("lcoe", "lcoe_fcr"),
            "rates": ("nominal_rate", "real_rate"),
            "returns": ("InternalRate", "irr", "irr_roots", "mirr", "rate"),
        },
    )

__all__ = [
    "Flows",
    "InternalRate",
    "crf",
    "discounted",
    "discounted_payback",
    "irr",
    "irr_roots",
    "lcoe",
    "lcoe_fcr",
    "mirr",
    "nominal_rate",
    "npv",
    "payback",
    "pmt",
    "pv",
    "rate",
    "real_rate",
]
