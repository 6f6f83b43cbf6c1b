"""A real browser against a running system: Debian's chromium, screenshots, axe.

page        a page of 1280 pixels        narrow      one of 390 pixels, as on a phone
look        look(page, "name"): a screenshot of the whole page, and axe with zero violations
running     the whole system: its address, and a sign-in for every role
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.commands.checks import chromium
from tests.browser.running import Running, system

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def program() -> str:
    """Where the browser is; without it the test says what to install. In CI that is an error."""
    found = chromium()
    if found is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser(program: str) -> Iterator[Browser]:
    """One browser per worker."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, headless=True, args=_ARGUMENTS
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def running(program: str) -> Iterator[Running]:
    """The whole system, with the demonstration loaded; not started where no browser would look."""
    with system() as started:
        yield started


def _page(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": width, "height": height}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, 1280, 900)


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, 390, 844)


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """Keep a picture, and refuse what people with assistive technology cannot use."""

    def keep(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return keep
