import pytest

from assessment import oxygen


@pytest.mark.parametrize(
    ("do_mgl", "pressure_hpa", "warmest_c"),
    [
        (9.0698, oxygen.SEA_LEVEL_HPA, 20),  # 468 ÷ 51.6
        (14.8101, oxygen.SEA_LEVEL_HPA, 0),  # 468 ÷ 31.6
        (6.9009, 770.94, 20),  # 9.0698 × 0.76086
        (7.5, 770.94, 15.88),  # 468 × 0.76086 ÷ 7.5 − 31.6
    ],
)
def test_the_warmest_water_that_holds_an_amount_by_hand(do_mgl: float, pressure_hpa: float, warmest_c: float) -> None:
    assert oxygen.warmest_holding_c(do_mgl, pressure_hpa) == pytest.approx(warmest_c, abs=0.01)
