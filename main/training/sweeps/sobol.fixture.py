"""Points of scipy.stats.qmc.Sobol, unscrambled: python sobol.fixture.py > sobol.fixture.json"""
import json
import sys

import scipy
from scipy.stats import qmc

points = qmc.Sobol(d=24, scramble=False, bits=30).random(64)
far = qmc.Sobol(d=24, scramble=False, bits=30).fast_forward(5000).random(1)[0]
json.dump(
    {"scipy": scipy.__version__, "points": points.tolist(), "at5000": far.tolist()},
    sys.stdout,
)
