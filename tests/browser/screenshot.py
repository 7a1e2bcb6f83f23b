"""`make screenshot`: the README's picture, taken of the site that `make run` serves right now."""

import io
import os
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS
from tests.newsroom.commands import PROJECT

TARGET = PROJECT / "newsroom" / "demo" / "screenshot.webp"
HEIGHT = 860  # pixels
DESKTOP, PHONE, GAP = 1280, 390, 40


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("No Chromium is installed here (Debian: apt-get install chromium).")
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/"
    sheet = Image.new("RGB", (DESKTOP + GAP + PHONE, HEIGHT), "#d9d5cc")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for width, left in ((PHONE, 0), (DESKTOP, PHONE + GAP)):
            page = browser.new_page(viewport={"width": width, "height": HEIGHT})
            page.goto(address)
            sheet.paste(Image.open(io.BytesIO(page.screenshot())), (left, 0))
        browser.close()
    sheet.save(TARGET, "WEBP", quality=82)
    print(TARGET.relative_to(PROJECT))


if __name__ == "__main__":
    main()
