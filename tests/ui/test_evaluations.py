"""The page for evaluators in a real browser, on the real service: a set is started, followed to its end, and read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from assistant.app import App
from assistant.demo import chat_command
from assistant.settings import Settings
from tests.ui.test_chat import CHROMIUM, FLAGS, PASSWORD, free_port, wait_for

SET = """name: klein
cases:
- {id: a, question: 'Wat kost een uur boa uit de boa-pool op een werkdag?', type: amount, status: answered, facts: [een miljoen]}
- {id: b, question: 'Hoe ver is de maan van de aarde?', type: unanswerable, status: not_found}
"""


@pytest.fixture
def page(tmp_path: Path, demo_data: Path) -> Iterator[Page]:
    """The chat of a service that was started as `oov` is, with a small set of its own."""
    data = tmp_path / "data"
    shutil.copytree(demo_data, data)
    (data / "evaluations" / "sets").mkdir(parents=True)
    (data / "evaluations" / "sets" / "klein.yaml").write_text(SET, encoding="utf-8")
    app = App(Settings(data_dir=data))
    app.accounts.add("eva", PASSWORD, "evaluator", "GM9901")
    app.accounts.add("vera", PASSWORD, "vrager", "GM9901")
    api, chat = free_port(), free_port()
    root = str(Path(__file__).parent.parent.parent)
    environment = {**os.environ, "OOV_DATA_DIR": str(data), "OOV_API_URL": f"http://127.0.0.1:{api}", "PYTHONPATH": root}
    running = [
        subprocess.Popen([sys.executable, "-m", "evals.commands", "serve", "--port", str(api)], env=environment),
        subprocess.Popen(chat_command("127.0.0.1", chat), env=environment, stdout=subprocess.DEVNULL),
    ]
    try:
        for url in (f"http://127.0.0.1:{chat}/_stcore/health", f"http://127.0.0.1:{api}/readyz"):
            wait_for(url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            opened = browser.new_page(viewport={"width": 1200, "height": 1500})
            opened.set_default_timeout(60_000)
            opened.goto(f"http://127.0.0.1:{chat}")
            yield opened
            browser.close()
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(timeout=90)


def log_in(page: Page, name: str) -> None:
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible(timeout=60_000)


def test_an_evaluator_starts_a_set_and_reads_what_was_not_good(page: Page) -> None:
    log_in(page, "vera")
    expect(page.get_by_role("button", name="Evaluaties")).to_have_count(0)
    page.get_by_role("button", name="Uitloggen").click()
    log_in(page, "eva")
    page.get_by_role("button", name="Evaluaties").click()
    expect(page.get_by_role("button", name="Starten")).to_be_enabled(timeout=60_000)
    chosen = page.get_by_test_id("stSelectbox").first
    chosen.locator("input").fill("klein")
    chosen.locator("input").press("Enter")
    expect(chosen.locator("input")).to_have_value("klein (2 vragen)")
    page.get_by_role("button", name="Starten").click()
    expect(page.get_by_text("klaar: 2 van 2 antwoorden")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("cell", name="Goed beantwoord, alle feiten")).to_be_visible()
    page.get_by_text("Wat kost een uur boa uit de boa-pool op een werkdag?").click()
    expect(page.get_by_text("een miljoen").first).to_be_visible()
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/evaluaties.png")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar het verslag").click()
    assert saved.value.path().read_text(encoding="utf-8").startswith("<!doctype html>")
    page.get_by_role("button", name="Terug naar de vragen").click()
    expect(page.get_by_placeholder("Stel een vraag")).to_be_visible()
