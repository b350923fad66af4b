"""Light Markdown as plain values: paragraphs, lists, steps and headed sections. Makes no HTML."""

import re
from typing import Literal

import msgspec

NUMBERED = re.compile(r"\d+[.)] +")
BULLETED = re.compile(r"[-*] +")

BlockKind = Literal["paragraph", "list", "steps"]


class Block(msgspec.Struct, frozen=True):
    """One paragraph (a single line) or one list (a line for each point)."""

    kind: BlockKind
    lines: tuple[str, ...]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading and the text under it; the heading may be empty."""

    heading: str
    text: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks_of(self.text)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Blocks of a text; a blank line or a change between text and list begins a new one."""
    blocks: list[Block] = []
    kind: BlockKind | None = None
    for raw in [*text.strip().splitlines(), ""]:
        line = raw.strip()
        if not line:
            kind = None
            continue
        kind = _add(blocks, kind, line)
    return tuple(blocks)


def sections_of(body: str) -> tuple[Section, ...]:
    """Splits at `## ` headings; text before the first one is a section without a heading."""
    parts = re.split(r"^## +(.+)$", body.strip(), flags=re.MULTILINE)
    opening = [Section(heading="", text=parts[0].strip())] if parts[0].strip() else []
    rest = zip(parts[1::2], parts[2::2], strict=True)
    return (*opening, *(Section(heading=head.strip(), text=text.strip()) for head, text in rest))


def _add(blocks: list[Block], open_kind: BlockKind | None, line: str) -> BlockKind:
    kind, words = _kind_and_words(line)
    if kind == "paragraph" and open_kind is not None:
        # A wrapped line goes on where it stands: in the paragraph, or in the last point.
        before = blocks[-1]
        joined = f"{before.lines[-1]} {words}"
        blocks[-1] = Block(kind=before.kind, lines=(*before.lines[:-1], joined))
        return open_kind
    if kind == open_kind:
        blocks[-1] = Block(kind=kind, lines=(*blocks[-1].lines, words))
        return kind
    blocks.append(Block(kind=kind, lines=(words,)))
    return kind


def _kind_and_words(line: str) -> tuple[BlockKind, str]:
    if match := NUMBERED.match(line):
        return "steps", line[match.end() :]
    if match := BULLETED.match(line):
        return "list", line[match.end() :]
    return "paragraph", line
