"""Why a figure is null: every refusal to read a cell has a code for programs and a sentence for a reviewer.

A doubt arises where it is known: extraction marks a block whose content a reader would not trust, recognition a cell
that the page does not prove. Both travel in the report, by cell id.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class DoubtCode(StrEnum):
    """The reasons. ``message`` is the sentence of each (Chinese, without a name of the cell: it is shown beside)."""

    # What the page shows in the cell is no figure.
    BLANK = "blank"
    MARK = "mark"
    NOT_A_COUNT = "not_a_count"

    # What the page shows in the cell cannot be told.
    HIDDEN_TEXT = "hidden_text"
    OVERLAPPING_TEXT = "overlapping_text"
    COVERED_TEXT = "covered_text"
    ANNOTATED_TEXT = "annotated_text"
    SYMBOL_FONT = "symbol_font"
    REORDERED_TEXT = "reordered_text"
    PICTURE = "picture"
    AUTOMATIC_NUMBER = "automatic_number"
    EXTERNAL_STYLE = "external_style"
    STYLED_TEXT = "styled_text"
    NUMBER_FORMAT = "number_format"
    FORMULA = "formula"
    READERS_DISAGREE = "readers_disagree"

    # The page does not prove which figure is the cell's.
    MISSING_TABLE = "missing_table"
    MISSING_ROW = "missing_row"
    MISSING_COLUMN = "missing_column"
    EDITION_NOT_SHOWN = "edition_not_shown"
    SEVERAL_TABLES = "several_tables"
    HEADER_UNCLEAR = "header_unclear"
    HEADER_CONTRADICTED = "header_contradicted"
    COLUMNS_EXCHANGED = "columns_exchanged"
    COLUMN_COUNT = "column_count"
    BLANK_UNPLACED = "blank_unplaced"
    SEVERAL_FIGURES = "several_figures"
    LABELS_TOGETHER = "labels_together"
    ROW_LOST_BELOW = "row_lost_below"
    ROW_ORDER = "row_order"
    FIGURES_SHIFTED = "figures_shifted"
    TOTAL_CONTRADICTED = "total_contradicted"
    COPIES_DIFFER = "copies_differ"
    UNPROVED = "unproved"

    @property
    def message(self) -> str:
        """The sentence that says it to a reviewer."""
        return _MESSAGES[self]


_MESSAGES: dict[DoubtCode, str] = {
    DoubtCode.BLANK: "单元格为空白。",
    DoubtCode.MARK: "单元格内填写的是符号或文字，不是数字。",
    DoubtCode.NOT_A_COUNT: "单元格内的内容不能作为本栏的数字（带小数、单位不符或有增减字样）。",
    DoubtCode.HIDDEN_TEXT: "单元格内另有页面上不显示的文字，所显示的数字无法确定。",
    DoubtCode.OVERLAPPING_TEXT: "单元格内的文字相互重叠，无法确定所显示的数字。",
    DoubtCode.COVERED_TEXT: "单元格内的文字被遮盖，无法确定所显示的数字。",
    DoubtCode.ANNOTATED_TEXT: "单元格上有批注、删除线或涂改标记，无法确定有效的数字。",
    DoubtCode.SYMBOL_FONT: "单元格内有以符号字体显示的字符，无法确定所显示的数字。",
    DoubtCode.REORDERED_TEXT: "单元格内的文字改变了显示方向，无法确定所显示的数字。",
    DoubtCode.PICTURE: "单元格内有图片或公式，所显示的数字无法确定。",
    DoubtCode.AUTOMATIC_NUMBER: "单元格内有自动编号，所显示的数字无法确定。",
    DoubtCode.EXTERNAL_STYLE: "页面引用外部样式表，单元格内的文字是否显示无法确定。",
    DoubtCode.STYLED_TEXT: "单元格内文字的样式特殊（移位、缩小、颜色相近等），所显示的数字无法确定。",
    DoubtCode.NUMBER_FORMAT: "单元格的数字格式无法还原，所显示的数字无法确定。",
    DoubtCode.FORMULA: "单元格为公式，文件没有保存其结果。",
    DoubtCode.READERS_DISAGREE: "不同的读取方式对本单元格的结果不一致。",
    DoubtCode.MISSING_TABLE: "页面上没有找到本表。",
    DoubtCode.MISSING_ROW: "页面上没有找到本行。",
    DoubtCode.MISSING_COLUMN: "页面上没有找到本列。",
    DoubtCode.EDITION_NOT_SHOWN: "页面没有显示表格的版本，各版不同的表格未读取。",
    DoubtCode.SEVERAL_TABLES: "页面并列了几个部门（单位）的数字，无法确定应取哪一个。",
    DoubtCode.HEADER_UNCLEAR: "表头不完整，或者各列的次序无法确定。",
    DoubtCode.HEADER_CONTRADICTED: "数字所在的位置与表头的次序不一致。",
    DoubtCode.COLUMNS_EXCHANGED: "表头中本列与另一列的次序与格式相反，可能是页面上的两行颠倒了。",
    DoubtCode.COLUMN_COUNT: "本行数字的个数与表头的列数不符。",
    DoubtCode.BLANK_UNPLACED: "本行有空白单元格，无法确定空白属于哪一列。",
    DoubtCode.SEVERAL_FIGURES: "一个单元格内有几个数字。",
    DoubtCode.LABELS_TOGETHER: "几行的标签连在一起，无法确定其后的数字属于哪一行。",
    DoubtCode.ROW_LOST_BELOW: "本行标签之后缺行，其后的数字可能属于所缺的行。",
    DoubtCode.ROW_ORDER: "本行不在格式规定的次序上，标签与数字可能错位。",
    DoubtCode.FIGURES_SHIFTED: "前后两行的数字一行少、一行多，其间的数字可能错入他行。",
    DoubtCode.TOTAL_CONTRADICTED: "本表另有缺损，而本行各数之和与总计不符。",
    DoubtCode.COPIES_DIFFER: "本行出现多次而数字不一致。",
    DoubtCode.UNPROVED: "本行的数字与各列的对应关系无法确认。",
}


class Doubt(BaseModel):
    """Why a cell is null."""

    model_config = ConfigDict(frozen=True)

    code: DoubtCode
    message: str

    @classmethod
    def of(cls, code: DoubtCode) -> "Doubt":
        """The doubt called ``code``, with its sentence."""
        return cls(code=code, message=code.message)
