"""Labelled sentences: what a careful reader would object to, and what looks objectionable but is not.

They are written for this report: 5 applications received (3 by natural persons, 2 by businesses), 1 carried in; 2
granted, 1 partly, 1 refused (internal affairs), 1 not held; 5 concluded, 1 carried out; 2 reconsiderations, 1 lawsuit;
normative documents 2 issued, 1 repealed, 9 in force; 282 licences, 15 penalties; fees of 1.2 万元. The year is 2024.
"""

from shared.report import Number

_APPLICATIONS = {
    "received": {"natural_person": 3, "business": 2},
    "carried_in": {"natural_person": 1},
    "granted": {"natural_person": 2},
    "partially_granted": {"business": 1},
    "refused.internal_affairs": {"natural_person": 1},
    "unavailable.not_held": {"natural_person": 1},
    "concluded": {"natural_person": 4, "business": 1},
    "carried_out": {"business": 1},
}

CELLS: dict[str, Number | None] = {
    **{f"applications.{row}.{column}": n for row, figures in _APPLICATIONS.items() for column, n in figures.items()},
    **{f"applications.{row}.total": sum(figures.values()) for row, figures in _APPLICATIONS.items()},
    "disputes.reconsideration.upheld": 1,
    "disputes.reconsideration.pending": 1,
    "disputes.reconsideration.total": 2,
    "disputes.litigation_direct.other": 1,
    "disputes.litigation_direct.total": 1,
    "disclosure.normative_documents.issued": 2,
    "disclosure.normative_documents.repealed": 1,
    "disclosure.normative_documents.in_force": 9,
    "disclosure.licensing.decisions": 282,
    "disclosure.penalties.decisions": 15,
    "disclosure.fees.amount": 1.2,
}

# Each with how many of its claims are false.
FALSE: tuple[tuple[str, int], ...] = (
    ("2024年，我镇共收到政府信息公开申请4件。", 1),
    ("本年度收到公民、法人或者其他组织提出的政府信息公开申请7件，均按期答复。", 1),
    ("全年受理依申请公开政府信息3件。", 1),
    ("2024年我局新收到政府信息公开申请共计15件，同比增加10件。", 1),
    ("我镇全年收到8份政府信息公开申请。", 1),
    ("2024年，石桥镇未收到政府信息公开申请。", 1),
    ("本年度没有收到公民、法人和其他组织的依申请公开事项。", 1),
    ("2024年我镇收到政府信息公开申请0件。", 1),
    ("2024年，我局无依申请公开事项。", 1),
    ("今年共接到信息公开申请十二件。", 1),
    ("全年办结政府信息公开申请9件。", 1),
    ("2024年全年共处理依申请公开政府信息4件。", 1),
    ("上年结转政府信息公开申请3件，本年新收政府信息公开申请5件。", 1),
    ("2024年收到政府信息公开申请5件，结转下年度继续办理2件。", 1),
    ("2024年收到政府信息公开申请5件，其中自然人申请2件，商业企业申请3件。", 2),
    ("2024年收到政府信息公开申请5件，均为自然人申请。", 1),
    ("2024年收到政府信息公开申请5件，均已办结。", 1),
    ("2024年办理政府信息公开申请5件，其中予以公开3件，部分公开1件，不予公开1件。", 1),
    ("对政府信息公开申请，予以公开2件，不予公开2件，无法提供1件。", 1),
    ("政府信息公开申请中，属于三类内部事务信息3件。", 1),
    ("收到政府信息公开申请5件，其中予以公开2件，占50%。", 1),
    ("我镇政府信息公开申请办结率达100%。", 1),
    ("因政府信息公开被申请行政复议3件，被提起行政诉讼1件。", 1),
    ("因政府信息公开引起的行政复议2件、行政诉讼案件2件。", 1),
    ("2024年收到政府信息公开申请5件，由此引发的行政复议、行政诉讼均为0件。", 1),
    ("全年未发生因政府信息公开引起的行政复议、行政诉讼。", 1),
    ("2024年无行政复议、行政诉讼案件。", 1),
    ("2024年，全年制发行政规范性文件4件，废止行政规范性文件1件。", 1),
    ("我局现行有效行政规范性文件12件。", 1),
    ("本年度我局未制发行政规范性文件。", 1),
    ("全年作出行政处罚决定51件。", 1),
    ("本年度作出行政许可决定228件，作出行政处罚决定15件。", 1),
    ("全年收取行政事业性收费1.5万元。", 1),
    ("全年收取行政事业性收费120000元。", 1),
    ("全年主动公开政府信息90条，其中政策文件28条、工作动态39条、财政信息4条、其他信息11条。", 1),
    ("2024年共主动公开信息50条。其中，机构信息10条，规划信息20条，其他10条。", 1),
)

