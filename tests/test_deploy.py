"""The files an operator copies: what they call exists, and the watch starts the browser again when its page stands still."""

import configparser
import os
import re
import shutil
import subprocess
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, urlsplit

import kubernetes_validate
import pytest
import yaml
from sqlalchemy import make_url

from loaders import commands
from store import sources
from views.addresses import WALL

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
KUBERNETES = "1.33"  # whose schemas the manifests are held against


SERVICES = ("dashboard@.service", "collector.service", "backup.service")  # what runs as the user xining
COMMAND = re.compile(r"(?P<by>[^`\n\"']*?)python -m (?:loaders|store|reports)\b")
# A container has the settings in its environment.
BY_XINING = re.compile(r"(?:^|\s)(?:xining\s+(?:\w+=\S+\s+)*|docker compose run --rm \w+ )$")
CONFINED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectProc": "invisible",
    "ProtectClock": "yes",
    "ProtectHostname": "yes",
    "ProtectControlGroups": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}
EXPOSED_AT_MOST = 2.5  # of 10, as systemd-analyze counts


def unit(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(DEPLOY / name, encoding="utf-8")
    return found


@pytest.mark.parametrize("name", ["kiosk.service", "dashboard@.service", "collector.service"])
def test_a_service_is_started_again_for_ever(name: str) -> None:
    service = unit(name)
    assert (service["Service"]["Restart"], service["Unit"]["StartLimitIntervalSec"]) == ("always", "0")


def test_dashboards_leave_collecting_to_the_collector() -> None:
    assert unit("dashboard@.service")["Service"]["Environment"] == "XINING_COLLECT=off"
    assert unit("collector.service")["Service"]["ExecStart"].endswith("-m loaders collect'")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_the_settings_and_writes_its_own_folder_alone(name: str) -> None:
    service = unit(name)["Service"]
    assert (service["User"], service["EnvironmentFile"]) == ("xining", "/etc/xining.env")
    assert service["WorkingDirectory"] == "/opt/xining"
    assert service["StateDirectory"].split()[0] == "xining"
    assert "ReadWritePaths" not in service
    assert service["CapabilityBoundingSet"] == ""
    assert service["MemoryMax"]


@pytest.mark.parametrize("name", [*SERVICES, "kiosk-watch.service"])
def test_a_service_is_confined(name: str, tmp_path: Path) -> None:
    service = unit(name)["Service"]
    assert {key: service.get(key) for key in CONFINED} == CONFINED
    # Empty where libraries look for files of theirs: what is closed to them they take for a fault.
    assert service["ProtectHome"] == ("tmpfs" if "User" in service else "yes")
    if shutil.which("systemd-analyze") is None:
        return
    plain = tmp_path / name.replace("@", "")
    shutil.copy(DEPLOY / name, plain)
    asked = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSED_AT_MOST * 10:.0f}", "--no-pager"]
    analysed = subprocess.run([*asked, plain], capture_output=True, text=True, check=False)
    if "exposure level" in analysed.stdout:  # an older one cannot judge a file
        assert analysed.returncode == 0, analysed.stdout[-200:]


def test_a_backup_is_made_each_night_where_the_service_may_write() -> None:
    timer, service = unit("backup.timer"), unit("backup.service")["Service"]
    assert timer["Timer"]["OnCalendar"].startswith("*-*-* ")
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert service["StateDirectory"].split() == ["xining", "xining/backups"]
    assert '-m store backup "/var/lib/xining/backups/day-$$(date +%%u)" --force' in service["ExecStart"]


def test_a_command_of_the_operator_runs_as_the_services_do(tmp_path: Path) -> None:
    (tmp_path / "systemd-run").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "systemd-run").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    shipped, settings = tmp_path / "xining", tmp_path / "xining.env"
    shipped.write_text((DEPLOY / "xining").read_text().replace("[ -r /etc/xining.env ]", f"[ -r {settings} ]"))
    shipped.chmod(0o755)
    asked: list[str | Path] = [shipped, "NAME=two words", "python", "-m", "store", "check"]
    unset = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert (unset.returncode, unset.stdout, "cannot be read: use sudo" in unset.stderr) == (1, "", True)
    settings.touch()
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    command = done.stdout.splitlines()
    assert command[-6:] == ["/usr/bin/env", "NAME=two words", "python", "-m", "store", "check"]
    service = unit("collector.service")["Service"]
    for option in (
        f"--uid={service['User']}",
        f"--working-directory={service['WorkingDirectory']}",
        f"--property=EnvironmentFile={service['EnvironmentFile']}",
        f"--property=StateDirectory={service['StateDirectory']}",
        "--wait",  # its exit code is the command's
    ):
        assert option in command[:-6]


