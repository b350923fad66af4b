"""The ground that other journeys stand on: Chromium trusts the program's own authority, and only where it was told to."""

from playwright.sync_api import Error, expect


def test_chromium_opens_the_program_at_its_home_name(https_house):
    page = https_house.new_page()
    answer = page.goto("/help/")
    assert page.url.startswith("https://afterglow.test:")
    assert answer.security_details()["issuer"].startswith("Afterglow afterglow.test")
    assert page.evaluate("window.isSecureContext")
    expect(page.locator("h1")).to_be_visible()


def test_a_person_is_signed_in_at_the_home_name(https_house):
    page = https_house.new_page()
    https_house.sign_in(page)
    answer = page.goto("/settings/")
    assert answer.status == 200


def test_a_browser_without_the_authority_refuses_the_page(https_house, browsers, tmp_path):
    how = https_house.how | {"env": https_house.how["env"] | {"HOME": str(tmp_path)}}
    stranger = browsers.launch(**how)
    try:
        stranger.new_page().goto(https_house.url)
        refusal = None
    except Error as error:
        refusal = str(error)
    finally:
        stranger.close()
    assert "ERR_CERT_AUTHORITY_INVALID" in refusal
