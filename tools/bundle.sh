#!/usr/bin/env bash
# 离线安装包 dist/bangfu-版本-offline.tar.gz：本程序和全部依赖的 wheel、锁文件、install.sh。
# 装的机器只要有 Python 3.11（同一版本、同一种处理器），不用网络。
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python

version=$($python -c 'import bangfu; print(bangfu.__version__)')
name=bangfu-$version-offline
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/$name
mkdir -p "$folder/wheels" dist

$python -m build --wheel --no-isolation --outdir "$folder/wheels" . >/dev/null
$python -m pip download -q --disable-pip-version-check --require-hashes --only-binary :all: \
	--dest "$folder/wheels" -r requirements.lock
cp requirements.lock LICENSE docs/operations.md "$folder/"
cp tools/install.sh "$folder/install.sh"
(cd "$folder" && sha256sum wheels/* requirements.lock install.sh >SHA256SUMS)
tar -C "$work" -czf "dist/$name.tar.gz" "$name"
echo "离线安装包：$PWD/dist/$name.tar.gz（$(du -h "dist/$name.tar.gz" | cut -f1)）"
