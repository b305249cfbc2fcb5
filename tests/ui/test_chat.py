"""The chat in a real browser, on the real service: what `make run` starts."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.app import App
from assistant.demo import chat_command
from assistant.settings import Settings

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "een goed wachtwoord"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, demo_data: Path) -> Iterator[str]:
    """API and chat as processes, on a copy of the demo library."""
    data = tmp_path_factory.mktemp("chat") / "data"
    shutil.copytree(demo_data, data)
    app = App(Settings(data_dir=data))
    app.accounts.add("vera", PASSWORD, "vrager", "GM9901")
    api, chat = free_port(), free_port()
    environment = {**os.environ, "OOV_DATA_DIR": str(data), "OOV_API_URL": f"http://127.0.0.1:{api}"}
    serve = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(api)]
    running = [
        subprocess.Popen(serve, env=environment),
        subprocess.Popen(chat_command("127.0.0.1", chat), env=environment, stdout=subprocess.DEVNULL),
    ]
    try:
        for url in (f"http://127.0.0.1:{api}/readyz", f"http://127.0.0.1:{chat}/_stcore/health"):
            wait_for(url)
        yield f"http://127.0.0.1:{chat}"
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(timeout=30)


def wait_for(url: str) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{url} did not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1100, "height": 1000})
    opened.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    opened.goto(address)
    yield opened
    opened.close()


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Gebruikersnaam").fill("vera")
    page.get_by_label("Wachtwoord").first.fill(password)
    page.get_by_role("button", name="Inloggen").click()


def ask(page: Page, question: str) -> None:
    answered = page.locator(".oov-label").count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".oov-label")).to_have_count(answered + 1)


def test_it_says_that_it_is_ai_before_anything_can_be_typed(page: Page) -> None:
    expect(page.get_by_text("U praat met een AI-assistent")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_count(0)


def test_a_wrong_password_is_told_and_lets_nobody_in(page: Page) -> None:
    log_in(page, "fout")
    expect(page.get_by_text("Gebruikersnaam of wachtwoord klopt niet.")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_count(0)


def test_a_question_is_answered_and_its_source_opens_at_the_quote(page: Page) -> None:
    log_in(page)
    ask(page, "Wat is de opzegtermijn van de boa-pool?")
    expect(page.locator(".oov-answer")).to_contain_text("twaalf maanden")
    expect(page.locator(".oov-label")).to_contain_text("AI-antwoord (letterlijke citaten)")
    page.get_by_role("button", name=re.compile(r"^\[1\].*boa-pool")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Samenwerkingsovereenkomst boa-pool Elzerstreek")
    expect(dialog).to_contain_text("art. 15")
    expect(dialog.locator("mark").first).to_be_visible()
    expect(dialog.get_by_role("img", name=re.compile("^Pagina [0-9]+ van Samenwerkingsovereenkomst"))).to_be_visible()


def test_a_reference_of_a_source_is_followed_and_one_comes_back(page: Page) -> None:
    log_in(page)
    ask(page, "Tot hoe laat mag een café in Elzerveen op zaterdagnacht open zijn?")
    page.get_by_role("button", name=re.compile(r"^\[1\].*2:9")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Wordt genoemd in").click()
    dialog.get_by_role("button", name=re.compile("art. 2:10.*‘artikel 2:9’")).click()
    expect(dialog.locator("mark")).to_have_text("artikel 2:9")
    dialog.get_by_role("button", name="Terug naar de vorige bron").click()
    expect(dialog.locator("mark").first).to_contain_text("Een openbare inrichting is voor bezoekers gesloten")


def test_what_is_not_there_is_said_and_the_conversation_goes_on(page: Page) -> None:
    log_in(page)
    ask(page, "Wat is de hoofdstad van Australië?")
    expect(page.locator(".oov-missing")).to_contain_text("geen antwoord gevonden")
    ask(page, "Hoe lang worden camerabeelden in Lankwolde bewaard?")
    expect(page.locator(".oov-answer").last).to_contain_text("28 dagen")
    expect(page.get_by_text("Wat is de hoofdstad van Australië?").first).to_be_visible()


def test_logging_out_ends_it(page: Page) -> None:
    log_in(page)
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()


def test_nothing_is_fetched_from_outside(browser: Browser, address: str) -> None:
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    expect(opened.get_by_role("button", name="Inloggen")).to_be_visible(timeout=30_000)
    log_in(opened)
    expect(opened.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=30_000)
    opened.close()
    assert asked
    assert not [url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))]


def test_a_follow_up_shows_how_it_was_read_and_a_suggestion_can_be_asked(page: Page) -> None:
    log_in(page)
    ask(page, "Tot hoe laat mag een café in Elzerveen op zaterdagnacht open zijn?")
    ask(page, "En in Dorrebeek?")
    expect(page.locator(".oov-read")).to_have_text("Gelezen als: Tot hoe laat mag een café in Dorrebeek op zaterdagnacht open zijn?")
    expect(page.get_by_text("Vraag verder:")).to_be_visible()
    suggestion = page.get_by_test_id("stBaseButton-secondary").filter(has_text="arrow_forward").first
    question = suggestion.inner_text().removeprefix("arrow_forward").strip()
    suggestion.click()
    expect(page.locator(".oov-label")).to_have_count(3)
    expect(page.get_by_test_id("stChatMessage").filter(has_text=question).first).to_be_visible()
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.locator(".oov-label")).to_have_count(0)
    expect(page.get_by_text("Bijvoorbeeld:")).to_be_visible()
