"""Every way in for a commenter, each tried with canaries of its own.

A new way in is a function here, marked with `way_in`: it posts with `planting` and says which
status it expects, so that a scan whose canaries never got in does not look like a clean one. The
forms that stand on pages are found and sent without being named here (`forms.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from articles.models import Article
from comments import moderation
from comments.models import Comment, CommentStatus
from newsroom.leaks.canaries import SPELLINGS, Canaries, Canary, plain_address, random_letters
from newsroom.leaks.edition import Edition
from newsroom.leaks.visiting import Answer, Visitor, Visits

# Stands in every comment of a canary: where it is seen, an address could have been.
MARK = "زقزقة"
ASKED_FOR = "asked for"


@dataclass
class Planting:
    """What the ways in work with, and what they leave behind."""

    edition: Edition
    visits: Visits
    canaries: Canaries
    answers: list[tuple[Canary, Answer]] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    comments: list[tuple[Canary, Comment]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def by_form(self, canary: Canary, on: Article, *, expect: int, **fields: str) -> Answer:
        """Send the form of an article's page."""
        address = reverse("post-comment", args=[on.slug])
        visitor = self._visitor(canary, may_break=expect >= 500)
        answer = visitor.post(address, self._comment(canary, **fields))
        return self._keep(canary, answer, answer.location, expect=expect)

    def by_api(self, canary: Canary, on: Article, *, expect: int, **fields: str) -> Answer:
        address = reverse("article-comments", args=[on.slug])
        visitor = self._visitor(canary, may_break=expect >= 500)
        answer = visitor.post_json(address, self._comment(canary, **fields))
        receipt = (answer.json() or {}).get("receipt", "")
        return self._keep(canary, answer, receipt, expect=expect)

    def by_both(self, way: str, on: Article, expect: tuple[int, int], **fields: str) -> None:
        """Send a canary through the form, and another one through the API."""
        by_form, by_api = expect
        self.by_form(self.canaries.mint(f"{way}, form"), on, expect=by_form, **fields)
        self.by_api(self.canaries.mint(f"{way}, API"), on, expect=by_api, **fields)

    def decide(self, comment: Comment, *statuses: CommentStatus) -> None:
        for status in statuses:
            moderation.decide(comment.pk, status, by=self.edition.staff["moderator"])

    def first_shown(self) -> tuple[Canary, Comment]:
        """A comment that readers see, and whose it is."""
        shown = set(Comment.objects.public().values_list("pk", flat=True))
        return next(each for each in self.comments if each[1].pk in shown)

    def _comment(self, canary: Canary, **fields: str) -> dict[str, str]:
        """A good comment under the canary's address, unlike all others."""
        number = len(self.answers)
        body = f"سمعت {MARK} رقم {number} وأنا أقرأ هذا الخبر، وأشكر من كتبه."
        sent = {"name": f"قارئ {number}", "email": canary.address, "website": "", "body": body}
        return {**sent, "parent": "", **fields}

    def _visitor(self, canary: Canary, *, may_break: bool) -> Visitor:
        return Visitor(self.visits, network=canary.network, may_break=may_break)

    def _keep(self, canary: Canary, answer: Answer, receipt: str, *, expect: int) -> Answer:
        self.answers.append((canary, answer))
        if answer.status != expect:
            self.surprises.append(f"“{canary.way}” was answered {answer.status}, not {expect}")
        elif receipt:
            self.receipts.append(receipt)
            self.comments.append((canary, Comment.objects.latest("pk")))
        return answer


WayIn = Callable[[Planting], None]
WAYS_IN: list[WayIn] = []


def way_in(function: WayIn) -> WayIn:
    """Add a way in: they are tried in the order in which they stand here."""
    WAYS_IN.append(function)
    return function


def plant(planting: Planting) -> None:
    """Send all canaries in."""
    for way in WAYS_IN:
        way(planting)
    planting.canaries.learn_keyed_digests()


