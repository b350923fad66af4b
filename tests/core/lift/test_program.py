"""`afterglow analyse lift|priors|experiment` as a program: exit status, stdout and stderr, nothing half written."""

import json
import subprocess
import sys

import pytest
from tests.core.lift.test_command import MIRA

from afterglow.core.lift.priors import shipped, to_toml

BLOCKS = [{"start": f"2026-01-{day:02}", "practise": day % 2 == 1} for day in range(1, 29, 7)]
EXPERIMENT = {"block_days": 7, "seed": 4, "blocks": BLOCKS, "done": [], "phq9": [], "mood": []}


@pytest.fixture
def afterglow(tmp_path):
    def run(*words, **files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf-8")
        return subprocess.run(
            [sys.executable, "-m", "afterglow", "analyse", *words],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    return run


def refused(done, *words):
    """Exit status 2, nothing on stdout, and one line that names what is meant."""
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    for word in words:
        assert word in line


def test_lift_prints_one_value_a_line_and_nothing_else(afterglow):
    people = "\n".join(json.dumps(MIRA | {"person": name}) for name in ("mira", "noa"))
    done = afterglow("lift", "people", "--json", people=people)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["person"] for line in done.stdout.splitlines()] == ["mira", "noa"]


def test_experiment_prints_one_value(afterglow):
    done = afterglow("experiment", "mine", "--json", mine=json.dumps(EXPERIMENT))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["statement"].startswith("Not enough yet")


def test_a_bad_line_after_a_good_one_prints_nothing(afterglow):
    bad = json.dumps(MIRA | {"origin": "soon"})
    done = afterglow("lift", "people", "--json", people=json.dumps(MIRA) + "\n" + bad)
    refused(done, "people, line 2, origin:")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[" * 100_000, ("line 1", "nested")),
        (json.dumps(MIRA | {"person": "\ud800"}), ("line 1", "person")),
        (json.dumps(MIRA).replace("17", "1" * 400), ("line 1", "phq9[0].score")),
        (json.dumps(MIRA).replace("17", "1" * 5000), ("line 1", "not JSON")),
        (json.dumps(MIRA).replace("phq9", "phq"), ("line 1", "phq:")),
        (json.dumps(MIRA).replace("2026-01-08", "1926-01-08"), ("phq9[0].date", "1960")),
    ],
)
def test_bad_input_is_named_and_never_a_traceback(afterglow, line, words):
    refused(afterglow("lift", "people", people=line), "people", *words)


def test_a_seed_of_four_hundred_digits_is_refused_by_name(afterglow):
    text = json.dumps(EXPERIMENT).replace('"seed": 4', '"seed": ' + "4" * 400)
    refused(afterglow("experiment", "mine", mine=text), "mine", "seed")


def test_a_name_may_hold_a_line_mark_of_unicode(afterglow):
    people = json.dumps(MIRA | {"person": "mira\u2028noa"}, ensure_ascii=False)
    done = afterglow("lift", "people", people=people)
    assert done.returncode == 0
    assert json.loads(done.stdout)["person"] == "mira\u2028noa"


@pytest.mark.parametrize(
    "text", ["what is this", "people = 3", to_toml(shipped()).replace("phq9_sd = ", "phq9_sd = -")]
)
def test_priors_that_do_not_fit_are_named(afterglow, text):
    done = afterglow("lift", "people", "--priors", "mine", people=json.dumps(MIRA), mine=text)
    refused(done, "mine:")


def test_priors_that_cannot_be_written_are_named_before_anything_is_learned(afterglow):
    done = afterglow("priors", "people", "--out", "nowhere/mine", people=json.dumps(MIRA))
    refused(done, "mine", "cannot be written")


def test_priors_that_are_refused_leave_the_old_file_as_it_was(afterglow, tmp_path):
    done = afterglow("priors", "people", "--out", "mine", people=json.dumps(MIRA), mine="old")
    refused(done, "people", "20 people")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "people"]
    assert (tmp_path / "mine").read_text("utf-8") == "old"
