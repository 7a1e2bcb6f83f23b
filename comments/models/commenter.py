"""Commenters: a digest to be recognised by and a sealed address, apart from what they wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.privacy import DIGEST_SIZE, SEALED_SIZE


class OctetLength(models.Transform):
    """The number of bytes in a binary column."""

    lookup_name = "octet_length"
    function = "OCTET_LENGTH"
    output_field = models.IntegerField()


models.BinaryField.register_lookup(OctetLength)


class Commenter(models.Model):
    """Whoever comments under one address. No page, list or log shows either column."""

    digest = models.BinaryField(_("keyed digest"), unique=True, editable=False)
    sealed_address = models.BinaryField(_("sealed address"), editable=False)
    first_seen = models.DateTimeField(_("first seen"), auto_now_add=True)

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")
        constraints = [
            models.CheckConstraint(
                name="commenter_digest_is_keyed_digest",
                condition=models.Q(digest__octet_length=DIGEST_SIZE),
            ),
            models.CheckConstraint(
                name="commenter_address_is_sealed",
                condition=models.Q(sealed_address__octet_length=SEALED_SIZE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
