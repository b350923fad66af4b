"""Light Markdown becomes paragraphs, lists, steps and sections."""

from afterglow.core.content.blocks import blocks_of, sections_of


def shape(text):
    return [(block.kind, block.lines) for block in blocks_of(text)]


def test_a_blank_line_separates_paragraphs():
    assert shape("One.\n\nTwo.") == [("paragraph", ("One.",)), ("paragraph", ("Two.",))]


def test_wrapped_lines_are_one_paragraph():
    assert shape("One\nand more.") == [("paragraph", ("One and more.",))]


def test_dashes_make_a_list_and_numbers_make_steps():
    assert shape("- a\n- b\n\n1. c\n2. d") == [("list", ("a", "b")), ("steps", ("c", "d"))]


def test_a_list_may_follow_its_sentence_without_a_blank_line():
    assert shape("Take:\n- a\n- b") == [("paragraph", ("Take:",)), ("list", ("a", "b"))]


def test_a_wrapped_point_stays_one_point():
    assert shape("- a\n  and more\n- b") == [("list", ("a and more", "b"))]


def test_headings_make_sections_and_the_opening_has_none():
    sections = sections_of("Hello.\n\n## First\n\nText.\n\n## Second\n- a\n")
    assert [(section.heading, section.text) for section in sections] == [
        ("", "Hello."),
        ("First", "Text."),
        ("Second", "- a"),
    ]


def test_an_empty_text_has_no_blocks_and_no_sections():
    assert blocks_of("  \n") == ()
    assert sections_of("") == ()
