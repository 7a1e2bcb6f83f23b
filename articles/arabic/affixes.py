"""What Arabic writes together with a word: particles, the article, pronouns, endings.

The affixes are those of the light10 stemmer (Larkey, Ballesteros and Connell, "Light Stemming
for Arabic Information Retrieval", 2007), with its one-letter particles beyond و, the pronouns
of all persons, and the dialects' joined يا, هال and عال. A stemmer groups words that are close; a
list must not stop the wrong one, so an affix comes off only where grammar and spelling let it.
"""

import re
import unicodedata
from collections.abc import Iterator

from articles.arabic.folding import REMOVED_PATTERN

_ARTICLES = frozenset(
    [
        *("ال", "وال", "فال", "بال", "كال", "وبال", "وكال", "فبال", "فكال"),
        *("لل", "ولل", "فلل", "هال", "وهال", "عال", "وعال"),
    ]
)
_PARTICLES = frozenset(["و", "ف", "ب", "ك", "ل", "وب", "وك", "ول", "فب", "فك", "فل"])
_VOCATIVES = frozenset(["يا", "ويا"])
_PREFIXES = {"", *_ARTICLES, *_PARTICLES, *_VOCATIVES}
# After a noun with the article: feminine, and plural of both.
_ENDINGS = frozenset(["", "ه", "ات", "ون", "ين"])
# Never after one: possession, and the alef of a nunation.
_PRONOUNS = frozenset(["ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "نا", "ي"])
_PLURAL_WITH_PRONOUN = frozenset("ات" + pronoun for pronoun in _PRONOUNS)
_SUFFIXES = {*_ENDINGS, *_PRONOUNS, *_PLURAL_WITH_PRONOUN, "ا"}
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_LONGEST_SUFFIX = max(map(len, _SUFFIXES))
_WEAK = "اوي"
# Words and names that only look like a particle or an article before a word.
_WHOLE = frozenset(
    [
        *("ياسمين", "ياسمينا", "ياسمينه", "ياقوت", "وردي", "ورديه", "ورديات"),
        *("والده", "والدي", "والدك", "والدين", "بالغه", "بالغا", "بالغين"),
    ]
)
# The article's alef carries no hamza: إلهام and ألغاز begin otherwise.
_HAMZA_ON_ALEF = frozenset("أإآ")
_NO_ARTICLE = re.compile("[وفبكهع]{0,2}[أإآ]ل")

# For search, in Python and PostgreSQL alike: the article off, and the plurals of the feminine and
# of the nisba to their singular. PostgreSQL's own stemmer does so for some forms of a word only.
# The letters before an ending are a group, as a longer look behind takes it squared time.
_LETTER = r"[\u0621-\u064a\u0686\u06af]"
LIGHT_STEMS = (
    (f"(?<!{_LETTER})[وف]?(?:[بك]?ال|لل)(?={_LETTER}{{3}})", ""),
    (f"({_LETTER}{{3}})ات(?!{_LETTER})", r"\1ه"),
    (f"({_LETTER}{{3}}ي)(?:ين|ون)(?!{_LETTER})", r"\1"),
)


def lighten(text: str) -> str:
    """A normalised text with the affixes off that searching disregards."""
    for pattern, written in LIGHT_STEMS:
        text = re.sub(pattern, written, text)
    return text


def stems(word: str, *, article: bool = True) -> Iterator[tuple[str, str]]:
    """The folded word itself, then all that is left of it when permitted affixes come off.

    Each with the suffix that was taken off.

    `article`: whether the word may begin with one.
    """
    yield word, ""
    if word in _WHOLE:
        return
    for prefix in _beginnings(word):
        if prefix in _ARTICLES and not article:
            continue
        rest = word[len(prefix) :]
        if prefix in _VOCATIVES and "يا" + rest in _WHOLE:
            continue
        for suffix in _endings(rest):
            stem = rest[: len(rest) - len(suffix)]
            if (prefix or suffix) and _permitted(prefix, stem, suffix):
                yield stem, suffix
                # Before a pronoun the teh marbuta is an open teh: شرطة, شرطتهم.
                if suffix in _PRONOUNS and stem.endswith("ت") and len(stem) > 3:
                    yield stem[:-1] + "ه", suffix


def bears_no_article(typed: str) -> bool:
    """Whether the word as typed cannot begin with the article, though it does when folded."""
    composed = unicodedata.normalize("NFKC", typed)
    if _HAMZA_ON_ALEF.isdisjoint(composed):
        return False
    return _NO_ARTICLE.match(re.sub(REMOVED_PATTERN, "", composed)) is not None


def _beginnings(word: str) -> list[str]:
    sizes = range(min(_LONGEST_PREFIX, len(word) - 2) + 1)
    return [word[:size] for size in sizes if word[:size] in _PREFIXES]


def _endings(rest: str) -> list[str]:
    sizes = range(min(_LONGEST_SUFFIX, len(rest) - 2) + 1)
    return [rest[len(rest) - size :] for size in sizes if rest[len(rest) - size :] in _SUFFIXES]


def _permitted(prefix: str, stem: str, suffix: str) -> bool:
    # The article after ل drops its alef, and before another ل its own ل too: للص.
    definite = prefix in _ARTICLES or (prefix in {"ل", "ول", "فل"} and stem[0] == "ل")
    if definite and suffix not in _ENDINGS:
        return False
    if len(stem) == 2:
        return definite and not suffix
    if len(stem) == 3:
        return _short_stem_permitted(prefix if not definite else "", stem, suffix)
    # After longer words ي makes an adjective of another meaning: جاهلي, حيواني.
    if suffix == "ي":
        return False
    # فاعور is a name, no ف with أعور.
    return len(stem) > 4 or stem[0] != "ا" or prefix not in _PARTICLES - {"و"}


def _short_stem_permitted(particle: str, stem: str, suffix: str) -> bool:
    """A stem of three letters: short enough for an affix to make quite another word.

    وسام is no و with سام, ثورة no feminine of ثور, فاسد no ف with أسد, ورقة no و with رقة.
    """
    if stem[1] in _WEAK and (suffix or particle in _PARTICLES):
        return False
    # تفوه (to utter) is not تفو.
    if stem[2] == "و" and suffix == "ه":
        return False
    if suffix in _PLURAL_WITH_PRONOUN:
        return False
    if particle not in _PARTICLES:
        return True
    conjunction = particle == "و" and stem[2] == "ي"
    return stem[0] not in _WEAK and (conjunction or stem[2] not in _WEAK + "ه")
