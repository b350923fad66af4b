"""What of a page a person reads, without their own words and without code."""

from html.parser import HTMLParser

# Own words and quotes are as they were written; the language menu names each language in itself.
NOT_OURS = {"own", "quote", "words", "code"}
SILENT = {"script", "style", "code", "blockquote", "textarea", "option"}
VOID = {"input", "br", "hr", "img", "meta", "link", "path", "rect", "circle", "line", "stop"}
READ_ALOUD = ("aria-label", "placeholder", "alt", "title")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.silent = []
        self.texts = []

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if not any(self.silent):
            self.texts += [known[name] for name in READ_ALOUD if known.get(name)]
        if tag not in VOID:
            classes = set((known.get("class") or "").split())
            in_itself = tag == "button" and "lang" in known
            self.silent.append(tag in SILENT or bool(classes & NOT_OURS) or in_itself)

    def handle_endtag(self, tag):
        if self.silent and tag not in VOID:
            self.silent.pop()

    def handle_data(self, text):
        if text.strip() and not any(self.silent):
            self.texts.append(" ".join(text.split()))


def texts_of(answer):
    """The pieces of text of a page, in order, with labels that a screen reader says."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.texts
