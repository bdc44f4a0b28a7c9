#!/usr/bin/env bash
# 建虚拟环境 .venv 并装好依赖。用法：tools/setup.sh runtime|dev
# 依赖都固定版本并核对哈希；从哪里下载由本机 pip 自己的设置决定，这里不改。
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?用法：tools/setup.sh runtime 或 dev}
case $kind in
runtime) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*)
	echo "用法：tools/setup.sh runtime 或 dev" >&2
	exit 2
	;;
esac

stop() {
	echo "$1" >&2
	exit 1
}

new_enough() {
	command -v "$1" >/dev/null 2>&1 &&
		"$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
	local candidate
	for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
		if new_enough "$candidate"; then
			echo "$candidate"
			return
		fi
	done
	return 1
}

can_make_venv() {
	"$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

install_venv_package() {
	[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
	echo "安装系统软件包 python3-venv …"
	apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -q -y python3-venv >/dev/null
}

make_venv() {
	local python
	python=$(find_python) || stop "没有找到 Python 3.11 或更新的版本：请安装后重试，或用 PYTHON=路径 make … 指明。"
	if ! can_make_venv "$python"; then
		install_venv_package && can_make_venv "$python" ||
			stop "缺少软件包 python3-venv：请以管理员身份执行 apt-get install python3-venv，然后重试。"
	fi
	echo "建虚拟环境 .venv（$("$python" --version)）…"
	rm -rf .venv
	"$python" -m venv .venv
	pwd -P >.venv/.folder
}

usable_venv() {
	[ "$(cat .venv/.folder 2>/dev/null)" = "$(pwd -P)" ] && .venv/bin/python -m pip --version >/dev/null 2>&1
}

# 半途中断、搬过家或换过系统 Python 的旧环境不能用，重建。
usable_venv || make_venv

pip() {
	PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip "$@"
}

echo "按 $lock 安装依赖（第一次要几分钟）…"
pip install -q --require-hashes -r "$lock" ||
	stop "依赖没有装上，上面是 pip 的说明。常见原因是连不上软件包的来源：请检查网络和本机 pip 的设置后重试。"
PYTHONWARNINGS=ignore pip install -q --no-deps --no-build-isolation -e . || stop "本项目没有装进 .venv，上面是 pip 的说明。"

touch .venv/.runtime
if [ "$kind" = dev ]; then touch .venv/.dev; fi
