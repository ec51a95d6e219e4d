"""The city the dashboard is of: its id in ``data/areas.csv`` and among the places of readings, its code and its name."""

CITY = "xining"
CITY_CODE = "630100"  # GB/T 2260
CITY_NAME = "西宁"  # upstreams write it with and without 市
CAPITALS = (CITY, "lanzhou", "yinchuan", "urumqi", "xian")  # of the north-western provinces
