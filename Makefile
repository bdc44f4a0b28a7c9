# 两条命令装好一切：make demo(看演示)、make test(跑测试)。第二次起几秒钟就开始。
SHELL := /bin/bash
BIN := .venv/bin
KILLS := tests/core/test_worker_processes.py tests/exchange/test_killed_imports.py tests/exchange/test_contended_imports.py tests/households/test_snapshot_kill.py tests/funds/test_clerks.py tests/funds/test_sequences.py
APPLICATION_TESTS := $(wildcard $(addprefix tests/,core kernel access evidence metrics ledgers exchange households workflow notices duties forms monitoring support projects funds training county_ledgers standards problems assessment targets matching plans operations web))

.DEFAULT_GOAL := help
.PHONY: help demo screen bundle test test-all check format docs lock clean

help: ## 列出各条命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 \t\2/p' Makefile

# 文件夹搬过家，虚拟环境里的路径就不对了：重装。
ifneq ($(shell cat .venv/.folder 2>/dev/null),$(CURDIR))
.PHONY: .venv/.runtime .venv/.dev
endif

# 装好一次就留下标记；锁文件、项目设置或安装脚本变了才重装。
.venv/.runtime: requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh runtime

.venv/.dev: requirements-dev.lock requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh dev

demo: .venv/.runtime ## 造一个虚构的县，启动网页和后台，打印网址和各岗位的练习账号
	@$(BIN)/bangfu demo

screen: .venv/.runtime ## 造一个虚构的县，用命令行筛查一遍，告诉您线索清单在哪里
	@tools/screen.sh

test: .venv/.dev ## 测试（不含很慢的和浏览器里的），10 分钟以内
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser"

test-all: .venv/.dev ## 全部测试：很慢的、浏览器里的，再在 PostgreSQL 上跑一遍应用的
	@tools/system.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile
	@tools/with_postgres.sh $(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser" $(APPLICATION_TESTS)
	@tools/with_postgres.sh $(BIN)/python -m pytest -n 2 --dist loadfile -m slow $(KILLS)

check: .venv/.dev ## 格式、写法、类型、分层、生成的文档是否最新
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	BANGFU_HOME=build/check $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.docs --check

format: .venv/.dev ## 整理代码格式
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bundle: .venv/.dev ## 离线安装包：本程序和全部依赖，装时不用网络
	@tools/bundle.sh

docs: .venv/.dev ## 重新生成 docs/ 里由代码和数据生成的文档
	$(BIN)/python -m tools.docs

lock: .venv/.dev ## 重做两个锁文件（改了 pyproject.toml 的依赖之后）
	@tools/lock.sh

clean: ## 删去虚拟环境、演示和各种缓存
	rm -rf .venv demo build dist *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
