"""Money over years: present value, internal rate of return with the number of its roots, levelised cost, payback."""

from core.finance.annuity import crf, pmt, pv, rate
from core.finance.flows import Flows, discounted, discounted_payback, npv, payback
from core.finance.levelised import lcoe, lcoe_fcr
from core.finance.rates import nominal_rate, real_rate
from core.finance.returns import InternalRate, irr, irr_roots, mirr

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
