"""Tables of every library that speaks Arrow, in every layout of text."""

import random

import pytest

import jawab

from .conftest import ANSWERED, ASKED, HANDED_OFF, IGNORED

pa = pytest.importorskip("pyarrow")

TEXTS = [ANSWERED, None, HANDED_OFF, "", IGNORED, ASKED, "怎么充值 🙏", None, "x" * 20_000]
COLUMNS = ["action", "rule", "reason", "confidence", "language", "text", "team", "priority", "level"]


def expected(engine, texts):
    def row(text):
        decided = None if text is None else engine.decide(text)
        return {name: getattr(decided, name, None) for name in COLUMNS}

    return [row(text) for text in texts]


def decided(engine, table, **options):
    return jawab.decide_table(engine, table, "message", **options).to_pylist()


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_every_layout_of_text_is_read(engine, kind):
    table = pa.table({"message": pa.array(TEXTS, kind), "id": range(len(TEXTS))})
    assert decided(engine, table) == expected(engine, TEXTS)


def test_texts_of_a_dictionary_and_of_nothing_are_read(engine):
    table = pa.table({"message": pa.array(TEXTS).dictionary_encode()})
    assert decided(engine, table) == expected(engine, TEXTS)
    assert decided(engine, pa.table({"message": pa.nulls(3)})) == expected(engine, [None] * 3)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_slices_and_chunks_are_read_where_they_are(engine, kind):
    random_ = random.Random(7)
    texts = [random_.choice(TEXTS[:8]) for _ in range(100)]
    array = pa.array(texts, kind)
    for _ in range(30):
        start = random_.randrange(100)
        length = random_.randrange(100 - start)
        table = pa.table({"message": array.slice(start, length)})
        assert decided(engine, table) == expected(engine, texts[start : start + length])
    chunked = pa.chunked_array([array.slice(at, 9) for at in range(0, 100, 9)] + [array.slice(0, 0)])
    assert decided(engine, pa.table({"message": chunked}), threads=3) == expected(engine, texts)


def test_a_table_without_rows_gives_one(engine):
    for array in [pa.array([], pa.string()), pa.chunked_array([], pa.string_view())]:
        result = jawab.decide_table(engine, pa.table({"message": array}), "message")
        assert result.num_rows == 0 and result.column_names == COLUMNS


def test_the_result_is_valid_arrow(engine):
    table = pa.table({"message": TEXTS * 100})
    jawab.decide_table(engine, table, "message", threads=2).validate(full=True)


def test_a_stream_is_read_once(engine):
    batches = pa.table({"message": TEXTS * 3}).to_batches(max_chunksize=5)
    reader = pa.RecordBatchReader.from_batches(batches[0].schema, batches)
    assert decided(engine, reader) == expected(engine, TEXTS * 3)


def test_tables_of_polars_are_read_and_made(engine):
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"message": TEXTS})
    result = pl.DataFrame(jawab.decide_table(engine, frame, "message"))
    assert result.to_dicts() == expected(engine, TEXTS)
    assert decided(engine, frame.slice(2, 4)) == expected(engine, TEXTS[2:6])
    assert decided(engine, pl.concat([frame, frame])) == expected(engine, TEXTS * 2)


def test_tables_of_pandas_are_read_and_made(engine):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"message": TEXTS, "id": range(len(TEXTS))})
    assert decided(engine, frame) == expected(engine, TEXTS)
    assert decided(engine, frame[frame.id > 2]) == expected(engine, TEXTS[3:])
    result = jawab.decide_table(engine, frame, "message").to_pandas()
    actions = result.action.astype(object).where(result.action.notna(), None)
    assert list(actions) == [row["action"] for row in expected(engine, TEXTS)]


def test_tables_of_duckdb_are_read(engine):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.execute("create table log (id integer, message varchar)")
    connection.executemany("insert into log values (?, ?)", list(enumerate(TEXTS)))
    assert decided(engine, connection.sql("from log order by id")) == expected(engine, TEXTS)
    assert decided(engine, connection.sql("from log where id > 2 order by id")) == expected(engine, TEXTS[3:])


def test_what_is_no_column_of_texts_is_refused(engine):
    table = pa.table({"message": [1, 2]})
    with pytest.raises(TypeError, match="holds int64, not texts"):
        jawab.decide_table(engine, table, "message")
    with pytest.raises(KeyError, match="mesage"):
        jawab.decide_table(engine, table, "mesage")
    with pytest.raises(KeyError):
        jawab.decide_table(engine, pa.table([["a"], ["b"]], names=["message", "message"]), "message")
    with pytest.raises(TypeError):
        jawab.decide_table(engine, ["halo"], "message")
    with pytest.raises(ValueError, match="threads"):
        jawab.decide_table(engine, pa.table({"message": ["a"]}), "message", threads=0)


def view(numbers, kind):
    return memoryview(b"".join(number.to_bytes(8, "little", signed=True) for number in numbers)).cast(kind)


@pytest.mark.parametrize(
    ("offsets", "data", "words"),
    [
        ([0, 5], b"halo", "outside"),
        ([0, -1], b"halo", "outside"),
        ([3, 1], b"halo", "outside"),
        ([0, 4, 2], b"halo", "outside"),
        ([-(2**63), 2**63 - 1], b"halo", "outside"),
        ([0, 1], b"\xff", "no UTF-8"),
        ([0, 1, 3], "é".encode() + b"x", "no UTF-8"),
    ],
)
def test_buffers_that_lie_are_refused(engine, offsets, data, words):
    with pytest.raises(ValueError, match=words):
        jawab._native.decide_column(engine, view(offsets, "q"), data, None, 0, None)


def test_a_validity_that_is_too_short_means_missing(engine):
    buffers = jawab._native.decide_column(engine, view([0, 4, 8], "q"), b"halohalo", b"", 2**64 - 1, None)
    assert buffers["action"][0] == b"\x00"


@pytest.mark.parametrize("offsets", [b"12345678", view([0], "d")])
def test_buffers_of_another_type_are_refused(engine, offsets):
    with pytest.raises(BufferError):
        jawab._native.decide_column(engine, offsets, b"", None, 0, None)
