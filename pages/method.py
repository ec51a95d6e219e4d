"""数据与方法 Data & methods: whether these numbers can be checked."""

from reports import account, corrections, finder, method, overlaps, published_days, register, searches, what_if
from reports import outlook as outlooks
from reports.found import or_none
from views.site import find as find_blocks
from views.site import method as blocks
from views.site import outlook as outlook_blocks
from views.site import page, tabs
from views.site import published_days as published_blocks
from views.site import register as register_blocks
from views.site import sources as source_blocks
from views.site.refresh import auto_refresh
from views.visit import Visit


@auto_refresh
def status(v: Visit) -> None:
    """The status of each source, fetched anew every few minutes."""
    source_blocks.sources(v, method.source_statuses(v.now))


def sources(v: Visit) -> None:
    """How much is known of which years, and how the sources of measurements are."""
    with page.if_found(v):
        blocks.known(v, method.known_by_year(v.today))
    status(v)
    source_blocks.suspicious(v, method.suspicious())
    blocks.holdings(v, method.holdings())


def find(v: Visit) -> None:
    """What a reader asks: a search over everything that has a name, any year by both editions of the standard."""
    find_blocks.search(v, finder.find)
    if years := what_if.years():
        find_blocks.by_edition(v, what_if.what_if(find_blocks.choose_year(v, years)))
    else:
        page.nothing(v, "years")


def documents(v: Visit) -> None:
    """The documents, how well they were seen, what they leave open."""
    blocks.how_sure(v, inventory, method.evidence())
    blocks.sources(v, method.documents())
    register_blocks.coverage(v, register.coverage())
    blocks.not_found(v, searches.searches())
    blocks.contradictions(v, method.contradictions())
    blocks.corrections(v, corrections.corrections())


def rules(v: Visit) -> None:
    """The standards, the formulas, and where series break."""
    book = method.rulebook()
    blocks.standards(v, book)
    blocks.formulas(v, book)
    with page.if_found(v):
        blocks.breaks(v, method.breaks(), book)


def checks(v: Visit) -> None:
    """How the outlook did in past years, and what others published or stored of the same days beside each other."""
    with page.if_found(v):
        outlook_blocks.records(v, outlooks.records(v.today))
    with page.if_found(v):
        blocks.overlaps(v, overlaps.overlaps(), overlaps.recomputed())
    published_blocks.beside_series(v, published_days.published_days())


def words(v: Visit) -> None:
    """The terms, how to use what is here, and what is stored of a visitor."""
    blocks.glossary(v, method.glossary())
    blocks.use(v, or_none(lambda: account.newest(v.today)))
    blocks.privacy(v)


v = page.visit()
inventory = method.inventory()

page.bar(v)
blocks.lead(v, inventory)
tabs.show(v, "method", sources=sources, find=find, documents=documents, rules=rules, checks=checks, words=words)
page.foot(v, "method")
