#!/usr/bin/env bash
# 在一个临时的 PostgreSQL 上运行命令，用完即删。用法：tools/with_postgres.sh 命令 参数…
# 命令从环境变量 BANGFU_DATABASE 得到地址。PostgreSQL 不肯以 root 运行：root 时换用 postgres 用户。
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || {
	echo "没有找到 PostgreSQL。请先运行 tools/system.sh。" >&2
	exit 1
}
folder=$(mktemp -d /tmp/bangfu-postgres-XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

as_owner() {
	if [ "$(id -u)" = 0 ]; then
		(cd "$folder" && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

stop() {
	as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$folder"
}
trap stop EXIT

[ "$(id -u)" != 0 ] || chown postgres "$folder"
as_owner "$bin/initdb" -D "$folder/data" -U bangfu --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
	-o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -c shared_buffers=512MB" start >/dev/null
as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U bangfu bangfu

export BANGFU_DATABASE="postgresql://bangfu@127.0.0.1:$port/bangfu"
"$@"
