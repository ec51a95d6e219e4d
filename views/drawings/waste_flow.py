"""The flow of a year's industrial waste as a drawing: what was generated parts into the ways it went."""

from markupsafe import Markup

from views.drawings import flow
from views.text.words import Words
from views.ui.waste import WasteFlow


def drawing(of_year: WasteFlow, w: Words, *, width: float = flow.CARD) -> Markup:
    """SVG of the ways, each as thick as its amount; what no figure states is an outline. ``width``: in its own units."""
    branches = [
        flow.Branch(way.amount_10kt, way.name, f"{way.amount} · {way.share}", way.color, unknown=not way.known)
        for way in of_year.ways
    ]
    whole = w("waste.generated", amount=of_year.generated)
    title = w("waste.flow_alt", whole=whole, parts="; ".join(f"{one.name} {one.detail}" for one in branches))
    return flow.split(whole, branches, title=title, width=width)
