"""Writes the words of a report: its title, its six sections, and what surrounds it on a site. All made up by us."""

from dataclasses import dataclass
from random import Random
from typing import Literal, get_args

from shared.form import Form
from shared.report import Number

TitleStyle = Literal[
    "one_line", "two_lines", "three_lines", "broken", "spaced_year", "year_first", "bracketed", "twice", "missing"
]
TITLE_STYLES: tuple[TitleStyle, ...] = get_args(TitleStyle)

HeadingStyle = Literal["decree", "spaced", "variant", "dotted", "unnumbered", "bracketed", "parts", "ringed"]
HEADING_STYLES: tuple[HeadingStyle, ...] = get_args(HeadingStyle)

DateStyle = Literal["whole", "spaced", "damaged", "absent"]
DATE_STYLES: tuple[DateStyle, ...] = get_args(DateStyle)

AUTHORITIES = (
    "青石县财政局",
    "云溪市人民政府办公室",
    "柳河区东桥街道办事处",
    "白塔县松林镇人民政府",
    "江州市生态环境局",
    "南岭省统计局",
    "望海区卫生健康委员会",
    "清泉县教育和体育局",
    "北原市长宁区泉山镇",
    "临江县公安局",
)

_VARIANTS = {
    2: ["主动公开政府信息情况", "主动公开情况"],
    4: ["政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
    5: ["存在的主要问题及改进措施", "政府信息公开工作存在的主要问题及改进情况", "存在主要问题及改进情况"],
    6: ["其他需要报告的事项", "其他需要报告事项"],
}


@dataclass(frozen=True)
class Title:
    """The lines a title is printed on (none: the page has no title), and what they say once joined."""

    lines: tuple[str, ...]
    joined: str | None


def write_title(authority: str, year: int, style: TitleStyle) -> Title:
    """The title of the report of ``authority`` for ``year``."""
    lines: tuple[str, ...]
    match style:
        case "one_line":
            lines = (f"{authority}{year}年政府信息公开工作年度报告",)
        case "two_lines":
            lines = (authority, f"{year}年政府信息公开工作年度报告")
        case "spaced_year":
            lines = (f"{authority} {year} 年政府信息公开工作年度报告",)
        case "year_first":
            lines = (f"{year}年度{authority}政府信息公开工作年度报告",)
        case "bracketed":
            lines = (f"{authority}政府信息公开工作年度报告（{year}年）",)
        case "three_lines":
            lines = (authority, f"{year}年政府信息公开", "工作年度报告")
        case "broken":
            lines = (f"{authority}{year}年政府信", "息公开工作年度报告")
        case "twice":
            whole = f"{authority}{year}年政府信息公开工作年度报告"
            return Title((whole, whole), whole)
        case "missing":
            return Title((), None)
    return Title(lines, "".join(lines).replace(" ", ""))


def write_headings(form: Form, style: HeadingStyle, rng: Random) -> list[str]:
    """The six headings, their ordinals printed in ``style``."""
    headings = []
    for section in form.sections:
        numeral = "一二三四五六"[section.number - 1]
        match style:
            case "decree":
                headings.append(f"{numeral}、{section.heading}")
            case "spaced":
                headings.append(f"{numeral} 、 {section.heading}")
            case "variant":
                headings.append(f"{numeral}、{rng.choice(_VARIANTS.get(section.number, [section.heading]))}")
            case "dotted":
                headings.append(f"{numeral}.{section.heading}")
            case "unnumbered":
                headings.append(section.heading)
            case "bracketed":
                headings.append(f"（{numeral}）{section.heading}")
            case "parts":
                headings.append(f"第{numeral}部分　{section.heading}")
            case "ringed":
                headings.append(f"{'①②③④⑤⑥'[section.number - 1]}{section.heading}")
    return headings


def write_period(year: int, style: DateStyle) -> str:
    """The sentence that states the statistical period, empty where the page omits it."""
    match style:
        case "whole":
            return f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        case "spaced":
            return f"本报告所列数据的统计期限自 {year} 年 1 月 1 日起至 {year} 年 12 月 31 日止。"
        case "damaged":
            return f"本报告所列数据的统计期限自{year}11日起至{year}1231日止。"
        case "absent":
            return ""


def write_sections(
    authority: str, year: int, period: str, figures: dict[str, Number], rng: Random
) -> dict[int, list[str]]:
    """The paragraphs of each section by its number. They speak of the tables, which must not confuse their reader."""
    received = figures["applications.received.total"]
    disputes = figures["disputes.reconsideration.total"]
    opening = f"根据《中华人民共和国政府信息公开条例》的要求，{authority}编制{year}年度报告。{period}"
    return {
        1: [opening, *rng.sample(_overall(year, received), 3)],
        2: rng.sample(["本机关主动公开的各类信息以门户网站为第一平台。", ""], 1),
        3: [],
        4: [rng.choice(["", f"{year}年，因政府信息公开引发行政复议{disputes}件，情况见下表。"])],
        5: rng.sample(_PROBLEMS, 2),
        6: [rng.choice(_OTHER).format(year=year)],
    }


def _overall(year: int, received: Number) -> list[str]:
    return [
        f"（一）主动公开。全年在门户网站发布信息{year - 1700}条，其中工作动态{year - 1900}条，公示公告52条。",
        f"（二）依申请公开。{year}年共新收政府信息公开申请{received}件，全部按期答复。",
        "（三）政府信息管理。完善发布前的保密审查，行政许可、行政处罚等事项随办随公开，规章和行政规范性文件集中展示。",
        "（四）平台建设。对专栏作了3次调整，增设检索入口1个，栏目总计26个。",
        "（五）监督保障。组织业务培训2场，参训86人次；未发生责任追究情形。",
    ]


_PROBLEMS = [
    "一是公开内容的时效还不够，个别栏目更新间隔超过30天。",
    "二是解读形式单一，图解类产品仅占全部解读的12%。",
    "下一步，将把公开工作纳入年度考核，每季度至少开展1次自查。",
    "三是基层队伍不稳定，经办人员一年内调整了4次，业务衔接有待加强。",
]
_OTHER = [
    "本机关{year}年度未收取信息处理费。",
    "无其他需要报告的事项。",
    "按照有关规定，{year}年发出收费通知0件，总金额0元。",
]
