"""Finds every form that the owner can reach and types a word of its own into every field for words.

Addresses come from the resolver and ids from the open vault, so a form added later is walked without being named here.
"""

from urllib.parse import urlsplit
from uuid import UUID

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from afterglow.vault import opened

# These end the walk, change the passphrase, or are the door itself; `begin` and the others are walked by name.
# The page for somebody by file answers with the file itself.
NOT_WALKED = {
    "sharing:by_file",
    "accounts:lock",
    "accounts:leave",
    "accounts:left",
    "accounts:begin",
    "accounts:unlock",
    "accounts:recover",
    "accounts:passphrase",
    "accounts:delete_everything",
    "accounts:at_the_door",
    # The name of a computer and the paths of its certificate must be readable before anybody unlocks: SECURITY.md.
    "network:authority",
    "network:certificate",
    "network:proxy",
    "network:off",
}
SLUGS = (
    "why",
    "insight",
    "obstacle",
    "purpose",
    "goal",
    "self-care",
    "habit",
    "win",
    "person",
    "appointment",
    "letter",
    "review",
)
WORDS = {
    "instrument": ("phq-9", "gad-7"),
    "page": (1,),
    "rev": (1,),
    "step": (0,),
    "place": (0,),
    "part": ("signs", "ask"),
    "guide": ("obstacle-to-plan", "slow-path", "small-goal", "weekly-review", "monthly-look-back"),
}
FOR_WORDS = "textarea, input[type=text], input[type=search], input:not([type])"
FILL_THE_REST = """(form) => {
  for (const more of document.querySelectorAll('details')) more.open = true;
  for (const field of form.elements) {
    if (field.type === 'date' && !field.value) field.value = new Date().toISOString().slice(0, 10);
    if (field.type === 'checkbox' && !field.checked) field.checked = true;
    if (field.tagName === 'SELECT' && !field.value && field.options.length > 1) field.selectedIndex = 1;
    if (field.type === 'number' && !field.value) field.value = field.min || '1';
  }
}"""


def addresses(patterns=None, namespace=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace + str(pattern.name), pattern.pattern.converters


def walk(page, canaries, *, one_in=1):
    """Type into every form with a field for words, or into those of one address in so many; gives their names."""
    walked = []
    for number, (name, converters) in enumerate(addresses()):
        if name in NOT_WALKED or number % one_in:
            continue
        for path in _paths(name, converters):
            count = _forms_on(page, path)
            for place in range(count):
                if place:
                    _forms_on(page, path)
                walked += _type_into(page, place, name, canaries)
            if count and "kind" not in converters:
                break
    return walked


def _paths(name, converters):
    """Every address that a name may stand for, with ids that this person really has."""
    choices = [{}]
    for word, converter in converters.items():
        values = _values(name, word, type(converter).__name__)
        choices = [chosen | {word: value} for chosen in choices for value in values]
    for chosen in choices:
        try:
            yield reverse(name, kwargs=chosen)
        except NoReverseMatch:
            continue


def _values(name, word, converter):
    if converter == "UUIDConverter":
        return _ids(name.partition(":")[0])
    return WORDS.get(word) or (SLUGS if converter == "SlugConverter" else ())


def _ids(app) -> list[UUID]:
    """One id for each kind of document of a capability, so that the walk stays short."""
    found = {}
    for state in list(opened._opened.values()):
        for stored in state.heads.values():
            module = type(stored.document).__module__
            if module.startswith(f"afterglow.{app}."):
                found.setdefault(stored.document.kind, stored.id)
    return list(found.values())


def _forms_on(page, path):
    if not _has_words_to_type(page, path):
        return 0
    page.goto(path)
    return page.locator(f"main form:has({FOR_WORDS})").count()


def _has_words_to_type(page, path):
    """Asked without the browser: most addresses have no such form, or may only be sent to."""
    client = Client(SERVER_NAME="localhost")
    for cookie in page.context.cookies():
        client.cookies[cookie["name"]] = cookie["value"]
    answer = client.get(path)
    # A page that is handed over as a file is never shown by this program.
    is_file = answer.streaming or "Content-Disposition" in answer
    text = b"" if is_file else answer.content
    return answer.status_code == 200 and (b"<textarea" in text or b"<input" in text)


def _type_into(page, place, name, canaries):
    form = page.locator(f"main form:has({FOR_WORDS})").nth(place)
    form.evaluate(FILL_THE_REST)
    button = form.locator("button:not([type=button]), input[type=submit]").first
    # A form that waits for a recording, a drawing or a photo is walked where that is its subject.
    waits = form.locator("input[type=file]").count() > 0
    if waits or not (button.count() and button.is_visible()):
        return []
    named = []
    for field in form.locator(FOR_WORDS).all():
        if not field.is_visible() or field.is_disabled():
            continue
        key = f"{name}.{place}.{field.get_attribute('name')}"
        field.fill(canaries.word(key))
        named.append(key)
    if named:
        with page.expect_event("framenavigated"):
            button.click()
        page.wait_for_load_state()
        assert urlsplit(page.url).netloc, page.url
    return named
