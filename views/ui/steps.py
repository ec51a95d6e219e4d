"""What happened one after the other, as a line from the first to the last: when, and what."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from views.text.markup import html, join


class Step(Struct, frozen=True, weakref=True):
    """When (empty where no day is known), what, and the colour of its dot."""

    when: str
    what: str
    color: str = "var(--accent)"


def line(steps: Sequence[Step]) -> Markup:
    """The steps as an ordered list with a dot each on one line."""
    items = join(
        html('<li style="--dot:{}"><span class="muted small">{}</span> {}</li>', one.color, one.when, one.what)
        for one in steps
    )
    return html('<ol class="steps">{}</ol>', items)
