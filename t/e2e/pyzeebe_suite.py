"""pyzeebe 4.7 at the gRPC door: grpc-core does HTTP/2 by the book, and its worker polls
without a pause, so that the server must park the call."""

import asyncio
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

from pyzeebe import Job, ZeebeClient, ZeebeWorker, create_insecure_channel
from pyzeebe import errors

HERE = Path(__file__).parent
ADDRESS = os.environ["FERMATA_GRPC"]
names = (f"pyzeebe-{os.getpid()}-{n}" for n in itertools.count(1))


class Shop:
    """A client, and the steps that scenarios are made of."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.channel = create_insecure_channel(grpc_address=ADDRESS)
        self.client = ZeebeClient(self.channel)

    async def deploy(self, model):
        name = next(names)
        path = self.folder / f"{name}.bpmn"
        path.write_text((HERE / "models" / model).read_text().replace("NAME", name))
        await self.client.deploy_resource(path)
        return name

    def worker(self, name, handle):
        """Runs until it is stopped; `handle` gets the job and returns variables."""
        worker = ZeebeWorker(self.channel)
        worker.task(task_type=name)(handle)
        return Running(worker)


class Running:
    def __init__(self, worker):
        self.worker = worker

    async def __aenter__(self):
        self.task = asyncio.create_task(self.worker.work())
        await asyncio.sleep(0.3)  # it polls, finds nothing, and is parked

    async def __aexit__(self, *_):
        await self.worker.stop()
        await asyncio.wait_for(self.task, 15)


async def refused(kind, call):
    try:
        await call
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected")


async def it_is_healthy_and_has_a_leader(shop):
    health = await shop.client.healthcheck()
    assert health.status == 1, health
    topology = await shop.client.topology()
    assert topology.partitions_count == 1
    assert topology.brokers[0].partitions[0].role.name == "LEADER"


async def an_invalid_model_is_refused(shop):
    error = await refused(errors.ProcessInvalidError, shop.deploy("invalid.bpmn"))
    told = str(error.__cause__ or error)
    assert "INVALID_ARGUMENT" in told and "work" in told, told


async def an_unknown_process_is_not_found(shop):
    await refused(errors.ProcessDefinitionNotFoundError, shop.client.run_process("nobody"))


async def a_worker_completes_jobs_with_variables(shop):
    name = await shop.deploy("task.bpmn")

    async def add(a: int) -> dict:
        return {"sum": a + 1}

    async with shop.worker(name, add):
        r = await shop.client.run_process_with_result(name, {"a": 41}, timeout=10_000)
    assert r.variables == {"a": 41, "sum": 42}, r.variables


async def a_parked_poll_is_woken_within_100_ms(shop):
    name = await shop.deploy("task.bpmn")
    taken = asyncio.get_running_loop().create_future()

    async def take() -> dict:
        taken.set_result(time.monotonic())
        return {}

    async with shop.worker(name, take):
        begun = time.monotonic()
        await shop.client.run_process(name)
        took = await asyncio.wait_for(taken, 5) - begun
    assert took < 0.1, f"the job took {took * 1000:.0f} ms"


async def a_job_that_failed_comes_again(shop):
    name = await shop.deploy("task.bpmn")
    tries = []

    async def fail_once(job: Job) -> dict:
        tries.append(job.retries)
        if len(tries) == 1:
            raise RuntimeError("not yet")
        return {"tries": len(tries)}

    async with shop.worker(name, fail_once):
        r = await shop.client.run_process_with_result(name, {}, timeout=10_000)
    assert r.variables == {"tries": 2}, r.variables
    assert tries == [3, 2], tries


async def an_error_that_is_thrown_takes_the_boundary(shop):
    name = await shop.deploy("task.bpmn")

    async def decline() -> dict:
        raise errors.BusinessError("DECLINED", "no")

    async def repair() -> dict:
        return {"repaired": True}

    async with shop.worker(name, decline), shop.worker(f"{name}-repair", repair):
        r = await shop.client.run_process_with_result(name, {}, timeout=10_000)
    assert r.variables == {"repaired": True}, r.variables


async def a_message_correlates_and_its_id_counts_once(shop):
    name = await shop.deploy("message.bpmn")
    publish = lambda: shop.client.publish_message(name, "o-1", {"paid": True}, 60_000, "m-1")
    await publish()
    await refused(errors.MessageAlreadyExistsError, publish())
    r = await shop.client.run_process_with_result(name, {"order": "o-1"}, timeout=10_000)
    assert r.variables["paid"] is True


async def a_result_that_takes_too_long_is_a_timeout(shop):
    name = await shop.deploy("task.bpmn")
    await refused(
        errors.ProcessTimeoutError,
        shop.client.run_process_with_result(name, {}, timeout=300),
    )


async def a_cancelled_instance_is_gone(shop):
    name = await shop.deploy("task.bpmn")
    made = await shop.client.run_process(name)
    await shop.client.cancel_process_instance(made.process_instance_key)
    await refused(
        errors.ProcessInstanceNotFoundError,
        shop.client.cancel_process_instance(made.process_instance_key),
    )


async def the_job_goes_to_the_next_worker_when_the_first_has_stopped(shop):
    name = await shop.deploy("task.bpmn")

    async def first() -> dict:
        return {"by": "first"}

    async def second() -> dict:
        return {"by": "second"}

    async with shop.worker(name, first):
        pass
    async with shop.worker(name, second):
        r = await shop.client.run_process_with_result(name, {}, timeout=10_000)
    assert r.variables == {"by": "second"}, r.variables


SCENARIOS = [
    it_is_healthy_and_has_a_leader,
    an_invalid_model_is_refused,
    an_unknown_process_is_not_found,
    a_worker_completes_jobs_with_variables,
    a_parked_poll_is_woken_within_100_ms,
    a_job_that_failed_comes_again,
    an_error_that_is_thrown_takes_the_boundary,
    a_message_correlates_and_its_id_counts_once,
    a_result_that_takes_too_long_is_a_timeout,
    a_cancelled_instance_is_gone,
    the_job_goes_to_the_next_worker_when_the_first_has_stopped,
]


async def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(folder)
        for scenario in SCENARIOS:
            name = "pyzeebe: " + scenario.__name__.replace("_", " ")
            try:
                await asyncio.wait_for(scenario(shop), 40)
                print(f"ok {name}", flush=True)
            except Exception as error:
                failed += 1
                why = " ".join(f"{type(error).__name__} {error}".split())
                print(f"not ok {name} - {why}", flush=True)
        await shop.channel.close()
    return 1 if failed else 0


sys.exit(asyncio.run(main()))
