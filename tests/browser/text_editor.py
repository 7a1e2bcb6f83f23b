"""The text editor as its tests use it: a story begun, a button pressed, a dialog filled in."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

BODY = ".field-body .ProseMirror[contenteditable=true]"


def begin_story(page: Page, title: str = "اختبار المحرر") -> Locator:
    """A new story's form, with the cursor in its empty body."""
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", title)
    body = page.locator(BODY)
    expect(page.get_by_role("toolbar")).to_be_visible()
    body.click()
    return body


def press(page: Page, name: str) -> None:
    """Press a button of the editor's menu."""
    page.locator(f'.prose-menubar button[data-name="{name}"]').click()


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def submit(page: Page) -> None:
    dialog(page).locator("[type=submit]").click()
    expect(dialog(page)).to_have_count(0)


def typed(page: Page) -> str:
    """What the form would send as the body."""
    return page.locator("#id_body").input_value()


def saved(page: Page) -> str:
    """The body as it is stored, after the form was sent and has come back."""
    with page.expect_navigation():
        page.click("[name=_continue]")
    expect(page.locator(BODY)).to_be_visible()
    return page.locator("#id_body").input_value()


def paste(page: Page, html: str, text: str = "") -> None:
    """Do what Ctrl+V does with this on the clipboard."""
    page.evaluate(
        """([selector, html, text]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            clipboardData.setData("text/plain", text);
            const paste = { clipboardData, bubbles: true, cancelable: true };
            document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        [BODY, html, text],
    )


def pasted_file(name: str) -> str:
    folder = Path(__file__).parents[1] / "articles" / "pasted"
    return (folder / name).read_text(encoding="utf-8")
