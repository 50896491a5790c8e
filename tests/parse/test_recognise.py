"""The promise: an undamaged page is read whole, and of a damaged one nothing is read that it does not state."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.recognise import recognise
from shared.blocks import Block, Document
from shared.form import EDITIONS, load_form
from shared.form.model import Edition
from tests.parse.pages import PROSE, TITLE, document, figures_of, page, read

FIGURES = {edition: figures_of(load_form(edition)) for edition in EDITIONS}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("a_row_a_line", [True, False])
def test_an_undamaged_page_is_read_whole(edition: Edition, a_row_a_line: bool) -> None:
    report = recognise(document(page(edition, FIGURES[edition], a_row_a_line=a_row_a_line)))

    assert report.edition == edition
    assert read(report, FIGURES[edition]) == FIGURES[edition]
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert {section.number: section.text for section in report.sections if section.text} == PROSE
    assert (report.title, report.authority, report.year) == (TITLE, "青山县财政局", 2023)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), blanked=st.floats(0, 0.5), shifted=st.floats(0, 0.5))
def test_blanks_in_cells_and_before_labels_cost_figures_and_make_none(
    seed: int, blanked: float, shifted: float
) -> None:
    """Rows may begin further right than others, and then be cut off where the others end."""
    dice = random.Random(seed)
    stated: set[str] = set()
    lines = []
    for cells in page("2021", FIGURES["2021"], a_row_a_line=True):
        kept = ["" if cell.isdigit() and dice.random() < blanked else cell for cell in cells]
        stated.update(kept)
        labelled = len(kept) > 1 and not cells[0].isdigit()
        blanks = dice.randint(1, 3) if labelled and dice.random() < shifted else 0
        row = [""] * blanks + kept
        lines.append(row[: len(kept)] if dice.random() < 0.5 else row)

    for cell, figure in read(recognise(document(lines)), FIGURES["2021"]).items():
        assert figure == FIGURES["2021"][cell]
        assert str(figure) in stated


def test_every_figure_remembers_where_it_stands() -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=True)
    report = recognise(document(lines))

    source = report.sources["applications.granted.business"]
    line, _, place = source.removeprefix("L").partition("C")
    assert lines[int(line) - 1][int(place) - 1] == str(FIGURES["2021"]["applications.granted.business"])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(edition=st.sampled_from(EDITIONS), a_row_a_line=st.booleans(), at=st.floats(0, 0.999), count=st.integers(1, 12))
def test_lines_lost_anywhere_never_make_a_wrong_figure(
    edition: Edition, a_row_a_line: bool, at: float, count: int
) -> None:
    lines = page(edition, FIGURES[edition], a_row_a_line=a_row_a_line)
    first = int(at * len(lines))
    report = recognise(document(lines[:first] + lines[first + count :]))

    assert read(report, FIGURES[edition]).items() <= FIGURES[edition].items()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(edition=st.sampled_from(EDITIONS), a_row_a_line=st.booleans(), seed=st.integers(0, 10_000))
def test_lines_repeated_or_moved_never_make_a_wrong_figure(edition: Edition, a_row_a_line: bool, seed: int) -> None:
    rng = random.Random(seed)
    lines = page(edition, FIGURES[edition], a_row_a_line=a_row_a_line)
    at = rng.randrange(1, len(lines) - 1)
    if rng.random() < 0.5:
        lines.insert(at, lines[at])
    elif not (lines[at][0].isdigit() and lines[at + 1][0].isdigit()):  # figures that changed places lie unprovably
        labels = not any(cell.isdigit() for cell in lines[at] + lines[at + 1])
        lines[at : at + 2] = lines[at : at + 2] if labels else [lines[at + 1], lines[at]]
    report = recognise(document(lines))

    assert read(report, FIGURES[edition]).items() <= FIGURES[edition].items()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(edition=st.sampled_from(EDITIONS), seed=st.integers(0, 10_000))
def test_a_cell_lost_from_a_row_leaves_that_row_null_and_the_others_read(edition: Edition, seed: int) -> None:
    rng = random.Random(seed)
    lines = page(edition, FIGURES[edition], a_row_a_line=True)
    rows = [at for at, cells in enumerate(lines) if cells[-1].isdigit() and len(cells) > 2]
    row = rng.choice(rows)
    del lines[row][rng.choice([at for at, cell in enumerate(lines[row]) if cell.isdigit()])]
    report = recognise(document(lines))

    found = read(report, FIGURES[edition])
    assert found.items() <= FIGURES[edition].items()
    assert len(FIGURES[edition]) - 15 <= len(found) < len(FIGURES[edition])


def test_blank_cells_are_null_and_shift_nobody() -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=True)
    blanked = {"refused.third_party_rights": "business", "granted": "natural_person", "carried_out": "research"}
    columns = [column.key for column in load_form("2021").table("applications").columns]
    for row in load_form("2021").table("applications").rows:
        if row.key in blanked:
            line = next(line for line in lines if line[-8:-7] == [row.number + row.label])
            line[columns.index(blanked[row.key]) - 7] = ""
    report = recognise(document(lines))

    missing = {f"applications.{row}.{column}" for row, column in blanked.items()}
    assert read(report, FIGURES["2021"]) == {c: f for c, f in FIGURES["2021"].items() if c not in missing}


def test_the_last_row_is_read_where_the_bars_behind_other_rows_end_before_it() -> None:
    lines: list[list[str]] = []
    for line in page("2021", FIGURES["2021"], a_row_a_line=True):
        lines += [[cell] for cell in line]
        if len(line) > 7 and line[-8] != "四、结转下年度继续办理":
            lines[-1] += ["", ""]
    lines[lines.index(["一、本年新收政府信息公开申请数量"]) + 3] = [""]
    report = recognise(document(lines))

    assert report.figure("applications.received.research") is None
    for column in load_form("2021").table("applications").columns:
        cell = f"applications.carried_out.{column.key}"
        assert report.figure(cell) == FIGURES["2021"][cell]


@pytest.mark.parametrize("place", range(1, 6))
def test_a_blank_between_two_figures_is_a_cell_wherever_the_figures_of_other_rows_begin(place: int) -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=True)
    figures = "1234567"
    for line in lines:
        if len(line) > 7 and line[0] in ("（二）部分公开", "（一）予以公开", "三、本年度办理结果"):
            line.append("")
        elif len(line) > 7 and line[0].startswith("（"):
            line.insert(-7, "")
    row = next(line for line in lines if "（二）部分公开" in line)
    row[1:8] = figures[:place] + " " + figures[place + 1 :]
    report = recognise(document(lines))

    assert report.applications is not None
    assert list(report.applications["partially_granted"].values()) == [
        None if at == place else int(figure) for at, figure in enumerate(figures)
    ]


@pytest.mark.parametrize("row", ["received", "other.other", "concluded", "carried_out"])
@pytest.mark.parametrize("column", ["natural_person", "total"])
def test_a_blank_at_either_end_of_a_row_shifts_nobody_where_few_rows_have_a_blank_on_both_sides(
    row: str, column: str
) -> None:
    """Labels in the first column have a blank before and behind their figures, those further right only behind, or
    none: three rules fit most of the rows, and only one fits the first column's."""
    lines: list[list[str]] = []
    outer = ("一、", "二、", "四、", "（七）", "3.其他")
    for line in page("2021", FIGURES["2021"], a_row_a_line=True):
        figures = [int(cell) for cell in line if cell.isdigit()]
        if len(figures) != 7:
            lines.append(line)
        elif (label := line[-8]).startswith(outer):
            lines.append([label, "", *line[-7:], ""])
        elif label.startswith("（"):
            lines.append(["", label, *line[-7:], ""])
        else:
            lines.append(["", "", *line[-8:]])
    form = load_form("2021")
    label = next(each.number + each.label for each in form.table("applications").rows if each.key == row)
    keys = [each.key for each in form.table("applications").columns]
    next(line for line in lines if line[0] == label)[2 + keys.index(column)] = ""
    report = recognise(document(lines))

    assert report.figure(f"applications.{row}.{column}") is None
    assert read(report, FIGURES["2021"]).items() <= FIGURES["2021"].items()


