"""Who someone is and what they may: accounts, passwords, sessions, roles. Knows no HTTP.

Passwords are kept with argon2id. A session is an opaque random token of which only the digest is stored; it ends after
minutes of silence, after hours at the latest, at logout, and at once when the account is disabled.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, delete, insert, select, update

from assistant.keep import records as t
from corpus.database import writing
from corpus.errors import Denied, NotFound, NotLoggedIn, WrongSetting

_MOST_FAILURES = 10
_BLOCKED_FOR = timedelta(minutes=15)
_SHORTEST_PASSWORD = 8


class Role(StrEnum):
    """Each role may what the ones before it may, but for the evaluator, who asks and evaluates."""

    VRAGER = "vrager"
    EVALUATOR = "evaluator"
    CURATOR = "curator"
    BEHEERDER = "beheerder"


_CURATES = frozenset({Role.CURATOR, Role.BEHEERDER})
_EVALUATES = frozenset({Role.EVALUATOR, Role.BEHEERDER})


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    role: Role
    gemeente: str | None
    disabled: bool = False

    @property
    def scopes(self) -> frozenset[str]:
        """What this account may see: what is public, what is for the region, and what is for its own gemeente only."""
        return frozenset({"openbaar", "regio"} | ({self.gemeente} if self.gemeente else set()))

    @property
    def curates(self) -> bool:
        return self.role in _CURATES

    @property
    def manages(self) -> bool:
        return self.role is Role.BEHEERDER

    @property
    def evaluates(self) -> bool:
        return self.role in _EVALUATES


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts and sessions in the database. `now` gives the time in UTC, without zone."""

    engine: Engine
    idle: timedelta
    longest: timedelta
    now: Callable[[], datetime] = lambda: datetime.now(UTC).replace(tzinfo=None)

    def add(self, name: str, password: str, role: str, gemeente: str | None) -> Account:
        """Make an account. Raises WrongSetting where the name is taken, or the role or password will not do."""
        try:
            chosen = Role(role)
        except ValueError:
            raise WrongSetting(f"Rol ‘{role}’ bestaat niet. Kies uit: {', '.join(Role)}.") from None
        if len(password) < _SHORTEST_PASSWORD:
            raise WrongSetting(f"Het wachtwoord is te kort: gebruik ten minste {_SHORTEST_PASSWORD} tekens.")
        if not name.strip() or len(name) > 80:
            raise WrongSetting("Geef een gebruikersnaam van 1 tot 80 tekens.")
        with writing(self.engine) as db:
            if db.execute(select(t.accounts.c.name).where(t.accounts.c.name == name)).first() is not None:
                raise WrongSetting(f"Account ‘{name}’ bestaat al.")
            values = {"role": chosen.value, "gemeente": gemeente, "disabled": False, "failures": 0, "created_at": self.now()}
            db.execute(insert(t.accounts).values(name=name, password=_hasher.hash(password), **values))
        return Account(name, chosen, gemeente)

    def named(self, name: str) -> Account:
        """The account of this name. Raises NotFound where there is none."""
        found = next((one for one in self.all() if one.name == name), None)
        if found is None:
            raise NotFound(f"Account ‘{name}’ bestaat niet. Bekijk de lijst met ‘oov users list’.")
        return found

    def colleagues(self, account: Account) -> frozenset[str]:
        """The names of those who work for the same gemeente as this account, or like it for none in particular."""
        return frozenset(one.name for one in self.all() if one.gemeente == account.gemeente)

    def all(self) -> list[Account]:
        with self.engine.connect() as db:
            rows = db.execute(select(t.accounts).order_by(t.accounts.c.name))
            return [Account(r.name, Role(r.role), r.gemeente, r.disabled) for r in rows]

    def disable(self, name: str) -> None:
        """Shut an account out, its running sessions too."""
        with writing(self.engine) as db:
            if not db.execute(update(t.accounts).where(t.accounts.c.name == name).values(disabled=True)).rowcount:
                raise NotFound(f"Account ‘{name}’ bestaat niet. Bekijk de lijst met ‘oov users list’.")
            db.execute(delete(t.sessions).where(t.sessions.c.account == name))

    def log_in(self, name: str, password: str) -> tuple[str, Account]:
        """A new session token and its account. Raises Denied, in the same words and time for an unknown name."""
        with writing(self.engine) as db:
            row = db.execute(select(t.accounts).where(t.accounts.c.name == name)).first()
            blocked = row is not None and row.blocked_until is not None and row.blocked_until > self.now()
            right = _verify(row.password if row is not None else _NOBODY, password)
            if row is None or row.disabled or not right or blocked:
                if row is not None and not right and not blocked:
                    self._count_failure(db, row.name, row.failures + 1)
                refusal: Denied | None = Denied(
                    "Te vaak een verkeerd wachtwoord. Probeer het over een kwartier opnieuw."
                    if blocked
                    else "Gebruikersnaam of wachtwoord klopt niet."
                )
            else:
                refusal = None
                token = secrets.token_urlsafe(32)
                db.execute(update(t.accounts).where(t.accounts.c.name == name).values(failures=0, blocked_until=None))
                db.execute(insert(t.sessions).values(token=_digest(token), account=name, created_at=self.now(), seen_at=self.now()))
                db.execute(delete(t.sessions).where(t.sessions.c.created_at < self.now() - self.longest))
        if row is None or refusal is not None:
            raise refusal or Denied("Gebruikersnaam of wachtwoord klopt niet.")
        return token, Account(row.name, Role(row.role), row.gemeente)

    def _count_failure(self, db: object, name: str, failures: int) -> None:
        until = self.now() + _BLOCKED_FOR if failures >= _MOST_FAILURES else None
        values = {"failures": 0 if until else failures, "blocked_until": until}
        db.execute(update(t.accounts).where(t.accounts.c.name == name).values(values))  # type: ignore[attr-defined]

    def account_of(self, token: str) -> Account:
        """Whose session this is; it counts as seen now. Raises NotLoggedIn where it is unknown or has ended."""
        now = self.now()
        with writing(self.engine) as db:
            query = select(t.sessions, t.accounts).join(t.accounts, t.accounts.c.name == t.sessions.c.account)
            row = db.execute(query.where(t.sessions.c.token == _digest(token))).mappings().first()
            alive = (
                row is not None
                and not row["disabled"]
                and row["seen_at"] > now - self.idle
                and row[t.sessions.c.created_at] > now - self.longest
            )
            if alive:
                db.execute(update(t.sessions).where(t.sessions.c.token == _digest(token)).values(seen_at=now))
            else:
                db.execute(delete(t.sessions).where(t.sessions.c.token == _digest(token)))
        if row is None or not alive:
            raise NotLoggedIn("U bent niet ingelogd, of uw sessie is verlopen. Log opnieuw in.")
        return Account(row["account"], Role(row["role"]), row["gemeente"])

    def log_out(self, token: str) -> None:
        with writing(self.engine) as db:
            db.execute(delete(t.sessions).where(t.sessions.c.token == _digest(token)))


_hasher = PasswordHasher()
# An account that nobody has: checking it takes as long as checking a real one.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
