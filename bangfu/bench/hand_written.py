"""Ten rules as one engineer writes them by hand for DuckDB: the baseline of the rule engine.

One statement a county. ``hit`` is true, false or NULL for undecided, as in the contract; rows that certainly
do not count are dropped before grouping, which holds for exactly these rules at these lines. The benchmark
checks that it finds what the engine finds.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

AS_OF = "2026-10-31"
RULES = (
    "medical_self_pay_registered",
    "medical_self_pay_general",
    "outpatient_self_pay",
    "compulsory_school_dropout",
    "dangerous_house",
    "unsafe_water",
    "unemployed_three_months",
    "income_below_line",
    "death_still_listed",
    "disability_new",
)

_SQL = """
COPY (
WITH home AS (
  SELECT household_key, registered_household OR monitored AS registered FROM '{county}/household.parquet'
),
bill AS (
  SELECT person_key, household_key, self_pay,
    visit_type = 'inpatient' AND settled_on BETWEEN DATE '2026-01-01' AND DATE '2026-10-31' AS inpatient,
    visit_type = 'outpatient' AND settled_on BETWEEN DATE '2026-09-01' AND DATE '2026-09-30' AS outpatient
  FROM '{county}/lists/medical_expense.parquet'
),
paid AS (
  SELECT person_key, any_value(household_key) AS household_key,
    CASE WHEN NOT bool_or(inpatient IS NULL OR (inpatient AND self_pay IS NULL))
      THEN coalesce(sum(self_pay) FILTER (inpatient), 0) END AS inpatient,
    CASE WHEN NOT bool_or(outpatient IS NULL OR (outpatient AND self_pay IS NULL))
      THEN coalesce(sum(self_pay) FILTER (outpatient), 0) END AS outpatient
  FROM bill WHERE (inpatient OR outpatient) IS DISTINCT FROM FALSE
  GROUP BY person_key
),
pupil AS (
  SELECT person_key, bool_or(status = 'attending') AS attending, bool_or(status IS NULL) AS blank,
    bool_or(status IN ('dropped_out', 'suspended')) AS out
  FROM '{county}/lists/school_enrolment.parquet' GROUP BY person_key
),
child AS (
  SELECT household_key, person_key, birth_date IS NOT NULL AND not_in_school_reason IS NOT NULL AS known
  FROM '{county}/member.parquet'
  WHERE coalesce(birth_date > DATE '2010-10-31' AND birth_date <= DATE '2020-10-31', TRUE)
    AND coalesce(not_in_school_reason NOT IN ('illness', 'disability', 'home_teaching'), TRUE)
),
house AS (
  SELECT household_key, level IN ('C', 'D') AND NOT repaired AS hit
  FROM '{county}/lists/housing_safety.parquet'
  QUALIFY assessed_on IS NOT DISTINCT FROM max(assessed_on) OVER (PARTITION BY household_key)
),
water AS (
  SELECT household_key,
    litres_per_person_day < 20 OR NOT quality_ok OR minutes_to_fetch > 20 OR reliability < 90 AS hit
  FROM '{county}/lists/water_safety.parquet'
),
jobless AS (
  SELECT household_key, person_key, (registered_on_given AND registered_on <= DATE '2026-07-31')
    OR last_insured_month < DATE '2026-08-01' AS hit
  FROM '{county}/lists/unemployment.parquet'
),
disabled AS (
  SELECT household_key, person_key,
    level IN ('1', '2') AND issued_on > DATE '2026-09-30' AND issued_on <= DATE '2026-10-31' AS hit
  FROM '{county}/lists/disability.parquet'
),
decided AS (
  SELECT household_key, person_key, 'medical_self_pay_registered' AS rule,
    registered AND inpatient >= 5000 AS hit
  FROM paid JOIN home USING (household_key)
  UNION ALL
  SELECT household_key, person_key, 'medical_self_pay_general', NOT registered AND inpatient >= 20000
  FROM paid JOIN home USING (household_key)
  UNION ALL
  SELECT household_key, person_key, 'outpatient_self_pay', outpatient >= 500 FROM paid
  UNION ALL
  SELECT household_key, person_key, 'compulsory_school_dropout',
    CASE WHEN attending OR (NOT blank AND NOT out) THEN FALSE
         WHEN known AND NOT coalesce(blank, FALSE) THEN TRUE END
  FROM child LEFT JOIN pupil USING (person_key)
  UNION ALL
  SELECT household_key, NULL, 'dangerous_house', CASE WHEN bool_or(hit) THEN TRUE END
  FROM house WHERE hit IS DISTINCT FROM FALSE GROUP BY household_key
  UNION ALL
  SELECT household_key, NULL, 'unsafe_water', CASE WHEN bool_or(hit) THEN TRUE END
  FROM water WHERE hit IS DISTINCT FROM FALSE GROUP BY household_key
  UNION ALL
  SELECT any_value(household_key), person_key, 'unemployed_three_months', CASE WHEN bool_or(hit) THEN TRUE END
  FROM jobless WHERE hit IS DISTINCT FROM FALSE GROUP BY person_key
  UNION ALL
  SELECT household_key, NULL, 'income_below_line', per_capita_net_income < 8500 AND NOT monitored
  FROM '{county}/household.parquet'
  UNION ALL
  SELECT DISTINCT household_key, person_key, 'death_still_listed', TRUE FROM '{county}/lists/death.parquet'
  UNION ALL
  SELECT any_value(household_key), person_key, 'disability_new', CASE WHEN bool_or(hit) THEN TRUE END
  FROM disabled WHERE hit IS DISTINCT FROM FALSE GROUP BY person_key
)
SELECT household_key, person_key, rule, CASE WHEN hit THEN 1::TINYINT ELSE 2::TINYINT END AS state
FROM decided WHERE hit IS DISTINCT FROM FALSE
) TO '{out}' (FORMAT parquet)
"""


def run_by_hand(county: Path, out: Path, *, memory_limit: str, threads: int) -> None:
    """Write what the ten rules find in one prepared county to a Parquet file, as the engine does."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=config) as connection:
        connection.execute("SET enable_progress_bar = false")  # stdout is for the figures
        connection.execute(_SQL.format(county=county, out=out))
