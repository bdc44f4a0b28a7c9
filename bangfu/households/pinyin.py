"""Pinyin initials of names, to find people by; surnames read as surnames."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# 作姓氏时声母与常用读音不同的字，和复姓；字后是首字母。
_SURNAMES = (
    "单s 仇q 解x 查z 曾z 区o 乐y 召s 覃q 翟z 种c 繁p 秘b 折s 重c 祭z 乜n 长c 藏z 隗w "
    "朴p 缪m 员y 谌c 冼x 盖g 瞿q 褚c 尉w 任r "
    "尉迟yc 万俟mq 单于cy 长孙zs 澹台tt 令狐lh 亓官qg 夏侯xh 皇甫hf 欧阳oy 司马sm 上官sg "
    "诸葛zg 东方df 赫连hl 公孙gs 慕容mr 宇文yw 司徒st 司空sk 呼延hy 端木dm 百里bl 南宫ng "
    "独孤dg 钟离zl 轩辕xy 闻人wr 濮阳py 淳于cy 鲜于xy 太史ts "
)
_LETTERS = {word[: len(word) // 2]: word[len(word) // 2 :] for word in _SURNAMES.split()}
_MOST = 30


@lru_cache(maxsize=1 << 16)
def initials(name: str) -> str:
    """Lower-case initials of a name: 杨志明 → ``yzm``, 单于丹 → ``cyd``, 阿依·古丽 → ``aygl``.

    A surname is one only when a given name follows. What is neither a Chinese character nor a Latin
    letter is left out; at most 30 letters.
    """
    surname, letters = _surname(name)
    given = lazy_pinyin(name[len(surname) :], style=Style.FIRST_LETTER, errors="default", strict=False)
    return (letters + "".join(_latin(part) for part in given))[:_MOST]


def _surname(name: str) -> tuple[str, str]:
    """The surname that the tables know and its initials, else nothing."""
    for surname in (name[:2], name[:1]):
        if surname in _LETTERS and len(name) > len(surname):
            return surname, _LETTERS[surname]
    return "", ""


def _latin(part: str) -> str:
    return "".join(letter for letter in part.lower() if "a" <= letter <= "z")
