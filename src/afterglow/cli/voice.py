"""The command that brings in a model which writes down what was said."""

import argparse
import importlib.util
from pathlib import Path

from afterglow.cli.adding import add


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    voice = commands.add_parser("voice", help="writing down what was said, on this computer")
    kinds = voice.add_subparsers(required=True, metavar="WHAT")
    install_ = add(kinds, "install", install, "bring in a Whisper model for CTranslate2")
    install_.add_argument("path", type=Path, help="the folder with model.bin and config.json")


def install(options: argparse.Namespace) -> int:
    """Copies the model into the data folder, where only its owner may read it."""
    from afterglow.config import env
    from afterglow.core import voice_model

    model = voice_model.install(options.path, env.environment().home / "voice")
    print(f"The model is here: {model.in_words}.")
    if importlib.util.find_spec("faster_whisper") is None:
        # By name it would come from the index, where "afterglow" is somebody else's program.
        print("The program that runs it is still missing. In Afterglow's own folder:")
        print('.venv/bin/pip install -e ".[voice]"')
    return 0
