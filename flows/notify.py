"""Tells somebody that a run failed or crashed: JSON, posted to a webhook.

The address is an environment variable and no parameter of the flow, since addresses of
webhooks are secrets and parameters are shown in the UI.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import httpx
from prefect.logging.loggers import flow_run_logger
from prefect.settings import PREFECT_UI_URL

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun, State

NOTIFY_URL: Final = "CORPUSMILL_NOTIFY_URL"
"""Environment variable with the address of the webhook; nobody is told where it is not set."""

TIMEOUT_SECONDS: Final = 10
"""A webhook that takes longer is given up: the run that failed must not hang as well."""


def notify(flow: Flow[..., Any], flow_run: FlowRun, state: State) -> None:
    """Post what became of a run to the webhook; a hook for failed and for crashed runs.

    A webhook that cannot be reached is logged and changes nothing.  (Prefect gives the
    arguments by name for crashed runs and by position for failed ones.)

    Args:
        flow: The flow.
        flow_run: Its run.
        state: The state that the run ended in.
    """
    address = os.environ.get(NOTIFY_URL)
    if not address:
        return
    logger = flow_run_logger(flow_run, flow)
    try:
        answer = httpx.post(
            address, json=describe_run(flow.name, flow_run, state), timeout=TIMEOUT_SECONDS
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        logger.warning("the address in %s: %s", NOTIFY_URL, type(error).__name__)
        return
    if answer.is_error:
        logger.warning("the address in %s answered %d", NOTIFY_URL, answer.status_code)


def describe_run(flow: str, flow_run: FlowRun, state: State) -> dict[str, str]:
    """Return what is posted: `text` for chat services, the rest for programs.

    Args:
        flow: Name of the flow.
        flow_run: Its run.
        state: The state that the run ended in.
    """
    message = state.message or ""
    return {
        "text": f"{flow} {flow_run.name}: {state.name}. {message}",
        "flow": flow,
        "run": flow_run.name,
        "state": str(state.name),
        "message": message,
        "raw": str(flow_run.parameters.get("raw", "")),
        "dataset": str(flow_run.parameters.get("dataset", "")),
        "url": f"{PREFECT_UI_URL.value() or ''}/runs/flow-run/{flow_run.id}",
    }
