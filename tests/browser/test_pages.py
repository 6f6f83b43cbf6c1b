"""Every page of every service, found by its links: seen on a desk and on a phone, and by axe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page

from deploy.services import service_of
from deploy.teams import TEAMS
from shared.runtime.sights import KEEPERS
from shared.web.pages import Pages
from tests.browser.running import Running

pytestmark = pytest.mark.browser

ROLES = ("counter", "coordinator", "nurse", "community", "manager", "operator")
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[QS]-\d\d")
WIDTHS = (1280, 390)
DOWNLOADS = (".csv", ".pdf", ".xlsx", ".ics", ".svg", ".json")
"""Reached by links like a page, and nothing to look at in a browser."""
OF_A_KIND = 12
"""Pages of one kind that are opened in search of others: cases differ in what may be done next."""

Found = dict[str, tuple[str, str]]
"""Kind of page → (an address, the role that found it)"""


def kind_of(path: str) -> str:
    """The address without what varies: ids and filters."""
    return IDS.sub("{id}", path.split("?")[0].split("#")[0].rstrip("/")) or "/"


def page_routes() -> set[str]:
    """The addresses of all HTML pages, as the routers know them."""
    of_all = {f"/{team}/parked" for team in TEAMS if team != "portal"}  # it hears nobody
    of_all |= {f"/{team}/sights/{{case_id}}" for team in KEEPERS}
    return of_all | {
        route.path.rstrip("/") or "/"
        for team in TEAMS
        for router in service_of(team).routers
        if isinstance(router, Pages)
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }


def links(page: Page) -> list[str]:
    """Where one can go from here, and the drawings on the page."""
    hrefs = page.eval_on_selector_all(
        "a[href], img[src]",
        "all => all.map(a => a.getAttribute('href') || a.getAttribute('src'))",
    )
    return [
        href
        for href in hrefs
        if href.startswith("/") and not href.startswith("//") and "/static/" not in href
    ]


def walk(running: Running, page: Page, role: str, found: Found) -> None:
    """Follow the links from home; every page answers, and no link is dead."""
    running.sign_in(page, role)
    waiting = ["/", "/portal/account", "/portal/sign-in"]
    opened: Counter[str] = Counter()
    seen: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in seen or opened[kind] >= OF_A_KIND or kind.endswith("/sign-out"):
            continue
        seen.add(path)
        opened[kind] += 1
        answer = page.request.get(f"{running.address}{path}")
        assert answer.status == 200, f"{role} is led to {path}: {answer.status}"
        found.setdefault(kind, (path, role))
        if "text/html" in answer.headers.get("content-type", ""):
            page.set_content(answer.text())
            waiting.extend(links(page))


@pytest.fixture(scope="module")
def pages(running: Running, browser: Browser) -> Found:
    """Every kind of page that people can reach."""
    found: Found = {}
    for role in ROLES:
        context = browser.new_context(locale="ja-JP")
        walk(running, context.new_page(), role, found)
        context.close()
    return found


def test_every_page_is_reached_by_links(pages: Found) -> None:
    """`/portal` itself only leads home; everything else must be found by following links."""
    patterns = {r: re.compile(re.sub(r"\{[^}]+\}", "[^/]+", r) + "$") for r in page_routes()}
    missing = {
        route
        for route, pattern in patterns.items()
        if route not in {"/portal", "/portal/sign-out"} and not any(map(pattern.match, pages))
    }
    assert missing == set(), "no link leads there for any role of the demonstration"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_usable(
    running: Running,
    browser: Browser,
    pages: Found,
    look: Callable[[Page, str], None],
    width: int,
) -> None:
    """No violation of axe, and nothing to scroll sideways on a phone."""
    context = browser.new_context(locale="ja-JP", viewport={"width": width, "height": 844})
    page = context.new_page()
    signed_in = ""
    shown = [one for one in pages.items() if not one[0].endswith(DOWNLOADS)]
    for kind, (path, role) in sorted(shown, key=lambda item: item[1][1]):
        if role != signed_in:
            running.sign_in(page, role)
            signed_in = role
        page.goto(f"{running.address}{path}")
        name = kind.strip("/").replace("/", "-").replace("{id}", "id") or "home"
        look(page, f"{name}-{width}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide on {width}"
    context.close()
