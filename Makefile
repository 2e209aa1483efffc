# On Windows: make.bat <task>. What each task does is in installer/tasks.py, the same for both.
PYTHON ?= python3
ARGS ?=

.PHONY: help run test oracle engines faults fuzz pythons licences check format catalogue demo screenshots soak bench build setup lock clean

help:
	@echo "make <task> [ARGS=...]"
	@$(PYTHON) -m installer.bootstrap

run test oracle engines faults fuzz pythons licences check format catalogue demo screenshots soak bench build setup:
	@$(PYTHON) -m installer.bootstrap $@ $(ARGS)

# Needs uv; only for those who change what pyproject.toml asks for.
lock:
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --quiet -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --group dev -c requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-dev.lock
	printf 'pandas\nopenpyxl\nduckdb\n' | UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile - --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-pandas.lock
	printf 'pvlib\npytest\n' | UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile - -c requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-oracle.lock
	printf 'duckdb\npytest\n' | UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml - --extra spark \
		--extra warehouse -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--quiet -o requirements-engines.lock
	printf 'atheris; sys_platform == "linux"\nhypothesis\npytest\n' | UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip \
		compile pyproject.toml - -c requirements.lock -c requirements-dev.lock --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --quiet -o requirements-fuzz.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --group build -c requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-build.lock

clean:
	rm -rf .venv .venv-oracle .venv-engines .venv-3.* .venv-fuzz .venv-build build dist demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
