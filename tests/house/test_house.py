"""The house keeps its own rules: sizes, rooms, papers, vendored files, logs, and nothing left half done."""

import ast
import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from afterglow import cli
from afterglow.vault.reports import ALLOWED_FIELDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "afterglow"
UI = PACKAGE / "ui"
MODULES = [file for file in sorted(PACKAGE.rglob("*.py")) if "migrations" not in file.parts]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
LONGEST_FUNCTION_LINES = 40
LONGEST_MODULE_LINES = 300
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}
# Modules that load something heavy or optional late: what the command line needs differs by command.
LOADS_LATE = {"cli", "__main__.py"}
SETTINGS = re.compile(r"AFTERGLOW_[A-Z_]+")
# For tests and benchmarks alone; a person never sets them.
NOT_FOR_PEOPLE = {"AFTERGLOW_DRILL"}
# An export is opened from disk, where no policy is sent with it.
OPENED_FROM_DISK = {"page_head.html", "page_entry.html"}
# Said plainly where a machine has no PostgreSQL, no strace, or no voice model that somebody brought.
MAY_BE_MISSING = {"test_postgres.py", "test_fsync.py", "test_voice_model.py"}
LEFT_OPEN = re.compile(
    r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.mark\.(skip|xfail)|pytest\.skip\("
)


def shown(file):
    return str(file.relative_to(ROOT))


def tree_of(file):
    return ast.parse(file.read_text("utf-8"))


def functions_of(file):
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_functions_and_modules_stay_short(file):
    lengths = {node.name: node.end_lineno - node.lineno + 1 for node in functions_of(file)}
    assert {n: lines for n, lines in lengths.items() if lines > LONGEST_FUNCTION_LINES} == {}
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_MODULE_LINES


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_a_module_says_what_it_is_for(file):
    assert ast.get_docstring(tree_of(file))


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_an_import_inside_a_function_says_why(file):
    if LOADS_LATE & {file.name, file.parent.name}:
        return
    lines = file.read_text("utf-8").splitlines()
    late = [
        lines[inner.lineno - 1].strip()
        for node in functions_of(file)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
        and not any("#" in line for line in lines[inner.lineno - 2 : inner.end_lineno])
    ]
    assert late == []


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_apps_share_documents_queries_and_services_never_views_or_forms(file):
    own = file.relative_to(PACKAGE).parts[0]
    foreign = [
        name
        for name in _imported(file)
        if re.match(r"afterglow\.\w+\.(views|forms|urls)\b", name)
        and name.split(".")[1] not in {own, "ui"}
    ]
    assert foreign == []


def _imported(file):
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_markup_is_made_only_in_the_tags_of_ui(file):
    if "templatetags" in file.parts and "ui" in file.parts:
        return
    assert "mark_safe" not in file.read_text("utf-8")


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_no_template_trusts_what_it_is_given(file):
    text = file.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape off", text)
    if file.name in OPENED_FROM_DISK:
        return
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=\"", text)


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_a_log_line_is_constant_and_has_only_fields_without_words(file):
    for node in ast.walk(tree_of(file)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in LEVELS or getattr(node.func.value, "id", "") not in {
            "log",
            "logger",
            "logging",
        }:
            continue
        assert len(node.args) == 1, ast.unparse(node)
        assert isinstance(node.args[0], ast.Constant), ast.unparse(node)
        for keyword in node.keywords:
            assert keyword.arg == "extra", ast.unparse(node)
            assert {key.value for key in keyword.value.keys} <= set(ALLOWED_FIELDS)


def test_the_architecture_page_names_every_folder():
    page = (ROOT / "docs/explanation/architecture.md").read_text("utf-8")
    folders = [
        each.name
        for each in PACKAGE.iterdir()
        if each.is_dir() and each.name not in {"__pycache__", "model", "locale"}
    ]
    assert [name for name in folders if f"| `{name}` |" not in page] == []


def test_every_setting_is_documented_and_the_reverse():
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    files = [*MODULES, ROOT / "tests/browser.py"]
    used = {name for file in files for name in SETTINGS.findall(file.read_text("utf-8"))}
    assert set(SETTINGS.findall(page)) == used - NOT_FOR_PEOPLE


def test_every_command_is_documented_and_the_reverse():
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    documented = set(re.findall(r"`afterglow ([\w-]+)", page))
    (commands,) = [
        each for each in cli._parser()._actions if hasattr(each, "choices") and each.choices
    ]
    assert documented == set(commands.choices)
    for what in _inner(commands.choices["analyse"]):
        assert re.search(rf"`afterglow analyse [^`]*\b{what}\b", page)


def _inner(parser):
    return next(each.choices for each in parser._actions if each.choices)


def test_vendored_files_are_the_ones_that_were_looked_at():
    listed = tomllib.loads((UI / "vendor.toml").read_text("utf-8"))["file"]
    for each in listed:
        content = (UI / each["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"], each["path"]
        assert each["name"]
        assert each["version"]
        assert each["licence"]
        assert each["source"]
    vendored = {
        str(file.relative_to(UI))
        for folder in ("fonts", "vendor")
        for file in (UI / "static" / "ui" / folder).rglob("*")
        if file.is_file() and not file.name.upper().startswith(("OFL", "LICENSE", "LICENCE"))
    }
    assert vendored == {each["path"] for each in listed}


LOADERS = """
import sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from tests.house.everything import load_everything
load_everything()
print("\\n".join(sorted(opened)))
"""


def test_every_data_file_is_used():
    done = subprocess.run(
        [sys.executable, "-c", LOADERS], capture_output=True, text=True, cwd=ROOT, check=True
    )
    opened = {Path(line).resolve() for line in done.stdout.splitlines() if "afterglow" in line}
    files = [file for file in (PACKAGE / "data").rglob("*") if file.is_file()]
    unused = [shown(f) for f in files if f.resolve() not in opened and not _is_a_paper(f)]
    assert unused == []


def _is_a_paper(file):
    """A licence lies beside what it covers, and a card beside learned weights, for people to read."""
    card = file.suffix == ".toml" and any(
        file.with_suffix(end).exists() for end in (".npz", ".txt")
    )
    return card or re.search(r"LICEN[CS]E|README|NOTICE", file.name, re.IGNORECASE) is not None


@pytest.mark.parametrize("folder", ["src", "tests", "tools"])
def test_nothing_is_left_open(folder):
    found = [
        f"{shown(file)}: {hit[0]}"
        for file in sorted((ROOT / folder).rglob("*.py"))
        if file != Path(__file__) and file.name not in MAY_BE_MISSING
        for hit in [LEFT_OPEN.search(file.read_text("utf-8"))]
        if hit
    ]
    assert found == []


NAME = re.compile(r"afterglow(\.\w+)+")
# What Django itself asks for by name.
NAMES_OF_DJANGO = {
    "CSRF_FAILURE_VIEW",
    "DEFAULT_EXCEPTION_REPORTER",
    "DEFAULT_EXCEPTION_REPORTER_FILTER",
    "FILE_UPLOAD_HANDLERS",
    "LOGGING",
    "MIDDLEWARE",
    "ROOT_URLCONF",
    "TEMPLATES",
    "WSGI_APPLICATION",
}
DECISION = ROOT / "docs/explanation/decisions/0016-eight-more-names-in-the-settings.md"


def names_of(value):
    """Dotted names of functions of ours in a setting."""
    if isinstance(value, str):
        return [value] if NAME.fullmatch(value) else []
    if isinstance(value, dict):
        return [name for each in value.values() for name in names_of(each)]
    return [name for each in value for name in names_of(each)] if isinstance(value, list) else []


def test_every_name_in_the_settings_is_there_and_every_hook_is_written_down():
    hooks = set()
    for setting in filter(str.isupper, set(dir(settings)) - NAMES_OF_DJANGO):
        found = [name_or_none(name) for name in names_of(getattr(settings, setting))]
        assert None not in found, setting
        hooks |= {setting} if any(callable(each) for each in found) else set()
    written = set(re.findall(r"^\| `([A-Z_]+)`", DECISION.read_text("utf-8"), re.MULTILINE))
    assert hooks - {"AFTER_CHANGE"} == written


def name_or_none(name):
    try:
        return import_string(name)
    except ImportError:
        return importlib.util.find_spec(name)
