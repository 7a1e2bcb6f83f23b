"""What the newsroom lets into its discussions: the site's policy, an article's, listed words."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.arabic import folded_word
from articles.constraints import not_blank, one_of, validate_not_blank
from articles.models import APPEND_ONLY, AbstractRecord, Article
from comments.models.comment import BODY_MAX_LENGTH
from comments.rules.context import Limits

# So many comments of one sender or network are read at most when the next one is judged.
HIGHEST_LIMIT = 2000
LONGEST_INTERVAL = 30 * 24  # hours between two mails to a moderator
FOLDED_MAX_LENGTH = 200


class Mode(models.TextChoices):
    EVERYTHING = "everything", _("hold every comment")
    NEWCOMERS = "newcomers", _("hold newcomers' comments")
    RULES = "rules", _("hold only what a rule stops")
    CLOSED = "closed", _("take no comments")


class Emergency(models.Model):
    """What a freeze switches, for one article or for the whole site."""

    frozen = models.BooleanField(
        _("frozen"), default=False, help_text=_("Nobody can comment for the time being.")
    )
    pseudonyms = models.BooleanField(
        _("pseudonyms in place of names"),
        default=False,
        help_text=_("Readers see invented names; commenters' own names stay with the newsroom."),
    )

    class Meta:
        abstract = True


class CommentPolicy(Emergency):
    """The site's policy: one row, or none as long as everything is as it came."""

    mode = models.CharField(_("mode"), max_length=20, choices=Mode, default=Mode.NEWCOMERS)
    closes_after_days = models.PositiveSmallIntegerField(
        _("closes after (days)"),
        null=True,
        blank=True,
        help_text=_("Counted from an article's publication. Left empty, discussions stay open."),
    )
    thread_depth = models.PositiveSmallIntegerField(
        _("depth of threads"),
        default=3,
        validators=[MaxValueValidator(4)],
        help_text=_("Replies below this depth stand beside each other and name whom they answer."),
    )
    shortest = models.PositiveSmallIntegerField(
        _("shortest comment (letters)"), default=Limits.shortest, validators=[MinValueValidator(1)]
    )
    longest = models.PositiveSmallIntegerField(
        _("longest comment (characters)"),
        default=BODY_MAX_LENGTH,
        validators=[MinValueValidator(50), MaxValueValidator(BODY_MAX_LENGTH)],
    )
    most_links = models.PositiveSmallIntegerField(
        _("links without being held"),
        default=Limits.most_links,
        help_text=_("A comment with more is held."),
    )
    phone_region = models.CharField(
        _("country of phone numbers"),
        max_length=2,
        default=Limits.phone_region,
        validators=[RegexValidator("^[A-Z]{2}$", _("Write two letters, as in SY."))],
        help_text=_("Two letters, as in SY: how numbers without a country's code are read."),
    )
    per_minute = models.PositiveSmallIntegerField(
        _("comments a minute from one sender"),
        default=Limits.per_minute,
        validators=[MaxValueValidator(HIGHEST_LIMIT)],
        help_text=_("0: no limit."),
    )
    per_hour = models.PositiveSmallIntegerField(
        _("comments an hour from one sender"),
        default=Limits.per_hour,
        validators=[MaxValueValidator(HIGHEST_LIMIT)],
        help_text=_("0: no limit."),
    )
    network_per_minute = models.PositiveSmallIntegerField(
        _("comments a minute from one network"),
        default=Limits.network_per_minute,
        validators=[MaxValueValidator(HIGHEST_LIMIT)],
        help_text=_("0: no limit."),
    )
    network_per_hour = models.PositiveSmallIntegerField(
        _("comments an hour from one network"),
        default=Limits.network_per_hour,
        validators=[MaxValueValidator(HIGHEST_LIMIT)],
        help_text=_("0: no limit."),
    )
    digest_every_hours = models.PositiveSmallIntegerField(
        _("mail to moderators every (hours)"),
        default=24,
        validators=[MaxValueValidator(LONGEST_INTERVAL)],
        help_text=_("Counts of what waits, to moderators with an email address. 0: no mail."),
    )
    digest_sent_at = models.DateTimeField(null=True, editable=False)
    # The keys of those whose last mail could not be sent.
    digest_missed_by = ArrayField(models.BigIntegerField(), default=list, editable=False)

    class Meta:
        verbose_name = _("comment policy")
        verbose_name_plural = _("comment policy")
        permissions = [("freeze_discussions", _("Can freeze discussions and hide names"))]
        constraints = [
            models.CheckConstraint(name="commentpolicy_is_one_row", condition=models.Q(pk=1)),
            one_of("commentpolicy", "mode", Mode),
            models.CheckConstraint(
                name="commentpolicy_lengths_in_order",
                condition=models.Q(shortest__gte=1, longest__lte=BODY_MAX_LENGTH)
                & models.Q(shortest__lte=models.F("longest")),
                violation_error_message=_("The shortest comment is longer than the longest one."),
            ),
            models.CheckConstraint(
                name="commentpolicy_thread_depth",
                condition=models.Q(thread_depth__lte=4),
            ),
            models.CheckConstraint(
                name="commentpolicy_phone_region",
                condition=models.Q(phone_region__regex="^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="commentpolicy_limits_bounded",
                condition=models.Q(
                    per_minute__lte=HIGHEST_LIMIT,
                    per_hour__lte=HIGHEST_LIMIT,
                    network_per_minute__lte=HIGHEST_LIMIT,
                    network_per_hour__lte=HIGHEST_LIMIT,
                    digest_every_hours__lte=LONGEST_INTERVAL,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def load(cls) -> "CommentPolicy":
        """The one row, or the policy as it comes where nothing was ever changed."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class ArticlePolicy(Emergency):
    """Where one article's discussion differs from the site's policy."""

    if TYPE_CHECKING:
        article_id: int

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="comment_policy",
    )
    mode = models.CharField(
        _("mode"),
        max_length=20,
        choices=Mode,
        blank=True,
        help_text=_("Left empty, as the site's policy says."),
    )
    closes_after_days = models.PositiveSmallIntegerField(
        _("closes after (days)"),
        null=True,
        blank=True,
        help_text=_("Left empty, as the site's policy says."),
    )

    class Meta:
        verbose_name = _("policy of an article")
        verbose_name_plural = _("policies of articles")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="articlepolicy_mode_known", condition=models.Q(mode__in=["", *Mode.values])
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)


class PolicyChange(AbstractRecord):
    """One value of a policy that was changed: by whom, when and why. Append-only."""

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty where it is the site's policy."),
    )
    field = models.CharField(_("what"), max_length=50)
    old = models.CharField(_("from"), max_length=50, blank=True)
    new = models.CharField(_("to"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("change of policy")
        verbose_name_plural = _("changes of policy")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="policychange_changes_something", condition=~models.Q(old=models.F("new"))
            ),
        ]
        triggers = [*APPEND_ONLY]

    def __str__(self) -> str:
        return str(CommentPolicy._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]


class WordAction(models.TextChoices):
    HOLD = "hold", _("hold (suspect)")
    REJECT = "reject", _("reject")
    SPAM = "spam", _("spam")


class ListedWord(models.Model):
    """A word, or several, that a comment is stopped for, in whatever spelling it is typed."""

    text = models.CharField(_("word"), max_length=100, validators=[validate_not_blank])
    folded = models.CharField(max_length=FOLDED_MAX_LENGTH, unique=True, editable=False)
    action = models.CharField(
        _("what becomes of the comment"),
        max_length=20,
        choices=WordAction,
        default=WordAction.HOLD,
    )
    latin = models.BooleanField(
        _("in Latin letters too"),
        default=False,
        help_text=_("Finds the word as it is written in chats, as in “3arab” for “عرب”."),
    )
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("listed word")
        verbose_name_plural = _("listed words")
        ordering = ["folded"]
        constraints = [
            not_blank("listedword", "text"),
            not_blank("listedword", "folded"),
            one_of("listedword", "action", WordAction),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        try:
            self.folded = listed_form(self.text)
        except ValidationError as error:
            raise ValidationError({"text": error}) from error
        if ListedWord.objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"text": _("This word is listed already, in this or another spelling.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded_word(self.text)
        super().save(*args, **kwargs)


def listed_form(text: str) -> str:
    """The form by which a listed word is found; raises ValidationError where there is none."""
    folded = folded_word(text)
    if not folded:
        raise ValidationError(_("Nothing can be found by this: write at least two letters."))
    if len(folded) > FOLDED_MAX_LENGTH:
        raise ValidationError(_("This is too long to be looked for."))
    return folded
