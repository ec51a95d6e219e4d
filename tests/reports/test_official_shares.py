"""Official shares beside the archive's: every pair, each with what makes it two different numbers."""

from reports import air, official_shares


def test_every_official_year_is_paired_and_most_lie_below_the_archive() -> None:
    found = {(one.year, one.official_pct): one.points for one in official_shares.pairs()}
    assert found == {
        (2015, 77.5): -4.7,
        (2015, 77.6): -4.6,
        (2018, 83.4): -2.9,
        (2019, 86.0): -9.6,
        (2020, 87.3): -6.7,
        (2020, 92.1): -1.9,
        (2021, 90.4): -4.4,
        (2022, 92.6): -1.6,
        (2023, 94.8): -2.7,
        (2024, 93.1): 0.2,
        (2025, 96.2): 1.4,
    }
    assert official_shares.counts(official_shares.pairs()) == official_shares.Counts(11, lower=9, higher=2)


def test_a_pair_names_dust_ozone_and_who_counted() -> None:
    for one in official_shares.pairs():
        names = {differs.dimension for differs in one.differs}
        assert {"dust", "ozone", "measurer"} <= names
        assert ("coverage" in names) == (one.year == 2023)  # 315 days
        assert ("state" in names) == (one.year == 2018)


def test_the_archive_of_a_pair_is_the_year_of_every_other_block() -> None:
    for one in official_shares.pairs():
        year = air.year(one.year)
        assert (one.archive_pct, one.archive.known_days) == (year.share_pct, year.known_days)
