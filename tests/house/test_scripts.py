"""The browser's modules: typed, small, and checked by a tool that comes from a lock without any address."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src/afterglow").glob("*/static/**/*.js"))
OWN = [module for module in MODULES if "vendor" not in module.parts]


def test_the_lock_of_the_type_checker_pins_by_hash_and_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert packages
    assert all(facts["integrity"].startswith("sha512-") for facts in packages.values())
    assert not any("resolved" in facts for facts in packages.values())


def test_modules_are_short_and_open_with_what_they_are_for():
    for module in OWN:
        lines = module.read_text("utf-8").splitlines()
        assert lines[0].startswith("// "), module.name
        assert len(lines) <= 300, module.name
