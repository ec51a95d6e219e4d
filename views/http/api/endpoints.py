"""Every endpoint of the API, once: routes, description and page are made of this list."""

from views.http.api import air, green, now, promises, published, water, work
from views.http.api.endpoint import Endpoint

MAY = {"from": "2026-05-01", "to": "2026-05-31"}
ENDPOINTS = (
    Endpoint("now", now.answer),
    Endpoint("indicators", promises.answer, {"theme": "air"}),
    Endpoint("indicators/{indicator_id}", promises.one_indicator, {"indicator_id": "good_day_share_pct"}),
    Endpoint("figures", published.all_figures, {"theme": "water", "limit": "20"}),
    Endpoint("air/daily", air.daily, MAY),
    Endpoint("air/hourly", air.hourly, {"limit": "24"}),
    Endpoint("air/year", air.year, {"edition": "2026"}),
    Endpoint("air/budget", air.day_budget, {"edition": "2026"}),
    Endpoint("air/trends", air.six_trends, {"part": "after"}),
    Endpoint("water/sections", water.sections),
    Endpoint("water/readings", water.readings, {"limit": "20"}),
    Endpoint("waste", green.waste_known),
    Endpoint("greening", green.greening_known),
    Endpoint("ndvi", green.ndvi_known),
    Endpoint("tasks", work.tasks, {"state": "ahead"}),
    Endpoint("complaints", work.complaints),
    Endpoint("sources", work.sources),
    Endpoint("standards", published.standards),
    Endpoint("contradictions", published.contradictions, {"theme": "air"}),
    Endpoint("documents", published.documents, {"kind": "bulletin"}),
)
