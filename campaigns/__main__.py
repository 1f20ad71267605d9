"""All campaigns, one after the other: `python -m campaigns [--seed N]`. Exits 1 if any of them found a violation."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from samples import DEFAULT_SEED

# Read by Prefect when it is imported: only warnings are said.
QUIET = {"PREFECT_LOGGING_LEVEL": "WARNING", "PREFECT_LOGGING_TO_API_ENABLED": "false"}
ALL = ("fuzz_forms", "scale", "days_off", "tamper", "replay_twice", "killed_executor")


def main() -> int:
    """Each in a process of its own. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    seed, failed = parser.parse_args().seed, []
    for name in ALL:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"campaigns.{name}", "--seed", str(seed)]
        if subprocess.run(command, check=False, env=QUIET | dict(os.environ)).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else f"all {len(ALL)} campaigns held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
