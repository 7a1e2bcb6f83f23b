"""The moderators' queue as a page: its list, its entries, the page of one comment."""

import pytest
from django.test import Client

from comments import commenters, editing, moderation, reports
from comments.models import Comment, CommentStatus, ReportReason, Standing
from comments.queue import PAGE_SIZE
from tests.comments.desk import LIST, detail, entries, listed, seen, tab_counts, verbs
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import ADDRESS, many_approved

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def entry_of(desk: Client, comment: Comment, query: str = "?tab=all"):
    return element(parse(desk.get(LIST + query)), "article", id=f"comment-{comment.pk}")


# The list


def test_the_queue_opens_with_what_waits_newest_first(desk, in_status):
    waiting = [in_status("pending") for _each in range(3)]
    in_status("approved")

    assert listed(desk) == [comment.pk for comment in waiting[::-1]]
    assert listed(desk, "?order=oldest") == [comment.pk for comment in waiting]


def test_every_tab_is_on_the_page_with_its_count(desk, in_status):
    for status in CommentStatus.values:
        in_status(status)
    reports.report(in_status("approved"), ReportReason.HATE, network=None)

    assert tab_counts(desk.get(LIST)) == {
        **{"pending": "1", "suspect": "0", "reported": "1", "newcomers": "0", "spam": "1"},
        **{"approved": "2", "rejected": "1", "trash": "1", "all": "7"},
    }


def test_the_filters_stand_in_the_address_and_are_kept_from_tab_to_tab(desk, in_status, published):
    other = published("خبز الفرن القديم")
    spam = in_status("spam", on=other, name="تاجر", body="اشتروا الآن")
    good = in_status("approved", name="سلمى", body="ما أطيب هذا التقرير")

    assert listed(desk, f"?tab=spam&article={other.pk}") == [spam.pk]
    assert listed(desk, f"?tab=approved&article={other.pk}") == []
    assert listed(desk, "?tab=approved&q=سلمى") == [good.pk]
    assert listed(desk, f"?tab=all&commenter={good.commenter_id}") == [good.pk, spam.pk]
    page = parse(desk.get(f"{LIST}?tab=spam&article={other.pk}"))
    trash = element(page, "a", class_="tab-trash")
    assert attribute(trash, "href") == f"{LIST}?tab=trash&article={other.pk}"
    chosen = [each for each in elements(page, "option") if attribute(each, "selected") is not None]
    assert text(chosen[0]) == "خبز الفرن القديم"


def test_no_search_finds_an_address(desk, in_status):
    in_status("pending")

    for words in (ADDRESS, ADDRESS.split("@")[0], "example.org", "layla"):
        assert listed(desk, f"?tab=all&q={words}") == []


def test_the_pages_follow_each_other(desk, article):
    made = [comment.pk for comment in many_approved(article, PAGE_SIZE + 2)]
    first = parse(desk.get(f"{LIST}?tab=approved"))

    second = attribute(element(first, "a", rel="next"), "href")
    assert second
    assert listed(desk, second.removeprefix(LIST)) == made[1::-1]
    back = attribute(element(parse(desk.get(second)), "a", rel="prev"), "href")
    assert back
    assert listed(desk, back.removeprefix(LIST)) == made[:1:-1]


@pytest.mark.parametrize(
    "query",
    [
        "tab=nothing",
        "article=x",
        "article=-1",
        f"article={'9' * 30}",
        "commenter=1.5",
        "rule=none",
        "since=yesterday",
        "until=9999-12-31",
        "order=random",
        "after=1",
        "before=x-y",
        "after=999999999999999999-1",
        f"q={'و' * 400}",
        "q=%00",
        "q=a%ED%A0%80",
    ],
)
def test_a_selection_that_cannot_be_read_says_so_and_shows_nothing(desk, in_status, query):
    comment = in_status("pending")

    response = desk.get(f"{LIST}?{query}")

    assert response.status_code == (200 if "ED%A0" in query else 400)
    assert f"comment-{comment.pk}" not in response.content.decode()
    # Nothing is decided over it either.
    answer = desk.post(f"{LIST}?{query}", seen(comment, "approve"))
    assert answer.status_code == (302 if "ED%A0" in query else 400)


@pytest.mark.parametrize("words", ["'", '"', "\\", "-", "a or", "((", "%", "<->", "&|!", "  "])
def test_no_sign_in_a_search_breaks_it(desk, in_status, words):
    in_status("pending")

    assert desk.get(LIST, {"q": words}).status_code == 200


# An entry


def test_an_entry_shows_what_a_moderator_decides_by(desk, in_status, moderator):
    parent = in_status("approved", name="كريم", body="متى يصدر الجزء الثاني؟")
    comment = in_status("pending", parent=parent.pk, body="وأنا أنتظره أيضاً")
    reports.report(parent, ReportReason.INSULT, note="كلام جارح", network=None)
    moderation.decide(comment.pk, CommentStatus.SPAM, by=moderator, reason="إعلان مكرر")

    entry = entry_of(desk, comment)

    shown = text(entry)
    assert text(element(entry, "div", class_="entry-text")) == "وأنا أنتظره أيضاً"
    answered = text(element(entry, "blockquote", class_="answered"))
    assert "كريم" in answered
    assert "متى يصدر الجزء الثاني؟" in answered
    assert comment.article.title in shown
    assert str(comment.commenter) in shown
    assert "إعلان مكرر" in shown
    assert moderator.username in shown
    history = element(entry, class_="history")
    assert [text(each) for each in elements(history, "b")] == ["1", "1"]
    assert "كلام جارح" in text(element(entry_of(desk, parent), class_="reports"))


