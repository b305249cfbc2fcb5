"""From file to index, the story on one screen: look, read, place, split, embed, put in the library, put in the index.

Each file stands alone: a refused one never stops the rest. A file is acknowledged (its outcome given out) when the library
has committed it; the index follows, and catches up by itself when the process dies in between.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from corpus.errors import OovError, Refused
from corpus.gemeenten import Gemeenten
from corpus.library import Library
from corpus.model import Document, Edition, Kind, Passage, content_id, digest, passage_id
from corpus.references import of_passages
from corpus.review import Found, Review, ReviewState
from corpus.vectors import Embedding
from corpus.writes import Text
from ingest import files, gates, metadata, ocr, sidecar, split, structure
from ingest.blocks import Loaded, has_words
from ingest.embed import Input
from ingest.gates import Concern, Finding
from ingest.index import SearchIndex
from ingest.load import formats
from ingest.sidecar import Metadata

_EMBED_AT_ONCE = 256
# What the headings above a passage may take of the model's window.
_CONTEXT_TOKENS = 96


class PassageEmbedder(Protocol):
    """What ingest asks of an embedder."""

    name: str

    @property
    def max_tokens(self) -> int: ...
    def count(self, texts: Sequence[str]) -> list[int]: ...
    def passages(self, inputs: Sequence[Input], done: Callable[[int], None]) -> list[Embedding]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: `indexed`, `unchanged`, `preview` or `quarantined` (it waits for a curator), `refused`; and why."""

    path: str
    document_id: str | None
    edition_id: str | None
    outcome: str
    reason: str | None = None
    passages: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, on its way into the library."""

    path: Path
    data: bytes
    sha256: str
    media_type: str
    said: Metadata
    gemeenten: Gemeenten
    loaded: Loaded | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Takes files into one library and its index. Index and embedder are made on first need: unchanged files need no model.

    `may_change` tells of a document on record whether the one for whom this is done may add to it.
    """

    library: Library
    index: Callable[[], SearchIndex]
    embedder: Callable[[], PassageEmbedder]
    heard: Callable[[str, int], None] = lambda what, count: None
    actor: str = "oov"
    preview: bool = False
    may_change: Callable[[Document], bool] = lambda document: True

    def run(self, paths: Iterable[Path], jobs: int = 2) -> Iterator[Outcome]:
        """Take in files and folders; gives out the outcome of each file as soon as it is certain."""
        found = list(files.find(paths))
        self.heard("files", len(found))
        for path, read in _ahead(found, self._read, jobs):
            yield self._outcome(path, read)
        self.index().save()

    def _outcome(self, path: Path, read: Callable[[], _Read]) -> Outcome:
        try:
            return self._take_in(read())
        except OovError as refused:
            return Outcome(str(path), None, None, "refused", str(refused))

    def _read(self, path: Path) -> _Read:
        """Look at a file and read it; runs ahead of the rest, in a thread."""
        data = files.read(path)
        said, gemeenten = sidecar.read(path, self.library.gemeenten())
        read = _Read(path, data, digest(data), formats.media_type(path.name, data[:2048]), said, gemeenten)
        if self._known(read)[0] is not None:
            return read
        loaded = ocr.load(data, read.media_type)
        if not has_words(loaded.blocks):
            raise Refused("Er staat geen leesbare tekst in het bestand. Controleer het origineel en lever het opnieuw aan.")
        return replace(read, loaded=loaded)

    def _known(self, read: _Read) -> tuple[Edition | None, Review | None]:
        """The edition that this very file already is, and its review where it is not visible."""
        found = self.library.edition_of_file(read.sha256)
        if found is None or found[1] != _said(read.said):
            return None, None
        return found[0], None if found[2] else self.library.reviews.held().get(found[0].id)

    def _take_in(self, read: _Read) -> Outcome:
        known, waits = self._known(read)
        if known is not None:
            outcome, reason = _waiting(waits) if waits is not None else ("unchanged", None)
            return Outcome(str(read.path), known.document_id, known.id, outcome, reason, *self._size(known))
        assert read.loaded is not None
        document, edition, origins = self._describe(read, read.loaded)
        text, inputs = self._split(document, edition, read.loaded)
        self._embed(inputs)
        self.library.keep_gemeenten({c: n for c, n in read.gemeenten.names.items() if c not in self.library.gemeenten().names})
        self.library.keep_original(read.data, read.sha256)
        review = self._review(read, document, edition, origins)
        self.library.add(document, edition, text, _said(read.said), review)
        outcome, reason = _waiting(review) if review is not None else ("indexed", None)
        self.library.reviews.note(self.actor, outcome, document.id, edition.id)
        if review is None:
            for held in self.library.editions(document.id):
                self.index().replace(document, held)
        return Outcome(str(read.path), document.id, edition.id, outcome, reason, len(text.passages), len(text.pages))

    def _review(self, read: _Read, document: Document, edition: Edition, origins: Mapping[str, str]) -> Review | None:
        """What a curator has to look at before this edition is visible, or None. A decision that was taken before holds."""
        assert read.loaded is not None
        earlier = self.library.reviews.held(ReviewState.PUBLISHED).get(edition.id)
        found = [] if earlier is not None else [f for f in gates.findings(read.loaded) if not _answered(f, read.said)]
        if not found and not self.preview:
            return None
        state = ReviewState.QUARANTINED if found else ReviewState.PREVIEW
        return Review(state, document, tuple(Found(f.concern.value, f.page, f.excerpt, str(f)) for f in found), origins)

    def _describe(self, read: _Read, loaded: Loaded) -> tuple[Document, Edition, dict[str, str]]:
        """Say what document and edition this is, as the curator says, else as the document says; and which said what."""
        found = metadata.find(loaded, read.path.name, read.gemeenten)
        known = read.said.or_else(found)
        identity = self._document_id(read)
        # A new edition is for the same readers as the ones before it, unless a curator says otherwise.
        earlier = next((one for one in self.library.every_document() if one.id == identity), Document(identity, ""))
        document = Document(
            id=identity,
            title=known.title or read.path.stem,
            kind=known.kind or Kind.OVERIG,
            gemeente=known.gemeente or earlier.gemeente,
            region=known.region,
            publisher=known.publisher,
            visibility=known.visibility or earlier.visibility,
            source_url=known.source_url,
        )
        edition = Edition(
            id=content_id("e", read.sha256),
            document_id=document.id,
            sha256=read.sha256,
            filename=read.path.name,
            media_type=read.media_type,
            adopted_on=known.adopted_on,
            valid_from=known.valid_from,
            valid_to=known.valid_to,
            concept=bool(known.concept),
            title=document.title,
        )
        by_curator, by_file = ({k for k, v in asdict(said).items() if v is not None} for said in (read.said, found))
        origins = {name: "opgegeven" if name in by_curator else "gelezen" if name in by_file else "onbekend" for name in asdict(found)}
        return document, edition, origins

    def _document_id(self, read: _Read) -> str:
        """The document it supersedes, where that is said; else the official id where the file has one; else made from the content."""
        if read.said.supersedes is not None:
            return self._superseded(read.said.supersedes)
        said = read.loaded.properties.get("official_id") if read.loaded else None
        identity = said or metadata.official_id(read.path.name) or content_id("d", read.sha256)
        held = self.library.edition_of_file(read.sha256)
        touched = {identity, held[0].document_id if held is not None else identity}
        if not all(self.may_change(one) for one in self.library.every_document() if one.id in touched):
            raise Refused("Dit bestand hoort bij een stuk dat u niet mag wijzigen. Laat een curator van die gemeente het opnemen.")
        return identity

    def _superseded(self, named: str) -> str:
        editions = {edition.document_id: edition.filename for edition in self.library.editions()}
        for document in filter(self.may_change, self.library.documents()):
            if named in (document.id, editions.get(document.id)) or named.lower() == document.title.lower():
                return document.id
        raise Refused(f"‘supersedes: {named}’ wijst naar geen stuk dat u mag wijzigen. Voeg eerst de oude editie toe.")

    def _split(self, document: Document, edition: Edition, loaded: Loaded) -> tuple[Text, list[Input]]:
        embedder = self.embedder()
        composed = split.compose(structure.parts(loaded.blocks), loaded.page_labels)
        pieces = split.split(composed, embedder.count, embedder.max_tokens - _CONTEXT_TOKENS - 8)
        passages = tuple(
            Passage(
                passage_id(edition.id, p.start, p.end),
                edition.id,
                n,
                p.start,
                p.end,
                composed.text[p.start : p.end],
                p.path,
                p.locator,
                p.page,
            )
            for n, p in enumerate(pieces)
        )
        inputs = [Input(_context(document, p.path, embedder), p.text.rstrip()) for p in passages]
        laws = self.library.laws()
        references = tuple(of_passages(passages, laws))
        return Text(passages, tuple(i.digest for i in inputs), composed.sections(), composed.pages, references), inputs

    def _embed(self, inputs: Sequence[Input]) -> None:
        """Embed what this model has not embedded before; kept in portions, so that a killed process loses little."""
        embedder, store = self.embedder(), self.library.vectors
        known = store.known(embedder.name, [i.digest for i in inputs])
        fresh = list({i.digest: i for i in inputs if i.digest not in known}.values())
        self.heard("passages", len(fresh))
        for at in range(0, len(fresh), _EMBED_AT_ONCE):
            some = fresh[at : at + _EMBED_AT_ONCE]
            made = embedder.passages(some, lambda count: self.heard("embedded", count))
            store.keep(embedder.name, {i.digest: e for i, e in zip(some, made, strict=True)})
        if store.model() is None:
            store.set_model(embedder.name)

    def reembed(self) -> None:
        """Make the vectors that this model still lacks, for all editions, and say that the library is this model's now."""
        embedder, store = self.embedder(), self.library.vectors
        for edition in self.library.editions():
            document = self.library.document(edition.document_id)
            inputs = [Input(_context(document, p.path, embedder), p.text.rstrip()) for p in self.library.texts.passages(edition.id)]
            self._embed(inputs)
            self.library.set_inputs(edition.id, [i.digest for i in inputs])
        store.set_model(embedder.name)

    def _size(self, edition: Edition) -> tuple[int, int]:
        return len(self.library.texts.passages(edition.id)), len(self.library.texts.pages(edition.id))


