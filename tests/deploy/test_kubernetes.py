"""deploy/kubernetes/ says the same system as docker-compose.yml. No cluster ever read it here."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.services import ROOT
from deploy.teams import TEAMS
from tests.deploy.test_compose import composed

FOLDER = ROOT / "deploy" / "kubernetes"
ONLY_HERE = {"TSUNAGU_STREAM_REPLICAS"}
"""What three brokers need and one does not."""
DEFAULTS = {"fsync": "on", "full_page_writes": "on", "password_encryption": "scram-sha-256"}
"""What PostgreSQL does anyway and CloudNativePG lets nobody change or needs not be told."""


@cache
def manifests() -> tuple[dict[str, Any], ...]:
    """All that `kubectl apply -k` would send."""
    named = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
    return tuple(
        one
        for name in named["resources"]
        for one in yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8"))
    )


def found(kind: str) -> dict[str, dict[str, Any]]:
    """The manifests of one kind, by name."""
    return {one["metadata"]["name"]: one for one in manifests() if one["kind"] == kind}


def pod_of(team: str) -> dict[str, Any]:
    pod: dict[str, Any] = found("Deployment")[team]["spec"]["template"]["spec"]
    return pod


def environment_of(team: str) -> dict[str, str]:
    """What the container is told, from the ConfigMap and by itself."""
    (container,) = pod_of(team)["containers"]
    (source,) = container["envFrom"]
    shared = found("ConfigMap")[source["configMapRef"]["name"]]["data"]
    return {**shared, **{one["name"]: one["value"] for one in container["env"]}}


def test_every_file_is_applied_and_everything_lies_in_the_namespace() -> None:
    named = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
    files = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == set(named["resources"])
    (namespace,) = found("Namespace")
    apart = [one for one in manifests() if one["kind"] != "Namespace"]
    assert {one["metadata"]["namespace"] for one in apart} == {namespace}
    seen = [(one["kind"], one["metadata"]["name"]) for one in manifests()]
    assert len(set(seen)) == len(seen)


def test_every_team_has_a_deployment_and_a_service() -> None:
    assert set(found("Deployment")) == set(TEAMS)
    for team in TEAMS:
        labels = found("Deployment")[team]["spec"]["template"]["metadata"]["labels"]
        service = found("Service")[team]["spec"]
        assert service["selector"].items() <= labels.items()
        assert found("Deployment")[team]["spec"]["selector"]["matchLabels"] == service["selector"]
        assert [port["port"] for port in service["ports"]] == [8000]


@pytest.mark.parametrize("team", TEAMS)
def test_a_service_is_started_as_compose_starts_it(team: str) -> None:
    (container,) = pod_of(team)["containers"]
    said = composed()["services"][team]
    assert container["image"] == said["image"]
    assert container["args"] == said["command"]
    assert [port["containerPort"] for port in container["ports"]] == [8000]
    assert set(environment_of(team)) == set(said["environment"]) | ONLY_HERE
    other_place = {"TSUNAGU_DATABASE_URL", "TSUNAGU_SITE"}
    for name, value in said["environment"].items():
        assert name in other_place or environment_of(team)[name] == value, name
    database = said["environment"]["TSUNAGU_DATABASE_URL"].replace("@postgres/", "@postgres-rw/")
    assert environment_of(team)["TSUNAGU_DATABASE_URL"] == database


@pytest.mark.parametrize("team", TEAMS)
def test_a_service_has_no_more_rights_than_in_compose(team: str) -> None:
    pod, said = pod_of(team), composed()["services"][team]
    user, _, group = said["user"].partition(":")
    context = pod["securityContext"]
    assert context["runAsNonRoot"] is True
    assert (context["runAsUser"], context["runAsGroup"]) == (int(user), int(group))
    assert pod["automountServiceAccountToken"] is False
    for container in (*pod["initContainers"], *pod["containers"]):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


@pytest.mark.parametrize("team", TEAMS)
def test_a_service_sees_its_own_secrets_only_where_compose_puts_them(team: str) -> None:
    pod, said = pod_of(team), composed()["services"][team]
    secrets = {one["secret"]["secretName"] for one in pod["volumes"] if "secret" in one}
    assert secrets == {team, "public"}
    (container,) = pod["containers"]
    places = {one["mountPath"] for one in container["volumeMounts"]}
    assert places == {one["target"] for one in said["volumes"]} | {"/tmp"}


@pytest.mark.parametrize("team", TEAMS)
def test_only_a_dead_service_is_restarted_and_none_is_taken_away_for_its_broker(team: str) -> None:
    (container,) = pod_of(team)["containers"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container[probe]["httpGet"] == {"path": f"/{team}/health/live", "port": "http"}


def test_the_copied_password_file_is_one_that_is_read(tmp_path: Path) -> None:
    """asyncpg passes over a password file that anybody but its owner may read."""
    mounted, own = tmp_path / "mounted", tmp_path / "own"
    mounted.mkdir()
    own.mkdir()
    (mounted / "pgpass").write_text("*:*:*:tsunagu_intake:x\n", encoding="utf-8")
    (mounted / "pgpass").chmod(0o440)
    for team in TEAMS:
        (step,) = pod_of(team)["initContainers"]
        shell, dash_c, line = step["command"]
        line = line.replace("/mounted/", f"{mounted}/").replace("/run/tsunagu/own/", f"{own}/")
        subprocess.run([shell, dash_c, line], check=True)
        assert (own / "pgpass").stat().st_mode & 0o777 == 0o400


def _anywhere(part: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield key, value
            yield from _anywhere(value)
    if isinstance(part, list):
        for value in part:
            yield from _anywhere(value)


def test_secrets_are_named_and_never_told() -> None:
    assert not found("Secret")
    for one in manifests():
        for key, value in _anywhere(one):
            assert "password=" not in str(value) or "passfile=" in str(value), key
            assert key not in {"stringData", "password", "seed"}


def test_postgres_has_the_roles_databases_and_settings_of_compose() -> None:
    spec = found("Cluster")["postgres"]["spec"]
    roles = {role["name"]: role["passwordSecret"]["name"] for role in spec["managed"]["roles"]}
    assert roles == {f"tsunagu_{team}": f"{team}-database" for team in TEAMS}
    owned = {one["spec"]["name"]: one["spec"]["owner"] for one in found("Database").values()}
    assert owned == {f"tsunagu_{team}": f"tsunagu_{team}" for team in TEAMS}
    assert {one["spec"]["cluster"]["name"] for one in found("Database").values()} == {"postgres"}
    said = composed()["services"]["postgres"]["command"][1:]
    wanted = dict(one.removeprefix("-c").split("=", 1) for one in said)
    assert spec["postgresql"]["parameters"] | DEFAULTS == wanted
    assert spec["postgresql"]["pg_hba"] == [
        "hostssl sameuser all all scram-sha-256",
        "host all all all reject",
    ]
    assert spec["enableSuperuserAccess"] is False


def test_the_door_opens_to_every_team_and_not_to_what_is_inside() -> None:
    (rule,) = found("Ingress")["tsunagu"]["spec"]["rules"]
    ways = {one["path"]: one["backend"]["service"]["name"] for one in rule["http"]["paths"]}
    assert {one["pathType"] for one in rule["http"]["paths"]} == {"Prefix"}
    inside = {f"/{team}/{what}" for team in TEAMS for what in ("metrics", "health")}
    assert {way for way, to in ways.items() if to == "inside-only"} == inside
    assert "selector" not in found("Service")["inside-only"]["spec"]
    pages = {f"/{team}": team for team in TEAMS if team != "portal"} | {"/": "portal"}
    assert {way: to for way, to in ways.items() if to != "inside-only"} == pages
