"""Everything that comes near an address, and the record of each time.

Looking up by an exact address, disclosing one with the private key, and a commenter's own wishes
to see what is kept about them, or to be forgotten: each writes its `AddressAccess` in the
transaction that does it, and none writes the address.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from nacl.exceptions import CryptoError

from articles.arabic import fold
from comments import editing, moderation, networks
from comments.models import AccessKind, AddressAccess, Commenter, CommentStatus
from comments.portability import all_about
from comments.privacy import address_digest, random_digest, unseal
from comments.rules.personal import email

FORGOTTEN = "forgotten_at_own_wish"
# Erased comments that readers or moderators would still come upon are withdrawn too.
_SHOWN_SOMEWHERE = {CommentStatus.APPROVED, CommentStatus.PENDING}


@dataclass(eq=False)
class Undisclosed(Exception):
    """An address was not disclosed; the message says why, in the user's language."""

    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


class WrongKey(Undisclosed):
    """The private key does not open this address."""


class Destroyed(Undisclosed):
    """There is no address any more."""


@dataclass(frozen=True)
class Forgotten:
    """What was changed at a commenter's wish, as numbers of comments."""

    comments: int
    renamed: int
    erased: int
    withdrawn: int


def holds_an_address(reason: str) -> bool:
    """Whether a reason would write an address into the record that is to be without any."""
    return any(email.find(fold(reason).text))


@sensitive_variables("address")
def look_up(address: str, *, by: User | None = None, reason: str = "") -> Commenter | None:
    """Whoever comments under exactly this address; that it was asked is recorded.

    Raises ValueError for what is no address.
    """
    digest = address_digest(address)
    with transaction.atomic(durable=True):
        commenter = Commenter.objects.filter(digest=digest).first()
        AddressAccess.objects.create(
            kind=AccessKind.LOOK_UP, commenter=commenter, by=by, reason=reason
        )
        return commenter


@sensitive_variables("private_key", "address")
def disclose(commenter_id: int, private_key: str, *, by: User, reason: str) -> str:
    """The address of a commenter, opened with the private key; recorded before it is returned.

    Raises WrongKey, which is recorded too, Destroyed, and Commenter.DoesNotExist.
    """
    with transaction.atomic(durable=True):
        commenter = Commenter.objects.select_for_update().get(pk=commenter_id)
        if commenter.sealed_address is None:
            raise Destroyed(_("The sealed address was destroyed: nobody can read it any more."))
        address = _opened(bytes(commenter.sealed_address), private_key)
        kind = AccessKind.FAILED_DISCLOSURE if address is None else AccessKind.DISCLOSURE
        AddressAccess.objects.create(kind=kind, commenter=commenter, by=by, reason=reason)
    if address is None:
        raise WrongKey(_("This is not the private key that opens this address."))
    return address


@sensitive_variables("private_key")
def _opened(sealed: bytes, private_key: str) -> str | None:
    try:
        return unseal(sealed, private_key)
    except (CryptoError, ImproperlyConfigured):
        return None


def export(commenter: Commenter, *, by: User | None = None, reason: str = "") -> dict[str, Any]:
    """All that is kept about a commenter, for JSON; recorded. Holds no digest and no address."""
    with transaction.atomic():
        AddressAccess.objects.create(
            kind=AccessKind.EXPORT, commenter=commenter, by=by, reason=reason
        )
        return all_about(commenter)


def forget(
    commenter_id: int, *, texts: bool = False, by: User | None = None, reason: str = ""
) -> Forgotten:
    """Take a commenter's name off all comments, and leave nothing that leads to the address.

    With `texts`, what the comments say is erased too, and those still to be seen are withdrawn.
    The digest becomes a random one: whoever writes under that address later is a newcomer, and a
    ban or trust is lost. One transaction; raises Commenter.DoesNotExist.
    """
    with transaction.atomic():
        commenter = Commenter.objects.get(pk=commenter_id)
        # A comment that is being sent under the address comes before this, or is a newcomer's.
        networks.one_at_a_time(bytes(commenter.digest))
        commenter = Commenter.objects.select_for_update().get(pk=commenter_id)
        renamed = erased = withdrawn = 0
        comments = list(commenter.comments.select_for_update().order_by("pk"))
        for comment in comments:
            if texts:
                erased += editing.erase(comment, rule=FORGOTTEN)
                withdrawn += comment.status in _SHOWN_SOMEWHERE and moderation.withdraw(comment)
            else:
                renamed += editing.take_name_back(comment)
        commenter.sealed_address = None
        commenter.digest = random_digest()
        commenter.save(update_fields=["sealed_address", "digest"])
        AddressAccess.objects.create(
            kind=AccessKind.FORGETTING, commenter=commenter, by=by, reason=reason
        )
        return Forgotten(len(comments), renamed, erased, withdrawn)
