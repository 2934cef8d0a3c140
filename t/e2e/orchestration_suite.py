"""camunda-orchestration-sdk 10 at the REST door: its models are strict, each property that
an answer must have is asked for by name."""

import itertools
import os
import sys
import tempfile
from pathlib import Path

import camunda_orchestration_sdk as sdk
from camunda_orchestration_sdk import CamundaClient

HERE = Path(__file__).parent
names = (f"osdk-{os.getpid()}-{n}" for n in itertools.count(1))
client = CamundaClient(
    configuration={
        "CAMUNDA_REST_ADDRESS": f"http://{os.environ['FERMATA_HTTP']}/v2",
        "CAMUNDA_AUTH_STRATEGY": "NONE",
    }
)
folder = tempfile.TemporaryDirectory()


def model(kind, values):
    """A request of the client's, from what is sent."""
    return getattr(sdk.models, kind).from_dict(values)


def deploy(file):
    name = next(names)
    path = Path(folder.name) / f"{name}.bpmn"
    path.write_text((HERE / "models" / file).read_text().replace("NAME", name))
    client.deploy_resources_from_files([path])
    return name


def create(name, **more):
    return client.create_process_instance(
        data=model("ProcessCreationById", {"processDefinitionId": name, **more})
    )


def take(name):
    asked = {
        "type": name,
        "worker": "w",
        "timeout": 60000,
        "maxJobsToActivate": 1,
        "requestTimeout": 5000,
    }
    return client.activate_jobs(data=model("JobActivationRequest", asked)).jobs[0]


def topology_and_more():
    assert client.get_topology().partitions_count == 1
    client.get_license()
    client.get_authentication()
    client.get_system_configuration()
    client.get_cluster_status()


def a_job_is_done():
    name = deploy("task.bpmn")
    made = create(name, variables={"a": 1})
    job = take(name)
    assert str(job.process_instance_key) == str(made.process_instance_key)
    client.complete_job(
        job.job_key, data=model("JobCompletionRequest", {"variables": {"b": 2}})
    )


def a_message_and_a_signal():
    name = deploy("message.bpmn")
    create(name, variables={"order": name})
    told = {"name": name, "correlationKey": name}
    client.correlate_message(data=model("MessageCorrelationRequest", told))
    client.publish_message(
        data=model("MessagePublicationRequest", {**told, "timeToLive": 10})
    )
    client.broadcast_signal(data=model("SignalBroadcastRequest", {"signalName": name}))


def searches_find_what_runs():
    name = deploy("task.bpmn")
    create(name)
    for kind in (
        "process_instances",
        "element_instances",
        "jobs",
        "incidents",
        "variables",
        "user_tasks",
        "process_definitions",
        "decision_definitions",
        "decision_requirements",
        "decision_instances",
        "message_subscriptions",
        "batch_operations",
        "batch_operation_items",
        "resources",
    ):
        getattr(client, f"search_{kind}")()


def shared_things():
    name = next(names).replace("-", "_")
    value = {"name": name, "value": {"rate": 2}}
    made = client.create_global_cluster_variable(
        data=model("CreateClusterVariableRequest", value)
    )
    assert made.value == '{"rate":2}', made.value
    client.get_global_cluster_variable(name)
    # Without a scope this client fails before it asks.
    scope = create(deploy("task.bpmn"), variables={"a": 1}).process_instance_key
    asked = {
        "expression": f"=camunda.vars.cluster.{name}.rate + a",
        "scopeKey": str(scope),
    }
    got = client.evaluate_expression(data=model("ExpressionEvaluationRequest", asked))
    assert got.result == 3, got
    client.delete_global_cluster_variable(name)
    listener = {"id": name, "type": name, "eventTypes": ["canceling"], "retries": 3}
    client.create_global_task_listener(
        data=model("CreateGlobalTaskListenerRequest", listener)
    )
    client.get_global_task_listener(name)
    client.delete_global_task_listener(name)


scenarios = [
    topology_and_more,
    a_job_is_done,
    a_message_and_a_signal,
    searches_find_what_runs,
    shared_things,
]
failed = 0
for scenario in scenarios:
    title = scenario.__name__.replace("_", " ")
    try:
        scenario()
        print(f"ok orchestration-sdk: {title}")
    except Exception as error:  # each of them is told
        failed += 1
        why = " ".join(f"{type(error).__name__} {error}".split())
        print(f"not ok orchestration-sdk: {title} - {why[:600]}")
sys.exit(1 if failed else 0)
