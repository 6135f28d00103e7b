"""Tables as spreadsheets write them, in all their ways; and none that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mild_biller.errors import TableError
from mild_biller.store.table import TableRow, read_table, write_table

COLUMNS = ("kind", "name")
RUN = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
texts = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(text.strip()))
awkward = st.builds(
    lambda quotes, start, text: "'" * quotes + start + text, st.integers(0, 3), st.sampled_from(RUN), texts
)


def read(content: bytes) -> tuple[TableRow, ...]:
    return read_table(content, columns=COLUMNS, needed=("kind",))


def cells(content: bytes) -> list[list[str]]:
    """Return the cells as a spreadsheet finds them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "content",
    [
        b"kind,name\nfacility,X\n",
        b"kind,name\r\nfacility,X\r\n",
        b"kind,name\rfacility,X\r",
        b"\xef\xbb\xbfKind,NAME\r\nfacility,X",
        b"kind;name\nfacility;X\n",
        b"kind\tname\nfacility\tX\n",
        b'"kind" , name\n "facility",X\n'.replace(b" ", b""),
        b"kind,name\n facility ,  X  \n,\n\n",
        b"name,kind\nX,facility\n",
        b"kind,name,\nfacility,X,\n",
    ],
)
def test_a_table_is_read_in_all_its_ways(content: bytes) -> None:
    assert read(content) == (TableRow(2, {"kind": "facility", "name": "X"}),)


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (b"\n\nkind,name\nfacility,X\n", 4),
        (b"sep=;\r\nkind;name\r\nfacility;X\r\n", 3),
        (b'"SEP=,"\r\nkind,name\r\nfacility,X\r\n', 3),
        (b"kind,name\n\n,\nfacility,X\n", 4),
    ],
)
def test_rows_are_counted_as_the_spreadsheet_does(content: bytes, number: int) -> None:
    assert [row.number for row in read(content)] == [number]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("kind,name\nfacility,Café\n".encode("cp1252"), "UTF-8"),
        ("kind,name\nfacility,Café\n".encode("utf-16"), "UTF-8"),
        (b"", "kind is missing"),
        (b"\n , \n", "kind is missing"),
        (b"name\nX\n", "kind is missing"),
        (b"ki\x00nd,name\n", "kind is missing"),
        (b"kind,name,=cmd\n", "Unknown column"),
        (b'kind,name\nfacility,"X\n', "a quotation mark is not closed"),
        (b'kind,name\nfacility,"X"Y\n', "a quotation mark is not closed"),
        (b"kind,name\nfacility," + b"x" * 200_000, "too long"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said) as caught:
        read(content)
    assert "\n" not in str(caught.value)


def test_quotes_delimiters_and_line_breaks_are_part_of_a_value() -> None:
    content = b'kind;name\nfacility;"X; ""Y""\nZ"\nfacility;W\n'
    assert [row.words["name"] for row in read(content)] == ['X; "Y"\nZ', "W"]


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 412 555 0142", "'+1 412 555 0142"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rX", "'\rX"),
        ("'=1", "''=1"),
        ("''-", "'''-"),
        ("'t Hooft", "'t Hooft"),
        ("O'NEIL - WEST", "O'NEIL - WEST"),
        ("＝1", "'＝1"),
        (" =1", "'=1"),
    ],
)
def test_what_a_spreadsheet_would_run_goes_out_behind_an_apostrophe(words: str, cell: str) -> None:
    assert cells(write_table(COLUMNS, [{"kind": "facility", "name": words}])) == [list(COLUMNS), ["facility", cell]]


@given(st.lists(texts | awkward, min_size=1))
def test_a_table_comes_back_as_it_went_out_and_runs_nothing(names: list[str]) -> None:
    content = write_table(COLUMNS, [{"kind": "facility", "name": name} for name in names])
    kept = [name.rstrip() if name[:1] in (*RUN[-2:], "\n") else name.strip() for name in names]
    assert [row.words["name"] for row in read(content)] == kept
    assert not [cell for row in cells(content) for cell in row if cell.startswith((*RUN, "\n"))]


def test_a_row_is_never_taken_for_a_directive() -> None:
    assert [row.words for row in read(b"kind,name\nsep=;,\n")] == [{"kind": "sep=;"}]


def test_a_table_made_by_hand_may_leave_the_apostrophe_out() -> None:
    assert read(b"kind,name\nfacility,=1\n")[0].words["name"] == "=1"
