"""`manage.py freeze_comments`: suspend a discussion, or the whole site's, from the server."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from articles.management.command import NewsroomCommand, wrong_usage
from articles.models import Article
from comments import freezing
from comments.management.ask import add_reason
from comments.models import CommentPolicy

# What to say of each value: where it was changed, and where it was so already.
_SAID = {
    ("frozen", True): ("frozen", "frozen already"),
    ("frozen", False): ("takes comments again", "was not frozen"),
    ("pseudonyms", True): ("names replaced by pseudonyms", "names replaced already"),
    ("pseudonyms", False): ("own names shown again", "own names shown already"),
}


class Command(NewsroomCommand):
    help = (
        "Freeze the discussions of articles, or of the whole site: readers can neither comment nor "
        "answer until it is thawed. Every change is kept in the record."
    )

    examples = (
        (
            "freeze_comments --site --pseudonyms --reason 'threats'",
            "stops all, hides names",
        ),
        ("freeze_comments --site --thaw", "takes comments again; names stay hidden"),
        ("freeze_comments the-end-of-an-address another-one", "stops two discussions"),
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="*", help="the end of an article's address")
        parser.add_argument("--site", action="store_true", help="the whole site")
        parser.add_argument(
            "--pseudonyms",
            action="store_true",
            help="replace every shown name as well; with --thaw, show the own names again",
        )
        parser.add_argument("--thaw", action="store_true", help="take comments again")
        add_reason(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["slug"] and not options["site"]:
            raise wrong_usage("Give --site, or the slug of at least one article.")
        targets = [_article(slug) for slug in dict.fromkeys(options["slug"])]
        with transaction.atomic():
            for target in [*targets, *([None] if options["site"] else [])]:
                self._change(target, options)
        if options["thaw"]:
            self._say_what_is_still_frozen(targets, options)

    def _change(self, target: Article | None, options: dict[str, Any]) -> None:
        do = freezing.thaw if options["thaw"] else freezing.freeze
        rows = do(target, reason=options["reason"], pseudonyms=options["pseudonyms"])
        changed = {row.field for row in rows}
        said = [
            now if name in changed else already
            for (name, value), (now, already) in _SAID.items()
            if value != options["thaw"] and (name == "frozen" or options["pseudonyms"])
        ]
        self.stdout.write(f"{target.slug if target else 'the whole site'}: {', '.join(said)}")

    def _say_what_is_still_frozen(self, targets: list[Article], options: dict[str, Any]) -> None:
        if targets and CommentPolicy.load().frozen:
            self.stdout.write("The whole site is still frozen: thaw it with --site --thaw.")
        slugs = (
            freezing.under_a_freeze().filter(frozen=True).values_list("article__slug", flat=True)
        )
        if options["site"] and slugs:
            self.stdout.write(f"Still frozen by themselves: {', '.join(slugs)}")


def _article(slug: str) -> Article:
    """The article at this address, now or formerly. Raises CommandError."""
    found = None
    if slug.isprintable():
        found = Article.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).first()
    if found is None:
        raise CommandError(f"There is no article at “{slug}”. Nothing was changed.")
    return found
