"""From the standard state to the air as it is: worked by hand."""

import numpy as np
import pytest

from assessment import reference_state

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "temperature", "pressure", "expected"),
    [
        (100.0, 0.0, 1013.25, 100.0),  # the standard state itself
        (100.0, 25.0, 1013.25, 91.615),  # 273.15 / 298.15
        (100.0, 0.0, 770.0, 75.993),  # 770 / 1013.25
        (100.0, 20.0, 770.0, 70.8085),  # 273.15 / 293.15 × 0.75993 = 0.931776 × 0.759931
        (150.0, -10.0, 770.8, 118.444),  # 273.15 / 263.15 × 770.8 / 1013.25 × 150 = 1.038001 × 0.760721 × 150
        (0.0, 20.0, 770.0, 0.0),
    ],
)
def test_particles(value: float, temperature: float, pressure: float, expected: float) -> None:
    assert reference_state.particles(value, temperature, pressure) == pytest.approx(expected, abs=5e-4)


def test_colder_and_heavier_air_holds_more() -> None:
    assert reference_state.particle_factor(-10, 770) > reference_state.particle_factor(10, 770)
    assert reference_state.particle_factor(0, 780) > reference_state.particle_factor(0, 770)


def test_gases_do_not_ask_for_the_weather() -> None:
    assert reference_state.gases(100.0) == pytest.approx(91.615, abs=5e-4)
    np.testing.assert_array_equal(reference_state.gases([0.0, NAN]), [0.0, NAN])


def test_what_is_not_known_stays_unknown() -> None:
    found = reference_state.particles([100.0, NAN, 100.0], [NAN, 0.0, 0.0], [770.0, 770.0, NAN])
    assert np.isnan(found).all()


@pytest.mark.parametrize(
    ("temperature", "pressure", "message"),
    [
        (288.15, 770.0, "temperature of 288.15 °C"),  # kelvins
        (-300.0, 770.0, "temperature"),  # below absolute zero
        (20.0, 77.08, "pressure of 77.08 hPa"),  # kilopascals
        (20.0, 77080.0, "pressure"),  # pascals
        (20.0, 0.0, "pressure"),
        (20.0, -770.0, "pressure"),
    ],
)
def test_air_that_cannot_be_is_refused(temperature: float, pressure: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        reference_state.particles([50.0, 50.0], [20.0, temperature], pressure)
