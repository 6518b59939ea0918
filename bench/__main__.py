"""`python -m bench [part ...]`: run the benchmarks and print one JSON object."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from bot.logs import configure
from bot.settings import read

PARTS = ("core", "slack", "discord", "simulation", "replicas", "million")


def main() -> None:
    """Run the parts that are named, or all."""
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}: choose from {', '.join(PARTS)}.")
    configure(read(env_file=None))
    results: dict[str, Any] = {}
    for part in wanted:
        print(f"measuring {part} ...", file=sys.stderr, flush=True)
        results[part] = importlib.import_module(f"bench.{part}").run()
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
