"""What a killed process leaves behind: `python -m evals.kills 30` ends an ingest by kill -9 at random moments and looks.

After each kill: every acknowledged document is there and whole, none is half visible, and the library opens again by itself.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
_CHECK = """
import json, sys
from pathlib import Path
from assistant.app import App
from assistant.settings import Settings
app = App(Settings(data_dir=Path(sys.argv[1])), writer=True)
findings = app.index.check()
for edition in app.library.editions():
    passages = app.library.texts.passages(edition.id)
    vectors = app.library.vectors.of_edition(app.embedder.name, edition.id)
    if not passages or len(vectors) != len(passages) or "".join(p.text for p in passages) != app.library.texts.whole(edition.id):
        findings.append("half: " + edition.filename)
print(json.dumps({"findings": findings, "held": [e.filename for e in app.library.editions()]}))
app.close()
"""


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    moments = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)  # noqa: S311 - moments, not secrets
    lost = half = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        acknowledged: set[str] = set()
        for n in range(1, kills + 1):
            data = Path(folder) / f"data-{(n - 1) // 5}"
            if (n - 1) % 5 == 0:
                acknowledged = set()
            acknowledged |= _ingest_and_kill(data, moments.uniform(3, 28))
            seconds, held, findings = _open(data)
            slowest = max(slowest, seconds)
            lost += len(acknowledged - held)
            half += len(findings)
            print(f"{n:3} bevestigd {len(acknowledged):2} aanwezig {len(held):2} weer open in {seconds:.1f} s {findings or ''}", flush=True)
    print(f"{kills} keer afgebroken: {lost} bevestigde stukken kwijt, {half} half zichtbaar, langzaamste herstart {slowest:.1f} s")
    sys.exit(1 if lost or half else 0)


def _ingest_and_kill(data: Path, after: float) -> set[str]:
    """The names of the files that the ingest acknowledged before it was killed."""
    command = [sys.executable, "-m", "assistant.cli", "ingest", str(DOCUMENTS), "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    time.sleep(after)
    process.kill()
    out, _ = process.communicate()
    lines = [line for line in out.splitlines() if line.startswith(("opgenomen", "ongewijzigd"))]
    return {Path(line.split(None, 1)[1].rsplit(": ", 1)[0]).name for line in lines if ": " in line}


def _open(data: Path) -> tuple[float, set[str], list[str]]:
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _CHECK, str(data)], capture_output=True, text=True, timeout=120, check=False)
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        return seconds, set(), [done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"code {done.returncode}"]
    said = json.loads(done.stdout)
    return seconds, set(said["held"]), list(said["findings"])


if __name__ == "__main__":
    main()
