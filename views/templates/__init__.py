"""The whole documents as Jinja templates: light page, wall, exhibit, and the first HTML of the Streamlit site."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from views.addresses import EXHIBIT, WALL, in_language, pinned, screen


class Packed(FileSystemLoader):
    """Templates without the line breaks and indents they are written with: a document carries no byte for them."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's source with its lines put together."""
        source, file, current = super().get_source(environment, template)
        return "".join(line.strip() for line in source.splitlines()), file, current


_environment = Environment(
    loader=Packed(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, auto_reload=False
)
_environment.globals.update(in_language=in_language, pinned=pinned, screen=screen, WALL=WALL, EXHIBIT=EXHIBIT)
_environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}


@cache
def _template(name: str) -> Template:
    return _environment.get_template(f"{name}.html")


def render(name: str, /, **values: object) -> Markup:
    """A document with its values, text escaped. Raises jinja2.UndefinedError for a value that is not given."""
    return Markup(_template(name).render(values))
