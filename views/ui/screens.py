"""Pieces of screens that are seen from afar: large numbers, lines at the foot with their sources in print."""

from markupsafe import Markup

from views import tokens
from views.text.markup import html


def number(label: str, value: str, remark: str, sources: str, kind: str = "") -> Markup:
    """A number under its label, a remark beside it, its sources in print; ``kind``: its class in the stylesheet."""
    return html(
        '<section class="{kind}"><div class="label">{label}</div><div class="row"><div class="value">{value}</div>'
        "<span>{remark}</span></div><div>{sources}</div></section>",
        kind=kind,
        label=label,
        value=value,
        remark=remark,
        sources=sources,
    )


def without_number(label: str, text: str) -> Markup:
    """The place of a number that was not found."""
    return html('<section><div class="label">{label}</div><div>{text}</div></section>', label=label, text=text)


def foot(text: Markup | str, sources: str) -> Markup:
    """One line under a picture: how to read it, and its sources."""
    return html('<section class="wide"><div>{text}</div><div>{sources}</div></section>', text=text, sources=sources)


def large(text: str, unit: str, color: str) -> Markup:
    """The one number a screen is about, on the colour of its grade."""
    paint = f"background:{color};color:{tokens.ink_on(color)}"
    return html(
        '<div class="large" style="{paint}">{text}<small>{unit}</small></div>', paint=paint, text=text, unit=unit
    )


def labelled(label: Markup | str, body: Markup, remark: Markup = Markup()) -> Markup:
    """A part of a picture under its label, a remark below."""
    return html('<div><p class="label">{label}</p>{body}{remark}</div>', label=label, body=body, remark=remark)
