"""Loading files: each whole or not at all, the same bytes only once, every outcome told.

Many small 835s are saved in one transaction, so that a file does not cost a commit; a fault in one of them takes
only that
one out. After a load the store is checkpointed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from duckdb import DuckDBPyConnection

from analysis.intake.column_mapping import mapping_for, read_mapped
from analysis.intake.parsed import ParsedFile
from analysis.intake.readers import read, refuse_other_kinds
from analysis.intake.recognise import recognise
from analysis.intake.x12_835 import BLOCK_BYTES, KIND, FileOf835
from analysis.intake.x12_frame import frame
from analysis.problems import FileRejected, Finding
from analysis.store.connection import Store
from analysis.store.mappings import MAPPABLE, mappings_in_force
from analysis.store.saving import NewFile, Saved835, Saver
from analysis.store.statements import statement

GATHERED_BYTES = 4 * BLOCK_BYTES
GATHERED_FILES = 500
RECOGNISED_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to load: the name to show and where its bytes come from."""

    name: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `status` is loaded, duplicate or rejected; counts and US dollars over the file."""

    file: str
    kind: str
    status: str
    sha256: str
    records: dict[str, int] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def sources(paths: Iterable[Path]) -> list[Source]:
    """The files at the paths, folders walked in name order; hidden files left out.

    Raises FileNotFoundError for a path that is not there.
    """
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not _is_hidden(one, path))
            found.extend(Source(str(one), one.read_bytes) for one in inside)
        elif path.is_file():
            found.append(Source(str(path), path.read_bytes))
        else:
            raise FileNotFoundError(str(path))
    return found


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def load(store: Store, files: Iterable[Source], loaded_by: str, today: date | None = None) -> Iterator[Outcome]:
    """Loads the files one after another and tells what became of each; the store is checkpointed at the end.

    `today` dates an account extract that names no date; the day of the load where it is None.
    """
    loader = _Loader(store, loaded_by, today or datetime.now(UTC).date())
    try:
        for source in files:
            yield from loader.take(source)
        yield from loader.flush()
    finally:
        store.checkpoint()


class _Loader:
    """Takes files, gathers 835s, saves."""

    def __init__(self, store: Store, loaded_by: str, today: date) -> None:
        self.store, self.loaded_by, self.today = store, loaded_by, today
        self.waiting: list[tuple[NewFile, FileOf835]] = []
        self.waiting_bytes = 0
        with store.cursor() as cursor:
            self.known = _stored(cursor)
            self.mappings = mappings_in_force(cursor)

    def take(self, source: Source) -> Iterator[Outcome]:
        """Reads one file; saves it at once, or with the next ones where it is a small 835."""
        try:
            data = source.content()
        except OSError as error:
            refused = FileRejected(
                "file_unreadable", "file", "a file that can be read", error.strerror or "another one"
            )
            yield Outcome(source.name, "unknown", "rejected", "", findings=(refused.finding(),))
            return
        digest = hashlib.sha256(data).hexdigest()
        first = self.known.get(digest)
        if first is not None:
            yield Outcome(source.name, first[1], "duplicate", digest, findings=(_duplicate(first[0]),))
            return
        found = recognise(_head(data))
        mapping = mapping_for(_head(data), self.mappings) if found.kind in MAPPABLE else None
        kind = found.kind if mapping is None else mapping.kind
        try:
            if mapping is None:
                refuse_other_kinds(found)
            new = NewFile(source.name, kind, digest, len(data), self.loaded_by)
            if kind == KIND:
                self.waiting.append((new, FileOf835(0, frame(data))))
                self.known[digest] = (source.name, kind)
                self.waiting_bytes += len(data)
                del data
                if self.waiting_bytes >= GATHERED_BYTES or len(self.waiting) >= GATHERED_FILES:
                    yield from self.flush()
                return
            parsed = read(kind, data, self.today) if mapping is None else read_mapped(data, mapping, self.today)
        except FileRejected as error:
            yield Outcome(source.name, kind, "rejected", digest, findings=(error.finding(),))
            return
        yield self._save(new, parsed)

    def _save(self, new: NewFile, parsed: ParsedFile) -> Outcome:
        def work(cursor: DuckDBPyConnection) -> tuple[Finding, ...] | None:
            return None if new.sha256 in _stored(cursor) else Saver(cursor).save(new, parsed)

        findings = self.store.write(work)
        self.known[new.sha256] = (new.name, new.kind)
        if findings is None:
            return self._told_before(new)
        return Outcome(new.name, new.kind, "loaded", new.sha256, dict(parsed.records), dict(parsed.totals), findings)

    def _told_before(self, new: NewFile) -> Outcome:
        """The outcome of a file whose bytes someone else has loaded since it was taken."""
        with self.store.cursor() as cursor:
            first = _stored(cursor).get(new.sha256)
        findings = () if first is None else (_duplicate(first[0]),)
        return Outcome(new.name, new.kind, "duplicate", new.sha256, findings=findings)

    def flush(self) -> Iterator[Outcome]:
        """Saves the 835s that wait; one that cannot be saved is rejected and the others are saved without it."""
        group, self.waiting, self.waiting_bytes = self.waiting, [], 0
        if not group:
            return

        def work(cursor: DuckDBPyConnection) -> dict[str, Saved835]:
            stored = _stored(cursor)
            fresh = [one for one in group if one[0].sha256 not in stored]
            results = Saver(cursor).save_835s(fresh) if fresh else []
            return {new.sha256: one for (new, _), one in zip(fresh, results, strict=True)}

        try:
            saved = self.store.write(work)
        except FileRejected as error:
            if len(group) == 1:
                new = group[0][0]
                self.known.pop(new.sha256, None)
                yield Outcome(new.name, new.kind, "rejected", new.sha256, findings=(error.finding(),))
                return
            for one in group:
                self.waiting = [one]
                yield from self.flush()
            return
        for new, _ in group:
            result = saved.get(new.sha256)
            if result is None:
                yield self._told_before(new)
            else:
                yield Outcome(new.name, new.kind, "loaded", new.sha256, result.records, result.totals, result.findings)


def _head(data: bytes) -> bytes:
    """Enough of a file to tell what it is: all of a workbook or a file of usual size, the beginning of a large text.

    What stands further on is the reader's to judge: it refuses another transaction set wherever it comes.
    """
    return data if len(data) <= RECOGNISED_BYTES or data.startswith(b"PK") else data[:RECOGNISED_BYTES]


def _stored(cursor: DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Name and kind of each stored file, by the hash of its bytes."""
    found = cursor.execute(statement("store/stored_hashes")).fetchall()
    return {digest: (name, kind) for digest, name, kind in found}


def _duplicate(name: str) -> Finding:
    return Finding("info", "duplicate_file", "file", f"the same bytes were loaded before as {Path(name).name}")
