"""Cutting a document into sentences, and which of them must be accounted for: small texts worked by hand."""

from pathlib import Path

import pytest

from loaders import sentences
from loaders.__main__ import main


def test_lines_are_joined_and_cut_at_full_stops_and_semicolons() -> None:
    found = sentences.split("第一节 水\n\n实施甲\n\n工程；到 2025 年，**建成**乙。丙如何？余下")
    assert [one.text for one in found] == ["第一节水实施甲工程；", "到2025年，建成乙。", "丙如何？", "余下"]
    assert [(one.no, one.digits, one.mark) for one in found] == [
        (1, "", None),
        (2, "2025", "date"),
        (3, "", None),
        (4, "", None),
    ]


def test_a_table_row_is_alone_with_its_cells_apart() -> None:
    found = sentences.split("前文\n氨氮\t0.47\t\t0.32\n后文。")
    assert [one.text for one in found] == ["前文", "氨氮|0.47|0.32", "后文。"]
    assert found[1].digits == "0.47 0.32"


def test_a_table_of_contents_is_passed_over() -> None:
    assert [one.text for one in sentences.split("第一章 基础.....5\n第二节 目标\t19\n正文。")] == ["正文。"]


def test_white_space_does_not_change_a_fingerprint_and_a_digit_does() -> None:
    one, other, changed = (sentences.split(text)[0].fingerprint for text in ("达到 38%。", "达到\n38%。", "达到 39%。"))
    assert one == other != changed
    assert len(one) == 10


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("到二〇二五年，全市生态环境得到新改善。", "date"),
        ("每两年开展一次演练。", "date"),
        ("2023年7月1日后实施国6b标准。", "date"),
        ("公布疑似污染地块四处。", "number"),
        ("形成“五库八厂”的供水格局。", "number"),
        ("实现收集率达到100%。", "number"),
        ("农村卫生厕所全覆盖。", "promise"),
        ("小峡桥断面稳定达到Ⅲ类及以上。", "number"),
        ("断面达到III类。", "number"),
        ("所有行政村配备保洁人员。", "promise"),
        ("结果向社会公开。", "promise"),
        ("禁止企业侵占河道。", "promise"),
        ("实施刘家沟填埋场封场工程。", "promise"),
        ("进一步加强统一管理，推进一体化。", None),
        ("落实“三线一单”和“一岗双责”。", None),
        ("控制二氧化碳排放。", None),
        ("第三节健全体系。", None),
        ("三、治理体系与能力跨越提升。", None),
    ],
)
def test_what_must_be_accounted_for(text: str, mark: str | None) -> None:
    assert sentences.mark(text) == mark


def test_the_command_writes_rows_for_the_tracked_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path}/x.db")
    file = tmp_path / "document.txt"
    file.write_text("达到38%。", encoding="utf-8")
    assert main(["sentences", "plan14", str(file)]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head == "document_id,no,fingerprint,digits,mark"
    assert row == f"plan14,1,{sentences.fingerprint('达到38%。')},38%,number"
