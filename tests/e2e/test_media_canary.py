"""Photos and recordings whose bytes carry words of their own: nowhere in clear, neither while they come nor while they go.

The program runs as a process of its own, as people run it, and gives its answer to a reader who is in no hurry.
"""

import http.client
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from tests.canaries import Canaries, files_in
from tests.conftest import PASSPHRASE
from tests.drills.outside import ROOT, surroundings
from tests.vault.sounds import wav

MIB = 1024 * 1024
KEPT_TYPE = "application/octet-stream"


class Visitor:
    """A browser's part of HTTP on one address: cookies, and the key of forms."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.form_key = ""

    def ask(self, method, path, body=None, kind="", **headers):
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        if method == "POST":
            headers |= {
                "Content-Type": kind,
                "X-CSRFToken": self.form_key,
                "Origin": f"http://localhost:{self.port}",
            }
        connection.request(method, path, body, headers | {"Cookie": self.jar()})
        answer = connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, word = value.partition(";")[0].partition("=")
                self.cookies[key] = word
        connection.close()
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', content)
        self.form_key = found[1].decode() if found else self.form_key
        return answer, content

    def jar(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def begin(self):
        self.ask("GET", "/begin/")
        fields = {"passphrase": PASSPHRASE, "kept": "on", "offered": PASSPHRASE}
        fields |= {"csrfmiddlewaretoken": self.form_key}
        answer, _ = self.ask(
            "POST", "/begin/", urlencode(fields), "application/x-www-form-urlencoded"
        )
        assert answer.status in {302, 303}, answer.status
        self.ask("GET", "/today/")

    def send(self, content, kind, name):
        said = json.dumps({"name": name, "type": kind, "length": len(content)})
        _, begun = self.ask("POST", "/media/begin/", said, "application/json")
        upload = json.loads(begun)["upload"]
        for index, start in enumerate(range(0, len(content), MIB)):
            piece = content[start : start + MIB]
            answer, _ = self.ask("POST", f"/media/{upload}/{index}/", piece, KEPT_TYPE)
            assert answer.status == 200
        return upload

    def finish(self, upload):
        answer, done = self.ask("POST", f"/media/{upload}/finish/", "{}", "application/json")
        assert answer.status == 200
        return json.loads(done)["media"]

    def bring(self, content, name):
        """As a form without scripts sends a file."""
        edge = "edge7f3"
        body = (
            (
                f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                f"Content-Type: text/plain\r\n\r\n"
            ).encode()
            + content
            + f"\r\n--{edge}--\r\n".encode()
        )
        return self.ask("POST", "/transfer/import/", body, f"multipart/form-data; boundary={edge}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def running(tmp_path):
    """The program in a process of its own, with a folder for temporary files that nobody else uses."""
    port = free_port()
    folders = {name: tmp_path / name for name in ("home", "tmp")}
    folders["tmp"].mkdir()
    environment = surroundings() | {
        "AFTERGLOW_HOME": str(folders["home"]),
        "AFTERGLOW_PORT": str(port),
        "AFTERGLOW_COPIES": "off",
        "TMPDIR": str(folders["tmp"]),
    }
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "afterglow", "run"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        ) as program,
    ):
        wait_for(port)
        yield Visitor(port), program, tmp_path
        program.terminate()


def wait_for(port):
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the program did not start")


def everywhere(canaries, process, folder):
    """Words in any file below the folder, and in files that are open but have no name any more."""
    found = canaries.found_in_files(files_in(folder))
    for each in Path(f"/proc/{process}/fd").iterdir():
        try:
            if "(deleted)" not in str(each.readlink()):
                continue
            names = canaries.found_in(each.read_bytes())
        except OSError:
            continue
        if names:
            found[str(each)] = names
    return found


def recording(canaries):
    """Sound that says a word again and again, with another one in its list of titles."""
    word = canaries.word("sound").encode()
    title = canaries.word("title").encode()
    title += b" " * (len(title) % 2)
    listed = b"LIST" + (4 + len(title)).to_bytes(4, "little") + b"INFO" + title
    whole = bytearray(wav(6 * MIB, extra=listed))
    for at in range(1000, len(whole) - 1000, 5000):
        whole[at : at + len(word)] = word
    return bytes(whole)


def photo(canaries):
    """Pixels that spell a word where they are written as they are, and words for place and device."""
    word = canaries.word("pixels").encode()
    exif = Image.Exif()
    exif[0x010F] = canaries.word("device")
    exif[0x9286] = canaries.word("exif comment")
    exif.get_ifd(0x8825)[29] = canaries.word("place")
    out = io.BytesIO()
    row = (word * 60)[: 300 * 3]
    Image.frombytes("RGB", (300, 200), row * 200).save(
        out, "JPEG", exif=exif, comment=canaries.word("comment").encode(), quality=100
    )
    return out.getvalue() + canaries.word("after the end").encode()


def test_no_byte_of_a_photo_or_recording_is_in_clear_on_the_way_in_or_out(running):
    visitor, program, folder = running
    canaries = Canaries()
    sound, picture = recording(canaries), photo(canaries)
    assert {"sound", "title"} <= canaries.found_in(sound)
    assert {"device", "place", "comment", "after the end"} <= canaries.found_in(picture)
    visitor.begin()
    half_way = visitor.send(sound, "audio/wav", canaries.word("name of the recording"))
    assert everywhere(canaries, program.pid, folder) == {}
    heard = visitor.finish(half_way)
    seen = visitor.finish(visitor.send(picture, "image/jpeg", canaries.word("name of the photo")))
    text = f"{canaries.word('brought text')}\n".encode() * 200_000
    answer, _ = visitor.bring(text, f"{canaries.word('name of the file')}.txt")
    assert answer.status in {302, 303}
    assert everywhere(canaries, program.pid, folder) == {}
    _, kept = visitor.ask("GET", f"/media/{seen}/")
    assert canaries.found_in(kept) <= {"pixels"}
    slowly(visitor, heard, canaries, program, folder)


def slowly(visitor, media, canaries, program, folder):
    """A reader who takes a little and waits: what the server holds back meanwhile must not go to a file."""
    with socket.create_connection(("localhost", visitor.port)) as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = f"GET /media/{media}/ HTTP/1.1\r\nHost: localhost:{visitor.port}\r\n"
        reader.sendall(f"{asked}Cookie: {visitor.jar()}\r\n\r\n".encode())
        got = b""
        for _ in range(6):
            got += reader.recv(4096)
            time.sleep(0.3)
            assert everywhere(canaries, program.pid, folder) == {}
    assert b"200 OK" in got
    assert "sound" in canaries.found_in(got)


def test_the_scan_sees_what_lies_in_clear(tmp_path):
    """The same search, with a file that was left as it came, and one that is open without a name."""
    canaries = Canaries()
    (tmp_path / "spilled").write_bytes(recording(canaries))
    unnamed = tmp_path / "unnamed"
    with unnamed.open("w+b") as lost:
        lost.write(photo(canaries))
        lost.flush()
        unnamed.unlink()
        found = everywhere(canaries, os.getpid(), tmp_path)
    names = set().union(*found.values())
    assert {"sound", "title", "device", "place", "comment"} <= names