@pytest.mark.parametrize("a_row_a_line", [True, False])
@pytest.mark.parametrize("place", range(7))
def test_words_in_the_place_of_a_figure_are_its_note_and_shift_nobody(a_row_a_line: bool, place: int) -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=a_row_a_line)
    _put_words(lines, "（二）部分公开", place, a_row_a_line=a_row_a_line)
    report = recognise(document(lines))

    cell = f"applications.partially_granted.{load_form('2021').table('applications').columns[place].key}"
    assert read(report, FIGURES["2021"]) == {c: f for c, f in FIGURES["2021"].items() if c != cell}
    assert report.notes[cell] == "详见附件"


@pytest.mark.parametrize("place", range(7))
def test_words_in_a_row_prove_nothing_where_the_page_lost_figures(place: int) -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=False)
    _put_words(lines, "（二）部分公开", place, a_row_a_line=False)
    del lines[lines.index(["（一）予以公开"]) + 2]
    report = recognise(document(lines))

    assert read(report, FIGURES["2021"]).items() <= FIGURES["2021"].items()
    assert report.figure("applications.partially_granted.total") is None


def test_a_piece_of_a_label_is_no_cell() -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=False)
    at = lines.index(["（二）部分公开"])
    lines[at + 1] = ["只计这一情形"]
    report = recognise(document(lines))

    assert report.figure("applications.partially_granted.total") is None


