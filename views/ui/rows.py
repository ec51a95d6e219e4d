"""Blocks and lists of narrow pages: a title over its block, a name and its value on one line, what belongs to them below."""

from collections.abc import Iterable

from markupsafe import Markup

from views.text.markup import html, join


def block(title: str, body: Markup, sub: str = "") -> Markup:
    """A block under its title; ``sub``: a line between them."""
    below = html('<p class="sub">{sub}</p>', sub=sub) if sub else Markup()
    return html("<section><h2>{title}</h2>{below}{body}</section>", title=title, below=below, body=body)


def rows(items: Iterable[Markup | str], kind: str = "rows") -> Markup:
    """A list, a row an item; ``kind``: its class in the stylesheet."""
    return html('<ul class="{kind}">{}</ul>', join(html("<li>{item}</li>", item=item) for item in items), kind=kind)


def row(name: str, value: Markup, *below: Markup | str, to: str = "") -> Markup:
    """A name and its value on one line, more below; ``to``: where the name leads."""
    label = html('<a href="{to}">{name}</a>', to=to, name=name) if to else html("<span>{name}</span>", name=name)
    return html('<div class="line">{label}{value}</div>{}', join(below), label=label, value=value)


def bold(text: Markup | str, small: str = "") -> Markup:
    """A value in bold with what belongs to it in small letters."""
    beside = html(" <small>{small}</small>", small=small) if small else Markup()
    return html("<b>{text}{beside}</b>", text=text, beside=beside)


def muted(text: Markup | str) -> Markup:
    """A value that is none: why it is missing, or a state."""
    return html('<span class="muted">{text}</span>', text=text)


def together(*parts: Markup | str) -> Markup:
    """Parts of one value, a blank between them."""
    return html("<span>{}</span>", join(parts, " "))


def share(percent: float, color: str) -> Markup:
    """A bar below a row: its share of the whole, 0–100."""
    return html(
        '<div class="bar-line" style="width:{percent:.1f}%;background:{color}"></div>', percent=percent, color=color
    )
