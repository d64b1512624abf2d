"""Schemathesis asks every operation of the OpenAPI for what it promises: a bounded, repeatable sample each time."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from cis_graph.settings import Settings
from cis_graph.web.app import create_app
from tests.support.small_release import SmallRelease, SmallRunner, SmallShelf, fixture_store

RELEASE = SmallRelease(fixture_store(0))
SCHEMA = schemathesis.openapi.from_asgi(
    "/openapi.json", create_app(Settings(), SmallShelf(RELEASE), SmallRunner(RELEASE))
)


@SCHEMA.parametrize()
@settings(
    max_examples=5,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_fails_by_our_fault(case: schemathesis.Case[Any]) -> None:
    """Whatever is sent, no answer is a 5xx."""
    case.call_and_validate(checks=[not_a_server_error])
