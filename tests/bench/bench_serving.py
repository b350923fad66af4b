"""What serving costs while nobody asks: memory and processor time, with and without HTTPS at home, and a handshake's price.

Run by hand: `python -m tests.bench.bench_serving`. Prints figures, asserts none of them.
"""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.serving.conftest import HOST, call, free_port, put_certificate, trusting

from afterglow.serving import reach

SECONDS = 30
HANDSHAKES = 50
TICKS = os.sysconf("SC_CLK_TCK")


def measure(*, https):
    with tempfile.TemporaryDirectory() as folder:
        home, port, https_port = Path(folder), free_port(), free_port()
        home.chmod(0o700)
        put_certificate(home)
        if https:
            reach.write(home, reach.Reach(way="authority", host=HOST, port=https_port))
        surroundings = {"AFTERGLOW_HOME": folder, "AFTERGLOW_PORT": str(port)}
        program = subprocess.Popen(
            [sys.executable, "-m", "afterglow", "run"],
            env=os.environ | surroundings,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            time.sleep(5)
            before = _busy(program.pid)
            time.sleep(SECONDS)
            idle = (_busy(program.pid) - before) / SECONDS
            print(f"https={https} memory_mib={_memory(program.pid):.0f} idle_cpu={idle:.2%}")
            if https:
                _handshakes(program.pid, https_port, home)
        finally:
            program.send_signal(signal.SIGINT)
            program.wait(20)


def _handshakes(pid, port, home):
    request = f"GET /help/ HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n".encode()
    before = _busy(pid)
    for _ in range(HANDSHAKES):
        call(port, trusting(home), request=request)
    each = (_busy(pid) - before) / HANDSHAKES
    print(f"new_connection_and_page_cpu_ms={each * 1000:.1f}")


def _wait(port):
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("localhost", port, timeout=20)
            connection.request("GET", "/help/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            connection.close()
            return


def _busy(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    measure(https=False)
    measure(https=True)
