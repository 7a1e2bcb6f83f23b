"""What the background worker does for the stories and their pictures, and when.

A job may be done twice, or late: each of these functions does nothing that is done already.
"""

import logging

from django.core.exceptions import ValidationError
from procrastinate.contrib.django import app

from articles import pictures, publishing, rendering
from articles.models import ArchiveImage

logger = logging.getLogger(__name__)


@app.task(name=publishing.PUBLISH_SCHEDULED, priority=100)
def publish_scheduled() -> None:
    """Publish what is due; deferred to the very moment for which a story is scheduled."""
    publishing.publish_due()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="articles.publish_missed", priority=100)
def publish_missed(timestamp: int) -> None:
    """Publish what is due, and was left by a job that was lost or a worker that was not there."""
    publishing.publish_due()


@app.task
def make_renditions(sha256: str) -> None:
    """Make what is missing of a picture's renditions; it is asked for when its row is written."""
    image = ArchiveImage.objects.filter(sha256=sha256).first()
    if image is None:
        return
    try:
        rendering.make_all(image)
    except (ValidationError, OSError) as error:
        # Tried again it would fail again: who looks at the picture finds it missing.
        kind = type(error).__name__
        logger.error("The renditions of picture %d cannot be made: %s.", image.pk, kind)


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="articles.remove_leftovers")
def remove_leftovers(timestamp: int) -> None:
    """Remove what a crash left of pictures that never came to be kept, and old title cards."""
    pictures.remove_leftovers()
