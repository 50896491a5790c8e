"""What a site prints before and after a report: navigation, metadata, tools, links. Digits in it are no figures."""

from dataclasses import replace
from random import Random
from typing import Literal, get_args

from tests.corpus.page import Line, Page

SurroundingStyle = Literal["none", "site", "notice", "contents"]
SURROUNDING_STYLES: tuple[SurroundingStyle, ...] = get_args(SurroundingStyle)
"""``none``; ``site``: the header and foot of a portal; ``notice``: the report is attached to a notice that precedes
it; ``contents``: a table of contents comes first."""

_BEFORE = [
    "首页 > 政务公开 > 政府信息公开年报",
    "网站首页 | 走进本地 | 政务公开 | 办事服务 | 互动交流",
    "发布日期：2023-01-18 浏览次数：127 字体：[大 中 小]",
    "信息来源：本站　 索引号：000014349/2023-00012",
    "【打印】【关闭】",
]
_AFTER = [
    "扫一扫在手机打开当前页",
    "相关链接：上级部门网站 | 县区部门网站 | 其他网站",
    "主办单位：信息中心  备案号：京ICP备05070218号  公安备案：11010202000001",
    "网站标识码：1101020003 电话：010-12345678",
    "上一篇：关于做好年报编制工作的通知",
]
_NOTICE = [
    "关于发布政府信息公开工作年度报告的公告",
    "现将本机关政府信息公开工作年度报告予以公布，欢迎社会监督。联系电话：0101-2345678。",
    "附件：政府信息公开工作年度报告",
]


def surround(page: Page, style: SurroundingStyle, rng: Random) -> Page:
    """``page`` with the furniture of ``style`` round it."""
    match style:
        case "none":
            return page
        case "site":
            before, after = rng.sample(_BEFORE, rng.randint(1, 4)), rng.sample(_AFTER, rng.randint(1, 4))
        case "notice":
            before, after = _NOTICE, rng.sample(_AFTER, 1)
        case "contents":
            before, after = _contents(page, rng), []
    return replace(page, parts=(*_furniture(before), *page.parts, *_furniture(after)))


def _furniture(texts: list[str]) -> tuple[Line, ...]:
    return tuple(Line(text, "furniture") for text in texts)


def _contents(page: Page, rng: Random) -> list[str]:
    """The headings of the page with the pages they stand on."""
    dots = rng.choice(["……", "........", "  "])
    headings = [part.text for part in page.parts if isinstance(part, Line) and part.kind == "heading"]
    return ["目  录", *(f"{heading}{dots}{number}" for number, heading in enumerate(headings, 1))]