def _context(document: Document, path: Sequence[str], embedder: PassageEmbedder) -> str:
    """The title and the headings above a passage, the nearest kept when there is not room for all."""
    headings = [document.title, *path]
    while len(headings) > 1 and embedder.count([" > ".join(headings)])[0] > _CONTEXT_TOKENS:
        headings.pop(1 if len(headings) > 2 else 0)
    return " > ".join(headings)[: _CONTEXT_TOKENS * 4]


def _answered(finding: Finding, said: Metadata) -> bool:
    """Whether the curator has answered a finding beforehand: who may read it was said, so secrecy was thought of."""
    return finding.concern is Concern.SECRECY and said.visibility is not None


def _waiting(review: Review) -> tuple[str, str | None]:
    """The outcome and reason for an edition that waits."""
    if not review.findings:
        return "preview", "Klaar voor controle: bekijk het voorbeeld en publiceer het."
    more = f" (en nog {len(review.findings) - 1})" if len(review.findings) > 1 else ""
    return "quarantined", f"{review.findings[0].text}{more}. Een curator beslist: publiceren of afwijzen."


def _said(said: Metadata) -> str:
    return digest(json.dumps({k: v and str(v) for k, v in asdict(said).items()}, sort_keys=True).encode())


def _ahead(paths: Sequence[Path], read: Callable[[Path], _Read], jobs: int) -> Iterator[tuple[Path, Callable[[], _Read]]]:
    """Read files a little ahead of their turn, `jobs` at a time, in order."""
    waiting: deque[tuple[Path, Future[_Read]]] = deque()
    with ThreadPoolExecutor(max(jobs, 1)) as pool:
        for path in paths:
            waiting.append((path, pool.submit(read, path)))
            if len(waiting) > 2 * jobs:
                first, future = waiting.popleft()
                yield first, future.result
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result
