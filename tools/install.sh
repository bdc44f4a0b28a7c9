#!/usr/bin/env bash
# 离线安装：不用网络。用法：./install.sh [安装到哪个文件夹，缺省 /srv/bangfu]
set -euo pipefail
cd "$(dirname "$0")"
target=${1:-/srv/bangfu}

stop() {
	echo "$1" >&2
	exit 1
}

sha256sum --quiet -c SHA256SUMS || stop "安装包不完整，什么也没有装。请重新拷贝一份。"
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null ||
	stop "要 Python 3.11 或更新：请先安装，或用 PYTHON=路径 ./install.sh 指明。"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
	stop "缺少软件包 python3-venv：请先从系统安装盘装上。"

"$python" -m venv "$target/venv" || stop "建不了 $target：请用有权限的用户，或换一个文件夹。"
export PIP_NO_INDEX=1 PIP_FIND_LINKS=$PWD/wheels
pip=("$target/venv/bin/python" -m pip install -q --disable-pip-version-check)
"${pip[@]}" --require-hashes -r requirements.lock
"${pip[@]}" --no-deps wheels/bangfu-*.whl
cp operations.md "$target/"

echo "已装到 $target。接着："
echo "  export BANGFU_HOME=/var/lib/bangfu"
echo "  $target/venv/bin/bangfu upgrade --county 本县六位代码"
echo "  $target/venv/bin/bangfu serve    （另开一个窗口：$target/venv/bin/bangfu worker）"
echo "说明见 $target/operations.md；先试试：$target/venv/bin/bangfu demo"
