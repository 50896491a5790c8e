"""Removes the pinyin that some sites print after characters: ``務(wù)公開``, ``政(zheng)(zheng)府``, ``務（wu公開``.

Latin that belongs to the text stays: ``客户端(APP)``, ``附件(pdf)``, ``(一)``.
"""

import re
import unicodedata

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# ɑ and ɡ are the letter forms that Chinese input methods write; v stands for ü.
_VOWELS = f"aeiouvüêɑ{_TONED}"
_INITIALS = "[zcs]h|[bpmfdtnlgɡkhjqxrzcsyw]"
_SYLLABLE = f"(?:{_INITIALS})?[{_VOWELS}]{{1,3}}(?:n[gɡ]?|r)?"
_READING = f"(?:{_SYLLABLE} ?){{1,4}}"

# In brackets, whole or with either half missing, directly after a character or after another reading.
_ANNOTATION = re.compile(
    f"[(（](?:(?<=[{_HAN})）a-z{_TONED}].)|(?<=[{_HAN}] .)) ?({_READING})(?![a-zA-Z])([)）]?)"
    f"|(?=[a-zɑɡ{_TONED}])(?<=[{_HAN}])({_READING})([)）])"
)
_BARE = re.compile(f"(?=[a-zɑɡü]{{0,3}}[{_TONED}])(?<=[{_HAN}]){_SYLLABLE}(?![a-z])")
# With spaces round the brackets, which would look like a gap between cells.
_SPACED = re.compile(f"(?<=[{_HAN}]) [(（] ?(?:{_READING})[)）] (?=[{_HAN}])")
_COMBINING_TONE = re.compile("[\u0300\u0301\u0304\u030c\u0308]")
_LETTER = re.compile(f"[a-zɑɡ{_TONED}]")
_LETTER = re.compile(f"[a-zɑɡ{_TONED}]")
_TONE = re.compile(f"[{_TONED}]")

# Without a tone mark a syllable may be English, ``人工智能(ai)``: it takes a page that annotates throughout to tell.
_ENGLISH_TOO = frozenset({"ai", "ui", "a", "e", "o", "he", "me", "she", "we", "you", "men", "can", "pin", "ban", "fan"})
_THROUGHOUT = 3  # annotations, or tone marks, from which on a page is taken to be annotated throughout


def remove_pinyin(text: str) -> str:
    """``text`` without the readings in or out of brackets that follow its characters."""
    if not _LETTER.search(text):
        return text
    if _COMBINING_TONE.search(text):
        text = unicodedata.normalize("NFC", text)
    if len(_TONE.findall(text)) >= _THROUGHOUT:
        return _BARE.sub("", _ANNOTATION.sub("", _SPACED.sub("", text)))
    annotated = len(_ANNOTATION.findall(text)) >= _THROUGHOUT
    if annotated:
        text = _SPACED.sub("", text)

    def unless_english(match: re.Match[str]) -> str:
        reading = (match[1] or match[3]).strip()
        closed = bool(match[2] or match[4])
        plain = _TONE.search(reading) or (closed and reading not in _ENGLISH_TOO)
        return "" if plain or annotated else match[0]

    return _BARE.sub("", _ANNOTATION.sub(unless_english, text))
