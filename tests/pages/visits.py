"""A page opened without a browser, and what it says."""

from streamlit.testing.v1 import AppTest

from tests.served import ROOT

RUN_WITHIN_S = 60


def visit(page: str, lang: str) -> AppTest:
    """Open a page in a language."""
    run = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=RUN_WITHIN_S)
    run.query_params["lang"] = lang
    run.run()
    return run.switch_page(f"pages/{page}.py").run()


def said(run: AppTest) -> str:
    """All HTML of the page in one."""
    return "\n".join(block.value for block in run.markdown)


def descriptions(run: AppTest) -> list[str]:
    """What each chart and map of the page says to a screen reader."""
    return [block.proto.alt for kind in ("plotly_chart", "deck_gl_json_chart") for block in run.get(kind)]
