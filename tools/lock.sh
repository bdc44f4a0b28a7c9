#!/usr/bin/env bash
# 重做锁文件：运行依赖 requirements.lock,再加测试与检查的 requirements-dev.lock(同名依赖同版本)。
# 锁文件里只有名字、版本和哈希，没有任何下载地址。要升级：tools/lock.sh --upgrade
set -euo pipefail
cd "$(dirname "$0")/.."
export CUSTOM_COMPILE_COMMAND="make lock"

compile() {
	.venv/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --build-deps-for editable \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@" pyproject.toml
}

compile "$@" --output-file requirements.lock
compile "$@" --extra dev --constraint requirements.lock --output-file requirements-dev.lock
