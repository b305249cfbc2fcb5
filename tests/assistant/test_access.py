"""Accounts and sessions, with a clock of our own."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.keep.access import Accounts
from corpus.database import open_database, sqlite_url
from corpus.errors import Denied, NotFound, NotLoggedIn, WrongSetting

PASSWORD = "een goed wachtwoord"


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001 - UTC, as the table keeps it

    def __call__(self) -> datetime:
        return self.time

    def after(self, **given: float) -> None:
        self.time += timedelta(**given)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    made = Accounts(open_database(sqlite_url(tmp_path / "oov.db")), timedelta(minutes=15), timedelta(hours=10), clock)
    made.add("anna", PASSWORD, "curator", "GM0153")
    return made


def test_who_logs_in_is_known_until_logging_out(accounts: Accounts) -> None:
    token, account = accounts.log_in("anna", PASSWORD)
    assert accounts.account_of(token) == account
    assert (account.role, account.scopes, account.curates) == ("curator", {"openbaar", "regio", "GM0153"}, True)
    accounts.log_out(token)
    with pytest.raises(NotLoggedIn):
        accounts.account_of(token)


def test_each_login_gives_another_token_and_the_database_holds_none(accounts: Accounts, tmp_path: Path) -> None:
    tokens = {accounts.log_in("anna", PASSWORD)[0] for _ in range(3)}
    assert len(tokens) == 3
    stored = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert not any(token.encode() in stored for token in tokens)
    assert PASSWORD.encode() not in stored


def test_silence_ends_a_session_and_use_prolongs_it(accounts: Accounts, clock: Clock) -> None:
    token, _ = accounts.log_in("anna", PASSWORD)
    for _ in range(3):
        clock.after(minutes=14)
        accounts.account_of(token)
    clock.after(minutes=16)
    with pytest.raises(NotLoggedIn, match="verlopen"):
        accounts.account_of(token)


def test_hours_end_a_session_however_busy(accounts: Accounts, clock: Clock) -> None:
    token, _ = accounts.log_in("anna", PASSWORD)
    for _ in range(60):
        clock.after(minutes=9.9)
        accounts.account_of(token)
    clock.after(minutes=10)
    with pytest.raises(NotLoggedIn):
        accounts.account_of(token)


def test_a_disabled_account_is_out_at_once(accounts: Accounts) -> None:
    token, _ = accounts.log_in("anna", PASSWORD)
    accounts.disable("anna")
    with pytest.raises(NotLoggedIn):
        accounts.account_of(token)
    with pytest.raises(Denied):
        accounts.log_in("anna", PASSWORD)


def test_ten_wrong_passwords_block_for_a_quarter_even_the_right_one(accounts: Accounts, clock: Clock) -> None:
    for _ in range(10):
        with pytest.raises(Denied, match="klopt niet"):
            accounts.log_in("anna", "fout")
    with pytest.raises(Denied, match="kwartier"):
        accounts.log_in("anna", PASSWORD)
    clock.after(minutes=16)
    accounts.log_in("anna", PASSWORD)


def test_an_unknown_name_is_refused_in_the_same_words(accounts: Accounts) -> None:
    said = set()
    for name in ("anna", "niemand"):
        with pytest.raises(Denied) as refused:
            accounts.log_in(name, "fout")
        said.add(str(refused.value))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("name", "password", "role", "reason"),
    [
        ("anna", PASSWORD, "vrager", "bestaat al"),
        ("b", PASSWORD, "baas", "Kies uit: vrager"),
        ("b", "kort", "vrager", "te kort"),
        ("", PASSWORD, "vrager", "gebruikersnaam"),
    ],
)
def test_an_account_that_will_not_do_is_refused_with_the_reason(
    accounts: Accounts, name: str, password: str, role: str, reason: str
) -> None:
    with pytest.raises(WrongSetting, match=reason):
        accounts.add(name, password, role, None)


def test_disabling_nobody_is_said(accounts: Accounts) -> None:
    with pytest.raises(NotFound, match="oov users list"):
        accounts.disable("niemand")