def _put_words(lines: list[list[str]], label: str, place: int, *, a_row_a_line: bool) -> None:
    """Puts 详见附件 in the place of a figure of the row ``label``."""
    at = next(at for at, line in enumerate(lines) if label in line)
    if a_row_a_line:
        lines[at][place - 7] = "详见附件"
    else:
        lines[at + 1 + place] = ["详见附件"]


def test_two_copies_of_a_row_that_differ_are_null_and_remarked() -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if line[0] == "（二）部分公开")
    lines.insert(at, [lines[at][0], *["8"] * 7])
    report = recognise(document(lines))

    assert report.figure("applications.partially_granted.total") is None
    assert any("部分公开" in remark for remark in report.remarks)


def test_the_header_decides_where_the_columns_stand_in_another_order() -> None:
    lines = page("2021", FIGURES["2021"], a_row_a_line=True)
    for line in lines:
        if line == ["自然人", "法人或其他组织", "总计"]:
            line[:] = ["总计", "自然人", "法人或其他组织"]
        elif len(line) > 7 and all(cell.isdigit() for cell in line[-7:]) and not line[0].isdigit():
            line[-7:] = [line[-1], *line[-7:-1]]
    report = recognise(document(lines))

    assert read(report, FIGURES["2021"]) == FIGURES["2021"]


def test_a_grid_is_read_by_its_geometry_and_a_lost_cell_shifts_nobody() -> None:
    labels = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["", *labels], ["一、本年新收政府信息公开申请数量", "", "1", "2", "", "4", "5", "12"]]
    rows += [["二、上年结转政府信息公开申请数量", "1", "2", "3", "4", "5", "6"]]
    blocks = [
        Block(cell, f"T1R{r}C{c}", 1, r, c, certain=True) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]
    report = recognise(_report_with(blocks))

    assert report.applications is not None
    assert list(report.applications["received"].values()) == [None, 1, 2, None, 4, 5, 12]
    assert set(report.applications["carried_in"].values()) == {None}


def test_figures_behind_two_labels_in_one_cell_are_nobodys() -> None:
    labels = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["", *labels], ["一、本年新收政府信息公开申请数量", "0", "1", "2", "0", "4", "5", "12"]]
    rows += [["1.属于国家秘密 2.其他法律行政法规禁止公开", "1", "0", "0", "0", "0", "0", "1"]]
    blocks = [
        Block(cell, f"T1R{r}C{c}", 1, r, c, certain=True) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]
    report = recognise(_report_with(blocks))

    assert report.applications is not None
    assert report.applications["received"]["total"] == 12
    assert set(report.applications["refused.prohibited_by_law"].values()) == {None}


def test_a_cell_with_several_figures_fills_no_other_columns() -> None:
    rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "2 7 0", "× 1", "8"]]
    blocks = [
        Block(cell, f"T1R{r}C{c}", 1, r, c, certain=True) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]
    report = recognise(_report_with(blocks))

    assert report.disclosure is None or report.disclosure["regulations.issued"] is None


def test_a_report_older_than_the_form_has_sections_and_no_tables() -> None:
    paragraphs = [
        "青山县2016年政府信息公开工作年度报告",
        "一、概述",
        "2016年，我县政府信息公开工作有序开展。",
        "二、主动公开政府信息情况",
        "全年主动公开信息120条。",
        "三、依申请公开政府信息办理情况",
        "全年受理3件。",
        "四、行政复议和行政诉讼情况",
        "无。",
    ]
    report = recognise(document([[paragraph] for paragraph in paragraphs]))

    assert (report.edition, report.year) == ("unknown", 2016)
    assert (report.disclosure, report.applications, report.disputes) == (None, None, None)
    assert [section.heading for section in report.sections][:2] == ["一、概述", "二、主动公开政府信息情况"]


def _report_with(table: list[Block]) -> Document:
    lines = [Block(TITLE, "L1"), Block("一、总体情况", "L2"), Block("三、收到和处理政府信息公开申请情况", "L3")]
    after = [Block("五、存在的主要问题及改进情况", "L4"), Block("六、其他需要报告的事项", "L5")]
    return Document(format="html", encoding="utf-8", script="simplified", blocks=(*lines, *table, *after))


