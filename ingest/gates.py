"""What must not enter the library unseen: hidden text, text that speaks to a language model, marks of secrecy, personal data.

Pure: a file as it was read in, findings out, each with its place. A finding does not say that a file is bad; it says that a
curator has to look first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest import legible
from ingest.blocks import Block, Loaded


class Concern(StrEnum):
    HIDDEN = "verborgen_tekst"
    INJECTION = "opdracht_aan_taalmodel"
    BSN = "bsn"
    SECRECY = "vertrouwelijk"
    CRIMINAL = "strafrechtelijke_gegevens"
    GARBLED = "slechte_tekstlaag"
    RECOGNISED = "tekstherkenning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, on which page (None without pages), and the words around it."""

    concern: Concern
    page: int | None
    excerpt: str

    def __str__(self) -> str:
        where = f" op pagina {self.page}" if self.page else ""
        return f"{_SAYS[self.concern]}{where}: ‘{self.excerpt}’"


_SAYS = {
    Concern.HIDDEN: "Verborgen tekst",
    Concern.INJECTION: "Tekst die een taalmodel toespreekt",
    Concern.BSN: "Een burgerservicenummer",
    Concern.SECRECY: "Een aanduiding van vertrouwelijkheid",
    Concern.CRIMINAL: "Strafrechtelijke of politiegegevens",
    Concern.GARBLED: "Onleesbare tekst",
    Concern.RECOGNISED: "Tekst uit tekstherkenning (OCR), te vergelijken met het origineel",
}


def _patterns() -> list[str]:
    """What addresses a language model, from injections.txt: a name and its pattern, or a pattern that may use the names."""
    named: dict[str, str] = {}
    patterns: list[str] = []
    for line in (Path(__file__).parent / "injections.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        name, is_name, value = line.partition(" := ")
        filled = value if is_name else line
        for known, pattern in named.items():
            filled = filled.replace(f"{{{known}}}", pattern)
        if is_name:
            named[name] = filled
        else:
            patterns.append(filled)
    return patterns


_INJECTION = tuple(re.compile(line, re.IGNORECASE | re.DOTALL) for line in _patterns())
_SECRECY = re.compile(
    r"(?:\b(?:STRIKT\s+)?VERTROUWELIJK\b|\bGEHEIM\b|\bDEPARTEMENTAAL\s+VERTROUWELIJK\b|\bStg\.?\s?(?:Confidentieel|Geheim)|\bTLP:\s?(?:RED|AMBER)\b"
    r"|\b[Rr]ubricering:\s*(?!openbaar)\w+|\b(?:NIET OPENBAAR|GEHEIMHOUDING OPGELEGD|CONFIDENTIEEL)\b"
    r"|^(?:[Ss]trikt\s+)?[Vv]ertrouwelijk\W*$|\b[Nn]iet voor verspreiding\b|\b[Ii]ntern\s+en\s+vertrouwelijk\b|\bnadruk vertrouwelijk\b)"
)
_CRIMINAL = re.compile(
    r"\bparketnummer:?\s*\d|\b\d{2}[/-]\d{6}[-/]\d{2}\b|\bPL\d{4}[-\s]?\d{6,}|\b[Pp]roces-verbaal\s*(?:nummer|nr\.?)?:?\s*PL?\d{4,}"
    r"|\b(?:[Vv]erdachte|[Vv]eroordeelde|[Bb]etrokkene)\b:?\s+(?-i:[A-Z][\w.]*\.?\s+(?:(?:van|de|der|den|el|ten)\s+)*[A-Z][a-z]+).{0,60}\bgeb(?:oren)?\.?\b"
    r"|\b(?:BVH|BVI|HKS|JDS)-?(?:nummer|registratie|mutatie)?:?\s*\d{6,}|\bjustitieel documentatie(?:register|nummer)?:?\s*\d{4,}"
)
_NINE = re.compile(r"(?<![\d.,/€-])(?:\d{9}|\d{8}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![\d,/-])")
_BSN_WORD = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer|persoonsnummer)\b", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"(?:tel\w*\.?|kvk\w*|nummer van de kamer|zaak\w*|dossier\w*|kenmerk|rekening\w*|iban|btw\w*|isbn|stb\.?|stcrt\.?|rsin|cvdr|bwbr|eur|€)\W*\w{0,12}\W*$"
)
_EXCERPT = 60
_MOST = 20


def findings(loaded: Loaded) -> tuple[Finding, ...]:
    """What a curator has to look at before this file may be published, at most twenty."""
    found = [Finding(Concern.HIDDEN, page, _shown(text)) for page, text in loaded.hidden if _readable(text)]
    for block in loaded.blocks:
        found += _in_block(block)
    found += [Finding(Concern.GARBLED, page, _shown(text)) for page, text in legible.garbled(loaded.blocks).items()]
    recognised = _recognised(loaded)
    return (*tuple(dict.fromkeys(found))[: _MOST - len(recognised)], *recognised)


def _in_block(block: Block) -> Iterator[Finding]:
    plain = unicodedata.normalize("NFKC", block.text)
    for pattern in _INJECTION:
        if match := pattern.search(plain):
            yield _at(Concern.INJECTION, block, plain, match)
            break
    if match := _SECRECY.search(plain):
        yield _at(Concern.SECRECY, block, plain, match)
    if match := _CRIMINAL.search(plain):
        yield _at(Concern.CRIMINAL, block, plain, match)
    for match in _NINE.finditer(plain):
        if is_bsn(match[0]) and (len(re.sub(r"\D", "", match[0])) == 9 or _BSN_WORD.search(plain)) and not _is_other(plain, match):
            yield Finding(Concern.BSN, block.page, f"{match[0][:2]}…{match[0][-2:]}")


def is_bsn(text: str) -> bool:
    """Whether eight or nine digits pass the 11-proef: 9·a + 8·b + … + 2·h − 1·i divides by eleven."""
    digits = [int(char) for char in text if char.isdigit()]
    digits = [0] * (9 - len(digits)) + digits
    if len(digits) != 9 or len(set(digits)) == 1:
        return False
    return sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Whether the number says of itself that it is something else: a telephone, account or registration number."""
    before = text[max(0, match.start() - 40) : match.start()].lower()
    if _BSN_WORD.search(before):
        return False
    return _OTHER_NUMBER.search(before) is not None


def _recognised(loaded: Loaded) -> list[Finding]:
    """One finding for all the text that comes from pictures: a machine read it, so someone has to lay it beside the original."""
    if not loaded.recognised:
        return []
    text = " ".join(block.text for block in loaded.blocks if block.page in loaded.recognised)
    return [Finding(Concern.RECOGNISED, None, _shown(f"pagina {_runs(loaded.recognised)}: {text}"))]


def _runs(pages: Sequence[int]) -> str:
    """Pages as one writes them: 1-3, 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _readable(text: str) -> bool:
    return sum(map(str.isalnum, text)) >= 3


def _at(concern: Concern, block: Block, text: str, match: re.Match[str]) -> Finding:
    start = max(0, match.start() - 20)
    return Finding(concern, block.page, _shown(text[start : match.end() + _EXCERPT]))


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
