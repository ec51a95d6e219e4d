"""What a page describes to search engines: data sets by the words of schema.org (JSON-LD)."""

from collections.abc import Iterable
from typing import Any

from reports.open_data import Resource
from views import addresses
from views.addresses import ARCHIVE, DATA, LICENSES, MEDIA_TYPES
from views.text import tables
from views.text.words import Words

CONTEXT = "https://schema.org"


def catalogue(every: Iterable[Resource], w: Words) -> dict[str, Any]:
    """The open data as a whole, each table a part of it."""
    site = addresses.public_site()
    whole = _named("Dataset", w("data.title"), w("data.lead"), f"{site}{DATA}", w)
    whole["distribution"] = [_download(f"{site}{DATA}{ARCHIVE}", "application/zip")]
    whole["license"] = f"{site}{DATA}{LICENSES}"
    whole["hasPart"] = [
        {
            "@type": "Dataset",
            "name": tables.title(one, w),
            "distribution": [_download(f"{site}{addresses.table(one.name)}", MEDIA_TYPES["csv"])],
        }
        for one in every
    ]
    return {"@context": CONTEXT, **whole}


def drawing(title: str, description: str, site: str, chart: str, period: str, w: Words) -> dict[str, Any]:
    """A drawing with the table behind it. ``period``: ISO dates or two of them, as a provenance has it; empty: none."""
    one = _named("Dataset", title, description, site + addresses.chart(chart), w)
    one["distribution"] = [
        _download(site + addresses.chart(chart, form), MEDIA_TYPES[form]) for form in ("csv", "xlsx", "svg", "png")
    ]
    one["license"] = f"{site}{DATA}{LICENSES}"
    if period:
        one["temporalCoverage"] = period
    return {"@context": CONTEXT, **one}


def _named(kind: str, name: str, description: str, address: str, w: Words) -> dict[str, Any]:
    return {
        "@type": kind,
        "name": name,
        "description": description,
        "url": address,
        "inLanguage": w.html_lang,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": w("site.name")},
    }


def _download(address: str, media_type: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": address}
