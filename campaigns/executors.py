"""Resident executors, each a process of its own, one after the other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping

from campaigns.gate_house import await_awake, start

MODULE = "campaigns.executor_alone"


class Executors:
    """Starts them for the Prefect server at `url`. The next one has loaded everything before it is asked for."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._spare = self._load()

    def start(self, environment: Mapping[str, str]) -> subprocess.Popen[str]:
        """An executor at work for the office that `environment` names."""
        ready = self._spare
        assert ready.stdin is not None
        ready.stdin.write(json.dumps(dict(environment)) + "\n")
        ready.stdin.flush()
        await_awake(ready)
        self._spare = self._load()
        return ready

    def close(self) -> None:
        """Ends the one that waits."""
        end(self._spare)

    def _load(self) -> subprocess.Popen[str]:
        return start(MODULE, self._url, {}, "spare")


def end(executor: subprocess.Popen[str]) -> None:
    """Kills it, as the power going out would."""
    executor.kill()
    executor.wait()
    for stream in (executor.stdin, executor.stdout):
        if stream is not None:
            stream.close()
