"""Concentrations of before 2018-09-01 carried over to the state they are reported in since: an estimate, never a record.

GB 3095-2012 first gave every concentration at the standard state, 273.15 K and 1013.25 hPa (3.14). Its amendment, in
force from 2018-09-01, gives particles as they are in the local air at the time, and gases at 298.15 K and 1013.25 hPa.
Both conversions follow from the ideal gas law: the same mass in the volume the same air takes up in the other state.
"""

import numpy as np
from numpy.typing import ArrayLike

from assessment.aqi import Floats

STANDARD_K, STANDARD_HPA = 273.15, 1013.25
GASES_K = 298.15
# What the air of no city on the ground has: kelvins given as degrees, pascals or kilopascals given as hectopascals.
COLDEST_C, WARMEST_C = -90.0, 60.0
LOWEST_HPA, HIGHEST_HPA = 300.0, 1100.0


def particle_factor(temperature_c: ArrayLike, pressure_hpa: ArrayLike) -> Floats:
    """What a particle concentration at the standard state is multiplied by: 273.15 / T × p / 1013.25.

    ``temperature_c``: of the air, °C; ``pressure_hpa``: at the place itself, not reduced to sea level. NaN stays NaN.
    Raises ValueError on a temperature or pressure the air cannot have.
    """
    temperature = _within(temperature_c, COLDEST_C, WARMEST_C, "temperature", "°C")
    pressure = _within(pressure_hpa, LOWEST_HPA, HIGHEST_HPA, "pressure", "hPa")
    return STANDARD_K / (STANDARD_K + temperature) * pressure / STANDARD_HPA


def particles(standard: ArrayLike, temperature_c: ArrayLike, pressure_hpa: ArrayLike) -> Floats:
    """Particle concentrations at the standard state as they were in the air; unit as given (µg/m³).

    Raises ValueError as :func:`particle_factor` does.
    """
    return np.asarray(standard, dtype=float) * particle_factor(temperature_c, pressure_hpa)


def gases(standard: ArrayLike) -> Floats:
    """Gas concentrations at the standard state given at 298.15 K: × 273.15 / 298.15 (0.916); unit as given."""
    return np.asarray(standard, dtype=float) * (STANDARD_K / GASES_K)


def _within(values: ArrayLike, low: float, high: float, name: str, unit: str) -> Floats:
    given = np.asarray(values, dtype=float)
    wrong = given[(given < low) | (given > high)]
    if wrong.size:
        raise ValueError(f"a {name} of {wrong.flat[0]:g} {unit} is outside {low:g} to {high:g} {unit}")
    return given
