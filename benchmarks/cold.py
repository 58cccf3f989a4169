"""How long a start takes and how much memory the server holds, on the demo municipality: `python -m benchmarks.cold`.

`demo` is an empty folder turned into the demo; `first answer` the time from the start of `nastavnik serve` until /readyz
answers; `resident` the memory of all server processes then, and after 200 pages of the log-in.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT = 8779
COMMAND = [sys.executable, "-m", "nastavnik.config.cli"]


def main() -> None:
    """Build, start, ask, print."""
    with tempfile.TemporaryDirectory(prefix="nastavnik-bench-") as home:
        environment = os.environ | {"NASTAVNIK_HOME": home, "NASTAVNIK_DEMO": "1"}
        environment.pop("DATABASE_URL", None)
        print(f"tables         {timed(environment, 'migrate', '--verbosity', '0'):8.2f} s")
        print(f"demo           {timed(environment, 'demo', '--unless-built'):8.2f} s")
        print(f"demo, again    {timed(environment, 'demo', '--unless-built'):8.2f} s")
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], env=environment, check=True)
        began = time.perf_counter()
        server = subprocess.Popen([*COMMAND, "serve", "--port", str(PORT)], env=environment)
        try:
            ask_until_ready()
            print(f"first answer   {time.perf_counter() - began:8.2f} s")
            print(f"resident       {resident(server.pid):8.0f} MB")
            for _ in range(200):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/login/").read()
            print(f"resident later {resident(server.pid):8.0f} MB")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def timed(environment: dict[str, str], *arguments: str) -> float:
    """Seconds of one command."""
    began = time.perf_counter()
    subprocess.run([*COMMAND, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def ask_until_ready() -> None:
    """Wait for the server."""
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz").read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
        else:
            return
    raise SystemExit("The server did not answer.")


def resident(pid: int) -> float:
    """Megabytes of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return sum(int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20 for one in (pid, *children))


if __name__ == "__main__":
    main()
