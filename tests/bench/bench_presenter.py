"""Prints how exactly the presenter shows 60 steps in the system's Chromium, free and slowed down; asserts nothing.

`python -m tests.bench.bench_presenter [STEPS] [STEP_MS]`
"""

import os
import statistics
import sys
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests import browser as chromium

STATIC = Path(__file__).parents[2] / "src/afterglow/companion/static/companion"
ORIGIN = "http://bench.localhost"
RUN = """async ([steps, stepMs]) => {
    const { present } = await import("/presenter.js");
    const line = document.createElement("p");
    document.body.append(line);
    return await new Promise((done) => present({
        steps, stepMs, ended: done, show: (index) => { line.textContent = `A line of words, number ${index}`; } }));
}"""


def serve(route):
    """The module and an empty page, without a server."""
    name = route.request.url.rpartition("/")[2]
    if name:
        script = (STATIC / name).read_text("utf-8")
        route.fulfill(body=script, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>bench</title>", content_type="text/html")


def figures(run, step_ms):
    onsets = run["onsetsMs"]
    stays = [later - earlier for earlier, later in pairwise(onsets)]
    errors = [stay - step_ms for stay in stays]
    drift = onsets[-1] - onsets[0] - step_ms * (len(onsets) - 1)
    return (
        f"mean error {statistics.mean(errors):+.3f} ms, sd {statistics.pstdev(errors):.2f}, "
        f"largest {max(map(abs, errors)):.2f}, drift {drift:+.2f}, "
        f"dropped frames {run['droppedFrames']}, end: {run['end']}"
    )


def main(steps=60, step_ms=400):
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=arguments)
        page = browser.new_page()
        page.route(f"{ORIGIN}/**", serve)
        page.goto(f"{ORIGIN}/")
        devtools = page.context.new_cdp_session(page)
        print(f"{steps} steps of {step_ms} ms, Chromium {browser.version}")
        for slower in (1, 6):
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            run = page.evaluate(RUN, [steps, step_ms])
            print(f"CPU 1/{slower}: {figures(run, step_ms)}")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
