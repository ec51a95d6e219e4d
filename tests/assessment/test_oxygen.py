import pytest

from assessment import oxygen


def test_saturation_at_sea_level_by_hand() -> None:
    assert oxygen.saturation_mgl(20, oxygen.SEA_LEVEL_HPA) == pytest.approx(9.070, abs=0.001)  # 468 ÷ 51.6
    assert oxygen.saturation_mgl(0, oxygen.SEA_LEVEL_HPA) == pytest.approx(14.810, abs=0.001)  # 468 ÷ 31.6


def test_thin_air_takes_its_share() -> None:
    assert oxygen.saturation_mgl(20, 770.94) == pytest.approx(6.901, abs=0.001)  # 9.070 × 0.76086


def test_the_warmest_water_that_holds_an_amount_is_just_saturated_by_it() -> None:
    warmest = oxygen.warmest_holding_c(7.5, 770.94)
    assert warmest == pytest.approx(15.88, abs=0.01)  # 468 × 0.76086 ÷ 7.5 − 31.6
    assert oxygen.saturation_mgl(warmest, 770.94) == pytest.approx(7.5)
