"""Invented names of people, places and things."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

COUNTY = "云岭县"
_SURNAMES = (  # frequent ones first
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文"
)
_MALE = (
    "伟强磊军洋勇杰涛明超刚平辉鹏飞斌波宇浩凯健俊帆旭宁龙林旺福贵发财德忠义文武国家建志永光天成金山海江华荣生"
)
_FEMALE = "芳娜秀敏静丽艳娟霞燕玲桂兰凤英梅琴云莲真环雪荣爱妹香月莺媛红春菊花翠珍莉彩兰洁梅琳素惠珠青美花玉萍"
_DOTTED = ("扎西", "次仁", "格桑", "阿依", "卓玛", "尼玛", "达娃", "旺堆", "拉姆", "索朗")
_PLACE_FIRST = "青白黑红黄大小上下东西南北新老长双石松竹梅龙凤马羊云水"
_PLACE_LAST = "山坪河沟坝田岭坡箐寨湾塘岩关桥井泉林场洞"
TOWNSHIP_KINDS = ("镇", "乡")
#: Every tenth household or so is of a minority; the invented county lies in Yunnan.
ETHNICITIES = ("汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "彝族", "白族", "藏族")

DISEASES = ("肺癌", "胃癌", "终末期肾病", "急性心肌梗死", "脑卒中", "尘肺病", "儿童白血病", "先天性心脏病")
DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
DISASTERS = ("洪涝", "滑坡", "干旱", "风雹", "低温冷冻", "火灾", "地震")
VEHICLES = ("小型轿车", "小型普通客车", "轻型普通货车", "普通二轮摩托车", "轮式拖拉机")
BUSINESSES = ("种植专业合作社", "农资经营部", "便利店", "养殖场", "建材经营部", "农家乐")
EMPLOYERS = ("县人民医院", "县第一中学", "镇人民政府", "县林业和草原局", "村卫生室")


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of the options, each as likely."""
    return options[int(rng.random() * len(options))]


def surname(rng: Random) -> str:
    """A surname, the frequent ones more often."""
    return _SURNAMES[int(rng.random() ** 1.7 * len(_SURNAMES))]


def given_name(rng: Random, male: bool) -> str:
    """A given name of one or two characters."""
    letters = _MALE if male else _FEMALE
    return pick(rng, letters) + (pick(rng, letters) if rng.random() < 0.75 else "")


def dotted_name(rng: Random) -> str:
    """A name of two parts with a middle dot between them."""
    return f"{pick(rng, _DOTTED)}·{pick(rng, _DOTTED)}"


def township_name(number: int) -> str:
    """The name of a township by its number from 0; no two are alike."""
    return _place(number * 7 + 3) + TOWNSHIP_KINDS[number % 2]


def village_name(number: int) -> str:
    """The name of a village by its number within the county from 0; no two are alike."""
    return _place(number) + "村"


def _place(number: int) -> str:
    round_, rest = divmod(number, len(_PLACE_FIRST) * len(_PLACE_LAST))
    first, last = _PLACE_FIRST[rest % len(_PLACE_FIRST)], _PLACE_LAST[rest // len(_PLACE_FIRST)]
    middle = _PLACE_FIRST[round_ - 1] if round_ else ""
    return first + middle + last
