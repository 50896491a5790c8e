"""What of a text matters when it is compared with the words of the form."""

_SILENT = str.maketrans(
    "", "", " \t\r\n\xa0\u3000、，,。.．·：:；;“”\"'‘’（）()【】[]〔〕《》〈〉<>「」『』!！?？|-—–_~～*#/／\\"
)

# Taiwan's words for what the form names; a page converted character by character still has them.
_TAIWAN = (("资讯", "信息"), ("档案", "文件"), ("专案", "项目"), ("资料", "数据"), ("它", "他"))


def essence(text: str) -> str:
    """``text`` without spaces and punctuation, in mainland vocabulary: ``（一） 予以公开`` is ``一予以公开``."""
    bare = text.translate(_SILENT)
    for theirs, ours in _TAIWAN:
        if theirs in bare:
            bare = bare.replace(theirs, ours)
    return bare
