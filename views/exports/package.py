"""The tables the store holds as files, and all of them as one Frictionless data package.

A file is named by its table and form; the package (``datapackage.json``, specs.frictionlessdata.io) describes the CSV files
with their columns, units, keys, sources and licences.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from reports import open_data
from reports.open_data import Resource
from store.city import CITY
from store.records import Document
from store.tracked import DATA
from views import addresses
from views.addresses import LICENSES, MEDIA_TYPES, PACKAGE
from views.exports import files
from views.exports.files import About
from views.text import tables
from views.text.words import LANGUAGES, Words

OWN_LICENCE = "Apache-2.0"  # of what was compiled here; what the rows cite has its own


def file(one: Resource, form: str, w: Words) -> bytes:
    """A table in one of its forms; the language is that of what is said about it."""
    make: Mapping[str, Callable[[Resource, Words], bytes]] = {
        "csv": _csv,
        "xlsx": _xlsx,
        "parquet": _parquet,
        "geojson": _geojson,
    }
    return make[form](one, w)


def _csv(one: Resource, _w: Words) -> bytes:
    text = open_data.as_tracked(one)
    if text is not None:
        return files.as_written(text)
    return files.delimited([field.name for field in one.fields], open_data.rows(one))


def _xlsx(one: Resource, w: Words) -> bytes:
    header, units = [field.name for field in one.fields], [field.unit for field in one.fields]
    from views.exports import excel  # loaded when a workbook is first asked for

    return excel.workbook(one.name, header, open_data.rows(one), about(one, w), units)


def _parquet(one: Resource, w: Words) -> bytes:
    names, types, units = zip(*((field.name, field.type, field.unit) for field in one.fields), strict=True)
    described = {name: text for name, text in about(one, w).lines if text}
    return files.columnar(names, types, units, open_data.rows(one), described)


def _geojson(one: Resource, w: Words) -> bytes:
    described = {"title": tables.title(one, w), "sources": [_source(document) for document in open_data.documents(one)]}
    return files.features([field.name for field in one.fields], open_data.rows(one), described)


def about(one: Resource, w: Words) -> About:
    """What is to be known of a table: what it is, its standards, key, each column's unit, each source with its licence."""
    comma = w("data.comma")
    lines = [(w("data.about_title"), tables.title(one, w)), (w("data.about_site"), _site(w))]
    if one.standards:
        lines.append((w("site.standard"), comma.join(one.standards)))
    lines.append((w("data.about_key"), comma.join(one.key)))
    lines += [(w("data.about_unit", column=field.name), field.unit) for field in one.fields if field.unit]
    if any(field.name == "unit_id" for field in one.fields):
        lines.append((w("data.about_unit", column="unit_id"), w("data.unit_in_row")))
    documents = open_data.documents(one)
    for document in documents:
        lines.append((w("site.source"), _named(document, w)))
    lines.append((w("data.licence"), w("data.licence_by_source", file=LICENSES)))
    foot = f"{w('site.name')} · {tables.title(one, w)}"
    return About(w("data.about_sheet"), tuple(lines), foot)


def _site(w: Words) -> str:
    where = addresses.public_site()
    return f"{w('site.name')} {where}".strip()


def _named(document: Document, w: Words) -> str:
    """A document's title, issuer, date and licence."""
    licence = document.licence or w("data.licence_none")
    parts = [w.of(document.title), w.of(document.issuer), document.issued or "", document.url or "", licence]
    return w("data.semicolon").join(part for part in parts if part)


# ── the package ──────────────────────────────────────────────────────────────────────────────────────────────────────
def description() -> bytes:
    """``datapackage.json``."""
    return json.dumps(_package(), ensure_ascii=False, indent=1).encode()


def archive() -> bytes:
    """Everything in one zip: the description, the rights, each table as CSV."""
    zh = Words(LANGUAGES[0])
    tables = {f"{one.name}.csv": file(one, "csv", zh) for one in open_data.resources().values()}
    return files.packed({PACKAGE: description(), LICENSES: rights(), **tables})


def rights() -> bytes:
    """Who has which rights in what."""
    return (DATA / LICENSES).read_bytes()


def _package() -> dict[str, Any]:
    zh, en = (Words(lang) for lang in LANGUAGES)
    return {
        "profile": "tabular-data-package",
        "name": f"{CITY}-environment-account",
        "title": zh("site.name"),
        "title_en": en("site.name"),
        "description": f"{zh('data.lead')} {en('data.lead')}",
        **({"homepage": site} if (site := addresses.public_site()) else {}),
        "licenses": [
            {"name": OWN_LICENCE, "title": en("data.licence_own")},
            {"path": LICENSES, "title": en("data.licence_by_source", file=LICENSES)},
        ],
        "resources": [described(one) for one in open_data.resources().values()],
    }


def described(one: Resource) -> dict[str, Any]:
    """A table as a resource of the package."""
    zh, en = (Words(lang) for lang in LANGUAGES)
    sources = [_source(document) for document in open_data.documents(one)]
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "path": f"{one.name}.csv",
        "title": tables.title(one, zh),
        "title_en": tables.title(one, en),
        "format": "csv",
        "mediatype": MEDIA_TYPES["csv"],
        "encoding": "utf-8",
        **({"standards": list(one.standards)} if one.standards else {}),
        **({"sources": sources} if sources else {}),
        "schema": _schema(one),
    }


def _source(document: Document) -> dict[str, str]:
    given = {
        "title": document.title.zh,
        "title_en": document.title.en,
        "path": document.url or "",
        "license": document.licence or "none stated",
    }
    return {name: text for name, text in given.items() if text}


def _schema(one: Resource) -> dict[str, Any]:
    """Table Schema: types, bounds, units, keys."""
    fields = [
        {
            "name": field.name,
            "type": field.type,
            **({"unit": field.unit} if field.unit else {}),
            **({"constraints": dict(field.constraints)} if field.constraints else {}),
        }
        for field in one.fields
    ]
    references = [
        {
            "fields": ref.field,
            # the specification's word for the table itself is nothing
            "reference": {"resource": "" if ref.table == one.name else ref.table, "fields": ref.other},
        }
        for ref in one.references
    ]
    return {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": list(one.key),
        **({"foreignKeys": references} if references else {}),
    }
