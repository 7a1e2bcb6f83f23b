"""Tokens by which a program of the newsroom acts for an account."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.constraints import not_blank, validate_not_blank


class Scope(models.TextChoices):
    """What a token is good for. It never does more than its account may."""

    DRAFTS = "drafts", _("read stories, write drafts and submit them for review")
    PICTURES = "pictures", _("add pictures to the archive")
    MODERATION = "moderation", _("read the queue of comments and decide on them")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def working(self) -> "ApiTokenQuerySet":
        """Those that open something: neither over nor revoked, of an account that works here."""
        return self.filter(
            expires_at__gt=timezone.now(),
            revoked_at__isnull=True,
            user__is_active=True,
            user__is_staff=True,
        )


class ApiToken(models.Model):
    """A token of an account. What it says is shown once; only its digest is kept."""

    if TYPE_CHECKING:
        user_id: int

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="api_tokens",
    )
    name = models.CharField(
        _("used by"),
        max_length=100,
        validators=[validate_not_blank],
        help_text=_("The program or the machine that is given it."),
    )
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope),
        verbose_name=_("good for"),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    # The day alone: an hour would tell when somebody works.
    used_on = models.DateField(_("last used on"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]
        permissions = [("manage_apitoken", _("Can see and revoke the API tokens of all accounts"))]
        constraints = [
            not_blank("apitoken", "name"),
            models.CheckConstraint(
                name="apitoken_is_good_for_something",
                condition=models.Q(scopes__contained_by=Scope.values, scopes__len__gt=0),
            ),
            models.CheckConstraint(
                name="apitoken_ends_after_it_begins",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="stays_as_it_was_made",
                fields=["user", "name", "scopes", "digest", "created_at", "expires_at"],
            ),
            pgtrigger.Protect(
                name="stays_revoked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """What `ApiTokenQuerySet.working` asks for, of this one."""
        return (
            self.revoked_at is None
            and self.expires_at > timezone.now()
            and self.user.is_active
            and self.user.is_staff
        )
