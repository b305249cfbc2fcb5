"""A curator's acts on the library: publish, reject, withdraw, roll back, destroy. Each is whole or not at all, and is noted.

Truth first, index second: a process that dies in between finds the index behind at its next start, and brings it up to date.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, or_, select

from assistant.keep import records as t
from assistant.keep.access import Account
from corpus.database import scrub, writing
from corpus.errors import Refused
from corpus.library import Library
from corpus.model import Document, Edition
from corpus.review import Review, ReviewState
from ingest.index import LocalIndex
from ingest.sidecar import Metadata


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edition that waits for a decision, with what was found in it."""

    edition: Edition
    review: Review


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof of a destruction: names, digests and numbers, nothing of the text."""

    document_id: str
    editions: tuple[str, ...]
    files_sha256: tuple[str, ...]
    passages: int
    answers: int
    destroyed_at: datetime
    destroyed_by: str


@dataclass(frozen=True, slots=True)
class Curation:
    """`index` is made on first need; `incoming` is where uploaded files wait."""

    library: Library
    index: Callable[[], LocalIndex]
    incoming: Path

    def waiting(self) -> list[Waiting]:
        """What waits for a decision, oldest first."""
        states = (ReviewState.PREVIEW, ReviewState.QUARANTINED, ReviewState.ROLLED_BACK)
        return [Waiting(self.library.waiting(key), review) for key, review in self.library.reviews.held(*states).items()]

    def one(self, edition_id: str) -> Waiting:
        edition = self.library.waiting(edition_id)
        return Waiting(edition, self.library.reviews.held()[edition_id])

    def may_change(self, document: Document, account: Account) -> bool:
        """Whether an account may add to a document, correct it or take it away.

        It is for curators of its own gemeente and of none in particular, for who added it, and for a beheerder; what is of no
        gemeente is for every curator. Nobody changes what they may not see.
        """
        if not account.curates or document.scope not in account.scopes:
            return False
        if account.manages or account.gemeente is None or document.gemeente in (None, account.gemeente):
            return True
        return any(event.actor == account.name for event in self.library.reviews.events(document.id)[:1])

    def publish(self, edition_id: str, actor: str, reason: str | None = None) -> Document:
        """Make a waiting edition visible. What the gates found needs a reason, which is kept."""
        waits = self.one(edition_id)
        if waits.review.findings and not (reason or "").strip():
            raise Refused("Bij dit stuk is iets gevonden. Geef bij het publiceren een reden op.")
        self.library.publish(edition_id, waits.review.document, _decided(actor, reason))
        return self._done(waits.review.document.id, actor, "published", edition_id, reason)

    def reject(self, edition_id: str, actor: str, reason: str | None = None) -> None:
        """Take a waiting edition out of the library for good."""
        waits = self.one(edition_id)
        self.library.remove_edition(edition_id)
        self.library.forget_original(waits.edition.sha256)
        self.library.reviews.note(actor, "rejected", waits.edition.document_id, edition_id, reason)

    def withdraw(self, document_id: str, actor: str, on: date | None = None) -> Document:
        """Take a document out of every search and answer from a day on (today); it stays on record."""
        self.library.withdraw(document_id, on or date.today())
        return self._done(document_id, actor, "withdrawn")

    def restore(self, document_id: str, actor: str) -> Document:
        """Undo a withdrawal."""
        self.library.withdraw(document_id, None)
        return self._done(document_id, actor, "restored")

    def roll_back(self, document_id: str, actor: str, reason: str | None = None) -> Document:
        """Take the newest edition out of sight, so that the one before it speaks again. The newest waits as a draft."""
        document, editions = self.library.document(document_id), self.library.editions(document_id)
        if len(editions) < 2:
            raise Refused("Dit stuk heeft geen eerdere editie om naar terug te gaan. Trek het in als het niet meer mag meetellen.")
        newest = editions[-1]
        review = Review(ReviewState.ROLLED_BACK, document)
        self.library.unpublish(newest, review, _decided(actor, reason))
        self.index().remove(newest.id)
        return self._done(document_id, actor, "rolled_back", newest.id, reason)

    def describe(self, document_id: str, actor: str, said: Metadata) -> Document:
        """Correct what is said of a document, and of its newest edition."""
        document = self.library.document(document_id)
        given = {name: getattr(said, name) for name in ("title", "kind", "gemeente", "region", "publisher", "visibility", "source_url")}
        changed = replace(document, **{name: value for name, value in given.items() if value is not None})
        dates = {name: getattr(said, name) for name in ("adopted_on", "valid_from", "valid_to", "concept")}
        self.library.describe(changed, {name: value for name, value in dates.items() if value is not None})
        return self._done(document_id, actor, "described")

    def destroy(self, document_id: str, actor: str) -> Certificate:
        """Remove a document with all that was ever made of it: text, vectors, originals, index rows, answers that quote it."""
        self.library.document(document_id)
        editions = self.library.all_editions(document_id)
        passages = sum(len(self.library.texts.passages(edition.id)) for edition in editions)
        with writing(self.library.engine) as db:
            quoting = or_(*(t.answers.c.record.contains(f'"{key}"') for key in (document_id, *(e.id for e in editions))))
            gone = db.execute(delete(t.answers).where(quoting)).rowcount
            jobs = db.execute(select(t.jobs.c.id).where(t.jobs.c.outcome.contains(document_id))).scalars().all()
            db.execute(delete(t.jobs).where(t.jobs.c.id.in_(jobs)))
        for edition in editions:
            self.library.remove_edition(edition.id)
            self.library.forget_original(edition.sha256)
        for job in jobs:
            shutil.rmtree(self.incoming / job, ignore_errors=True)
        self.index().rebuild()
        scrub(self.library.engine)
        made = Certificate(
            document_id=document_id,
            editions=tuple(e.id for e in editions),
            files_sha256=tuple(e.sha256 for e in editions),
            passages=passages,
            answers=gone,
            destroyed_at=datetime.now(UTC),
            destroyed_by=actor,
        )
        self.library.reviews.note(actor, "destroyed", document_id, None, f"{len(editions)} edities, {passages} passages, {gone} antwoorden")
        return made

    def _done(self, document_id: str, actor: str, action: str, edition_id: str | None = None, detail: str | None = None) -> Document:
        """Bring the index up to date with one document and note what was done."""
        document, index = self.library.document(document_id), self.index()
        for edition in self.library.editions(document_id):
            index.replace(document, edition)
        index.save()
        self.library.reviews.note(actor, action, document_id, edition_id, detail)
        return document


def _decided(actor: str, reason: str | None) -> dict[str, Any]:
    return {"decided_by": actor, "decided_at": datetime.now(UTC).replace(tzinfo=None), "reason": reason}
