#!/usr/bin/env bash
# 演示：造一个虚构的县，筛查一遍，说明线索清单在哪里。
set -euo pipefail
cd "$(dirname "$0")/.."
bangfu=.venv/bin/bangfu

rm -rf demo/输入 demo/回执
mkdir -p demo
echo "一、造一个虚构的县（3000 户，没有一个真人）…"
"$bangfu" synthesize --households 3000 --seed 7 --out demo/输入

echo "二、筛查（截至 2026-10-31）…"
code=0
"$bangfu" screen demo/输入 --as-of 2026-10-31 --out demo/线索.xlsx --json demo/结果.json --receipts demo/回执 || code=$?
# 1 = 结果完整，但有的行退回了（演示数据里故意放了坏行）；更大的才是失败。
if [ "$code" -gt 1 ]; then exit "$code"; fi

echo
echo "线索清单：  $PWD/demo/线索.xlsx"
echo "全部结果：  $PWD/demo/结果.json"
echo "退回的行：  $PWD/demo/回执/"
echo "各部门名单：$PWD/demo/输入/（换成您自己的文件夹，就是正式的筛查）"
