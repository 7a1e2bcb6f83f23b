"""What all parts of a scan share."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.leaks.canaries import Canaries, Canary
from newsroom.leaks.edition import Edition
from newsroom.leaks.forms import FormSender
from newsroom.leaks.planting import Planting
from newsroom.leaks.search import Search
from newsroom.leaks.telling import Teller
from newsroom.leaks.text import HEADER, POST_ANSWER, Text
from newsroom.leaks.visiting import Answer, Visitor, Visits

# The one answer that is asked for an address, by whoever brings the private key.
MAY_SHOW = {"admin:comments_commenter_disclose"}


@dataclass(frozen=True)
class Ground:
    """The planted site.

    `pages_of_a_view` bounds how many links to one view are followed; `shown` is an address that
    answered for each public view.
    """

    edition: Edition
    visits: Visits
    search: Search
    canaries: Canaries
    planting: Planting
    forms: FormSender
    teller: Teller
    pages_of_a_view: int
    shown: dict[str, str] = field(default_factory=dict)
    disclosed: set[str] = field(default_factory=set)

    def send_forms(self, visitor: Visitor, shown: Answer) -> Iterator[Text]:
        """The answers to all forms of a page, and to where they lead."""
        for canary, answer in self.forms.send(visitor, shown):
            self.canaries.learn_keyed_digests()
            if answer.view in MAY_SHOW and "@" in answer.body:
                self.disclosed.add(answer.view)
            yield from texts_of_post(canary, answer)
            for link in [answer.location] if answer.location else []:
                yield from texts_of(POST_ANSWER, visitor.get(link))


def texts_of(kind: str, answer: Answer) -> Iterator[Text]:
    """The body of an answer, and apart from it what a browser does not show."""
    yield Text(kind, f"{answer.method} {answer.address}", answer.body)
    yield Text(HEADER, f"{answer.method} {answer.address}", answer.headers)


def texts_of_post(canary: Canary | None, answer: Answer) -> Iterator[Text]:
    """An answer to a post. A page may show the form again with what was typed into it."""
    for text in texts_of(POST_ANSWER, answer):
        if text.kind == POST_ANSWER and answer.view in MAY_SHOW:
            continue
        if canary is not None and text.kind == POST_ANSWER and "html" in answer.content_type:
            yield text._replace(text=text.text.replace(canary.address.strip(), ""))
        else:
            yield text
