"""A real journal by many hands, brought in through the page: found by words, by themes, on the timeline, and out again.

The answers are a cut of the Lemotif data (github.com/xaliceli/lemotif, MIT, licence beside them).
"""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).parent / "lemotif"
FIRST_DAY = date(2026, 1, 4)


def answers():
    return (FOLDER / "answers.txt").read_text("utf-8").splitlines()


def journal():
    """The answers as Markdown, one a day, and a table of weekly scores, in one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for place, answer in enumerate(answers()):
            day = FIRST_DAY + timedelta(days=place)
            archive.writestr(f"{day}.md", f"---\ndate: {day}T20:00\n---\n{answer}\n")
        scores = [f"{FIRST_DAY + timedelta(weeks=week)},{18 - week}" for week in range(8)]
        archive.writestr("phq-9.csv", "\n".join(["date,score", *scores]))
    return out.getvalue()


def bring_in(page):
    page.goto("/transfer/import/")
    file = {"name": "journal.zip", "mimeType": "application/zip", "buffer": journal()}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text(f"{len(answers())} entries")
    page.get_by_role("button", name="Keep").first.click()
    page.wait_for_url("**/done/")


def test_a_real_journal_is_brought_in_looked_through_and_taken_out(new_page, sign_in):
    page = new_page()
    sign_in(page)
    bring_in(page)

    page.goto("/entries/search/")
    page.locator("main [name=words]").fill("dinner")
    page.get_by_role("button", name="Look").first.click()
    expect(page.locator("main mark").first).to_have_text("dinner", ignore_case=True)

    page.goto("/themes/")
    first = page.locator("main .rows a[href^='/themes/']").first
    expect(first).to_be_visible(timeout=60_000)
    page.goto(first.get_attribute("href"))
    quote = page.locator("main .quote").first.inner_text()
    assert any(" ".join(quote.strip("“”").split())[:30] in answer for answer in answers())

    page.goto("/timeline/")
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("18")

    page.goto("/transfer/export/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        kept = json.loads(archive.read("afterglow.json"))["documents"]
    texts = {row["fields"]["text"].rstrip("\n") for row in kept if row["kind"] == "entry"}
    assert texts == set(answers())
