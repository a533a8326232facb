"""One export from PostgreSQL whose connections are cut again and again: it ends by itself, byte for byte.

`--rows N` of products go over a way that is cut `--cuts N` times at random moments. A cut ends every
connection there is, also one that is just being opened. Nobody resumes anything.
"""

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from dataflow_desktop import locations
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.records.job_store import JobStore
from tests.bench._figures import Figure, machine, print_figures
from tests.servers.own_server import HOST
from tests.servers.postgres_databases import PRODUCTS
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import run_while_cut, spec_for
from tests.servers.tcp_proxy import TcpProxy
from tests.unit.exports import new_job

ROWS = 1_000_000
CUTS = 100
CUT_SECONDS = (0.05, 0.6)
THROTTLE_MS = 100
"""A rest between two reads, that there is time for all cuts."""


def export(
    server: PostgresServer, folder: Path, name: str, cuts: int, draw: random.Random
) -> tuple[str, int]:
    """Return the digest of an export and how often it was cut; it must end by itself."""
    target = folder / f"{name}.csv"
    with TcpProxy(HOST, server.port) as way, closing(JobStore(locations.job_store_path())) as store:
        url = server.url("cuts", port=way.port)
        throttle_ms = THROTTLE_MS if cuts else 0
        job = new_job(store, spec_for(url, "products", target, chunk_rows=5_000, throttle_ms=throttle_ms))
        made = run_while_cut(store, job.id, way, cuts, lambda: draw.uniform(*CUT_SECONDS))
        if store.job(job.id).state is not JobState.DONE:
            sys.stderr.write(f"{name}: {store.job(job.id).reason}\n")
            return "", made
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), made


def main() -> None:
    """Run both exports, print the table, and write the figures where --json says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--cuts", type=int, default=CUTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    draw = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder, PostgresServer() as server:
        os.environ[locations.HOME_VARIABLE] = f"{folder}/home"
        server.create_database("cuts")
        server.execute(PRODUCTS.format(rows=arguments.rows), database="cuts")
        whole, _ = export(server, Path(folder), "whole", 0, draw)
        begun = time.monotonic()
        cut, made = export(server, Path(folder), "cut", arguments.cuts, draw)
        seconds = time.monotonic() - begun
    print(f"seed {arguments.seed}, {machine()}")
    figures = [
        Figure("cuts: made", made, "cuts", bar=arguments.cuts),
        Figure("cuts: seconds", seconds, "s"),
        Figure("cuts: identical files", int(bool(whole) and cut == whole), "files", bar=1),
    ]
    print_figures(figures, arguments.json)


if __name__ == "__main__":
    main()
