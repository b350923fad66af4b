"""The papers hold together: each can be reached, no link leads nowhere, and what they name is there."""

import re
from pathlib import Path

import pytest

from afterglow.transfer import strangers
from afterglow.transfer.forms import MOST_UPLOAD_BYTES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
START = ROOT / "README.md"
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
# A paper named in code marks, where a link would lead to it.
NAMED_ONLY = re.compile(r"(?<!\[)`(?:\.\./|docs/|howto/|explanation/|reference/)*([\w-]+\.md)`")
NAMED_IN_THE_PROGRAM = re.compile(r"docs/[\w/-]+\.md")
OUTSIDE = ("http://", "https://")
BY_BARE_NAME = re.compile(r"install [^\n`]*?(?<![\w/.-])\"?afterglow\[")


def shown(paper):
    return str(paper.relative_to(ROOT))


def prose(paper):
    return CODE_BLOCK.sub("", paper.read_text("utf-8"))


def links(paper):
    """Where each link inside this repository leads: a file, and an anchor or nothing."""
    for target in LINK.findall(prose(paper)):
        if not target.startswith(OUTSIDE):
            path, _, anchor = target.partition("#")
            yield (paper.parent / path).resolve() if path else paper, anchor


def anchors(paper):
    """As forges make them: lower case, signs left out, spaces as hyphens."""
    heads = re.findall(r"^#+ (.+)$", prose(paper), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_paper_can_be_reached_from_the_readme():
    reached, ahead = set(), [START]
    while ahead:
        paper = ahead.pop()
        reached.add(paper)
        ahead += [to for to, _ in links(paper) if to.suffix == ".md" and to not in reached]
    assert [shown(paper) for paper in PAPERS if paper not in reached] == []


def test_the_index_names_every_paper_itself():
    index = DOCS / "README.md"
    named = {to for to, _ in links(index)}
    assert [shown(p) for p in DOCS.rglob("*.md") if p != index and p not in named] == []


@pytest.mark.parametrize("paper", PAPERS, ids=shown)
def test_no_link_leads_nowhere(paper):
    dead = [
        f"{to}#{anchor}"
        for to, anchor in links(paper)
        if not to.exists() or (anchor and anchor not in anchors(to))
    ]
    assert dead == []


@pytest.mark.parametrize("paper", PAPERS, ids=shown)
def test_a_paper_that_is_named_is_linked(paper):
    names = {other.name for other in PAPERS}
    assert [name for name in NAMED_ONLY.findall(prose(paper)) if name in names] == []


def test_papers_that_the_program_names_are_there():
    files = [f for f in (ROOT / "src").rglob("*") if f.suffix in {".py", ".html", ".toml"}]
    named = {name for file in files for name in NAMED_IN_THE_PROGRAM.findall(file.read_text())}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_nobody_is_told_to_install_somebody_elses_program():
    """On the public index the bare name is not this program."""
    files = [*PAPERS, *(f for f in (ROOT / "src").rglob("*") if f.suffix in {".py", ".html"})]
    found = {shown(f): hit[0] for f in files if (hit := BY_BARE_NAME.search(f.read_text("utf-8")))}
    # Here it stands to say why not.
    assert set(found) <= {"docs/howto/keep-without-writing.md"}


def test_after_pg_restore_the_same_is_forgotten_as_after_a_restore():
    page = (DOCS / "howto/serve-a-clinic.md").read_text("utf-8")
    assert [line for _, line in strangers.FORGOTTEN if f"\n{line};\n" not in page] == []


def test_the_size_that_the_import_page_takes_is_the_one_that_is_written():
    page = (DOCS / "howto/move-your-journal-in.md").read_text("utf-8")
    assert f"{MOST_UPLOAD_BYTES // 1024 // 1024} MB" in page


def test_every_target_of_make_says_what_it_is_for():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    said = re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)
    assert sorted(said) == sorted(phony.split())