@way_in
def accepted(planting: Planting) -> None:
    """In every spelling, by form and API; then one of them in every status."""
    for spelling in SPELLINGS:
        for post, expect in ((planting.by_form, 303), (planting.by_api, 201)):
            canary = planting.canaries.mint(f"accepted by {post.__name__}", spelling())
            post(canary, planting.edition.article, expect=expect)
    made = [comment for _canary, comment in planting.comments]
    for comment in made[:4]:
        planting.decide(comment, CommentStatus.APPROVED)
    for comment, status in zip(
        made[4:], (CommentStatus.REJECTED, CommentStatus.SPAM, CommentStatus.TRASH), strict=False
    ):
        planting.decide(comment, status)
    planting.decide(made[7], CommentStatus.REJECTED, CommentStatus.PENDING)


@way_in
def replies(planting: Planting) -> None:
    """Answers to a comment that readers see."""
    _canary, shown = planting.first_shown()
    planting.by_both("a reply", planting.edition.article, (303, 201), parent=str(shown.pk))
    for _canary, reply in planting.comments[-2:]:
        planting.decide(reply, CommentStatus.APPROVED)


@way_in
def come_back(planting: Planting) -> None:
    """A second comment under an address that is known, and trusted where the paper does that."""
    canary, _comment = planting.first_shown()
    again = Canary(f"{canary.way}, a second time", canary.address, canary.network)
    planting.by_form(again, planting.edition.article, expect=303)


@way_in
def withdrawn(planting: Planting) -> None:
    """A comment that its writer takes back."""
    canary = planting.canaries.mint("withdrawn by its writer")
    answer = planting.by_form(canary, planting.edition.article, expect=303)
    receipt = Visitor(planting.visits, network=canary.network).get(answer.location)
    for form in receipt.page.forms:
        if form.method == "post" and "withdraw" in form.action:
            Visitor(planting.visits, network=canary.network).post(form.action, {})
            return
    planting.surprises.append("no receipt offers to withdraw a comment")


@way_in
def wrong(planting: Planting) -> None:
    """What cannot be taken: a field left empty, no such comment to answer, no such address."""
    article = planting.edition.article
    planting.by_both("without a name", article, (422, 400), name="")
    planting.by_both("with letters for a parent", article, (422, 400), parent="abc")
    planting.by_both("a reply to nothing", article, (422, 400), parent="999999999")
    planting.by_both("with a NUL character", article, (422, 400), website="https://\u0000")
    for post, expect in ((planting.by_form, 422), (planting.by_api, 400)):
        mistyped = f"{random_letters()}@example..org"
        post(planting.canaries.mint("mistyped", mistyped), article, expect=expect)


@way_in
def too_late(planting: Planting) -> None:
    """Where no comments are taken any more."""
    planting.by_both("on a closed discussion", planting.edition.closed, (403, 403))
    planting.by_both("on a retracted story", planting.edition.retracted, (410, 410))


@way_in
def from_another_site(planting: Planting) -> None:
    """What a browser sends for a page of somebody else's."""
    canary = planting.canaries.mint("from another site")
    address = reverse("post-comment", args=[planting.edition.article.slug])
    visitor = Visitor(planting.visits, network=canary.network)
    sent = {"name": "قارئ", "email": canary.address, "body": "من موقع آخر"}
    answer = visitor.post(address, sent, origin="https://elsewhere.example")
    planting.answers.append((canary, answer))
    if answer.status != 403:
        planting.surprises.append("a post from another site was not refused")


@way_in
def while_the_server_is_broken(planting: Planting) -> None:
    """Errors are logged and mailed with all that Django would tell of them."""
    for name in ("COMMENT_EMAIL_PUBLIC_KEY", "COMMENT_INDEX_KEY"):
        with override_settings(**{name: "broken"}):
            planting.by_both(f"with a broken {name}", planting.edition.article, (500, 500))


@way_in
def forgotten(planting: Planting) -> None:
    """One who asked the paper to forget them, by the operator's command."""
    canary = planting.canaries.mint("forgotten")
    planting.by_form(canary, planting.edition.article, expect=303)
    call_command("forget_commenter", canary.address, yes=True)


@way_in
def known_to_searches(planting: Planting) -> None:
    """The one whose address is asked for: approved, so that any search would find its comment."""
    canary = planting.canaries.mint(ASKED_FOR, plain_address())
    planting.by_form(canary, planting.edition.article, expect=303)
    planting.decide(planting.comments[-1][1], CommentStatus.APPROVED)
