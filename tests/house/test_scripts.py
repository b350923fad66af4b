"""The browser's modules: typed, small, and checked by a tool that comes from a lock without any address."""

import gzip
import json
import re
from pathlib import Path

from django.conf import settings
from tests.house.test_rights import ADDRESSES, path_of

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


MOST_SCRIPT_BYTES = 40 * 1024
# The page to draw on is the one that may be heavier.
MAY_BE_HEAVY = ("drawing",)


def loaded_by(name, seen):
    """A module with everything it imports."""
    if name in seen:
        return
    seen.add(name)
    text = found(name).read_text("utf-8")
    for other in re.findall(r"""(?:from|import)\s+["'](\.[^"']+)["']""", text):
        loaded_by(str((Path("/") / name).parent.joinpath(other).resolve())[1:], seen)


def found(name):
    return next((ROOT / "src/afterglow").glob(f"*/static/{name}"))


def test_no_page_loads_more_than_forty_kilobytes_of_script(alice):
    weights = {}
    for name, converters in ADDRESSES:
        answer = alice.get(path_of(name, converters))
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        modules = set()
        for src in re.findall(r'<script[^>]*src="([^"]+)"', answer.content.decode()):
            loaded_by(src.removeprefix(settings.STATIC_URL), modules)
        weights[name] = sum(len(gzip.compress(found(each).read_bytes())) for each in modules)
    assert len(weights) > 60
    assert weights["companion:today"] > 1000
    heavy = {name: size for name, size in weights.items() if size > MOST_SCRIPT_BYTES}
    assert not [name for name in heavy if not any(word in name for word in MAY_BE_HEAVY)]
