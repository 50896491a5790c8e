"""Files that are no report, with the code they must be rejected with."""

from dataclasses import dataclass

import gouji
from shared.errors import RejectionCode


@dataclass(frozen=True)
class Stranger:
    """A file that is no report: its name, bytes and the codes it may be rejected with."""

    name: str
    data: bytes
    codes: tuple[RejectionCode, ...]


def _text(name: str, text: str, *codes: RejectionCode) -> Stranger:
    return Stranger(name, text.encode(), codes or ("not_a_report",))


_RULES = """青石县政府信息公开工作年度报告编制办法
第一条 为规范政府信息公开工作年度报告的编制和发布，根据《中华人民共和国政府信息公开条例》，制定本办法。
第二条 年度报告应当包括下列内容：
（一）总体情况；
（二）主动公开政府信息情况；
（三）收到和处理政府信息公开申请情况；
（四）政府信息公开行政复议、行政诉讼情况；
（五）存在的主要问题及改进情况；
（六）其他需要报告的事项。
第三条 各单位应当于每年1月31日前向县政府办公室报送上一年度报告，3月31日前统一向社会公布。
第四条 统计数据中，本年新收政府信息公开申请数量与上年结转数量之和，等于本年度办理结果总计与结转下年度继续办理数量之和。
第五条 本办法自2024年3月1日起施行。
"""
_NOTICE = """关于做好2024年政府信息公开工作年度报告编制发布工作的通知
各镇人民政府，县政府各部门：
根据条例规定，现就做好2024年政府信息公开工作年度报告编制发布工作有关事项通知如下。
一、报告内容。按照国务院办公厅统一格式，包括总体情况、主动公开情况等六个部分。
二、时间要求。请于2025年1月20日前将报告报送县政府办公室（联系电话：8123456）。
三、有关要求。各单位主要负责同志要亲自审核把关，确保数据准确、要素齐全。
附件：政府信息公开工作年度报告格式
青石县人民政府办公室
2025年1月6日
"""
_LINK = '<li><a href="/art/{}.html">{}2023年政府信息公开工作年度报告</a><span>2024-01-18</span></li>'
_PLACES = ("县财政局", "县教育局", "县统计局", "县水利局", "县审计局", "东桥镇", "松林镇")
_LINKS = """<html><head><title>政府信息公开年报</title></head><body><div class="list"><ul>
{}
</ul><div class="page">共 20 条 首页 上一页 1 2 3 下一页 尾页</div></div></body></html>""".format(
    "\n".join(_LINK.format(number, place) for number, place in enumerate(_PLACES, 10))
)
_SPAM = """<html><head><title>政府信息公开工作年度报告_百家乐在线</title>
<meta name="keywords" content="政府信息公开,年度报告,在线娱乐"></head><body>
<a href="http://bet.example/1">注册送88元</a> <a href="http://bet.example/2">手机版下载 v3.2</a>
<p>最新网址 政府信息公开工作年度报告 官方入口 信誉平台 2024</p></body></html>"""
_ERROR = """<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center>
<hr><center>nginx/1.18.0</center></body></html>"""
_ERROR_CN = """<html><body><h2>您访问的页面不存在或已被删除！</h2><p>3秒后将返回首页</p>
<ul><li>政务公开</li><li>政府信息公开年报</li></ul></body></html>"""
_NEWS = """我县召开政府信息公开工作推进会
1月15日，我县召开政府信息公开工作推进会，总结2024年工作，部署2025年任务。会议指出，过去一年全县主动公开信息5230条，
受理依申请公开41件，无行政复议和行政诉讼。会议强调，要进一步做好主动公开政府信息情况的统计，按时编制年度报告。
"""
_WORK_REPORT = """青石县人民政府2024年工作报告
一、2024年工作回顾
地区生产总值增长5.6%，一般公共预算收入12.3亿元，行政许可事项全程网办率达到98%。
二、2025年主要任务
新增城镇就业4000人，建设高标准农田3万亩。
三、加强政府自身建设
推进政府信息公开，自觉接受监督。
"""
_GUIDE = """青石县财政局政府信息公开指南
一、公开范围
（一）主动公开政府信息范围：机构职能、规章、行政规范性文件、行政许可、行政处罚、行政事业性收费等。
二、申请公开
（一）申请人可填写《政府信息公开申请表》，自然人应提供身份证明，法人或其他组织应提供机构代码。
（二）本机关自收到申请之日起20个工作日内予以答复。
三、不予公开的情形
1.属于国家秘密 2.其他法律行政法规禁止公开 3.危及三安全一稳定 4.保护第三方合法权益
四、监督方式：行政复议、行政诉讼。
"""

STRANGERS: tuple[Stranger, ...] = (
    Stranger("empty.txt", b"", ("empty",)),
    Stranger("blank.txt", " \r\n　\t\n".encode(), ("empty",)),
    Stranger("bom.txt", b"\xef\xbb\xbf", ("empty",)),
    Stranger("empty.html", b"<html><body></body></html>", ("empty", "not_a_report")),
    Stranger("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, ("unsupported_format",)),
    Stranger("program.txt", b"\x7fELF\x02\x01\x01" + bytes(400), ("unsupported_format",)),
    Stranger(
        "noise.txt", bytes((index * 73 + 41) % 256 for index in range(3000)), ("unsupported_format", "unreadable")
    ),
    Stranger("cut.docx", b"PK\x03\x04" + bytes(60), ("unreadable", "unsupported_format", "hostile")),
    Stranger("cut.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type", ("unreadable",)),
    _text("rules.txt", _RULES),
    _text("notice.txt", _NOTICE),
    _text("links.html", _LINKS),
    _text("spam.html", _SPAM),
    _text("error.html", _ERROR),
    _text("error_cn.html", _ERROR_CN),
    _text("news.txt", _NEWS),
    _text("work_report.txt", _WORK_REPORT),
    _text("guide.txt", _GUIDE),
    Stranger("rules_gbk.txt", _RULES.encode("gb18030"), ("not_a_report",)),
)


def misjudged(stranger: Stranger) -> str | None:
    """What is wrong with gouji's verdict on ``stranger``, None where it rejects it as it should."""
    rejection = gouji.read(stranger.data, stranger.name)[0].rejection
    if rejection is None:
        return f"{stranger.name} was taken for a report, should be {stranger.codes}"
    if rejection.code in stranger.codes:
        return None
    return f"{stranger.name} was rejected as {rejection.code} ({rejection.detail}), not {stranger.codes}"
