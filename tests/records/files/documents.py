"""A document in canonical TOML, and many that are not, by what is wrong with them."""

from __future__ import annotations

from datetime import date

OFFICE = {
    "format": 1,
    "limits": {"attachment": 1048576},
    "posts": [
        {"id": "camat", "from": date(2021, 12, 1), "keys": [{"key": "a"}, {"key": "b"}]},
        {"id": "sekretaris", "address": {"street": "Jalan Raya"}},
    ],
    "signs": {"first": {"by": "camat"}},
}

OFFICE_BYTES = b"""\
format = 1

[limits]
attachment = 1048576

[[posts]]
id = "camat"
from = 2021-12-01

[[posts.keys]]
key = "a"

[[posts.keys]]
key = "b"

[[posts]]
id = "sekretaris"

[posts.address]
street = "Jalan Raya"

[signs]

[signs.first]
by = "camat"
"""

# In the spirit of toml-test's invalid documents, and beyond them what is TOML but not canonical.
NOT_CANONICAL = {
    "empty": [b"", b"\n", b" ", b"#", b"\n\n"],
    "encoding": [
        b"\xef\xbb\xbfa = 1\n",
        b'a = "\xff"\n',
        b'a = "\xed\xa0\x80"\n',
        b"\xfe\xff\0a\n",
    ],
    "line ends": [b"a = 1", b"a = 1\r\n", b"a = 1\rb = 2\n", b"a = 1\n\r\n[b]\nc = 1\n"],
    "blank lines": [
        b"\na = 1\n",
        b"a = 1\n\n",
        b"a = 1\n\nb = 2\n",
        b"a = 1\n[b]\nc = 1\n",
        b"a = 1\n\n\n[b]\nc = 1\n",
        b"[b]\n\nc = 1\n",
        b"\n[b]\nc = 1\n",
    ],
    "spaces": [b"a=1\n", b"a  = 1\n", b"a = 1 \n", b" a = 1\n", b"a\t= 1\n", b"[ b ]\nc = 1\n"],
    "comments": [b"# a\na = 1\n", b"a = 1 # one\n", b"[b] # c\nc = 1\n"],
    "keys": [
        b" = 1\n",
        b"a\n",
        b"a =\n",
        b"a = \n",
        b"A = 1\n",
        b"_a = 1\n",
        b"1a = 1\n",
        b"a-b = 1\n",
        b'"a" = 1\n',
        b"'a' = 1\n",
        b"a.b = 1\n",
        b"a = 1 b = 2\n",
        "á = 1\n".encode(),
        b"a" * 33 + b" = 1\n",
        b"a = 1\na = 1\n",
        b"[a]\nb = 1\nb = 2\n",
    ],
    "tables": [
        b"[]\na = 1\n",
        b"[a\nb = 1\n",
        b"a]\nb = 1\n",
        b"[[a]\nb = 1\n",
        b"[a]]\nb = 1\n",
        b"[ [a]]\nb = 1\n",
        b"[a.]\nb = 1\n",
        b"[.a]\nb = 1\n",
        b"[a..b]\nc = 1\n",
        b"[a.b]\nc = 1\n",
        b"[a.b.c]\nd = 1\n",
        b'["a"]\nb = 1\n',
        b"[A]\nb = 1\n",
        b"[a]\n",
        b"[[a]]\n",
        b"[a]\n\n[b]\nc = 1\n",
        b"[a]\nb = 1\n\n[a]\nc = 1\n",
        b"[a]\nb = 1\n\n[[a]]\nc = 1\n",
        b"[[a]]\nb = 1\n\n[a]\nc = 1\n",
        b"a = 1\n\n[a]\nb = 1\n",
        b'a = ["b"]\n\n[[a]]\nb = 1\n',
        b"[[a]]\nb = 1\n\n[c]\nd = 1\n\n[[a]]\nb = 2\n",
        b"[a]\nb = 1\n\n[c]\nd = 1\n\n[a.e]\nf = 1\n",
        b"[a]\nb = 1\n\n[a.b]\nc = 1\n",
        b"[a]\nb = [1]\n\n[[a.b]]\nc = 1\n",
        b"[a]\nb = 1\n\n[a.c]\nd = 1\n\n[a.c]\ne = 1\n",
        b"[a]\nb = 1\n\n[[a.c]]\nd = 1\n\n[a.e]\nf = 1\n\n[[a.c]]\nd = 1\n",
        b"[a]\nb = 1\n\n[a.c]\n",
    ],
    "strings": [
        b'a = ""\n',
        b"a = 'b'\n",
        b"a = b\n",
        b'a = "b\n',
        b'a = b"\n',
        b'a = "b"c"\n',
        b'a = "b""c"\n',
        b'a = "b" "c"\n',
        b'a = """b"""\n',
        b'a = """\nb"""\n',
        b"a = '''b'''\n",
        b'a = "\\"\n',
        b'a = "\\t"\n',
        b'a = "\\/"\n',
        b'a = "\\x41"\n',
        b'a = "\\u0041"\n',
        b'a = "\\U00000041"\n',
        b'a = "\\ud800"\n',
        b'a = "\\u001b[31m"\n',
        b'a = "\\q"\n',
        b'a = "b\\\n  c"\n',
    ],
    "integers": [
        b"a = +1\n",
        b"a = -0\n",
        b"a = 01\n",
        b"a = 1_000\n",
        b"a = 0x1f\n",
        b"a = 0o7\n",
        b"a = 0b1\n",
        b"a = 1234567890123456\n",
        b"a = " + b"9" * 5000 + b"\n",
        "a = \u0661\n".encode(),
        "a = \uff11\n".encode(),
    ],
    "floats": [b"a = 1.0\n", b"a = 1e3\n", b"a = nan\n", b"a = -inf\n", b"a = .5\n", b"a = 5.\n"],
    "booleans": [b"a = True\n", b"a = TRUE\n", b"a = yes\n", b"a = truer\n", b"a = null\n"],
    "arrays": [
        b"a = []\n",
        b"a = [ 1 ]\n",
        b"a = [1,2]\n",
        b"a = [1, 2,]\n",
        b"a = [1, 2, ]\n",
        b"a = [1,  2]\n",
        b"a = [\n1]\n",
        b"a = [1\n",
        b"a = 1]\n",
        b'a = [1, "b"]\n',
        b"a = [true]\n",
        b"a = [1.5]\n",
        b"a = [[1]]\n",
        b"a = [2026-11-24]\n",
        b'a = [""]\n',
        b'a = ["b", ""]\n',
        b"a = ['b']\n",
        b'a = ["b" "c"]\n',
        b"a = [1, 01]\n",
    ],
    "inline tables": [b"a = {}\n", b"a = {b = 1}\n", b"a = [{b = 1}]\n"],
    "dates and times": [
        b"a = 2026-11-24T10:12:07Z\n",
        b"a = 2026-11-24T10:12:07\n",
        b"a = 2026-11-24 10:12:07+07:00\n",
        b"a = 2026-11-24t10:12:07+07:00\n",
        b"a = 2026-11-24T10:12+07:00\n",
        b"a = 2026-11-24T10:12:07.5+07:00\n",
        b"a = 2026-11-24T10:12:07+0700\n",
        b"a = 2026-11-24T10:12:07+07\n",
        b"a = 2026-11-24T10:12:07-00:00\n",
        b"a = 2026-11-24T10:12:07+24:00\n",
        b"a = 2026-11-24T10:12:07+07:60\n",
        b"a = 2026-11-24T24:00:00+07:00\n",
        b"a = 2026-11-24T23:60:00+07:00\n",
        b"a = 2026-12-31T23:59:60+07:00\n",
        b"a = 2026-02-29T10:12:07+07:00\n",
        b"a = 2026-02-29\n",
        b"a = 2026-13-01\n",
        b"a = 2026-00-01\n",
        b"a = 2026-01-00\n",
        b"a = 2026-04-31\n",
        b"a = 0001-01-01\n",
        b"a = 9999-12-31\n",
        b"a = 26-1-1\n",
        b"a = 2026-W48-2\n",
        b"a = 20261124\n1 = 1\n",
        b"a = 07:15\n",
        b"a = 7:15:00\n",
        b"a = 24:00:00\n",
        b"a = 07:15:00.5\n",
    ],
    "bombs": [
        b"a" + b".a" * 30_000 + b" = 1\n",
        b"a = " + b"[" * 8_000 + b"]" * 8_000 + b"\n",
        b"[" + b"a." * 30_000 + b"a]\n",
        b'a = ["' + b'\\"' * 8_000 + b"\n",
        b"a = [" + b'"b", ' * 3_000 + b"]\n",
        b'a = "' * 3_000 + b"\n",
        b"\n" * 200_000,
        b"[a]\n\n" * 40_000,
        b'a = "' + b"b" * 16_384 + b'"\n',
        b"a = 1\n" * 50_000,
    ],
}
