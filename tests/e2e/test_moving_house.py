"""Moving to another computer, as a person does it there: one file, one passphrase, and everything is back."""

from tests.drills.house import House
from tests.formats.make import BACKUP, PASSPHRASE
from tests.formats.test_earlier_files import RELEASES
from tests.patience import eventually


def test_a_person_moves_house_and_opens_what_they_had(tmp_path, browser):
    house = House(tmp_path / "new")
    house.start()
    page = browser.new_context(
        base_url=house.url, viewport={"width": 360, "height": 740}
    ).new_page()
    try:
        page.goto("/")
        page.get_by_role("link", name="I come from another computer").click()
        page.get_by_label("The sealed copy from the other computer").set_input_files(
            RELEASES[-1] / BACKUP
        )
        page.get_by_label("The passphrase you used there").fill(PASSPHRASE)
        page.get_by_role("button", name="Bring it in").click()
        page.get_by_text("Afterglow starts again now").wait_for()
        eventually(
            lambda: page.goto("/open/") and page.get_by_label("Passphrase").is_visible(),
            within=90,
        )
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_role("main").get_by_role("button", name="Open").click()
        page.wait_for_url("**/today/")
    finally:
        page.context.close()
        house.stop()
