"""What of a text matters when it is compared with the words of the form."""

_SILENT = str.maketrans(
    "",
    "",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
    " \t\r\n\xa0\u3000、，,。.．·：:；;“”\"'‘’（）()【】[]〔〕《》〈〉<>「」『』!！?？|-—–_~～*#/／\\",
)

# Taiwan's words for what the form names; a page converted character by character still has them.
_TAIWAN = (("资讯", "信息"), ("档案", "文件"), ("专案", "项目"), ("资料", "数据"), ("它", "他"))


def label_key(text: str) -> str:
    """``text`` without spaces, punctuation and Latin letters, in mainland words: ``（一）规 章`` is ``一规章``."""
    bare = text.translate(_SILENT)
    for theirs, ours in _TAIWAN:
        if theirs in bare:
            bare = bare.replace(theirs, ours)
    return bare
