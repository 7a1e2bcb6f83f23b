"""The record of everybody who came near an address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.constraints import one_of
from articles.models import APPEND_ONLY, AbstractRecord
from comments.models.commenter import Commenter


class AccessKind(models.TextChoices):
    LOOK_UP = "look_up", _("looked up by the exact address")
    DISCLOSURE = "disclosure", _("address disclosed")
    FAILED_DISCLOSURE = "failed_disclosure", _("disclosure tried with a wrong key")
    EXPORT = "export", _("exported at the commenter's wish")
    FORGETTING = "forgetting", _("forgotten at the commenter's wish")


class AddressAccess(AbstractRecord):
    """Somebody came near an address: who, when and why, for ever. The address is not in it."""

    kind = models.CharField(_("what"), max_length=20, choices=AccessKind)
    commenter = models.ForeignKey(
        Commenter,
        verbose_name=_("commenter"),
        on_delete=models.PROTECT,
        null=True,
        related_name="accesses",
        help_text=_("Empty where nobody comments under that address."),
    )

    class Meta:
        verbose_name = _("access to an address")
        verbose_name_plural = _("accesses to addresses")
        ordering = ["-id"]
        constraints = [
            one_of("addressaccess", "kind", AccessKind),
            models.CheckConstraint(
                name="addressaccess_disclosure_has_person_and_reason",
                condition=~models.Q(kind__in=[AccessKind.DISCLOSURE, AccessKind.FAILED_DISCLOSURE])
                | models.Q(by__isnull=False, commenter__isnull=False) & ~models.Q(reason=""),
            ),
        ]
        triggers = [*APPEND_ONLY]

    def __str__(self) -> str:
        return self.get_kind_display()
