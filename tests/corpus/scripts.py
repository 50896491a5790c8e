"""Writes a page in traditional characters, in Taiwan's vocabulary, or with pinyin after its characters."""

import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Literal, get_args

import opencc

ScriptStyle = Literal[
    "simplified",
    "traditional",
    "taiwan",
    "traditional_pinyin",
    "traditional_pinyin_toneless",
    "traditional_pinyin_broken",
    "simplified_pinyin_doubled",
]
SCRIPT_STYLES: tuple[ScriptStyle, ...] = get_args(ScriptStyle)

_PINYIN = {
    character: sound
    for characters, sounds in (
        (
            "务态镇应责联济会关实规内习级围发条导构职",
            "wù tài zhèn yīng zé lián jì huì guān shí guī nèi xí jí wéi fā tiáo dǎo gòu zhí",
        ),
        (
            "准健数废现结转处决业机组织问题续请开总计",
            "zhǔn jiàn shù fèi xiàn jié zhuǎn chù jué yè jī zǔ zhī wèn tí xù qǐng kāi zǒng jì",
        ),
        (
            "诉议复维纠审属国护权过执档询项缴纳费额虑",
            "sù yì fù wéi jiū shěn shǔ guó hù quán guò zhí dàng xún xiàng jiǎo nà fèi é lǜ",
        ),
        ("该记政公办类", "gāi jì zhèng gōng bàn lèi"),
    )
    for character, sound in zip(characters, sounds.split(), strict=True)
}


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def script_change(style: ScriptStyle, rng: Random) -> Callable[[str], str]:
    """What ``style`` does to a text in simplified characters."""
    match style:
        case "simplified":
            return lambda text: text
        case "traditional":
            return _traditional
        case "taiwan":
            return _converter("s2twp").convert
        case "traditional_pinyin":
            return lambda text: _annotated(text, lambda sound: f"({sound})", rng)
        case "traditional_pinyin_toneless":
            return lambda text: _annotated(text, lambda sound: f"({_toneless(sound)})", rng)
        case "traditional_pinyin_broken":
            shapes = ["({})", "（{}）", "({}", "{})", "( {} )"]
            return lambda text: _annotated(text, lambda sound: rng.choice(shapes).format(sound), rng)
        case "simplified_pinyin_doubled":
            return lambda text: _annotated(text, lambda sound: f"({_toneless(sound)})" * 2, rng, _same)


def _traditional(text: str) -> str:
    """By character, with 復議 as it is written, where OpenCC prefers 複議."""
    converted: str = _converter("s2t").convert(text)
    return converted.replace("複議", "復議")


def _same(text: str) -> str:
    return text


def _toneless(sound: str) -> str:
    """Pinyin without its tone marks; ü becomes u, as typists write it."""
    return "".join(c for c in unicodedata.normalize("NFD", sound) if not unicodedata.combining(c))


def _annotated(
    text: str, shape: Callable[[str], str], rng: Random, convert: Callable[[str], str] = _traditional
) -> str:
    """The text with pinyin after half of the characters known here."""
    converted = convert(text)
    if len(converted) != len(text):
        return converted
    return "".join(
        to + shape(_PINYIN[original]) if original in _PINYIN and rng.random() < 0.5 else to
        for original, to in zip(text, converted, strict=True)
    )
