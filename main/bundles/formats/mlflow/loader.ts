/** The name carries a number: Python keeps one module per name, and two bundles may be loaded in one process. */
export const loaderModule = 'holdfast_onnx_1';

/**
 * How MLflow loads the graph. MLflow's own ONNX loader can't take text columns as pandas 3 holds them, whole-number or
 * yes/no columns, or a model with a single input; this does, and nothing else.
 */
export const loaderSource = `"""Loads a Holdfast bundle for mlflow.pyfunc: raw columns in, one column per output."""

import numpy
import onnxruntime
import pandas


class Model:
    def __init__(self, path):
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])

    def predict(self, data, params=None):
        frame = data if isinstance(data, pandas.DataFrame) else pandas.DataFrame(data)
        feeds = {}
        for field in self.session.get_inputs():
            if field.name not in frame.columns:
                raise ValueError(f'the model needs a column "{field.name}"; there are {list(frame.columns)}')
            column = frame[field.name]
            feeds[field.name] = texts(column) if field.type == "tensor(string)" else numbers(column)
        results = self.session.run(None, feeds)
        names = [field.name for field in self.session.get_outputs()]
        columns = {name: output(result, frame.index) for name, result in zip(names, results)}
        return pandas.DataFrame(columns)


def output(result, index):
    """Text stays what NumPy makes of it, which servers can send on."""
    values = numpy.asarray(result).reshape(-1)
    return pandas.Series(values, index=index, dtype=values.dtype)


def texts(column):
    """Missing is the empty text."""
    return numpy.array(["" if pandas.isna(value) else str(value) for value in column], dtype=object)


def numbers(column):
    """Missing is NaN, yes is 1, dates are days since 1970-01-01 (UTC)."""
    if pandas.api.types.is_datetime64_any_dtype(column):
        moments = pandas.to_datetime(column, utc=True)
        return ((moments - pandas.Timestamp(0, tz="UTC")) / pandas.Timedelta(days=1)).to_numpy(numpy.float64)
    return pandas.to_numeric(column).to_numpy(dtype=numpy.float64, na_value=numpy.nan)


def _load_pyfunc(path):
    return Model(path)
`;
