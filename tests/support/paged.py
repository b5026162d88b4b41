"""What an exported page carries, read as its own script reads it."""

import base64
import json
import re
import zlib

import numpy as np


def page_data(html):
    """Return the data of a page."""
    packed = re.search(r'<script type="text/plain" id="data">([^<]*)</script>', html)[1]
    return json.loads(inflated(packed))


def inflated(packed):
    return zlib.decompress(base64.b64decode(packed), -15)


def steps_of(side, grid):
    """Return a side's field: steps of time, uint8, shape (rows, columns)."""
    differences = np.frombuffer(inflated(side["times"]), np.uint8)
    return np.cumsum(differences.reshape(grid["rows"], grid["columns"]), axis=1, dtype=np.uint8)
