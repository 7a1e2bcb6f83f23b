"""Stories to put beside a story: the closest in words, tags, category and time, with reasons.

Of each kind of closeness the newest candidates are read, never all: what it costs does not grow
with the archive.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Func, OuterRef, Q, TextField, Value, When
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from articles import html, search
from articles.models import Article, ArticleQuerySet, CategoryTree, TaggedArticle
from articles.picking import as_lines

MOST_SUGGESTIONS = 8
_MOST_WORDS = 10
_SHORTEST_WORD = 3
_READ_OF_BODY = 5_000

# How many of the newest are compared, of each kind.
_BY_WORDS, _BY_TAGS, _BY_CATEGORY, _BY_BRANCH = 200, 100, 40, 40

# What each closeness weighs; words count from 0 to 1, beside the closest candidate.
_OF_WORDS, _OF_A_TAG, _OF_CATEGORY, _OF_BRANCH = 3.0, 2.0, 1.0, 0.5
_MOST_TAGS_COUNTED = 3
# A story loses up to half of its weight with age: a quarter in so many days.
_DAYS_TO_A_QUARTER = 180

# An age is told in days up to here, and then in months up to here.
_IN_DAYS, _IN_MONTHS = 60, 2 * 365

# Words without a subject, in the spelling of the index.
_COMMON = frozenset(
    search.words_of(
        "الذي التي الذين اللذين هذا هذه ذلك تلك هناك هنا كان كانت يكون تكون ليس ليست أمام خلف بعد"
        " قبل بين خلال حول عند عندما منذ حتى إلى على عليه عليها لكن لأن لدى أكثر أقل كما أيضا غير"
        " مثل ضمن نحو فيها منها إليها بأن وأن فإن قال قالت وقال أضاف وأضاف يوم اليوم أمس غدا"
        " فيه منه عنه بها لها لهم له به أنه أنها إنه إنها إذا كما لم لن قد وقد وهو وهي هو هي هم نحن"
        " كل كله كلها أي أو ثم عدة عدد أول آخر أخرى جدا فقط معه معها دون سوى بشأن ذات وفق عبر"
        " حيث أحد إحدى the and for that this with from have has had was were been are not but its"
        " his her they their there which who about after before will would than then also into over"
    )
)


@dataclass(frozen=True)
class Typed:
    """What is known of a story, be it saved or still being typed; keys of what it refers to."""

    title: str
    text: str = ""
    category: int | None = None
    tags: Collection[int] = ()
    own: int | None = None
    picks: Collection[int] = ()

    @classmethod
    def saved(cls, article: Article) -> "Typed":
        """A story as it is stored."""
        return cls(
            title=article.title,
            text=text_of(article),
            category=article.category_id,
            tags=list(article.tags.values_list("pk", flat=True)),
            own=article.pk,
            picks=list(article.related_posts.values_list("to_article", flat=True)),
        )

    def words(self) -> dict[str, str]:
        """The words that tell what it is about: as they are searched, and as they were typed."""
        titled = dict(_telling(self.title))
        written = list(_telling(self.text))
        counted = Counter(word for word, _typed in written)
        often = [word for word, number in counted.most_common() if number > 1]
        forms = {**dict(reversed(written)), **titled}
        return {word: forms[word] for word in list(dict.fromkeys([*titled, *often]))[:_MOST_WORDS]}


@dataclass
class Suggestion:
    """A story, how close it is, and why, in words."""

    article: Article
    score: float
    reasons: list[str] = field(default_factory=list)


def text_of(article: Article) -> str:
    """What is compared of a story beside its title."""
    body = html.to_text(article.body[:_READ_OF_BODY])
    return f"{article.subtitle} {article.excerpt} {body}"


def suggest(typed: Typed) -> list[Suggestion]:
    """The closest public stories, best first; four queries."""
    words, tree, now = typed.words(), CategoryTree(), timezone.now()
    branch = _branch(tree, typed.category)
    candidates = _compared(typed, list(words), _candidates(typed, list(words), branch))
    closest = max((each["closeness"] for each in candidates), default=0.0) or 1.0
    scores = {
        each["pk"]: _score(typed, branch, each, closest=closest, now=now) for each in candidates
    }
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:MOST_SUGGESTIONS]
    found = as_lines(Article.objects.public()).annotate(
        shared_tags=_shared_tags(typed), shared_words=_shared_words(words)
    )
    articles: dict[int, Any] = found.in_bulk([pk for pk in best if scores[pk] > 0])
    return [
        Suggestion(articles[pk], scores[pk], list(_reasons(typed, tree, articles[pk], now)))
        for pk in best
        if pk in articles
    ]


def _telling(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split():
        words = search.words_of(part)
        typed = part.strip("«»“”\"'()[]،؛؟.,:;!?…")
        for word in words:
            if len(word) >= _SHORTEST_WORD and word not in _COMMON:
                yield word, typed if len(words) == 1 else word


def _branch(tree: CategoryTree, category: int | None) -> list[int]:
    """The section in which the category stands, with all below it."""
    path = tree.path(category)
    return tree.branch(path[0].pk) if path else []


def _candidates(typed: Typed, words: list[str], branch: list[int]) -> list[int]:
    """The keys of what is compared: one query over four short lists."""
    sharing = TaggedArticle.objects.filter(tag__in=typed.tags).values("content_object")
    sources = [
        (Q(pk__in=sharing), _BY_TAGS, typed.tags),
        (Q(category=typed.category), _BY_CATEGORY, typed.category),
        (Q(category__in=branch), _BY_BRANCH, len(branch) > 1),
    ]
    stories = _open(typed)
    found = [
        stories.filter(condition).newest_first()[:most]
        for condition, most, is_known in sources
        if is_known
    ]
    if words:
        by_words = stories.with_entries().filter(Q(entries=search.any_two_of(words)))
        found.append(by_words.newest_found(_BY_WORDS))
    queries = [each.values_list("pk", flat=True) for each in found]
    if not queries:
        return []
    return list(queries[0].union(*queries[1:])) if len(queries) > 1 else list(queries[0])


def _open(typed: Typed) -> ArticleQuerySet:
    """What may be suggested: public, and neither the story itself nor picked already."""
    kept_out = [pk for pk in (*typed.picks, typed.own) if pk is not None]
    return Article.objects.public().exclude(pk__in=kept_out)


def _compared(typed: Typed, words: list[str], keys: list[int]) -> list[dict[str, Any]]:
    closeness: Any = Value(0.0)
    if words:
        closeness = SearchRank(F("search_index"), search.any_of(words))
    compared: Any = Article.objects.filter(pk__in=keys).annotate(
        closeness=closeness, shared_tags=_shared_tags(typed)
    )
    return list(compared.values("pk", "closeness", "shared_tags", "category_id", "published_at"))


def _shared_tags(typed: Typed) -> ArraySubquery:
    shared = TaggedArticle.objects.filter(content_object=OuterRef("pk"), tag__in=typed.tags)
    return ArraySubquery(shared.order_by("id").values("tag__name"))


def _shared_words(words: dict[str, str]) -> Func:
    """Those of the words, as they were typed, that the index of a story holds."""
    held: list[Any] = [
        Case(
            When(search_index=SearchQuery(word, config=search.CONFIGURATION), then=Value(typed)),
            output_field=TextField(),
        )
        for word, typed in words.items()
    ]
    return Func(
        *held or [Value(None, TextField())],
        template="array_remove(ARRAY[%(expressions)s]::text[], NULL)",
        output_field=ArrayField(TextField()),
    )


def _score(
    typed: Typed, branch: list[int], found: dict[str, Any], *, closest: float, now: datetime
) -> float:
    score = _OF_WORDS * found["closeness"] / closest
    score += _OF_A_TAG * min(len(found["shared_tags"] or ()), _MOST_TAGS_COUNTED)
    if found["category_id"] == typed.category:
        score += _OF_CATEGORY
    elif found["category_id"] in branch:
        score += _OF_BRANCH
    days = (now - found["published_at"]).total_seconds() / 86_400
    return float(score * (0.5 + 0.5 * 2 ** (-days / _DAYS_TO_A_QUARTER)))


def _reasons(typed: Typed, tree: CategoryTree, found: Any, now: datetime) -> Iterator[str]:
    if found.shared_tags:
        yield ngettext(
            "Shared tag: %(tags)s", "%(count)d shared tags: %(tags)s", len(found.shared_tags)
        ) % {"count": len(found.shared_tags), "tags": _listed(found.shared_tags)}
    own, other = tree.path(typed.category), tree.path(found.category_id)
    if own and other and own[-1] == other[-1]:
        yield gettext("Same category: %s") % own[-1]
    elif own and other and own[0] == other[0]:
        yield gettext("Same section: %s") % own[0]
    if found.shared_words:
        yield gettext("Similar words: %s") % _listed(found.shared_words)
    yield _age((now - found.published_at).days)


def _age(days: int) -> str:
    if days < 1:
        return gettext("Published within a day")
    if days < _IN_DAYS:
        return ngettext("%(count)d day old", "%(count)d days old", days) % {"count": days}
    if days < _IN_MONTHS:
        months = days // 30
        return ngettext("%(count)d month old", "%(count)d months old", months) % {"count": months}
    years = days // 365
    return ngettext("%(count)d year old", "%(count)d years old", years) % {"count": years}


def _listed(names: list[str]) -> str:
    return gettext(", ").join(names)
