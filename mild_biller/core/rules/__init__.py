"""What a rule is: sources, questions, criteria, policies, plans, code tables, layouts, as the data files say them.

answers.py          the answers of a case file against the questions of the pack
catalog.py          all rules and tables together, cross-checked
claim_rules.py      the rules of one version by which a claim is made, and their name
code_tables.py      rows of the code tables, fee schedules and edit texts
criteria.py         the tests a policy may use: met, not met or unknown
denial.py           what a denial means: resubmit, correct or appeal, and until when
diagnosis_shape.py  what is wrong with a diagnosis code that does not exist
finding.py          one finding: severity, topic, place, reference
layout.py           a form as data: sheet, print grid, boxes, drawing
payer.py            what applies to a payer: the rules of its plan type and its own exceptions
policy.py           one published version of a coverage policy
question.py         a question a policy may ask about a case
source.py           where a rule comes from and how certain it is
"""
