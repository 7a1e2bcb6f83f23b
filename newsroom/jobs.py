"""Jobs that keep the queue of jobs itself in order."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.utils import utcnow

ATTEMPTS = 5
KEPT_HOURS = 30 * 24  # of jobs that failed; those that succeeded are not kept

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="newsroom.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of workers that fell silent: killed, or cut off from the database."""
    stalled = await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=app.worker_defaults["stalled_worker_timeout"]
    )
    for job in stalled:
        # After a machine slept, this worker's own last sign of life is old too.
        if job.id != context.job.id:
            await _give_back(job)


async def _give_back(job: Job) -> None:
    """Queue a job again; one that has ended with its worker several times may be the cause."""
    name = f"{job.task_name}[{job.id}]"
    if job.attempts + 1 >= ATTEMPTS:
        logger.error("Job %s was cut short %d times: it is given up.", name, ATTEMPTS)
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        return
    try:
        await app.job_manager.retry_job(job, retry_at=utcnow())
    except UniqueViolation:
        # One like it waits already.
        await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
    else:
        logger.warning("Job %s was cut short: it is done again.", name)


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="newsroom.forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:
    """Delete what is left of jobs that failed long ago."""
    await app.job_manager.delete_old_jobs(
        KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
