"""Tables of messages -> tables of decisions, without a Python object a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ._native import Engine, decide_column

__all__ = ["decide_table"]

if TYPE_CHECKING:
    import pyarrow as _pa


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


def decide_table(engine: Engine, table: ArrowStream, column: str, *, threads: int | None = None) -> _pa.Table:
    """Decides the messages of a column; the table of decisions has one row for each row of the given one.

    `table` is anything with the Arrow PyCapsule interface: tables of pyarrow, polars, pandas and duckdb. The column
    holds texts in any layout of Arrow (`string`, `large_string`, `string_view`, or a dictionary of them). `threads` is
    as in `Engine.decide_many`.

    Columns of the result: `action`, `rule`, `reason`, `confidence` (0 to 1), `language`, `text`, `team`, `priority`,
    `level`, null where a decision has no such part. A message that is null has no decision: its row is null in every
    column. The result is a `pyarrow.Table`, which has the interface itself: ``polars.DataFrame(result)``.

    Raises `ImportError` without pyarrow (``pip install jawab[table]``), `KeyError` for a column that is not there,
    `TypeError` for one that holds no texts.

    Source: Apache Arrow, "The Arrow PyCapsule Interface" and "Arrow Columnar Format".

    >>> import jawab, pyarrow
    >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
    >>> messages = pyarrow.table({"message": ["when are you open", None, ""]})
    >>> jawab.decide_table(engine, messages, "message")["action"].to_pylist()
    ['answer', None, 'ignore']
    """
    import pyarrow as pa

    messages = pa.RecordBatchReader.from_stream(table).read_all()
    if messages.schema.get_field_index(column) < 0:
        raise KeyError(f"there is not one column named {column!r}")
    chunks = _as_texts(messages[column]).chunks
    batches = [_decided(engine, chunk, threads) for chunk in chunks if len(chunk)]
    return pa.Table.from_batches(batches, schema=_schema())


def _as_texts(column: _pa.ChunkedArray) -> _pa.ChunkedArray:
    import pyarrow as pa

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    if not (is_text or pa.types.is_null(kind)):
        raise TypeError(f"the column holds {column.type}, not texts")
    return column.cast(pa.large_string())


def _decided(engine: Engine, chunk: Any, threads: int | None) -> _pa.RecordBatch:
    import pyarrow as pa

    validity, offsets, data = (_view(buffer) for buffer in chunk.buffers())
    first, rows = chunk.offset, len(chunk)
    bounds = offsets.cast("q")[first : first + rows + 1]
    bits = validity[first // 8 : (first + rows + 7) // 8]
    buffers = decide_column(engine, bounds, data[bounds[0] : bounds[-1]], bits or None, first % 8, threads)
    schema = _schema()
    columns = [
        pa.Array.from_buffers(field.type, len(chunk), [pa.py_buffer(part) for part in buffers[field.name]])
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _view(buffer: Any) -> memoryview:
    return memoryview(buffer or b"").cast("B")


def _schema() -> _pa.Schema:
    import pyarrow as pa

    text = pa.large_string()
    kinds = {"confidence": pa.float64(), "level": pa.uint8()}
    names = ("action", "rule", "reason", "confidence", "language", "text", "team", "priority", "level")
    return pa.schema([pa.field(name, kinds.get(name, text)) for name in names])
