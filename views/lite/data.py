"""Open data: every table to take away, each in its forms, and all of them as one package."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from reports import account, open_data
from reports.found import or_none
from reports.open_data import Resource
from views import addresses
from views.addresses import ARCHIVE, DATA, LICENSES, OPEN_DATA, PACKAGE
from views.lite import datasets, frame, number
from views.lite.frame import Page, Picture
from views.text import format as fmt
from views.text import tables
from views.text.words import Words
from views.ui import files, inline
from views.ui.rows import block, muted, row, rows, together
from views.visit import Visit


def page(v: Visit) -> Page:
    """Tables of facts, tables with places first; then what was measured, by year."""
    w, counts = v.w, open_data.counted()
    facts, measured = open_data.fact_tables().values(), open_data.measured_tables().values()
    places = [one for one in facts if one.has_places]
    others = [one for one in facts if not one.has_places]
    whole = [
        row(w("data.package_zip"), inline.link(DATA + ARCHIVE, "ZIP")),
        row(w("data.package_json"), inline.link(DATA + PACKAGE, "JSON")),
        row(w("data.papers"), Markup(), files.brief(v), files.account(or_none(lambda: account.newest(v.today)), v)),
        row(w("data.rights"), inline.link(DATA + LICENSES, LICENSES)),
    ]
    body = frame.body(
        "data",
        v,
        title=w("data.title"),
        lead=w("data.lead"),
        how=w("data.how"),
        whole=block(w("data.package_title"), rows(whole)),
        measured=_block(w("data.measured_title"), measured, {}, w),
        places=_block(w("data.places_title"), places, counts, w),
        others=_block(w("data.facts_title"), others, counts, w),
        number=number.how(w),
    )
    described = datasets.catalogue(open_data.resources().values(), w)
    picture = Picture(str(len(facts) + len(measured)), w("data.tables"), lines=(w("data.title"),))
    return Page(OPEN_DATA, "overview", w("data.title"), w("data.lead"), body, picture, "method", dataset=described)


def _block(title: str, some: Iterable[Resource], counts: Mapping[str, int], w: Words) -> Markup:
    listed = [_row(one, counts.get(one.name), w) for one in some]
    return block(title, rows(listed)) if listed else Markup()


def _row(one: Resource, count: int | None, w: Words) -> Markup:
    links = (inline.link(_file(one, form, w), tables.FORM_NAMES[form]) for form in tables.forms_of(one))
    size = (muted(w("data.rows", n=fmt.number(count))),) if count is not None else ()
    return row(tables.title(one, w), together(*links), *size)


def _file(one: Resource, form: str, w: Words) -> str:
    address = addresses.table(one.name, form)
    return addresses.in_language(address, w.lang) if form == "xlsx" else address
