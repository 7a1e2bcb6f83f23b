"""The examples of the README do what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from articles import tokens
from articles.models import Article
from comments.models import Comment
from tests.articles.api import in_utc

README = Path(__file__).parents[2] / "README.md"
ADDRESS = "http://127.0.0.1:8000"

pytestmark = pytest.mark.django_db(transaction=True)


def example(language: str, at: str, section: str = "The API") -> str:
    """The example of this section in this language, for a site at another address."""
    section = README.read_text().split(f"### {section}")[1].split("\n### ")[0]
    (code,) = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert ADDRESS in code
    return code.replace(ADDRESS, at)


def run(*command: str, **more: str) -> str:
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"}
    environment |= more
    ended = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, env=environment
    )
    return ended.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_example_in_curl(site, published):
    published("المجلس البلدي يقر الموازنة", minutes_ago=2)
    story = published("دوري المدارس", body="<p>مباراة.</p>", excerpt="مباراة.", minutes_ago=1)

    printed = run("bash", "-c", example("sh", site) + "\n")

    decode = json.JSONDecoder().raw_decode
    answers = []
    while printed:
        answer, length = decode(printed)
        answers.append(answer)
        printed = printed[length:].lstrip()
    newest, found, categories, accepted = answers
    assert [each["title"] for each in newest["results"]] == [
        "دوري المدارس",
        "المجلس البلدي يقر الموازنة",
    ]
    assert [each["title"] for each in found["results"]] == ["المجلس البلدي يقر الموازنة"]
    assert [each["name"] for each in categories["results"]] == [story.category.name]
    assert accepted["status"] == Comment.objects.get(article=story).status


def test_the_example_in_python_meets_every_story(site, published):
    stories = [published(f"خبر {number}", minutes_ago=number) for number in range(3)]

    code = example("python", site).replace("page_size=100", "page_size=2")

    assert run(sys.executable, "-c", code).splitlines() == [
        f"{in_utc(story.published_at)} {story.title}" for story in stories
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_example_of_a_program_submits_a_draft(site, writer):
    _token, told = tokens.make(writer, name="برنامج", scopes=["drafts"], days=1)

    code = example("sh", site, "Programs of the newsroom")
    printed = run("bash", "-c", code, NEWSROOM_TOKEN=told)

    story = Article.objects.get()
    assert json.loads(printed)["id"] == story.pk
    assert (story.title, story.status, story.owner) == ("ترميم سور المرفأ", "in_review", writer)
    assert story.decisions.get().reason == "من برنامج التوزيع"
