"""Logs: one JSON object a line, allow-listed keys only, so that nothing personal can slip in under
a new name.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "logger",
        "team",
        "request_id",
        "traceparent",
        "trace",
        "method",
        "path",
        "status",
        "ms",
        "case_id",
        "position",
        "head",
        "source",
        "error",
        "commands",
        "name",
        "address",
        "version",
        "stream",
        "consumer",
        "fact_id",
        "type",
        "count",
        "reason",
        "attempt",
        "epoch",
        "exception",
        "host",
        "port",
        "handover_id",
        "missing",
        "problems",
        "pid",
        "seconds",
    ]
)
"""Keys a log line may have. An unknown key is dropped and named, so that the gap is seen."""


def keep_allowed(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list; say which."""
    dropped = [key for key in line if key not in ALLOWED and not key.startswith("_")]
    for key in dropped:
        del line[key]
    if dropped:
        line["missing"] = ",".join(sorted(dropped))
    return line


def set_up_logs(level: str = "INFO", *, readable: bool = False) -> None:
    """Route structlog and the standard library through one formatter."""
    before: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    end: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            keep_allowed,
            end,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # FastStream's own logger prints to the terminal, in colours: its lines belong to ours.
    framework = logging.getLogger("faststream")
    framework.handlers.clear()
    framework.propagate = True
    framework.setLevel(logging.WARNING)
    for noisy in ("uvicorn.access", "httpx2", "nats", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
