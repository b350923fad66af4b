"""`python -m tools.messages update` brings every .po up to date; `compile` writes the .mo files that are stale."""

import sys

from tools.messages import catalogue


def main(words: list[str]) -> int:
    """Gives 0, or 2 with a line on how to call it."""
    if words == ["update"]:
        return _update()
    if words == ["compile"]:
        for written in catalogue.compile_stale():
            print(f"compiled {written.relative_to(catalogue.ROOT)}")
        return 0
    print("python -m tools.messages update | compile", file=sys.stderr)
    return 2


def _update() -> int:
    for file in catalogue.files():
        waiting, dropped = catalogue.update(file)
        print(f"{file.parts[-3]}: {waiting} to translate, {dropped} no longer used")
        for text in catalogue.untranslated(catalogue.read(file)):
            print(f"  {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
