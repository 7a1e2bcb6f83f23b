"""The one way in for a comment: the page's form and the API go through `submit`.

The door (is the discussion open), the form (is what was sent whole), the rules (what becomes of
it), and one transaction that keeps the comment with its decision.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.arabic import fold
from articles.constraints import validate_not_blank
from articles.models import Article
from comments import moderation, networks, repetition, rules, wordlist
from comments.models import Comment, Commenter, CommentPolicy, CommentStatus, RecentPost
from comments.models.comment import BODY_MAX_LENGTH, NAME_MAX_LENGTH
from comments.policy import Policy, hold_the_door
from comments.privacy import (
    ADDRESS_MAX_BYTES,
    address_digest,
    new_receipt_code,
    normalise_address,
    receipt_digest,
    seal,
)
from comments.rules.context import Context, Limits, Sender, Writer
from comments.rules.discussion import DiscussionState
from comments.rules.verdict import TooMany, Unacceptable, Verdict

CLOSED = _("Comments on this article are closed.")
FROZEN = _("Comments on this article are suspended for the time being.")

# Filled in by programs alone; people do not see it (`rules/trap.py`).
TRAP = "topic"


def validate_whole_characters(value: str) -> None:
    """Refuse halves of surrogate pairs: JSON can carry them, no stored text can hold them."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(_("Write something that can be read here."), "surrogate") from error


def what_becomes_of_the_address() -> str:
    """What a commenter is told of the address, with the number of days that it is kept."""
    days = settings.COMMENT_ADDRESS_DAYS
    return ngettext(
        "Your address is kept encrypted. It is destroyed %(days)s day after your last comment, "
        "or after the last decision on one.",
        "Your address is kept encrypted. It is destroyed %(days)s days after your last comment, "
        "or after the last decision on one.",
        days,
    ) % {"days": days}


class LinesField(forms.CharField):
    """Text of several lines. A line break is one character, as the browser counts it."""

    def to_python(self, value: Any) -> str:
        return normalize_newlines(super().to_python(value) or "")