# Every claim of these is true, and is to be recognised: with how many there are.
TRUE: tuple[tuple[str, int], ...] = (
    ("2024年，我镇共收到政府信息公开申请5件。", 1),
    ("2024年，我镇收到政府信息公开申请五件，上年结转1件，均依法办理。", 2),
    ("本年度受理政府信息公开申请6件。", 1),
    ("2024年办理政府信息公开申请5件，其中予以公开2件，部分公开1件，不予公开1件，无法提供1件。", 6),
    ("结转下年度继续办理1件政府信息公开申请。", 1),
    ("2024年收到政府信息公开申请5件，其中自然人申请3件，占60%。", 3),
    ("因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", 2),
    ("2024年制发行政规范性文件2件，废止行政规范性文件1件，现行有效行政规范性文件9件。", 3),
    ("全年收取行政事业性收费12000元。", 1),
    ("全年收取行政事业性收费1.2万元。", 1),
    ("全年公开信息82条，其中政策文件28条、工作动态39条、财政信息4条、其他11条。", 1),
    ("2024年共公开信息25条。其中文件3条、机构信息3条、规划信息6条、预决算1条、民生7条、公益1条、农业3条、其他1条。", 1),
)

# Nothing here contradicts the tables, however it looks.
TRAPS: tuple[str, ...] = (
    # other years
    "2023年，我镇共收到政府信息公开申请9件。",
    "2023年收到政府信息公开申请9件，2024年收到5件。",
    "收到政府信息公开申请5件，比上年增加3件，增长150%。",
    "去年同期收到政府信息公开申请8件。",
    "上一年我镇共收到政府信息公开申请11件。",
    "2025年，我镇将继续规范办理流程，力争收到的政府信息公开申请100件全部按期答复。",
    "近三年共收到政府信息公开申请19件。",
    # cumulative figures
    "截至2024年底，累计收到政府信息公开申请35件。",
    "自2008年以来累计受理政府信息公开申请128件。",
    "历年累计现行有效行政规范性文件40件。",
    "《条例》施行以来，共收到政府信息公开申请77件。",
    # other scopes
    "2024年，全县各级行政机关共收到政府信息公开申请128件。",
    "全市共收到政府信息公开申请658件，因政府信息公开引起的行政复议22件、行政诉讼案件1件。",
    "各部门收到政府信息公开申请33件，其中予以公开20件。",
    "收到政府信息公开申请较多的单位中，教育局收到政府信息公开申请9件，公安局收到政府信息公开申请12件。",
    "下属事业单位受理政府信息公开申请2件。",
    # other subjects
    "全年受理12345热线工单1560件，办结率100%。",
    "收到群众留言47件，已全部办结，回复率和满意率均达100%。",
    "办理人大代表建议8件、政协提案5件，办结率100%。",
    "全年办理行政复议案件56件、行政诉讼案件12件。",
    "通过门户网站公开行政处罚信息130条、行政许可信息512条。",
    "全年公开规范性文件12件，解读规范性文件3件。",
    "全年受理行政许可申请345件。",
    "本年度未收取政府信息公开信息处理费。",
    "召开政务公开专题会议3次，组织依申请公开培训4次。",
    "开展规范性文件清理，审查行政规范性文件23件。",
    # percentages and rates that the tables do not know
    "政府信息公开申请按时办结率100%。",
    "政府信息公开申请按期答复率达到100%。",
    "政府信息公开申请量同比增长103%。",
    # several figures in a sentence
    "办理政府信息公开申请5件，予以公开或部分公开3件，不予公开1件。",
    "收到政府信息公开申请5件，通过网络收到4件，通过信函收到1件。",
    "2024年收到政府信息公开申请5件（2023年为9件），其中自然人3件（2023年为8件）。",
    "全年发布信息2196条，其中图文信息1800条、视频信息700条。",
    "主动公开政府信息25条，其中规划信息6条、财政信息10条。",
    "全年发布信息100条，其中微信公众号80条，浏览量17万次。",
    "发布各类信息1100余条，其中政策文件300余条，其他信息700余条。",
    # no claim at all
    "对收到的政府信息公开申请，做到件件有着落、事事有回音。",
    "严格落实三审三校制度，一是规范依申请公开办理流程，二是加强培训。",
    "如未收到政府信息公开申请的答复，可以拨打电话。",
    "未收到因政府信息公开工作不力的投诉举报5件。",
    "约收到政府信息公开申请10余件。",
    "政府信息公开申请表1份，指南2份，可在大厅领取。",
)