def test_a_row_that_authorities_add_to_the_form_is_told_apart_and_costs_no_other_row_its_figures() -> None:
    figures = figures_of(load_form("2021"))
    for a_row_a_line in (True, False):
        for above in ("8.属于行政查询事项", "1.属于国家秘密"):
            lines = page("2021", figures, a_row_a_line=a_row_a_line)
            added = [["9.属于工作秘密", "1", "2", "0", "0", "0", "0", "3"]]
            at = next(at for at, line in enumerate(lines) if above in line) + (1 if a_row_a_line else 8)
            lines[at:at] = added if a_row_a_line else [[cell] for cell in added[0]]

            report = recognise(document(lines))

            assert read(report, figures) == figures
            assert list(report.additions) == ["applications"]
            assert list(report.additions["applications"]["refused.work_secret"].values()) == [1, 2, 0, 0, 0, 0, 3]
            assert any("属于工作秘密" in remark for remark in report.remarks)


def test_an_added_row_is_never_taken_for_one_of_the_form_that_was_lost() -> None:
    figures = figures_of(load_form("2021"))
    for a_row_a_line in (True, False):
        lines = page("2021", figures, a_row_a_line=a_row_a_line)
        at = next(at for at, line in enumerate(lines) if "1.属于国家秘密" in line)
        lines[at] = ["属于工作秘密" if "国家秘密" in cell else cell for cell in lines[at]]

        report = recognise(document(lines))

        found = read(report, figures)
        assert found.items() <= figures.items()
        assert not any(cell.startswith("applications.refused.state_secret.") for cell in found)


def test_a_change_written_with_its_way_between_label_and_figure_has_its_sign() -> None:
    figures = figures_of(load_form("2019"))
    lines = page("2019", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if line[0] == "行政事业性收费")
    lines[at] = ["行政事业性收费：上一年项目数量549，本年增/减减251"]

    assert recognise(document(lines)).figure("disclosure.fees.change") == -251


def test_a_doubled_label_in_the_header_does_not_make_doubled_figures_of_a_row_a_merged_cell() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=False)
    at = lines.index(["社会公益组织"])
    lines.insert(at, lines[at])
    row = lines.index(["5.要求行政机关确认或重新出具已获取信息"])
    lines[row + 1 : row + 8] = [["11"], ["11"], ["0"], ["0"], ["0"], ["0"], ["0"], ["11"]]

    report = recognise(document(lines))

    assert report.figure("applications.not_processed.reconfirmation.business") is None
    assert report.figure("applications.granted.business") == figures["applications.granted.business"]


def test_as_many_figures_as_columns_and_a_blank_between_are_one_figure_too_many() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=False)
    at = lines.index(["规章"])
    lines[at + 1 : at + 4] = [["899"], ["899"], [""], ["445"]]

    report = recognise(document(lines))

    assert report.figure("disclosure.regulations.repealed") is None
    assert (
        report.figure("disclosure.normative_documents.repealed") == figures["disclosure.normative_documents.repealed"]
    )


def test_a_header_over_three_lines_is_read_by_place_where_blanks_are_kept() -> None:
    """Marks in many rows leave no total to prove the columns by."""
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if "自然人" in line)
    lines[at - 1 : at + 2] = [
        [lines[at - 1][0], "", "申请人情况", "", "", "", "", "", "总计", ""],
        ["", "", "自然人", "法人或其他组织", "", "", "", "", "", ""],
        ["", "", "", *lines[at + 1], ""],
    ]
    first = at + 2
    for number in range(first, first + 25):
        labels, stated = lines[number][:-7], lines[number][-7:]
        lines[number] = [*[""] * (2 - len(labels)), *labels[-2:], *stated[:5], "/", stated[6], ""]

    report = recognise(document(lines))

    marked = {cell for cell in figures if cell.startswith("applications.") and cell.endswith(".other")}
    assert read(report, figures) == {cell: figure for cell, figure in figures.items() if cell not in marked}


def test_a_text_that_says_more_than_a_label_is_not_that_label_misspelt() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=False)
    at = lines.index(["行政处罚"])
    lines[at] = ["行政处罚 浏览次数：123"]

    assert recognise(document(lines)).figure("disclosure.penalties.decisions") in (
        None,
        figures["disclosure.penalties.decisions"],
    )


