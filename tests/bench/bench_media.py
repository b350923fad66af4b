"""Prints what sealing, opening and seeking in a 50 MB recording cost. Medians of wall time; asserts nothing.

`python -m tests.bench.bench_media [MB]`
"""

import os
import random
import statistics
import sys
import tempfile
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()

from django.core.management import call_command
from tests.conftest import new_person
from tests.vault.sounds import wav

from afterglow.vault import doors
from afterglow.vault.media import files, queries, services

ROUNDS = 5
SEEKS = 200


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work, times=ROUNDS):
    return statistics.median(seconds(work) for _ in range(times))


def show(name, value, unit, target):
    print(f"{name:<52}{value:>9.1f} {unit:<6} target {target}")


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 49
    content = wav(size * 1024 * 1024)
    mib = len(content) / 1024 / 1024
    key = os.urandom(32)
    with tempfile.TemporaryDirectory() as folder:
        from django.conf import settings

        settings.MEDIA_FOLDER = type(settings.ENVIRONMENT.home)(folder)
        sealed = median(lambda: sum(map(len, files._sealed(key, content))))
        show("sealing, in memory", mib / sealed, "MiB/s", ">= 100")
        names = []
        written = median(lambda: names.append(files.write(key, content)))
        show("sealing, onto the disk (fsync, rename, fsync)", mib / written, "MiB/s", ">= 100")

        def whole():
            for _ in files.read(key, names[0], len(content), 0, len(content)):
                pass

        show("opening, chunk by chunk from the disk", mib / median(whole), "MiB/s", ">= 300")
        rng = random.Random(1)

        def seek():
            start = rng.randrange(len(content) - 70_000)
            b"".join(files.read(key, names[0], len(content), start, start + 1000))

        show("a random seek", 1000 * median(seek, SEEKS), "ms", "<= 5")
        round_trip(content, mib)


def round_trip(content, mib):
    """As a browser does it: begin, pieces, finish, read."""
    call_command("migrate", verbosity=0)
    _door, vault = doors.open_door(new_person("bench"))
    kept = []

    def upload():
        begun = services.begin_upload(
            vault, name="long.wav", content_type="audio/wav", length=len(content)
        )
        for index, start in enumerate(range(0, len(content), services.PIECE_BYTES)):
            services.take_piece(vault, begun, index, content[start : start + services.PIECE_BYTES])
        kept.append(services.finish_upload(vault, begun).id)

    show("upload in pieces, each one synced, and finish", mib / median(upload, 3), "MiB/s", "-")

    def seek():
        next(iter(queries.open_range(vault, kept[0], 20_000_000, 20_001_000)))

    show("a seek through the vault", 1000 * median(seek, SEEKS), "ms", "<= 5")


if __name__ == "__main__":
    main()
