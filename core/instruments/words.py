"""What records of instruments and of options of supply say, in words."""

from __future__ import annotations

from core.i18n import T, Text

KINDS: dict[str, Text] = {
    "certificate": T("Certificates"),
    "ppa_physical": T("PPA, physical"),
    "ppa_virtual": T("PPA, virtual"),
    "green_tariff": T("Green tariff"),
    "direct_line": T("Direct line"),
    "on_site": T("Generation on site"),
}
"""Of instruments."""
SCHEMES: dict[str, Text] = {
    "": T("No certificates"),
    "GEC": T("GEC, tradable (China)"),
    "GEC-NT": T("GEC, not tradable (China)"),
    "I-REC": T("I-REC"),
    "GO": T("GO (Europe)"),
    "REC": T("REC (North America)"),
    "REGO": T("REGO (Great Britain)"),
}
"""Of certificates."""
TECHNOLOGIES: dict[str, Text] = {
    "": T("Not stated"),
    "solar": T("Solar"),
    "wind": T("Wind"),
    "hydro": T("Hydro"),
    "biomass": T("Biomass"),
    "geothermal": T("Geothermal"),
    "marine": T("Marine"),
    "nuclear": T("Nuclear"),
    "mixed": T("Mixed"),
}
ATTRIBUTES: dict[str, Text] = {"": T("Not stated"), "with": T("With attributes"), "without": T("Without attributes")}
"""Whether the environmental attributes come with a contract."""
OPTIONS: dict[str, Text] = {
    "pv": T("More PV"),
    "storage": T("Storage"),
    "ppa": T("PPA"),
    "direct_line": T("Direct line"),
    "green_tariff": T("Green tariff"),
    "certificates": T("Certificates"),
}
"""Of supply."""
