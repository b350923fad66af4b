"""How a command is added to the command line."""

import argparse
from collections.abc import Callable

Command = Callable[[argparse.Namespace], int]


def add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    command: Command,
    what: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=what)
    parser.set_defaults(command=command)
    return parser