class CommentForm(forms.Form):
    """What a reader sends. `article` bounds what may be answered."""

    body = LinesField(
        label=_("Comment"),
        max_length=BODY_MAX_LENGTH,
        validators=[validate_not_blank, validate_whole_characters],
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_MAX_LENGTH,
        validators=[validate_not_blank, validate_whole_characters],
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=ADDRESS_MAX_BYTES,
        validators=[validate_whole_characters],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[validate_whole_characters],
        widget=forms.URLInput(attrs={"autocomplete": "url", "dir": "ltr"}),
    )
    topic = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    parent = forms.ModelChoiceField(
        queryset=Comment.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment-%s", **kwargs})
        self.fields["email"].help_text = what_becomes_of_the_address()
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Comment.objects.public().filter(article=article)
        parent.error_messages["invalid_choice"] = _(
            "The comment you are answering is not here any more. Your comment can stand by itself."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "parent" in self.errors:
            # Shown again, the form offers what was typed as a comment of its own.
            self.data = {name: self.data.get(name, "") for name in self.fields} | {"parent": ""}
        return cleaned

    @property
    def has_arrived(self) -> bool:
        """Whether all that is wrong is that the same was sent before."""
        codes = [error.code for errors in self.errors.as_data().values() for error in errors]
        return codes == [rules.repeated.NAME]

    def clean_email(self) -> str:
        try:
            address = normalise_address(self.cleaned_data["email"])
        except ValueError as error:
            raise ValidationError(EmailValidator.message, code="invalid") from error
        if len(address.encode()) > ADDRESS_MAX_BYTES:
            raise ValidationError(_("This address is too long."), code="max_length")
        return address

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and not website.lower().startswith(("http://", "https://")):
            raise ValidationError(_("The address of a website begins with https://"))
        return website


@dataclass(eq=False)
class DiscussionClosed(Exception):
    """The article takes no comments; `state` says whether for good or for the time being."""

    state: DiscussionState

    def __str__(self) -> str:
        return str(FROZEN if self.state == DiscussionState.FROZEN else CLOSED)


@dataclass(eq=False)
class TooManyComments(Exception):
    """Too much came from the same sender; the same may be sent again in `retry_after` seconds."""

    retry_after: int
    form: CommentForm

    def __str__(self) -> str:
        return gettext("You are sending comments too quickly. Wait a little, then send it again.")


@dataclass(eq=False)
class Invalid(Exception):
    """Something that was sent cannot be taken; the form says what, field by field."""

    form: CommentForm

    def __str__(self) -> str:
        # Tracebacks quote this in logs, and a form would be quoted with the address in it.
        return f"wrong: {', '.join(self.form.errors)}"


@dataclass(frozen=True)
class Accepted:
    """A comment that was kept, and the code of its receipt: shown now, and never again."""

    comment: Comment
    receipt: str

    @property
    def status(self) -> CommentStatus:
        """What the sender is told. Why a comment is not shown would tell of the address's past."""
        if self.comment.status == CommentStatus.APPROVED:
            return CommentStatus.APPROVED
        return CommentStatus.PENDING

    @property
    def receipt_url(self) -> str:
        return reverse("receipt", args=[self.receipt])


def submit(
    article: Article, data: Any, *, at: datetime | None = None, network: str | None = None
) -> Accepted:
    """Take a comment on a public article, and do with it what the rules say.

    `data` is what a form would be given; `at` is when it was sent (default: now); `network` is the
    sender's IP address, which goes no further than a digest (None: no flood limit). Raises
    DiscussionClosed, Invalid and TooManyComments.
    """
    at = at or timezone.now()
    with transaction.atomic():
        policy = hold_the_door(article)
        state = policy.state(at)
        if state != DiscussionState.OPEN:
            raise DiscussionClosed(state)
        form = CommentForm(data, article=article)
        if not form.is_valid():
            raise Invalid(form)
        sent = _Sent.by(form, article=article, network=network)
        networks.one_at_a_time(*(digest for digest in (sent.network, sent.digest) if digest))
        judgement = _judge(_context(form, policy, sent, at), form)
        receipt = new_receipt_code()
        comment = _keep(form, article, judgement, at=at, receipt=receipt)
        sent.remember(at)
        repetition.remember(comment.body, at)
    return Accepted(comment, receipt)


@dataclass(frozen=True)
class _Sent:
    """Who sent it, as digests alone: the address; the network, with the name, with the text.

    What is refused hangs on the network and the name, never on the address: under one roof too,
    nobody learns by trying what was sent under which address.
    """

    digest: bytes
    network: bytes = b""
    sender: bytes = b""
    text: bytes = b""

    @classmethod
    def by(cls, form: CommentForm, *, article: Article, network: str | None) -> "_Sent":
        digest = address_digest(form.cleaned_data["email"])
        name = form.cleaned_data["name"]
        own = fold(name).text.strip() or name
        said = f"{article.pk}:{form.cleaned_data['body']}"
        return cls(digest, *(networks.digests_of(network, (), (own,), (own, said)) or ()))

    def seen(self, at: datetime, limits: Limits) -> Sender:
        if not self.network:
            return Sender()
        most = max(
            *(limits.network_per_minute, limits.network_per_hour),
            *(limits.per_minute, limits.per_hour),
        )
        return networks.sender_of(self.network, self.sender, self.text, at, most=most)

    def remember(self, at: datetime) -> None:
        if self.network:
            RecentPost.objects.create(
                network=self.network, sender=self.sender, text=self.text, at=at
            )


def _judge(context: Context, form: CommentForm) -> rules.Judgement:
    judgement = rules.judge(context)
    if isinstance(judgement, TooMany):
        raise TooManyComments(judgement.retry_after, form)
    if isinstance(judgement, Unacceptable):
        form.add_error(judgement.field, ValidationError(judgement.message, judgement.rule))
        raise Invalid(form)
    return judgement


def _context(form: CommentForm, policy: Policy, sent: _Sent, at: datetime) -> Context:
    limits = _limits(policy.site)
    return Context(
        at=at,
        name=form.cleaned_data["name"],
        body=form.cleaned_data["body"],
        website=form.cleaned_data["website"],
        trap=form.cleaned_data[TRAP],
        mode=policy.mode,
        limits=limits,
        writer=_writer(sent.digest, at),
        sender=sent.seen(at, limits),
        was_said=repetition.was_said(form.cleaned_data["body"], at),
        words=wordlist.lexicon(),
    )


def _limits(site: CommentPolicy) -> Limits:
    return Limits(**{field.name: getattr(site, field.name) for field in fields(Limits)})


def _writer(digest: bytes, at: datetime) -> Writer:
    """What is known of whoever writes under this address."""
    commenter = Commenter.objects.filter(digest=digest).only("pk", "status").first()
    if commenter is None:
        return Writer()
    past_hour = commenter.comments.filter(submitted_at__gt=at - networks.REMEMBERED)
    return Writer(
        standing=commenter.status,
        approved=commenter.comments.public()[:1].count(),
        past_hour=past_hour.count(),
    )


_STATUS = {
    None: CommentStatus.APPROVED,
    Verdict.REJECT: CommentStatus.REJECTED,
    Verdict.SPAM: CommentStatus.SPAM,
}


def _keep(
    form: CommentForm,
    article: Article,
    judgement: rules.Judgement,
    *,
    at: datetime,
    receipt: str,
) -> Comment:
    """Write the comment, and the rules' decision on it where it is not left to a moderator."""
    comment = Comment.objects.create(
        article=article,
        parent=form.cleaned_data["parent"],
        commenter=_commenter(form.cleaned_data["email"]),
        name=form.cleaned_data["name"],
        website=form.cleaned_data["website"],
        body=form.cleaned_data["body"],
        submitted_at=at,
        receipt_digest=receipt_digest(receipt),
        held_by=judgement.rule if judgement.verdict else "",
        findings=[finding.as_json() for finding in judgement.findings],
    )
    if judgement.verdict != Verdict.HOLD:
        status = _STATUS[judgement.verdict]
        moderation.decide(comment.pk, status, rule=judgement.rule)
        comment.status = status
    return comment


def _commenter(address: str) -> Commenter:
    """Whoever writes under this address; the address itself goes no further than this."""
    # Held until the transaction ends, so that retention does not destroy what this relies on.
    commenter, _created = Commenter.objects.select_for_update(no_key=True).get_or_create(
        digest=address_digest(address), defaults={"sealed_address": lambda: seal(address)}
    )
    if commenter.sealed_address is None:
        commenter.sealed_address = seal(address)
        commenter.save(update_fields=["sealed_address"])
    return commenter
