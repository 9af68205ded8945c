"""The snapshot id of a CSV file, written from the description in digest.ts alone, in plain Python (no third-party code).

    python3 independent-id.py FILE.csv NULL_TOKEN TYPE,TYPE,...

Types are those of the columns in order. Knows RFC 4180 quoting by the csv module; a field counts as missing when it is empty
or the token, so use it for files without quoted empties. Prints the id.
"""
import csv, datetime, hashlib, json, struct, sys

BLOCK = 65_536
EPOCH = datetime.date(1970, 1, 1)


def bits(flags):
    out = bytearray((len(flags) + 7) // 8)
    for i, flag in enumerate(flags):
        out[i // 8] |= flag << (i % 8)
    return bytes(out)


def micros(text):
    moment = datetime.datetime.fromisoformat(text)
    origin = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc if moment.tzinfo else None)
    delta = moment - origin
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def block_hash(kind, texts):
    nulls = sum(text is None for text in texts)
    head = f"holdfast block 1\n{kind}\n{len(texts)}\n{nulls}\n".encode()
    validity = bits([text is not None for text in texts]) if nulls else b""
    if kind == "utf8":
        encoded = [b"" if text is None else text.encode() for text in texts]
        ends = [0]
        for text in encoded:
            ends.append(ends[-1] + len(text))
        body = struct.pack(f"<{len(ends)}i", *ends) + b"".join(encoded)
    elif kind == "bool":
        body = bits([text is not None and text.lower() == "true" for text in texts])
    elif kind == "float64":
        body = b"".join(struct.pack("<d", 0.0 if text is None else float(text)) for text in texts)
    elif kind == "int64":
        body = b"".join(struct.pack("<q", 0 if text is None else int(text)) for text in texts)
    elif kind == "date":
        body = b"".join(
            struct.pack("<i", 0 if text is None else (datetime.date.fromisoformat(text) - EPOCH).days) for text in texts
        )
    elif kind in ("timestamp", "timestamptz"):
        body = b"".join(struct.pack("<q", 0 if text is None else micros(text)) for text in texts)
    else:
        raise SystemExit(f"unknown type {kind}")
    return hashlib.sha256(head + validity + body).hexdigest()


def snapshot_id(names, kinds, rows):
    lines = ""
    for index, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        texts = [row[index] for row in rows]
        blocks = "".join(block_hash(kind, texts[at : at + BLOCK]) + "\n" for at in range(0, len(texts), BLOCK))
        column = hashlib.sha256(f"holdfast column 1\n{kind}\n{len(texts)}\n{blocks}".encode()).hexdigest()
        lines += f"{json.dumps(name, ensure_ascii=False)} {kind} {column}\n"
    return hashlib.sha256(f"holdfast snapshot 1\n{len(rows)}\n{lines}".encode()).hexdigest()


if __name__ == "__main__":
    path, token, kinds = sys.argv[1:4]
    with open(path, newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    rows = [[None if text in ("", token) else text for text in row] for row in rows]
    print(snapshot_id(names, kinds.split(","), rows))
