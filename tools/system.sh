#!/usr/bin/env bash
# 全部测试要用的系统软件：PostgreSQL、Chromium、中文字体。已有的不动；没有的，以管理员身份从系统软件源安装。
set -euo pipefail

missing=()
[ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || missing+=(postgresql)
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || missing+=(fonts-noto-cjk fontconfig)
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
	echo "全部测试还需要：${missing[*]}。请以管理员身份安装后重试（日常测试 make test 不需要）。" >&2
	exit 1
fi
echo "安装系统软件包 ${missing[*]} …"
apt-get update -q >/dev/null
# 只装程序，不替测试机开数据库服务。
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null