def test_what_a_rule_has_found_is_marked_with_its_name(desk, found_in):
    comment = found_in(
        *[("words", "body", 0, 5), ("words", "name", 0, 2), ("links", "body", 0, 2)],
        body="كلمات أخرى",
        name="سلمى",
    )

    entry = entry_of(desk, comment)

    marks = elements(element(entry, "div", class_="entry-text"), "mark")
    assert [text(mark) for mark in marks] == ["كل", "مات"]
    assert " · " in (attribute(marks[0], "title") or "")
    assert [text(mark) for mark in elements(element(entry, "h2"), "mark")] == ["سل"]
    assert len(elements(element(entry, "ul", class_="reasons"), "li")) == 3
    quotes = [text(each) for each in elements(element(entry, "ul", class_="reasons"), "q")]
    assert quotes == ["كلمات", "سل", "كل"]


def test_an_edited_comment_shows_the_mark_and_the_text_as_it_was_sent(desk, in_status, moderator):
    comment = in_status("pending", body="النص كما أرسل")
    editing.edit(comment.pk, "نص آخر", by=moderator)

    entry = entry_of(desk, comment)

    assert text(elements(entry, "div", class_="entry-text")[0]) == "نص آخر"
    assert text(element(entry, "details", class_="as-sent")).endswith("النص كما أرسل")


def test_what_a_reader_wrote_is_text_and_no_markup(desk, found_in, in_status):
    parent = in_status("approved", name=HOSTILE[:80], body=HOSTILE)
    comment = found_in(
        ("words", "body", 0, 8), name=HOSTILE[:80], body=f"{HOSTILE}\nسطر ثان", parent=parent.pk
    )
    reports.report(parent, ReportReason.OTHER, note=HOSTILE, network=None)

    for address in (f"{LIST}?tab=all", detail(comment), detail(parent)):
        for entry in entries(parse(desk.get(address))):
            assert [*elements(entry, "script"), *elements(entry, "img")] == []
    entry = entry_of(desk, comment)
    assert (
        "".join(
            child if isinstance(child, str) else text(child)
            for child in element(entry, "div", class_="entry-text").children
        )
        .replace("\n", " ")
        .split()
        == f"{HOSTILE} سطر ثان".split()
    )
    assert attribute(element(entry, "div", class_="entry-text"), "dir") == "auto"
    assert text(element(element(entry, "h2"), "bdi")) == HOSTILE[:80]


def test_no_script_or_style_stands_in_the_page_itself(desk, in_status):
    comment = in_status("pending")

    for address in (LIST, detail(comment)):
        page = parse(desk.get(address))
        ours = element(page, "div", id="queue")
        assert [*elements(ours, "script"), *elements(ours, "style")] == []
        assert [each for each in elements(ours) if attribute(each, "style") is not None] == []
        assert [
            name for each in elements(ours) for name, _value in each.attributes if name[:2] == "on"
        ] == []


def test_each_status_offers_what_may_follow(desk, in_status):
    always = ["edit", "redact", "ban", "trust"]
    offered = {
        status: verbs(entry_of(desk, in_status(status)))
        for status in ("pending", "approved", "spam", "withdrawn")
    }

    assert offered == {
        "pending": ["approve", "reject", "spam", "trash", *always],
        "approved": ["reject", "spam", "trash", "restore", *always],
        "spam": ["approve", "reject", "trash", "restore", *always],
        "withdrawn": ["ban", "trust"],
    }


def test_danger_offers_to_redact_and_publish_and_reports_to_let_it_stand(desk, found_in, in_status):
    dangerous = found_in(("danger", "body", 0, 5), held_by="danger")
    reported = in_status("approved")
    reports.report(reported, ReportReason.HATE, network=None)

    assert verbs(entry_of(desk, dangerous))[0] == "redact_and_publish"
    assert verbs(entry_of(desk, reported))[0] == "dismiss"


def test_the_standing_of_the_commenter_is_shown_and_decides_what_is_offered(
    desk, in_status, moderator
):
    comment = in_status("pending")
    commenters.set_standing(comment.commenter_id, Standing.BANNED, by=moderator)

    entry = entry_of(desk, comment)

    assert text(element(entry, class_="standing-banned")) == Standing.BANNED.label
    assert verbs(entry)[-2:] == ["trust", "ordinary"]


# The page of one comment


def test_the_page_of_a_comment_tells_every_decision(desk, moderator, in_status):
    comment = in_status("approved")
    for status in ("spam", "pending", "approved", "trash"):
        moderation.decide(comment.pk, CommentStatus(status), by=moderator, reason=f"لأنه {status}")

    on_page = elements(element(parse(desk.get(detail(comment))), "ol", class_="decisions"), "li")
    in_list = elements(element(entry_of(desk, comment), "ol", class_="decisions"), "li")

    assert (len(on_page), len(in_list)) == (5, 3)
    assert [text(element(each, "q")) for each in on_page[:4]] == [
        *("لأنه trash", "لأنه approved", "لأنه pending", "لأنه spam")
    ]


@pytest.mark.parametrize("key", ["0", "999", "x", "9" * 40, "²", "1'"])
def test_a_comment_that_never_was_leads_back_to_the_list(desk, key):
    response = desk.get(f"{LIST}{key}/change/")

    assert (response.status_code, response["Location"]) == (302, LIST)
