"""The exhibit's page on the site: what it says and where it leads."""

import pytest

from tests.pages.visits import said, visit
from views.exhibit.frame import CHAPTERS

pytestmark = pytest.mark.xdist_group("pages")


@pytest.mark.parametrize(("lang", "words"), [("zh", "五章故事"), ("en", "A story in five chapters")])
def test_the_way_in_and_the_posters(lang: str, words: str) -> None:
    run = visit("exhibit", lang)
    assert not run.exception
    text = said(run)
    assert words in text
    assert f'href="./?view=exhibit&lang={lang}"' in text
    for number, name in enumerate(CHAPTERS, 1):
        assert f'href="./?view=exhibit&chapter={number}&lang={lang}"' in text
        for poster in ("zh", "en"):
            assert f'href="/poster/{name}.pdf?lang={poster}"' in text


def test_each_sentence_leads_to_its_origin() -> None:
    assert said(visit("exhibit", "zh")).count('class="origin"') == len(CHAPTERS)
