"""What the background worker does for the stories, and when.

A job may be done twice, or late: each of these functions does nothing that is done already.
"""

from procrastinate.contrib.django import app

from articles import publishing


@app.task(name=publishing.PUBLISH_SCHEDULED, priority=100)
def publish_scheduled() -> None:
    """Publish what is due; deferred to the very moment for which a story is scheduled."""
    publishing.publish_due()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="articles.publish_missed", priority=100)
def publish_missed(timestamp: int) -> None:
    """Publish what is due, and was left by a job that was lost or a worker that was not there."""
    publishing.publish_due()
