"""A new edition is a data file and nothing else: an invented one is read, judged, stored and shown by a copy of gouji
that differs in that file alone; without the file its pages are of an unknown edition, not of the nearest one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import shared
from services.ingest.read import read_document
from services.parse.recognise import recognise

_PROJECT = Path(shared.__file__).parent.parent
_ADDED_ROW = """
[[tables.rows]]
key = "refused.trade_secret"
number = "9."
label = "属于商业秘密或者个人隐私"
groups = ["三、本年度办理结果", "（三）不予公开"]

[[tables.rows]]
key = "unavailable.not_held"
"""

_PAGE = """青石县柳林镇人民政府2026年政府信息公开工作年度报告
一、总体情况
2026年，本镇新收政府信息公开申请7件。
二、主动公开政府信息情况
第二十条第（一）项
信息内容 | 本年印发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 3 | 1 | 12
第二十条第（五）项
信息内容 | 本年处理决定数量
行政许可 | 21
第二十条第（六）项
信息内容 | 本年处理决定数量
行政处罚 | 14
行政强制 | 2
第二十条第（八）项
信息内容 | 本年收费金额（单位：万元）
行政事业性收费 | 0.6
三、收到和处理政府信息公开申请情况
项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计
一、本年新收政府信息公开申请数量 | 4 | 3 | 0 | 0 | 0 | 0 | 7
二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0
（一）予以公开 | 1 | 1 | 0 | 0 | 0 | 0 | 2
（二）部分公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0
1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0
2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0
3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0
4.保护第三方合法权益 | 0 | 0 | 0 | 0 | 0 | 0 | 0
5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
6.属于四类过程性信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0
8.属于行政查询事项 | 0 | 0 | 0 | 0 | 0 | 0 | 0
9.属于商业秘密或者个人隐私 | 2 | 1 | 0 | 0 | 0 | 0 | 3
1.本机关不掌握相关政府信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0
3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | 0
1.信访举报投诉类申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
3.要求提供公开出版物 | 0 | 0 | 0 | 0 | 0 | 0 | 0
4.无正当理由大量反复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
5.要求行政机关确认或重新出具已获取信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0
（七）总计 | 3 | 2 | 0 | 0 | 0 | 0 | 5
四、结转下年度继续办理 | 1 | 1 | 0 | 0 | 0 | 0 | 2
四、政府信息公开行政复议、行政诉讼情况
行政复议 | 行政诉讼
未经复议直接起诉 | 复议后起诉
OUTCOMES | OUTCOMES | OUTCOMES
1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0
五、存在的主要问题及改进情况
人手不足，将加强培训。
六、其他需要报告的事项
本年度未收取信息处理费。
""".replace("OUTCOMES", "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of gouji's code with one file more, the edition ``2026``."""
    root = tmp_path_factory.mktemp("copy")
    for package in ("shared", "services", "cli"):
        shutil.copytree(_PROJECT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    editions = root / "shared" / "form" / "editions"
    form = (editions / "2021.toml").read_text(encoding="utf-8")
    for before, after in (
        ('edition = "2021"', 'edition = "2026"'),
        ("first_year = 2021\nlast_year = 2025", "first_year = 2026\nlast_year = 2030"),
        ("本年制发件数", "本年印发件数"),
        ('\n[[tables.rows]]\nkey = "unavailable.not_held"\n', _ADDED_ROW),
        (
            '    "refused.administrative_inquiry",\n',
            '    "refused.administrative_inquiry",\n    "refused.trade_secret",\n',
        ),
    ):
        assert before in form
        form = form.replace(before, after)
    (editions / "2026.toml").write_text(form, encoding="utf-8")
    (root / "bucket").mkdir()
    (root / "bucket" / "2026.txt").write_text(_PAGE, encoding="utf-8")
    return root


def _gouji(copy: Path, *arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(copy), "COLUMNS": "200"}
    command = [sys.executable, "-m", "cli.main", *arguments]
    return subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True, text=True).stdout


def test_its_page_is_read_and_judged(copy: Path) -> None:
    outcome = json.loads(_gouji(copy, "parse", "bucket/2026.txt"))
    report = outcome["report"]
    assert report["edition"] == "2026"
    assert report["disclosure"]["normative_documents.issued"] == 3
    assert report["applications"]["refused.trade_secret"]["total"] == 3
    assert (outcome["findings"], report["doubts"]) == ([], {})


def test_its_page_is_stored_and_shown(copy: Path) -> None:
    assert "reports: 1 (1 clean)" in _gouji(copy, "run", "bucket", "--data", "data")
    shown = _gouji(copy, "show", "柳林镇", "2026", "--data", "data")
    assert "属于商业秘密或者个人隐私" in shown
    assert "本年印" in shown  # the column is narrow: the label breaks


def test_a_page_of_an_edition_that_nobody_knows_is_taken_for_no_other() -> None:
    report = recognise(read_document(_PAGE.encode(), "2026.txt"))
    assert report.edition == "unknown"
    assert report.year == 2026
    assert report.applications is None


def test_a_later_page_in_the_present_form_is_read_by_what_it_shows() -> None:
    page = _PAGE.replace("本年印发件数", "本年制发件数").replace(
        "9.属于商业秘密或者个人隐私 | 2 | 1 | 0 | 0 | 0 | 0 | 3\n", ""
    )
    report = recognise(read_document(page.encode(), "2026.txt"))
    assert report.edition == "2021"
    assert report.figure("applications.received.total") == 7
