"""What the background worker does for the comments, and how often.

A job may be done twice, or late: each of these functions does nothing that is done already.
"""

from procrastinate.contrib.django import app

from comments import digest, networks, repetition, retention
from comments.models import Tally


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="comments.compact_tallies")
def compact_tallies(timestamp: int) -> None:
    """Add up what the queue's counts have gathered."""
    Tally.compact()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="comments.forget_networks")
def forget_networks(timestamp: int) -> None:
    """Drop what flood limits need no longer."""
    networks.forget_networks()


@app.periodic(cron="50 * * * *")
@app.task(queueing_lock="comments.forget_texts")
def forget_texts(timestamp: int) -> None:
    """Drop what the rule on repeated texts needs no longer."""
    repetition.forget_texts()


@app.periodic(cron="3-59/15 * * * *")
@app.task(queueing_lock="comments.send_digest")
def send_digest(timestamp: int) -> None:
    """Write to the moderators, where the policy's interval is over."""
    digest.send()


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="comments.destroy_old_addresses")
def destroy_old_addresses(timestamp: int) -> None:
    """Destroy the addresses that are kept no longer."""
    retention.destroy_old_addresses()
