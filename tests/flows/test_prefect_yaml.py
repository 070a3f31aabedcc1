"""`prefect.yaml` is what `prefect deploy` takes, on a real server, for a real work pool."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.release_dataset import release_dataset

if TYPE_CHECKING:
    from tests.flows.conftest import Served

pytestmark = pytest.mark.flow

ROOT = Path(__file__).parents[2]


def test_prefect_deploys_the_schedule_with_one_run_at_a_time(served: Served) -> None:
    from prefect.client.schemas.actions import WorkPoolCreate

    served.client.create_work_pool(WorkPoolCreate(name="corpusmill", type="process"))
    subprocess.run(
        [sys.executable, "-m", "prefect", "deploy", "--all", "--no-prompt"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={
            **os.environ,
            "PWD": str(ROOT),
            "PREFECT_API_URL": served.api,
            "PREFECT_HOME": str(served.raw.parent / "prefect"),
            "RAW": "s3://pages/raw",
            "DATASET": "/srv/dataset",
            "CRON": "30 4 * * *",
        },
    )
    deployment = served.client.read_deployment_by_name("release-dataset/pool")
    (schedule,) = deployment.schedules
    assert schedule.active
    assert schedule.schedule.cron == "30 4 * * *"
    assert deployment.parameters["raw"] == "s3://pages/raw"
    assert deployment.parameters["dataset"] == "/srv/dataset"
    assert deployment.parameters.keys() <= release_dataset.parameters.properties.keys()
    assert deployment.global_concurrency_limit.limit == 1
    assert deployment.concurrency_options.collision_strategy == "CANCEL_NEW"
    (step,) = deployment.pull_steps
    assert step["prefect.deployments.steps.set_working_directory"]["directory"] == str(ROOT)
