"""docs/compliance.md: what the program does not do, and its controls, each with its place and its test."""

from __future__ import annotations

from bangfu.access.compliance import ABSENT_FUNCTIONS, CONTROLS

PAGE = "docs/compliance.md"


def page() -> str:
    """The page, from ``bangfu/access/compliance.yaml``."""
    lines = [
        "# 合规说明",
        "",
        "由 `bangfu/access/compliance.yaml` 生成（`make docs`），与系统里的“合规说明”页同一来源。",
        "控制点按等级保护三级应用层面的题目列，不引条款号：条文以标准原文为准，由测评机构对照。",
        "",
        "## 有意没有的功能",
        "",
        "| 没有 | 为什么 | 用什么代替 |",
        "|---|---|---|",
        *(f"| {one.name} | {one.why} | {one.instead} |" for one in ABSENT_FUNCTIONS),
        "",
        "## 控制点",
        "",
        "| 题目 | 怎么做 | 在哪里 | 测试 |",
        "|---|---|---|---|",
        *(f"| {c.topic} | {c.measure} | `{c.where}` | `{c.test}` |" for c in CONTROLS),
        "",
    ]
    return "\n".join(lines)
