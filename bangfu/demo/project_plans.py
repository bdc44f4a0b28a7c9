"""What the projects of the demo are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WAN = 1_000_000
"""10,000 yuan in fen."""


@dataclass(frozen=True)
class ProjectPlan:
    """What a project of the demo is; amounts in 万元."""

    name: str
    kind: str
    category: str
    content: str
    quantity: str
    unit: str
    purpose: str
    sources: Mapping[str, int]
    households: int
    linkage: str

    @property
    def total(self) -> int:
        """Fen."""
        return sum(self.sources.values()) * WAN


ROAD = ProjectPlan(
    "产业路硬化",
    "infrastructure",
    "construction.infrastructure",
    "硬化产业路 3.2 公里，路面宽 3.5 米、厚 20 厘米，配边沟。",
    "3.2",
    "公里",
    "产业路",
    {"central": 120, "county": 30},
    86,
    "施工用本村劳力不少于 20 人；路通以后核桃运费每吨少 60 元。",
)
WALNUT = ProjectPlan(
    "核桃初加工车间",
    "industry",
    "industry.processing",
    "建 400 平方米车间，核桃脱皮、烘烤设备 1 套。",
    "400",
    "平方米",
    "核桃加工",
    {"central": 160, "province": 40},
    120,
    "收购 120 户的鲜核桃；资产归村集体，收益的六成分给脱贫户和监测户。",
)
WATER = ProjectPlan(
    "人饮管网改造",
    "public_service",
    "construction.public_service",
    "换管 6.8 公里，建 100 立方米水池 1 座。",
    "6.8",
    "公里",
    "饮水安全",
    {"province": 70, "county": 10},
    142,
    "142 户枯水期不断水；管水员从脱贫户里聘。",
)
LAMPS = ProjectPlan(
    "太阳能路灯",
    "infrastructure",
    "construction.environment",
    "主干道安装太阳能路灯 60 盏。",
    "60",
    "盏",
    "村道照明",
    {"county": 18},
    90,
    "方便夜间出行；管护由村保洁员承担。",
)
HERBS = ProjectPlan(
    "中药材种植基地",
    "industry",
    "industry.production",
    "连片种植滇黄精 150 亩，配灌溉管道。",
    "150",
    "亩",
    "中药材种植",
    {"partner": 90},
    65,
    "流转 65 户土地，常年用工 12 人。",
)

VISITS = ProjectPlan(
    "古茶林步道和接待点",
    "own",
    "industry.services",
    "修古茶林步道 1.2 公里，改造接待点 1 处。",
    "1.2",
    "公里",
    "乡村旅游",
    {"county": 36},
    40,
    "接待点由村集体经营，收益的五成分给 40 户。",
)
