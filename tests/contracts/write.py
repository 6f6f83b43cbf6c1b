"""`python -m tests.contracts.write`: keep the schemas of new facts and of added fields, and an
example of every new shape of a stored event.

It refuses to keep a schema with which a reader would lose something.
"""

from __future__ import annotations

import sys

from shared.contracts.schemas import all_facts, schema_of
from tests.contracts.snapshots import FOLDER, losses, snapshots, written
from tests.contracts.stored import write_events


def main() -> int:
    """Write what may be written; 1 when something may not."""
    kept = snapshots()
    refused = 0
    for name, fact in all_facts().items():
        schema = schema_of(fact)
        lost = losses(kept[name], schema) if name in kept else []
        if lost:
            refused += 1
            sys.stderr.write(f"{name}: {'; '.join(lost)}. Tell a new fact instead.\n")
        else:
            (FOLDER / f"{name}.json").write_text(written(schema), encoding="utf-8")
    write_events()
    return bool(refused)


if __name__ == "__main__":
    sys.exit(main())
