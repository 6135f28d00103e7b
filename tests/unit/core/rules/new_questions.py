"""Rows of invented questions, one of each kind, to be added to the shipped ones."""

from pathlib import Path

SHIPPED = Path(__file__).parents[4] / "resources"
ROWS = """
[[row]]
id = "anticoagulant_held"
kind = "yes-no"
text = "Was the blood thinner held before the procedure?"
asked_by = "An invented policy"

[[row]]
id = "sedation"
kind = "choice"
choices = ["local", "moderate"]
text = "Which sedation was used?"
asked_by = "An invented policy"

[[row]]
id = "seen_on"
kind = "date"
text = "When was the patient last seen?"
asked_by = "An invented policy"

[[row]]
id = "phq9"
path = "/answers/scores/phq9"
kind = "number"
text = "Mood score before the procedure"
label = "PHQ-9"
asked_by = "An invented policy"

[[row]]
id = "walking_aids"
kind = "list"
text = "Which walking aids are used?"
asked_by = "An invented policy"

[[row]]
id = "history"
kind = "text"
text = "What else is known?"
asked_by = "An invented policy"
"""
