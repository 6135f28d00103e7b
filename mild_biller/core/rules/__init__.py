"""What a rule is: sources, questions, criteria, policies, plans, code tables, as the data files say them.

answers.py      the answers of a case file against the questions of the pack
catalog.py      all rules and tables together, cross-checked
code_tables.py  rows of the code tables, fee schedules and edit texts
criteria.py     the tests a policy may use: met, not met or unknown
denial.py       what a denial means: resubmit, correct or appeal, and until when
finding.py      one finding: severity, topic, place, reference
payer.py        what applies to a payer: the rules of its plan type and its own exceptions
policy.py       one published version of a coverage policy
question.py     a question a policy may ask about a case
source.py       where a rule comes from and how certain it is
"""