def bare_commands(text: str) -> list[str]:
    """Commands on the store that do not go by ``xining``, which knows the settings."""
    return [found[0] for found in COMMAND.finditer(text) if not BY_XINING.search(found["by"])]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("xining python -m store check", True),
        ("xining A=b python -m store restore FILE", True),
        ("run `xining python -m loaders status`", True),
        ("docker compose run --rm backup python -m store restore FILE", True),
        ("docker compose build && python -m store restore FILE", False),
        ("python -m store check", False),
        ("xining python -m loaders fill && python -m store check", False),
        ("useradd --system xining && python -m loaders fill", False),
        ("0 3 * * * cd /opt/xining && .venv/bin/python -m store backup FILE", False),
        ("`python -m loaders fill`", False),
    ],
)
def test_a_command_without_the_settings_is_recognised(line: str, known: bool) -> None:
    assert (not bare_commands(line)) == known


@pytest.mark.parametrize(
    "file",
    ["docs/operating.md", "docs/runbook.md", "docs/inputs.md", "deploy/README.md", "deploy/alerts.yml"],
    ids=str,
)
def test_commands_documented_for_operators_have_the_settings(file: str) -> None:
    assert not bare_commands((ROOT / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", ["docs/operating.md", "docs/runbook.md", "deploy/README.md"], ids=str)
def test_the_units_named_in_the_documentation_for_operators_are_shipped(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    commands = re.findall(r"systemctl (?:--now )?(?:start|stop|restart|enable|status)(?: --now)? ([^`#\n&]+)", text)
    shipped = {one.name for one in DEPLOY.iterdir()} | {"nginx.service", "postgresql.service"}
    named = [name.strip("'") for line in commands for name in line.split() if re.match(r"'?[a-z]", name)]
    assert named
    for name in named:
        template = re.sub(r"@.*", "@", name)
        assert {template, f"{template}.service"} & shipped, name


def test_what_is_installed_is_locked_by_hashes_and_compiled() -> None:
    plan = subprocess.run(
        ["make", "--dry-run", "--always-make", "install"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split("pip install", 1)[1].split() for line in plan if "pip install" in line] == [
        ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "requirements.lock"]
    ]
    compiled = next(line for line in plan if "compileall" in line).split()
    ours = (one for one in ROOT.iterdir() if one.suffix == ".py" or (one.is_dir() and not one.name.startswith(".")))
    modules = {one.name for one in ours if one.is_file() or any(one.rglob("*.py"))} - {"tests", "benchmarks", "docs"}
    assert set(compiled[compiled.index("-q") + 1 :]) == modules


def test_the_browser_opens_the_wall_and_can_be_watched() -> None:
    service = unit("kiosk.service")["Service"]
    address = service["Environment"].removeprefix("WALL=")
    assert parse_qs(urlsplit(address).query)["view"] == [WALL]
    assert service["ExecStart"].endswith("${WALL}")
    assert "--kiosk" in service["ExecStart"]
    assert "--remote-debugging-port=9222" in service["ExecStart"]
    assert "127.0.0.1:9222" in (DEPLOY / "kiosk-watch").read_text()
    assert unit("kiosk-watch.service")["Service"]["ExecStart"].endswith("/deploy/kiosk-watch")


def test_the_watch_restarts_a_page_that_stands_still_or_is_gone(tmp_path: Path) -> None:
    (tmp_path / "curl").write_text('#!/bin/sh\ncat "$RUNTIME_DIRECTORY/answer" 2>/dev/null\n')
    (tmp_path / "systemctl").write_text('#!/bin/sh\necho "$@" >> "$RUNTIME_DIRECTORY/called"\n')
    for name in ("curl", "systemctl"):
        (tmp_path / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "RUNTIME_DIRECTORY": str(tmp_path)}

    def restarted(title: str | None) -> bool:
        """Whether the browser is restarted when its page reports this title."""
        (tmp_path / "answer").write_text(f'"title": "{title}"\n' if title else "")
        (tmp_path / "called").write_text("")
        subprocess.run([DEPLOY / "kiosk-watch"], env=environment, check=True)
        return (tmp_path / "called").read_text() == "restart kiosk.service\n"

    assert not restarted("10:00")
    assert not restarted("10:03")
    assert restarted("10:03")
    assert not restarted("10:03")  # just started: nothing to compare with
    assert restarted(None)


# ── secrets ──────────────────────────────────────────────────────────────────────────────────────────────────────────
SECRET = (".env", ".env.production", "deploy/.env", "site.pem", "site.key", "deploy/nginx/tls/site.key")


def left_out(file: str, patterns: list[str]) -> bool:
    """Whether the patterns of an ignore file leave a file out: by itself or with a folder it is in."""
    path = PurePosixPath(file)
    whole = [path, *path.parents]
    return any(one.match(pattern.removeprefix("**/")) for pattern in patterns for one in whole if one.name)


@pytest.mark.parametrize("file", SECRET)
def test_no_secret_is_committed_or_copied_into_the_image(file: str) -> None:
    assert left_out(file, (ROOT / ".gitignore").read_text().splitlines())
    for name in (".dockerignore", ".containerignore"):
        anywhere = [line for line in (ROOT / name).read_text().splitlines() if line.startswith("**/")]
        assert left_out(file, anywhere), name


def test_what_is_shipped_is_neither_ignored_nor_left_out() -> None:
    shipped = ("deploy/xining.env.example", "dashboard.py", "deploy/nginx/site.conf.j2", "requirements.lock")
    patterns = (ROOT / ".dockerignore").read_text().splitlines()
    assert patterns == (ROOT / ".containerignore").read_text().splitlines()
    for one in (patterns, (ROOT / ".gitignore").read_text().splitlines()):
        assert not [file for file in shipped if left_out(file, one)]


# ── containers ───────────────────────────────────────────────────────────────────────────────────────────────────────
def manifests() -> list[dict[str, Any]]:
    """Every object kustomize is given, in the order of kustomization.yaml."""
    folder = DEPLOY / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    assert sorted([*listed, "kustomization.yaml"]) == sorted(file.name for file in folder.iterdir())
    return [one for name in listed for one in yaml.safe_load_all((folder / name).read_text(encoding="utf-8"))]


def pods() -> dict[str, dict[str, Any]]:
    """The pod each object starts, by the object's name."""
    found = {}
    for one in manifests():
        spec = one.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            found[one["metadata"]["name"]] = template["spec"]
    return found


def test_kubernetes_takes_every_manifest() -> None:
    for one in manifests():
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


needs_kubectl = pytest.mark.skipif(
    shutil.which("kubectl") is None, reason="no kubectl found: kubernetes.io/docs/tasks/tools says how to get it"
)


@needs_kubectl
def test_kustomize_builds_them_with_the_image_of_the_version() -> None:
    built = subprocess.run(["kubectl", "kustomize", DEPLOY / "kubernetes"], capture_output=True, text=True, check=True)
    assert len(list(yaml.safe_load_all(built.stdout))) == len(manifests())
    assert "image: registry.example/xining:" in built.stdout
    assert "image: xining\n" not in built.stdout


def test_no_pod_may_write_its_root_or_be_root() -> None:
    assert set(pods()) == {"collector", "dashboard", "backup"}
    for name, pod in pods().items():
        assert pod["securityContext"]["runAsNonRoot"], name
        for container in [*pod.get("initContainers", ()), *pod["containers"]]:
            assert container["securityContext"]["readOnlyRootFilesystem"], name
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}, name


def test_one_collector_and_many_dashboards() -> None:
    by_kind = {(one["kind"], one["metadata"]["name"]): one for one in manifests()}
    collector = by_kind["Deployment", "collector"]["spec"]
    assert (collector["replicas"], collector["strategy"]["type"]) == (1, "Recreate")
    assert "replicas" not in by_kind["Deployment", "dashboard"]["spec"]  # the autoscaler's to set
    labels = by_kind["Deployment", "dashboard"]["spec"]["template"]["metadata"]["labels"]
    for selector in (
        by_kind["Service", "dashboard"]["spec"]["selector"],
        by_kind["PodDisruptionBudget", "dashboard"]["spec"]["selector"]["matchLabels"],
    ):
        assert selector == labels
    assert by_kind["ConfigMap", "settings"]["data"]["XINING_COLLECT"] == "off"
    affinity = by_kind["Ingress", "dashboard"]["metadata"]["annotations"]["nginx.ingress.kubernetes.io/affinity"]
    assert affinity == "cookie"


@pytest.mark.parametrize("name", ["collector", "dashboard"])
def test_a_pod_brings_the_tables_to_its_version_before_it_starts(name: str) -> None:
    pod = pods()[name]
    (first,) = pod["initContainers"]
    assert first["command"][:4] == ["python", "-m", "loaders", "fill"]
    assert first["image"] == pod["containers"][0]["image"]
    assert first["env"] == pod["containers"][0]["env"]


def test_a_dashboard_counts_as_started_when_it_can_read_the_store_and_goes_on_without_it() -> None:
    (dashboard,) = pods()["dashboard"]["containers"]
    asked = {
        probe: dashboard[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")
    }
    assert asked == {
        "startupProbe": "/healthz",
        "readinessProbe": "/_stcore/health",
        "livenessProbe": "/_stcore/health",
    }


def test_only_what_is_named_may_be_reached_or_reach_out() -> None:
    found = {one["metadata"]["name"]: one["spec"] for one in manifests() if one["kind"] == "NetworkPolicy"}
    assert found["nothing-else"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    reached = [name for name, spec in found.items() if spec.get("ingress")]
    assert reached == ["visitors"]
    labels = {
        one["metadata"]["name"]: one["spec"].get("template") for one in manifests() if one["kind"] == "Deployment"
    }
    for policy, program in (("visitors", "dashboard"), ("sources", "collector")):
        assert found[policy]["podSelector"]["matchLabels"] == labels[program]["metadata"]["labels"]
    (out,) = found["sources"]["egress"]
    addresses = [urlsplit(source.address) for source in sources.declared().values()]
    assert {one["port"] for one in out["ports"]} == {one.port or 443 for one in addresses}
    every_pod = {port["port"] for rule in found["store"]["egress"] for port in rule["ports"]}
    assert (found["store"]["podSelector"], every_pod) == ({}, {53, 5432})


def test_a_backup_is_whole_or_not_there_and_its_password_in_no_list_of_processes() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    (pod,) = pods()["backup"]["containers"]
    for command in (pod["command"][-1], compose["services"]["backup"]["command"][-1]):
        assert command.startswith('python -m store backup "/backups/')  # store/backup.py sees to both
        assert "DATABASE_URL" not in command
    assert {one["mountPath"] for one in pod["volumeMounts"]} == {"/tmp", "/backups"}
    installed = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "postgresql-client" in installed
    assert "install -d -o 10001 /backups" in installed


@needs_kubectl
def test_the_documented_restore_is_the_backups_job_with_another_command() -> None:
    patch = re.search(r"kubectl patch --local -f - --type=json -p '(\[.*?\])'", (DEPLOY / "README.md").read_text())
    assert patch
    template = next(one for one in manifests() if one["kind"] == "CronJob")["spec"]["jobTemplate"]
    job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "restore"}, **template}
    asked = ["kubectl", "patch", "--local", "-f", "-", "--type=json", "-p", patch[1], "-o", "yaml"]
    made = subprocess.run(asked, input=yaml.safe_dump(job), capture_output=True, text=True, check=True)
    (container,) = yaml.safe_load(made.stdout)["spec"]["template"]["spec"]["containers"]
    assert container["command"][:4] == ["python", "-m", "store", "restore"]
    assert container["env"] == pods()["backup"]["containers"][0]["env"]


def test_what_watches_a_collector_asks_for_its_lease() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    asked = f"python -m loaders status --collector; test $? -ne {commands.NOBODY}"
    assert pods()["collector"]["containers"][0]["livenessProbe"]["exec"]["command"] == ["sh", "-c", asked]
    assert compose["collector"]["healthcheck"]["test"] == ["CMD-SHELL", asked.replace("$?", "$$?")]


def test_prometheus_asks_each_dashboard_with_the_token_there_is() -> None:
    scraped = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"][0]
    started = re.findall(r"dashboard@(\d+)", (DEPLOY / "README.md").read_text(encoding="utf-8"))
    assert scraped["static_configs"][0]["targets"] == [f"127.0.0.1:{port}" for port in sorted(set(started))]
    monitor = yaml.safe_load((DEPLOY / "podmonitor.yaml").read_text(encoding="utf-8"))
    (dashboard,) = pods()["dashboard"]["containers"]
    token = next(one for one in dashboard["env"] if one["name"] == "XINING_METRICS_TOKEN")["valueFrom"]["secretKeyRef"]
    (endpoint,) = monitor["spec"]["podMetricsEndpoints"]
    assert token == endpoint["authorization"]["credentials"] | {"optional": True}
    assert endpoint["port"] in {port["name"] for port in dashboard["ports"]}
    assert endpoint["relabelings"][0]["replacement"] == scraped["job_name"]


def compose() -> dict[str, Any]:
    """compose.yaml without a file of settings."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text))
    return found


def test_every_program_of_compose_is_bounded_and_can_be_nobody_else() -> None:
    services = compose()["services"]
    for name, service in services.items():
        assert {"mem_limit", "cpus", "pids_limit"} <= set(service), name
        assert service["logging"]["options"]["max-size"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        if name != "database":
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name


def test_a_dashboards_address_is_its_own_while_it_is_away() -> None:
    """nginx looks names up once, when it starts: what is started meanwhile must not be given a dashboard's address."""
    found = compose()
    (pool,) = found["networks"]["default"]["ipam"]["config"]
    addresses = [
        IPv4Address(found["services"][one]["networks"]["default"]["ipv4_address"])
        for one in ("dashboard1", "dashboard2")
    ]
    assert len(set(addresses)) == len(addresses)
    for one in addresses:
        assert one in IPv4Network(pool["subnet"])
        assert one not in IPv4Network(pool["ip_range"])
    assert IPv4Network(pool["ip_range"]).subnet_of(IPv4Network(pool["subnet"]))


def test_the_database_counts_as_up_when_programs_can_reach_it_and_its_password_is_in_no_address() -> None:
    services = compose()["services"]
    assert "-h 127.0.0.1" in services["database"]["healthcheck"]["test"][1]
    for name in ("migrate", "collector", "backup", "dashboard1", "dashboard2"):
        settings = services[name]["environment"]
        assert settings["PGPASSWORD"] == services["database"]["environment"]["POSTGRES_PASSWORD"], name
        assert make_url(settings["XINING_DATABASE_URL"]).password is None, name


def test_the_documented_commands_of_containers_need_nothing_of_this_project_on_the_machine() -> None:
    documented = (DEPLOY / "README.md").read_text(encoding="utf-8")
    section = documented.split("## 容器 Containers", 1)[1].split("\n## ", 1)[0]
    called = [line for line in section.splitlines() if "python -m " in line]
    assert called
    assert not [line for line in called if not line.startswith(("docker run --rm xining ", "docker compose run --rm "))]
    written = section.split("<<END", 1)[1].split("END", 1)[0]
    asked = re.findall(r"\$\{(\w+):\?\}", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert set(asked) == set(re.findall(r"^(\w+)=", written, re.MULTILINE))


def test_compose_starts_programs_after_the_tables_are_there() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"database", "migrate", "collector", "backup", "dashboard1", "dashboard2", "nginx"}
    for name in ("collector", "dashboard1", "dashboard2"):
        assert services[name]["read_only"], name
        assert services[name]["environment"]["XINING_COLLECT"] == "off", name
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully", name
    assert services["collector"]["command"][-1] == pods()["collector"]["containers"][0]["command"][-1] == "collect"


def test_the_image_runs_as_nobody_in_particular_and_is_watched() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == [str(pods()["dashboard"]["securityContext"]["runAsUser"])]
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    compiled = next(number for number, line in enumerate(lines) if "python -m compileall" in line)
    assert "chmod a+rX" in lines[compiled]  # the context has the modes of the checkout it was sent from
    assert lines.index("COPY . .") < compiled < next(n for n, line in enumerate(lines) if line.startswith("USER "))
    assert any("org.opencontainers.image.sbom=" in line for line in lines)
