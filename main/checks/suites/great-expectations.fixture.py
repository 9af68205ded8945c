"""Writes great-expectations.fixture.json: a suite as Great Expectations itself writes it.

    python -m venv V && V/bin/pip install great_expectations==1.24.1
    V/bin/python main/checks/suites/great-expectations.fixture.py > main/checks/suites/great-expectations.fixture.json
"""

import json

import great_expectations as gx
from great_expectations import expectations as e

suite = gx.get_context(mode="ephemeral").suites.add(gx.ExpectationSuite(name="houses"))
for expectation in [
    e.ExpectColumnToExist(column="price"),
    e.ExpectColumnValuesToNotBeNull(column="price"),
    e.ExpectColumnValuesToNotBeNull(column="sqft", mostly=0.9),
    e.ExpectColumnValuesToBeOfType(column="beds", type_="int64"),
    e.ExpectColumnValuesToBeBetween(column="beds", min_value=1, max_value=8),
    e.ExpectColumnValuesToBeBetween(column="price", min_value=0, strict_min=True),
    e.ExpectColumnValuesToBeInSet(column="type", value_set=["Condo", "Residential", "Multi_Family"]),
    e.ExpectColumnValuesToMatchRegex(column="zip", regex="^z[0-9]{5}$"),
    e.ExpectColumnValueLengthsToBeBetween(column="city", min_value=3, max_value=20),
    e.ExpectCompoundColumnsToBeUnique(column_list=["latitude", "longitude", "price"]),
    e.ExpectTableRowCountToBeBetween(min_value=900, max_value=1000),
    e.ExpectColumnMeanToBeBetween(column="price", min_value=200000, max_value=300000),
    e.ExpectColumnMedianToBeBetween(column="baths", min_value=1, max_value=3),
    e.ExpectColumnKLDivergenceToBeLessThan(column="type", partition_object={"values": ["Condo"], "weights": [1.0]}, threshold=0.1),
]:
    suite.add_expectation(expectation)
print(json.dumps(suite.to_json_dict(), indent=1))
