"""What is remembered of networks and of texts for hours, as keyed digests alone."""

from django.db import models

from comments.models.commenter import OctetLength  # noqa: F401 - registers the look-up
from comments.privacy import DIGEST_SIZE


class NetworkSalt(models.Model):
    """The salt of today's network digests: one row, overwritten every day.

    Without yesterday's salt no digest of yesterday can be computed again from an IP address.
    """

    day = models.DateField()
    salt = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="networksalt_is_one_row", condition=models.Q(pk=1)),
        ]


class RecentPost(models.Model):
    """That something was posted from a network: for flood limits, kept for hours, not days."""

    network = models.BinaryField()
    sender = models.BinaryField()
    text = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recentpost_holds_keyed_digests",
                condition=models.Q(
                    network__octet_length=DIGEST_SIZE,
                    sender__octet_length=DIGEST_SIZE,
                    text__octet_length=DIGEST_SIZE,
                ),
            ),
        ]
        indexes = [
            # What came from one network in the past hour.
            models.Index(fields=["network", "at"], name="recentpost_of_network"),
            # The same, under one name.
            models.Index(fields=["sender", "at"], name="recentpost_of_sender"),
            # What is old enough to be dropped.
            models.Index(fields=["at"], name="recentpost_at"),
        ]


class RecentText(models.Model):
    """That something was said on the site: for the rule on repeated texts, kept for a day."""

    digest = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recenttext_holds_keyed_digest",
                condition=models.Q(digest__octet_length=DIGEST_SIZE),
            ),
        ]
        indexes = [
            # Whether a text was said within the day.
            models.Index(fields=["digest", "at"], name="recenttext_of_text"),
            # What is old enough to be dropped.
            models.Index(fields=["at"], name="recenttext_at"),
        ]
