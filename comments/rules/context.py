"""All that the rules may know of a comment: read-only, with the clock in it. A leaf."""

from dataclasses import dataclass, field
from datetime import datetime

from articles.arabic import Lexicon


@dataclass(frozen=True)
class Limits:
    """The numbers of the site's policy; 0 turns a flood limit off."""

    shortest: int = 2
    longest: int = 5000
    most_links: int = 1
    phone_region: str = "SY"
    per_minute: int = 5
    per_hour: int = 30
    network_per_minute: int = 30
    network_per_hour: int = 300


@dataclass(frozen=True)
class Writer:
    """What is known of whoever writes under this address, wherever from.

    `approved` is 0 or 1, `past_hour` how many of their comments came in the past hour.
    """

    standing: str = "ordinary"
    approved: int = 0
    past_hour: int = 0


@dataclass(frozen=True)
class Sender:
    """When something came from this network in the past hour, oldest first.

    `own` is what came from it under this one name, `same_text` how often the very same text came
    under it, for this article.
    """

    network: tuple[datetime, ...] = ()
    own: tuple[datetime, ...] = ()
    same_text: int = 0


@dataclass(frozen=True)
class Context:
    """A comment that was sent, and what the rules need to judge it.

    `was_said` says whether anybody sent the same text in the past day, set phrases aside; `mode`
    is the effective mode of the discussion; `words` is the lexicon of listed words, whose entries'
    keys are (the action, the word as listed).
    """

    at: datetime
    name: str
    body: str
    website: str = ""
    trap: str = ""
    mode: str = "newcomers"
    limits: Limits = Limits()
    writer: Writer = Writer()
    sender: Sender = Sender()
    was_said: bool = False
    words: Lexicon = field(default_factory=lambda: Lexicon([]))
