"""Reports for the years before 2019: another form, whose figures must not be taken for those of today's."""

from random import Random

from tests.corpus.encodings import encode
from tests.corpus.grid import Grid, PrintedCell
from tests.corpus.layouts import LAYOUTS
from tests.corpus.page import Truth
from tests.corpus.prose import AUTHORITIES
from tests.corpus.spec import Rendered, Spec

LAYOUTS_OF_THE_TIME = ("row_bars", "row_bars_blank", "cell_bar", "cell_tab_indented", "tabs", "markdown", "pdf_raw")

_INDICATORS = (
    ("一、主动公开情况", ""),
    ("（一）主动公开政府信息数", "条"),
    ("其中：主动公开规范性文件数", "条"),
    ("制发规范性文件总数", "件"),
    ("（二）通过不同渠道和方式公开政府信息的情况", ""),
    ("1.政府公报公开政府信息数", "条"),
    ("2.政府网站公开政府信息数", "条"),
    ("二、依申请公开情况", ""),
    ("（一）收到申请数", "件"),
    ("1.当面申请数", "件"),
    ("2.网络申请数", "件"),
    ("（二）申请办结数", "件"),
    ("（三）申请答复数", "件"),
    ("1.同意公开答复数", "件"),
    ("2.同意部分公开答复数", "件"),
    ("3.不同意公开答复数", "件"),
    ("其中：涉及国家秘密", "件"),
    ("4.申请信息不存在数", "件"),
    ("三、行政复议数量", "件"),
    ("（一）维持具体行政行为数", "件"),
    ("（二）被依法纠错数", "件"),
    ("（三）其他情形数", "件"),
    ("四、行政诉讼数量", "件"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("五、依申请公开信息收取的费用", "万元"),
)
_HEADINGS = (
    "一、概述",
    "二、主动公开政府信息的情况",
    "三、依申请公开政府信息办理情况",
    "四、依申请公开政府信息收费及减免情况",
    "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
    "六、政府信息公开工作存在的主要问题及改进措施",
)


def render_ancient(seed: int, layout: str) -> Rendered:
    """The report of some authority for a year from 2015 to 2018, its statistics in ``layout``."""
    rng = Random(f"{seed} ancient")
    year, authority = rng.randint(2015, 2018), rng.choice(AUTHORITIES)
    title = f"{authority}{year}年政府信息公开工作年度报告"
    opening = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    lines = [title, f"根据《中华人民共和国政府信息公开条例》，编制{year}年度报告。{opening}"]
    for heading in _HEADINGS:
        lines += [heading, f"{year}年，{heading[2:]}总体平稳，共办理{rng.randint(1, 90)}件。"]
    lines += ["附表：政府信息公开情况统计表", *LAYOUTS[layout].draw(_statistics(rng), rng)]
    truth = Truth("unknown", year, title, authority, "simplified", cells={}, marks={})
    return Rendered(Spec(seed=seed, layout=layout), f"{seed}.txt", encode("\n".join(lines) + "\n", "utf-8"), truth)


def _statistics(rng: Random) -> Grid:
    header = tuple(PrintedCell(text) for text in ("指标名称", "计量单位", "统计数"))
    rows = (
        (PrintedCell(name), PrintedCell(unit or "——"), PrintedCell(str(rng.randint(0, 300)) if unit else "——"))
        for name, unit in _INDICATORS
    )
    return Grid((header, *rows))
