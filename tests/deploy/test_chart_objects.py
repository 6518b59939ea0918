"""What the chart's objects promise: least rights, own shards, secrets in place, and a migration that comes first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.deploy.chart import BOTH, DATABASE, EVERYTHING, manifests, one, pods


def container(values: dict[str, Any], component: str) -> dict[str, Any]:
    (found,) = pods(values)[component]["spec"]["containers"]
    return found


def environment(values: dict[str, Any], component: str) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in container(values, component)["env"]}


@pytest.mark.parametrize("component", ["slack", "discord", "migrate"])
def test_every_pod_keeps_the_restricted_standard(component: str) -> None:
    spec = pods(BOTH)[component]["spec"]
    security = spec["securityContext"]
    assert security["runAsNonRoot"] is True
    assert security["runAsUser"] == 10001
    assert security["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert container(BOTH, component)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"requests", "limits"} <= container(BOTH, component)["resources"].keys()
    assert all("emptyDir" in volume for volume in spec["volumes"])


@pytest.mark.parametrize("component", ["slack", "discord", "migrate"])
def test_no_service_of_the_cluster_sets_our_port(component: str) -> None:
    assert pods(BOTH)[component]["spec"]["enableServiceLinks"] is False


@pytest.mark.parametrize("component", ["slack", "discord"])
def test_probes_ask_the_program_and_stopping_has_time(component: str) -> None:
    spec, probed = pods(BOTH)[component]["spec"], container(BOTH, component)
    assert probed["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert probed["startupProbe"]["httpGet"]["path"] == "/healthz"
    assert probed["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert spec["terminationGracePeriodSeconds"] > 25 + probed["lifecycle"]["preStop"]["sleep"]["seconds"]


def test_a_pods_ordinal_is_its_shard() -> None:
    shards = environment(BOTH, "discord")
    path = "metadata.labels['apps.kubernetes.io/pod-index']"
    assert shards["DISCORD_SHARD_IDS"]["valueFrom"] == {"fieldRef": {"fieldPath": path}}
    assert shards["DISCORD_SHARD_COUNT"]["value"] == "4"
    spec = one("StatefulSet", BOTH)["spec"]
    assert spec["replicas"] == 4
    assert spec["podManagementPolicy"] == "OrderedReady"
    assert spec["serviceName"] == one("Service", BOTH, "discord")["metadata"]["name"]


def test_each_kind_of_pod_knows_only_its_own_secrets() -> None:
    assert not [name for name in environment(BOTH, "slack") if name.startswith("DISCORD_")]
    assert not [name for name in environment(BOTH, "discord") if name.startswith("SLACK_")]
    assert list(environment(BOTH, "migrate")) == ["CLOUDLARK_DATABASE_URL"]


def test_secrets_come_from_the_secret_that_was_named() -> None:
    for component in ("slack", "discord", "migrate"):
        for entry in environment(BOTH, component).values():
            reference = entry.get("valueFrom", {}).get("secretKeyRef")
            assert reference is None or reference["name"] == "cloudlark-tokens"
    assert not [document for document in manifests(BOTH) if document["kind"] == "Secret"]


def test_secrets_that_were_given_stand_in_secrets_alone() -> None:
    password = "postgresql://cloudlark:example@db"
    holders = [document["kind"] for document in manifests(DATABASE) if password in str(document)]
    assert holders == ["Secret", "Secret"]


def test_the_migration_comes_before_everything_else() -> None:
    job = one("Job", DATABASE)
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert container(DATABASE, "migrate")["args"] == ["migrate"]
    needed = environment(DATABASE, "migrate")["CLOUDLARK_DATABASE_URL"]["valueFrom"]["secretKeyRef"]["name"]
    (secret,) = [document for document in manifests(DATABASE) if document["metadata"]["name"] == needed
                 and document["kind"] == "Secret"]  # fmt: skip
    hooks = secret["metadata"]["annotations"]
    assert hooks["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert int(hooks["helm.sh/hook-weight"]) < int(job["metadata"]["annotations"]["helm.sh/hook-weight"])
    assert list(secret["stringData"]) == ["CLOUDLARK_DATABASE_URL"]
    assert "serviceAccountName" not in job["spec"]["template"]["spec"]


def test_changed_settings_and_secrets_start_pods_anew() -> None:
    def sums(values: dict[str, Any]) -> dict[str, str]:
        found: dict[str, str] = pods(values)["slack"]["metadata"]["annotations"]
        return found

    other = {**DATABASE, "settings": {"CLOUDLARK_TIMEZONE": "Asia/Tokyo"}}
    assert sums(DATABASE)["checksum/settings"] != sums(other)["checksum/settings"]
    token = {"secrets": {**DATABASE["secrets"], "CLOUDLARK_METRICS_TOKEN": "x"}}
    assert sums(DATABASE)["checksum/secrets"] != sums(token)["checksum/secrets"]


def test_every_selector_finds_its_pods() -> None:
    labels = {component: pod["metadata"]["labels"] for component, pod in pods(BOTH).items()}
    for kind in ("Deployment", "StatefulSet", "PodDisruptionBudget", "Service"):
        for document in manifests(BOTH):
            if document["kind"] == kind:
                wanted = document["spec"]["selector"].get("matchLabels", document["spec"]["selector"])
                found = [name for name, have in labels.items() if wanted.items() <= have.items()]
                assert found == [document["metadata"]["labels"]["app.kubernetes.io/component"]]


def test_the_network_lets_in_http_and_out_what_is_needed() -> None:
    spec = one("NetworkPolicy", EVERYTHING)["spec"]
    assert spec["policyTypes"] == ["Ingress", "Egress"]
    assert [rule["ports"] for rule in spec["ingress"]] == [[{"port": "http", "protocol": "TCP"}]]
    ports = [[port["port"] for port in rule["ports"]] for rule in spec["egress"]]
    assert ports == [[53, 53], [5432], [443]]
    assert "169.254.0.0/16" in spec["egress"][2]["to"][0]["ipBlock"]["except"]
    assert spec["egress"][1]["to"] == EVERYTHING["networkPolicy"]["database"]


def test_only_slacks_paths_are_offered_outside() -> None:
    (rule,) = one("Ingress", EVERYTHING)["spec"]["rules"]
    assert [path["path"] for path in rule["http"]["paths"]] == ["/slack"]


def test_prometheus_bears_the_token_and_finds_both_services() -> None:
    monitor = one("ServiceMonitor", EVERYTHING)["spec"]
    (endpoint,) = monitor["endpoints"]
    assert endpoint["authorization"]["credentials"] == {
        "name": "cloudlark-tokens",
        "key": "CLOUDLARK_METRICS_TOKEN",
    }
    wanted = monitor["selector"]["matchLabels"]
    services = [document for document in manifests(EVERYTHING) if document["kind"] == "Service"]
    assert len(services) == 2
    assert all(wanted.items() <= service["metadata"]["labels"].items() for service in services)
    assert all(service["spec"]["ports"][0]["name"] == endpoint["port"] for service in services)
