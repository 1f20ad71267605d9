"""What a worker loads for a run with a form: its flow, in a process that works for this machine's installation.

A process worker starts a process for each run, in which nobody has opened the office before; importing this does.
"""

from __future__ import annotations

from flows.approval import approval
from flows.reopening import reopening
from settings import Settings
from tasks.office import use
from tasks.opening import open_office

__all__ = ["approval", "reopening"]

use(open_office(Settings()))
