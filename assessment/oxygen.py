"""How much oxygen water can hold: less where it is warm, less where the air is thin.

DOf = 468 ÷ (31.6 + T) × p ÷ 1013.25, the formula of HJ 2.3-2018 for rivers (cited from memory) scaled to air pressure.
Temperatures in °C, pressures in hPa, oxygen in mg/L.
"""

from assessment.reference_state import STANDARD_HPA

SEA_LEVEL_HPA = STANDARD_HPA
FACTOR, OFFSET_C = 468.0, 31.6


def warmest_holding_c(do_mgl: float, pressure_hpa: float) -> float:
    """The water temperature above which even saturated water holds less than ``do_mgl``."""
    return FACTOR * pressure_hpa / SEA_LEVEL_HPA / do_mgl - OFFSET_C
