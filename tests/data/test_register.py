"""The register of promises: every sentence that dates, counts or promises is accounted for, and what it feeds exists."""

import pandas as pd
import pytest

from store import schema, tracked

COMPLETE: tuple[str, ...] = (  # documents whose every marked sentence stands in the register
    "plan14",
    "article2024",
    "action2426",
    "inspection2023",
    "complaint226_2023",
    "etdz2023",
    "hydro_site2023",
    "hydro_meeting2023",
    "meeting2025",
)


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    return tracked.read("register")


@pytest.fixture(scope="module")
def sentences() -> pd.DataFrame:
    return tracked.read("sentences")


@pytest.mark.parametrize("document", COMPLETE)
def test_every_marked_sentence_is_accounted_for(register: pd.DataFrame, sentences: pd.DataFrame, document: str) -> None:
    marked = sentences[(sentences["document_id"] == document) & sentences["mark"].notna()]
    known = set(register.loc[register["document_id"] == document, "fingerprint"])
    open_ones = marked.loc[~marked["fingerprint"].isin(known), ["no", "fingerprint", "digits"]]
    assert len(marked) > 0
    assert open_ones.to_dict("records") == []


def test_a_row_is_for_a_sentence_of_its_own_document(register: pd.DataFrame, sentences: pd.DataFrame) -> None:
    stored = set(zip(sentences["document_id"], sentences["fingerprint"], strict=True))
    assert set(zip(register["document_id"], register["fingerprint"], strict=True)) <= stored


def test_sentences_are_numbered_without_a_gap(sentences: pd.DataFrame) -> None:
    for document, rows in sentences.groupby("document_id"):
        assert rows["no"].tolist() == list(range(1, len(rows) + 1)), document


def test_every_row_is_used_or_left_out_for_a_reason(register: pd.DataFrame) -> None:
    assert (register["uses"].notna() ^ register["left_out"].notna()).all()


@pytest.mark.parametrize("word", schema.USES)
def test_what_a_row_feeds_exists(register: pd.DataFrame, word: str) -> None:
    table, key = schema.USES[word]
    uses = register["uses"].dropna().str.split().explode()
    named = set(uses[uses.str.startswith(f"{word}:")].str.split(":", n=1).str[1])
    known = set(tracked.read(table)[list(key)].astype(str).agg("/".join, axis=1))
    assert named <= known


CITING = {
    "target": ("document_id",),
    "figure": ("document_id",),
    "class": ("document_id",),
    "duty": ("document_id",),
    "task": ("document_id",),
    "contradiction": ("document_a", "document_b"),
    "complaint": ("document_id",),
    "priority": ("document_id",),
}


@pytest.mark.parametrize("document", COMPLETE)
@pytest.mark.parametrize("word", CITING)
def test_what_rests_on_the_document_has_its_sentence(register: pd.DataFrame, word: str, document: str) -> None:
    table, key = schema.USES[word]
    mine = register.loc[register["document_id"] == document, "uses"].dropna().str.split().explode()
    rows = tracked.read(table)
    resting = rows[rows[list(CITING[word])].eq(document).any(axis=1)]
    keys = {f"{word}:{'/'.join(map(str, one))}" for one in resting[list(key)].itertuples(index=False)}
    assert keys <= set(mine), sorted(keys - set(mine))


def test_every_document_of_a_case_has_its_sentence(register: pd.DataFrame) -> None:
    steps = tracked.read("case_steps")
    result = steps[steps["document_id"].isin(COMPLETE)]
    uses = register.assign(use=register["uses"].str.split()).explode("use")
    text = set(zip(uses["document_id"], uses["use"], strict=True))
    assert {(step.document_id, f"case:{step.case_id}") for step in result.itertuples()} <= text


def test_a_targets_date_is_the_one_its_sentences_write(register: pd.DataFrame) -> None:
    """Written where its sentence or the time limit of its task writes one, the end of the plan where none does."""
    rows = register.assign(use=register["uses"].str.split()).explode("use")
    anywhere = rows[rows["due"].notna()].groupby("document_id")["due"].agg(set)
    written = rows[rows["due"].notna()].groupby("use")["due"].agg(set)
    targets, plans = tracked.read("targets"), tracked.read("plans").set_index("plan_id")
    for target in targets[targets["document_id"].isin(COMPLETE)].itertuples():
        dates = written.get(f"target:{target.plan_id}/{target.no}", set())
        if target.due_basis == "written":
            assert target.due in (dates or anywhere[target.document_id]), (target.plan_id, target.no)
        else:
            assert dates == set(), (target.plan_id, target.no)
        if target.due_basis == "plan_period":
            assert target.due == pd.Timestamp(plans.loc[target.plan_id, "end_year"], 12, 31)
        if target.due_basis == "none":
            assert pd.isna(target.due)


def test_bodies_are_known_and_rows_a_page_lists_say_what_they_say(register: pd.DataFrame) -> None:
    parts = register["bodies"].dropna().str.split(";").explode()
    bodies = set(parts.str.split(":").str[1].str.split(",").explode())
    assert bodies <= set(tracked.read("bodies")["body_id"])
    shown = register[register["uses"].str.contains("page:", na=False)]
    assert shown[["summary_zh", "summary_en"]].notna().all(axis=None)


def test_a_date_is_given_only_with_the_words_that_write_it(register: pd.DataFrame) -> None:
    assert register.loc[register["due"].notna(), "due_text_zh"].notna().all()


def test_the_bodies_of_each_task_are_those_of_its_sentence_in_their_order(register: pd.DataFrame) -> None:
    """Read from the document by one hand, counted in ``task_bodies`` by another."""
    roles = {"责任单位": "responsible", "配合单位": "support"}
    named = tracked.read("task_bodies").sort_values(["task_id", "role", "order"])
    stored = named.groupby(["task_id", "role"])["body_id"].agg(list).to_dict()
    rows = register[(register["document_id"] == "action2426") & register["bodies"].notna()]
    read = {}
    for row in rows.itertuples():
        task = row.uses.split()[0].removeprefix("task:")
        for part in row.bodies.split(";"):
            word, bodies = part.split(":")
            read[task, roles[word]] = bodies.split(",")
    assert read == stored


def test_the_deadline_of_each_task_is_that_of_its_sentence(register: pd.DataFrame) -> None:
    rows = register[(register["document_id"] == "action2426") & register["bodies"].notna()]
    read = {row.uses.split()[0].removeprefix("task:"): row.due for row in rows.itertuples()}
    stored = tracked.read("tasks").set_index("task_id")["due"]
    assert set(read) == set(stored.index)
    assert all(stored[task] == due or (pd.isna(due) and pd.isna(stored[task])) for task, due in read.items())


def test_monthly_quarterly_and_yearly_reporting_counts_as_dated(
    sentences: pd.DataFrame, register: pd.DataFrame
) -> None:
    row = register.set_index("register_id").loc["action2426-115"]
    assert sentences.set_index(["document_id", "no"]).loc[("action2426", 115), "mark"] == "date"
    assert row["uses"].split() == ["duty:cz_monthly", "duty:cz_quarterly", "duty:cz_yearly"]
