"""The tabs of pages: one is drawn, its name stands in the address."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_drawn_once import NOON
from tests.pages.visits import seen, visit
from views.addresses import TABS
from views.site import tabs
from views.text.words import LANGUAGES, Words

EVERY = [(page, tab) for page, names in TABS.items() for tab in names]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "tab"), EVERY)
def test_the_tab_in_the_address_is_drawn_and_no_other(page: str, tab: str, lang: str) -> None:
    run = seen(page, lang, tab)
    assert not run.exception
    drawn = {one.label: len(one.children) for one in run.tabs}
    assert [label for label, blocks in drawn.items() if blocks] == [Words(lang)(f"{page}.tab_{tab}")]


@pytest.mark.parametrize("page", TABS)
def test_an_unknown_tab_is_the_first(page: str) -> None:
    assert [one.label for one in visit(page, "zh", "nonsense").tabs if one.children] == [
        Words("zh")(f"{page}.tab_{TABS[page][0]}")
    ]


@pytest.mark.parametrize("page", TABS)
def test_no_tab_is_empty_and_none_says_what_another_says(page: str) -> None:
    titles = [title for tab in TABS[page] for title in _titles(seen(page, "zh", tab))]
    assert titles
    assert len(titles) == len(set(titles))


def _titles(run: AppTest) -> list[str]:
    """The titles of the blocks in the open tab, without the tab's own name, which only a screen reader hears."""
    (opened,) = [one for one in run.tabs if one.children]
    return [line.split("<")[0] for block in opened.markdown for line in block.value.split("<h2>")[1:]]


def test_other_tabs_than_those_listed_are_refused() -> None:
    with pytest.raises(ValueError, match="the tabs of air are"):
        tabs.show(NOON, "air", now=lambda v: None, then=lambda v: None)
