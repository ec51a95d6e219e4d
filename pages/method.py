"""数据与方法 Data & methods: whether these numbers can be checked."""

from reports import method
from views.site import method as blocks
from views.site import outlook, page
from views.site import register as register_blocks
from views.site import sources as live

v = page.visit()
inventory = method.inventory()

page.bar(v)
blocks.lead(v, inventory)
blocks.how_sure(v, inventory)
live.sources(v)
live.suspicious(v)
blocks.sources(v)
register_blocks.coverage(v)
blocks.holdings(v)
blocks.not_found(v)
blocks.contradictions(v)
blocks.corrections(v)
blocks.standards(v)
blocks.formulas(v)
outlook.records(v)
blocks.breaks(v, method.breaks())
blocks.glossary(v)
blocks.use(v)
page.foot(v, "method")
