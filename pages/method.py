"""数据与方法 Data & methods: whether these numbers can be checked."""

from reports import corrections, method, outlook, overlaps, register, searches
from views.site import method as blocks
from views.site import outlook as outlook_blocks
from views.site import page
from views.site import register as register_blocks
from views.site import sources as source_blocks
from views.site.refresh import auto_refresh
from views.visit import Visit


@auto_refresh
def sources(v: Visit) -> None:
    """The status of each source, fetched anew every few minutes."""
    source_blocks.sources(v, method.source_statuses(v.now))


v = page.visit()
inventory, book = method.inventory(), method.rulebook()

page.bar(v)
blocks.lead(v, inventory)
blocks.how_sure(v, inventory, method.evidence())
sources(v)
source_blocks.suspicious(v, method.suspicious())
blocks.sources(v, method.documents())
register_blocks.coverage(v, register.coverage())
blocks.holdings(v, method.holdings())
blocks.not_found(v, searches.searches())
blocks.contradictions(v, method.contradictions())
blocks.corrections(v, corrections.corrections())
blocks.standards(v, book)
blocks.formulas(v, book)
outlook_blocks.records(v, outlook.records())
blocks.breaks(v, method.breaks(), book)
blocks.overlaps(v, overlaps.overlaps(), overlaps.recomputed())
blocks.glossary(v, method.glossary())
blocks.use(v)
page.foot(v, "method")
