"""Plants canaries in the database that is open, searches every place, and reports."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.test import override_settings

from articles.progress import Progress, silent
from comments.privacy import generate_key_pair
from newsroom.leaks.canaries import KEYED, Canaries, Canary, plain_address
from newsroom.leaks.desk import desk_texts
from newsroom.leaks.edition import SUPERUSER, make_edition
from newsroom.leaks.forms import FormSender
from newsroom.leaks.ground import MAY_SHOW, Ground, texts_of_post
from newsroom.leaks.jobs import do_jobs
from newsroom.leaks.listening import Heard, listening
from newsroom.leaks.planting import ASKED_FOR, MARK, Planting, plant
from newsroom.leaks.public import public_questions, public_texts
from newsroom.leaks.search import Search
from newsroom.leaks.telling import Teller
from newsroom.leaks.text import (
    API,
    DUMP,
    FILE,
    LOG,
    MAIL,
    OUTPUT,
    POST_ANSWER,
    PUBLIC_PAGE,
    RECEIPT,
    TELLING,
    Text,
    desk_page,
)
from newsroom.leaks.visiting import Visits

PAGES_OF_A_VIEW = 5

# Where comments of canaries are shown or kept: a scan that sees none there has seen nothing.
SHOWN_IN = {PUBLIC_PAGE, RECEIPT, desk_page("moderator"), desk_page(SUPERUSER), DUMP}
# What every site has.
EVERYWHERE = SHOWN_IN | {API, POST_ANSWER, TELLING, MAIL, LOG, OUTPUT, FILE}


@dataclass(frozen=True, order=True)
class Find:
    """A disguise in a place, and of what it is one."""

    kind: str
    place: str
    of: str
    disguise: str


@dataclass
class Report:
    """What was searched, what was found, and what was not searched though it should have been."""

    finds: set[Find] = field(default_factory=set)
    texts: Counter[str] = field(default_factory=Counter)
    places: set[tuple[str, str]] = field(default_factory=set)
    seen_in: set[str] = field(default_factory=set)
    gaps: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.finds and not self.gaps

    def take(self, text: Text, search: Search) -> None:
        """Search one text."""
        self.texts[text.kind] += 1
        self.places.add((text.kind, text.place))
        if MARK in text.text:
            self.seen_in.add(text.kind)
        if text.tells:
            self.finds.add(Find(text.kind, text.place, "an address that commented", text.tells))
        for of, disguise in search.finds(text.text):
            if not (text.kind == DUMP and disguise.startswith(KEYED)):
                self.finds.add(Find(text.kind, text.place, of, disguise))


def scan(pages_of_a_view: int = PAGES_OF_A_VIEW, *, progress: Progress = silent) -> Report:
    """Plant canaries and search every place. For a database of its own: it is full afterwards.

    `pages_of_a_view` is how many links to one view are followed. Addresses are sealed to a key
    made for this scan, so that one can be disclosed in it.
    """
    report = Report()
    private_key, public_key = generate_key_pair()
    with listening() as heard, override_settings(COMMENT_EMAIL_PUBLIC_KEY=public_key):
        ground = _planted(private_key, pages_of_a_view)
        for text in progress(_texts(ground, heard), "texts"):
            report.take(text, ground.search)
    report.unheard = heard.missing
    report.gaps = [
        *ground.planting.surprises,
        *(f"{view} disclosed nothing to the key" for view in sorted(MAY_SHOW - ground.disclosed)),
        *(f"a server error: {request}" for request in sorted(ground.visits.broken)),
        *(f"nobody asked for the view {view}" for view in ground.visits.left_out()),
        *(f"nothing to search: {kind}" for kind in sorted(EVERYWHERE - set(report.texts))),
        *(f"no comment was seen: {kind}" for kind in sorted(SHOWN_IN - report.seen_in)),
    ]
    return report


def _planted(private_key: str, pages_of_a_view: int) -> Ground:
    search, visits = Search(), Visits()
    canaries = Canaries(search)
    planting = Planting(make_edition(), visits, canaries)
    plant(planting)
    asked_for = next(canary for canary in canaries.all if canary.way == ASKED_FOR)

    def typed(view: str) -> Canary:
        """On the desk an address that is known; among readers a new one each time."""
        return asked_for if view.startswith("admin:") else canaries.mint(f"a form of {view}")

    return Ground(
        edition=planting.edition,
        visits=visits,
        search=search,
        canaries=canaries,
        planting=planting,
        forms=FormSender(typed, private_key),
        teller=Teller(used=asked_for.address, unused=plain_address()),
        pages_of_a_view=pages_of_a_view,
    )


def _texts(ground: Ground, heard: Heard) -> Iterator[Text]:
    """Every text of every place; what was heard comes last, when all has been said."""
    for canary, answer in ground.planting.answers:
        yield from texts_of_post(canary, answer)
    yield from public_texts(ground)
    heard.expect_questions()
    yield from public_questions(ground)
    yield from desk_texts(ground)
    do_jobs()
    yield from heard.texts()
