"""Sets one sheet as PDF, in a process of its own that ends with it: what was set is in no memory afterwards.

Reads JSON from standard input and writes the PDF to standard output. Started by `typeset`; imports nothing of ours,
so that it starts fast.
"""

import json
import sys
from pathlib import Path

LAYOUT = Path(__file__).with_name("sheet.typ")


def press(sheet: str, fonts: str) -> bytes:
    """A tagged PDF/UA-1. The sheet goes in as data, so no word of it can be read as markup."""
    import typst  # heavy: a typesetter, not before it is needed

    faces = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[fonts])
    compiler = typst.Compiler(
        input=LAYOUT.read_bytes(), font_paths=faces, sys_inputs={"sheet": sheet}
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no single file")
    return made


def main() -> None:
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(press(asked["sheet"], asked["fonts"]))


if __name__ == "__main__":
    main()