def test_a_row_that_states_no_total_first_is_not_the_row_called_total() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if line[0].startswith("四、结转"))
    lines[at] = [
        "四、结转下年度继续办理：总计，自然人882，商业企业477，科研机构396，法律服务机构，其他151，社会公益组织218"
    ]

    report = recognise(document(lines))

    assert report.figure("applications.concluded.natural_person") == figures["applications.concluded.natural_person"]
    assert report.figure("applications.carried_out.natural_person") in (882, None)


def test_a_line_of_disputes_without_a_header_is_read_where_every_total_holds() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if line[0].startswith("四、政府信息公开行政复议"))
    stated = lines[at + 4]
    lines[at + 1 : at + 5] = [["行政复议行政诉讼"], stated]

    assert read(recognise(document(lines)), figures) == figures

    lines[at + 2] = [*stated[:4], "1", *stated[5:]]
    assert recognise(document(lines)).figure("disputes.reconsideration.upheld") is None


def test_a_table_on_one_line_is_read_label_by_label() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if line[0].startswith("三、收到和处理"))
    end = next(at for at, line in enumerate(lines) if line[0].startswith("四、政府信息公开行政复议"))
    lines[at + 1 : end] = [[cell for line in lines[at + 1 : end] for cell in line]]

    assert read(recognise(document(lines)), figures) == figures


def test_a_row_that_was_cut_off_does_not_take_the_end_of_the_next_whose_label_was_lost() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if "部分公开" in line[0])
    lines[at : at + 2] = [[*lines[at][:4], *lines[at + 1][-4:]]]

    report = recognise(document(lines))

    assert report.figure("applications.partially_granted.natural_person") is None
    assert report.figure("applications.partially_granted.total") is None
    assert report.figure("applications.granted.total") == figures["applications.granted.total"]


def test_figures_between_the_halves_of_a_label_are_its_own() -> None:
    figures = figures_of(load_form("2021")) | {"applications.partially_granted.total": 1}
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if "部分公开" in line[0])
    label, *row = lines[at]
    lines[at : at + 1] = [[label[:5]], row, [label[5:]]]

    report = recognise(document(lines))

    assert (
        report.figure("applications.partially_granted.business") == figures["applications.partially_granted.business"]
    )
    assert report.figure("applications.partially_granted.total") == 1


def test_a_header_run_together_whose_last_label_lost_a_character_is_read() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if "现行有效件数" in line)
    lines[at] = ["信息内容本年制发件数本年废止件数现行有效数"]

    report = recognise(document(lines))

    assert report.figure("disclosure.regulations.in_force") == figures["disclosure.regulations.in_force"]


def test_the_last_figure_of_a_table_is_no_number_of_the_heading_below_it() -> None:
    figures = figures_of(load_form("2021")) | {"applications.carried_out.total": 4}
    lines = page("2021", figures, a_row_a_line=False)
    lines = [[line[0].partition("、")[2]] if line[0][1:2] == "、" and "情况" in line[0] else line for line in lines]

    assert recognise(document(lines)).figure("applications.carried_out.total") == 4


def test_a_row_that_begins_with_a_blank_takes_no_figure_of_a_column_that_the_header_does_not_name() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = lines.index(["行政处罚", str(figures["disclosure.penalties.decisions"])])
    lines[at : at + 2] = [["行政处罚", "776", "1767"], ["行政强制", "", "1681"]]

    assert recognise(document(lines)).figure("disclosure.coercive_measures.decisions") is None


def test_the_last_digits_of_broken_figures_are_not_the_figures_though_they_add_up() -> None:
    figures = figures_of(load_form("2021"))
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if "部分公开" in line[0])
    lines[at : at + 1] = [
        ["年 （二） 23", "92", "41", "33", "92", "79", "36"],
        ["度 部分公 4", "9", "4", "8", "4", "6", "35"],
        ["开"],
    ]

    assert recognise(document(lines)).figure("applications.partially_granted.total") is None


def test_a_blank_among_zeros_is_told_by_no_header_that_is_not_whole() -> None:
    figures = dict.fromkeys(figures_of(load_form("2021")), 0)
    lines = page("2021", figures, a_row_a_line=True)
    at = next(at for at, line in enumerate(lines) if line == ["自然人", "法人或其他组织", "总计"])
    lines[at : at + 2] = [["总计", "商业企业", "自然人", "其他", "科研机构", "社会公益组织", "法律服务机构"]]
    row = next(at for at, line in enumerate(lines) if "属于国家秘密" in "".join(line))
    lines[row][-7] = ""

    report = recognise(document(lines))

    assert report.figure("applications.refused.state_secret.total") is None
