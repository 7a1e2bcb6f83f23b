"""Commenters: a digest to be recognised by and a sealed address, apart from what they wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.constraints import one_of
from articles.models import (
    APPEND_ONLY,
    AbstractRecord,
    changes_a_status,
    decision_gives_the_status,
    status_needs_a_decision,
)
from comments.privacy import DIGEST_SIZE, SEALED_SIZE
from comments.pseudonyms import pseudonym


class OctetLength(models.Transform):
    """The number of bytes in a binary column."""

    lookup_name = "octet_length"
    function = "OCTET_LENGTH"
    output_field = models.IntegerField()


models.BinaryField.register_lookup(OctetLength)


class Standing(models.TextChoices):
    """What the moderators hold of a commenter."""

    ORDINARY = "ordinary", _("ordinary")
    TRUSTED = "trusted", _("trusted")
    BANNED = "banned", _("banned")


class Commenter(models.Model):
    """Whoever comments under one address. No page, list or log shows either binary column.

    The standing is changed by `comments.commenters`; the sealed address is destroyed some time
    after the last decision (`comments.retention`).
    """

    digest = models.BinaryField(_("keyed digest"), unique=True, editable=False)
    sealed_address = models.BinaryField(_("sealed address"), null=True, editable=False)
    first_seen = models.DateTimeField(_("first seen"), auto_now_add=True)
    status = models.CharField(
        _("standing"),
        max_length=20,
        choices=Standing,
        default=Standing.ORDINARY,
        editable=False,
    )

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")
        permissions = [
            ("look_up_address", _("Can look up a commenter by the exact address")),
            ("disclose_address", _("Can disclose an address with the private key")),
        ]
        constraints = [
            models.CheckConstraint(
                name="commenter_digest_is_keyed_digest",
                condition=models.Q(digest__octet_length=DIGEST_SIZE),
            ),
            models.CheckConstraint(
                name="commenter_address_is_sealed",
                condition=models.Q(sealed_address=None)
                | models.Q(sealed_address__octet_length=SEALED_SIZE),
            ),
            one_of("commenter", "status", Standing),
        ]
        indexes = [
            # Whose address may be due for destruction.
            models.Index(
                fields=["id"],
                name="commenter_sealed",
                condition=models.Q(sealed_address__isnull=False),
            ),
            # The desk's list of those who are banned, or trusted.
            models.Index(
                fields=["status", "-id"],
                name="commenter_of_standing",
                condition=~models.Q(status=Standing.ORDINARY),
            ),
        ]
        triggers = [
            status_needs_a_decision(
                initial=Standing.ORDINARY,
                decisions="comments_commenterdecision",
                foreign_key="commenter_id",
            ),
        ]

    def __str__(self) -> str:
        return pseudonym(self.pk)


class CommenterDecision(AbstractRecord):
    """One change of a commenter's standing."""

    commenter = models.ForeignKey(Commenter, on_delete=models.PROTECT, related_name="decisions")
    old = models.CharField(_("from"), max_length=20, choices=Standing)
    new = models.CharField(_("to"), max_length=20, choices=Standing)
    batch = models.UUIDField(_("one action of the desk"), null=True, db_index=True)

    class Meta:
        verbose_name = _("decision on a commenter")
        verbose_name_plural = _("decisions on commenters")
        ordering = ["-id"]
        constraints = [*changes_a_status("commenterdecision", Standing)]
        triggers = [
            *APPEND_ONLY,
            decision_gives_the_status(decided_on="comments_commenter", foreign_key="commenter_id"),
        ]

    def __str__(self) -> str:
        return f"{self.get_old_display()} ← {self.get_new_display()}"
