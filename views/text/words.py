"""All words of the dashboard, in Chinese and English.

The words are in ``views/words/<language>/<file>.toml``; a key is ``file.name``. Names that come with the data
(indicators, documents, bodies) are in the data in both languages and are chosen by :meth:`Words.of`. The city, its river
and others that sentences are about are ``{city_name}``, ``{river_name}`` … there, filled from ``data/city.toml`` when read.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from store.city import HERE, places
from store.records import Both
from views.text.markup import html, join

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent.parent / "words"
HTML_LANG = {"zh": "zh-CN", "en": "en"}
MARK = re.compile("(<(?:/?em|br)>)")  # the only markup a sentence may hold


@cache
def _file(lang: str, file_name: str) -> dict[str, str]:
    file = FOLDER / lang / f"{file_name}.toml"
    return {
        key: _of_the_city(text, lang) for key, text in _flat(tomllib.loads(file.read_text(encoding="utf-8"))).items()
    }


def _of_the_city(sentence: str, lang: str) -> str:
    """A sentence with the names of the city's own places in it; its other places stay open."""
    for place, name in places(HERE, lang).items():
        sentence = sentence.replace(f"{{{place}}}", name)
    return sentence


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{key}.")
        else:
            flat[before + key] = str(value)
    return flat


@cache
def _escaped(sentence: str) -> Markup:
    return join(Markup(part) if MARK.fullmatch(part) else part for part in MARK.split(sentence))


def all_words(lang: str) -> dict[str, dict[str, str]]:
    """All words of a language by file and key."""
    return {file.stem: _file(lang, file.stem) for file in sorted((FOLDER / lang).glob("*.toml"))}


class Words:
    """One language's words. ``w("air.headline", year=2026, …)`` fills the named places of a sentence; ``w.html`` as markup."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"language {lang!r} is unknown; known are {', '.join(LANGUAGES)}")
        self.lang = lang
        self.html_lang = HTML_LANG[lang]

    def __repr__(self) -> str:
        return f"Words({self.lang!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and other.lang == self.lang

    def __hash__(self) -> int:
        return hash(self.lang)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key. Raises KeyError with the key where the language lacks it."""
        sentence = self._sentence(key)
        return sentence.format(**values) if values else sentence

    def html(self, key: str, **values: object) -> Markup:
        """The sentence as markup: its words escaped but for its own <em> and <br>, its places filled as :func:`html` does."""
        return html(_escaped(self._sentence(key)), **values)

    def _sentence(self, key: str) -> str:
        file_name, _, name = key.partition(".")
        try:
            return _file(self.lang, file_name)[name]
        except (KeyError, FileNotFoundError):
            raise KeyError(f"no words for {key!r} in {self.lang}") from None

    def has(self, key: str) -> bool:
        """Whether the language has words for a key."""
        file_name, _, name = key.partition(".")
        return (FOLDER / self.lang / f"{file_name}.toml").exists() and name in _file(self.lang, file_name)

    def of(self, words: Both | None) -> str:
        """A text of the data in this language; empty where there is none."""
        return "" if words is None else words.en if self.lang == "en" else words.zh
